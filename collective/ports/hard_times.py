"""Setbacks, and who is to be seen, called or visited."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from collective.follow_ups import FollowUp, Reason
from collective.follow_ups import State as FollowedUp
from collective.setbacks import Kind, Lesson, Setback, Told, WaitingTelling


class Setbacks(Protocol):
    """What struck collectives, and what was learned."""

    async def add(
        self,
        *,
        draft: str,
        collective_id: int,
        author_id: int,
        told: Told,
        now: datetime,
    ) -> Setback | None:
        """Add a setback; None when this draft already became one."""
        ...

    async def get(self, setback_id: int) -> Setback | None:
        """Return a setback."""
        ...

    async def by_draft(self, draft: str) -> Setback | None:
        """Return the setback that a wizard's draft became."""
        ...

    async def of(self, collective_id: int) -> list[Setback]:
        """Return what struck a collective, the newest first."""
        ...

    async def unasked(self, collective_id: int) -> list[Setback]:
        """Return those of a collective of which nobody was asked yet what was learned."""
        ...

    async def asked(self, setback_id: int, now: datetime) -> None:
        """Keep that those concerned were asked what was learned."""
        ...

    async def to_fetch(self, now: datetime, limit: int) -> list[WaitingTelling]:
        """Return voice notes whose turn to be fetched has come, the longest waiting first."""
        ...

    async def keep_sound(self, due: WaitingTelling, sound: bytes) -> None:
        """Keep what was fetched, unless the note is gone since."""
        ...

    async def miss(self, due: WaitingTelling, again: datetime | None) -> None:
        """Keep that fetching failed, and when it is tried again; None: never."""
        ...

    async def sound(self, setback_id: int) -> bytes | None:
        """Return what was fetched, None where it is not kept."""
        ...

    async def add_lesson(
        self, setback_id: int, text: str, *, person_id: int, key: str, now: datetime
    ) -> bool:
        """Keep what was learned; False when this message said it before."""
        ...

    async def lessons(self, setback_id: int) -> list[Lesson]:
        """Return what was learned from one setback, in the order it was said."""
        ...

    async def lessons_of_kind(
        self, collective_id: int, kind: Kind, *, but: int | None, limit: int
    ) -> list[Lesson]:
        """Return what a collective learned from setbacks of a kind, all `but` one; newest first."""
        ...


class FollowUps(Protocol):
    """Who is to be seen, called or visited."""

    async def add(
        self,
        *,
        collective_id: int,
        person_id: int,
        checkin_id: int,
        reason: Reason,
        now: datetime,
    ) -> FollowUp | None:
        """Add a follow-up, or open that of this check-in again; None when it waits as it is."""
        ...

    async def get(self, follow_up_id: int) -> FollowUp | None:
        """Return a follow-up."""
        ...

    async def waiting(self, collectives: Collection[int]) -> list[FollowUp]:
        """Return those of some collectives that wait, the longest waiting first."""
        ...

    async def of(self, collective_id: int, since: datetime) -> list[FollowUp]:
        """Return those of a collective from a moment on, the oldest first."""
        ...

    async def note(self, follow_up_id: int, state: FollowedUp, by: int, now: datetime) -> None:
        """Keep what came of it in place of an earlier note."""
        ...

    async def take_back(self, checkin_id: int) -> None:
        """Forget the one from a check-in if nothing was noted: she asks for it no more."""
        ...

    async def forget(self, person_id: int, collective_id: int) -> None:
        """Forget those about her in a collective that wait."""
        ...
