"""The timetable, what waits to leave, and what a chat shows."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from collective.calendar import Rule
from collective.outbox import Ids, Parcel, Row, State
from collective.schedules import Bell, Occurrence, Schedule
from collective.shown import ShownCard


class Schedules(Protocol):
    """The timetable."""

    async def add(self, bell: Bell, subject: int, due: datetime, rule: Rule | None = None) -> None:
        """Add a schedule; the same bell, subject and first moment are added once."""
        ...

    async def of(self, bell: Bell, subject: int) -> Schedule | None:
        """Return the schedule with the earliest due moment still to come."""
        ...

    async def hold(self, bell: Bell, subject: int) -> Schedule | None:
        """Return the same; a sweep waits for this unit, or this unit for the sweep."""
        ...

    async def replan(self, schedule_id: int, rule: Rule, next_due: datetime) -> None:
        """Give a schedule another rule and another next moment."""
        ...

    async def bring_forward(self, collective_id: int, due: datetime, now: datetime) -> None:
        """Let reminders, look-backs and next activities of a collective that are due then ring now.

        Moments are compared whole: bells that were wound for another reason stay.
        """
        ...

    async def take_due(self, now: datetime, but: Sequence[int] = ()) -> Schedule | None:
        """Lock and return the schedule longest due, leaving out ids of `but`."""
        ...

    async def occurred(
        self, schedule: Schedule, occurrence: Occurrence, next_due: datetime | None, now: datetime
    ) -> bool:
        """Record that its due moment was dealt with and move it on; False when it already was."""
        ...

    async def upcoming(self, limit: int, but: Collection[Bell] = ()) -> list[Schedule]:
        """Return what rings next, soonest first, leaving out some bells."""
        ...


class Outbox(Protocol):
    """What waits to leave, and what became of what left."""

    async def add(self, parcels: Iterable[Parcel], now: datetime) -> int:
        """Queue parcels, a key once; return how many were new."""
        ...

    async def due(
        self, now: datetime, limit: int, busy: Sequence[int] = (), *, after: str = ""
    ) -> list[int]:
        """Return queued rows whose time has come: one a chat, not of busy chats, lanes in order.

        Broadcasts take turns, beginning behind the batch `after`.
        """
        ...

    async def bring_forward(self, collective_id: int, due: datetime, now: datetime) -> None:
        """Let a collective's queued rows of the reminders' lane that wait for `due` leave now."""
        ...

    async def claim(self, ids: Sequence[int]) -> list[Row]:
        """Begin to send rows that are still queued, in this order."""
        ...

    async def settle(
        self,
        row_id: int,
        state: State,
        now: datetime,
        *,
        reason: str | None = None,
        message_id: int | None = None,
    ) -> None:
        """Record what became of a row."""
        ...

    async def requeue(
        self,
        row_id: int,
        not_before: datetime | None,
        *,
        counts: bool,
        doubtful: bool = False,
    ) -> None:
        """Put a row back, at its old place when no moment is given; `counts`: so does this try.

        `doubtful`: it may have arrived.
        """
        ...

    async def recover(self, now: datetime) -> tuple[int, int]:
        """Put back what a sender that died was sending, or end it; return how many of each."""
        ...

    async def give_back(self, row_ids: Collection[int]) -> None:
        """Put back rows that were claimed and never sent; that does not count as a try."""
        ...

    async def move_chat(self, old_chat_id: int, new_chat_id: int) -> None:
        """Send to the new id what was queued for a group that became a supergroup."""
        ...

    async def sent(self, row_id: int, chat_id: int) -> Row | None:
        """Return a row that has left, or is leaving, to this very chat."""
        ...

    async def batch_open(self, batch: str) -> bool:
        """Tell whether rows of a batch are still queued or being sent."""
        ...

    async def due_count(self, now: datetime) -> int:
        """Count open rows whose time has come, up to a thousand."""
        ...

    async def upcoming(self, limit: int) -> list[tuple[datetime, str, int]]:
        """Return what is queued, soonest first: the moment, the kind, how many rows."""
        ...

    async def next_moment(self, after: datetime) -> datetime | None:
        """Return the earliest moment after `after` for which something is queued."""
        ...


class Shown(Protocol):
    """Which messages are cards, so that typed answers and old keyboards find each other."""

    async def put(
        self,
        *,
        chat_id: int,
        message_id: int,
        kind: str,
        ids: Ids,
        person_id: int | None,
        asks: str | None = None,
        last: bool = True,
        now: datetime,
    ) -> None:
        """Keep that this message shows this card of hers, and whether it is the chat's last."""
        ...

    async def ask(self, chat_id: int, message_id: int, asks: str | None) -> None:
        """Keep what the card asks now."""
        ...

    async def buried(self, chat_id: int) -> None:
        """Keep that another message came after the chat's last card."""
        ...

    async def retire(self, chat_id: int, message_id: int) -> None:
        """Forget a card whose keyboard was taken off."""
        ...

    async def at(self, chat_id: int, message_id: int) -> ShownCard | None:
        """Return the card a message shows."""
        ...

    async def focus(
        self, chat_id: int, person_id: int | None = None, kind: str | None = None
    ) -> ShownCard | None:
        """Return the newest card of a chat.

        With `person_id` another person's cards are passed over, with `kind` those of other kinds.
        """
        ...

    async def find(self, chat_id: int, kind: str, ids: Ids) -> list[int]:
        """Return the messages of a chat that show this very card."""
        ...
