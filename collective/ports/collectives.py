"""Collectives, their members and their groups."""

from datetime import date, datetime, timedelta
from typing import Protocol

from collective.calendar import Hours
from collective.collectives import Collective, GroupChat, GroupLanguage, Trade
from collective.people import Member


class Collectives(Protocol):
    """Collectives, who accompanies them, who is in them, and their Telegram groups."""

    async def add(
        self,
        *,
        draft: str,
        name: str,
        trade: Trade,
        place: str,
        zone: str,
        language: GroupLanguage,
        created_by: int | None,
        now: datetime,
    ) -> Collective | None:
        """Add a collective; None when this draft already became one."""
        ...

    async def by_draft(self, draft: str) -> Collective | None:
        """Return the collective that a wizard's draft became."""
        ...

    async def get(self, collective_id: int) -> Collective | None:
        """Return a collective."""
        ...

    async def hold(self, collective_id: int) -> Collective | None:
        """Return a collective; other units that hold it wait until this one has ended."""
        ...

    async def all(self) -> list[Collective]:
        """Return every collective."""
        ...

    async def members(self, collective_id: int) -> list[Member]:
        """Return who is in it now."""
        ...

    async def facilitators(self, collective_id: int) -> list[Member]:
        """Return who accompanies it, as people to be reached."""
        ...

    async def member(self, collective_id: int, person_id: int) -> Member | None:
        """Return her membership, None when she is no member now."""
        ...

    async def add_member(self, collective_id: int, person_id: int, now: datetime) -> Member | None:
        """Add a member; who had left is the same one again. None when she already is one."""
        ...

    async def remove_member(self, collective_id: int, person_id: int, now: datetime) -> int | None:
        """Keep that she left; return the membership's id, None when she was no member."""
        ...

    async def set_hours(self, collective_id: int, *, window: timedelta, hours: Hours) -> None:
        """Keep how long its rounds take answers and when the bot may start something."""
        ...

    async def feast_days(self, collective_id: int) -> frozenset[date]:
        """Return its feast days, local dates, past ones too."""
        ...

    async def set_feast_day(self, collective_id: int, day: date, *, feast: bool) -> None:
        """Make a local day a feast day, or an ordinary one again."""
        ...

    async def add_facilitator(self, collective_id: int, person_id: int, now: datetime) -> bool:
        """Add a facilitator; False when she already is one."""
        ...

    async def remove_facilitator(self, collective_id: int, person_id: int) -> bool:
        """Take the role from her; False when she did not hold it."""
        ...

    async def group(self, collective_id: int) -> GroupChat | None:
        """Return the Telegram group of a collective."""
        ...

    async def set_language(self, collective_id: int, language: GroupLanguage) -> None:
        """Keep what a collective's group is spoken to in."""
        ...

    async def by_group(self, chat_id: int) -> Collective | None:
        """Return the collective a Telegram group belongs to."""
        ...

    async def link_group(
        self, collective_id: int, chat_id: int, linked_by: int | None, now: datetime
    ) -> None:
        """Make a Telegram group the collective's, in place of an earlier one."""
        ...

    async def unlink_group(self, chat_id: int) -> None:
        """Forget a Telegram group."""
        ...

    async def set_group_reach(self, chat_id: int, reason: str | None, now: datetime) -> bool:
        """Keep why messages do not arrive in a group, None: they do; False when that was known."""
        ...

    async def move_group(self, old_chat_id: int, new_chat_id: int) -> None:
        """Follow a group that Telegram turned into a supergroup."""
        ...
