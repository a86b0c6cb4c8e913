"""Activities, and collectives that visit each other."""

from datetime import datetime
from typing import Protocol

from collective.activities import (
    Activity,
    Comers,
    Coming,
    Details,
    FileKind,
    GivenFile,
    Regular,
    WaitingPiece,
)
from collective.pairings import Pairing


class Activities(Protocol):
    """Activities, who says she comes, who was there, what was learned."""

    async def add(
        self,
        *,
        draft: str,
        collective_id: int,
        planned_by: int | None,
        details: Details,
        starts_at: datetime,
        regular: Regular | None = None,
        series_id: int | None = None,
        now: datetime,
    ) -> Activity | None:
        """Add an activity; None when this draft already became one.

        Without `regular` its own day and hour are those of its series, which it then begins.
        """
        ...

    async def by_draft(self, draft: str) -> Activity | None:
        """Return the activity that a draft became."""
        ...

    async def get(self, activity_id: int) -> Activity | None:
        """Return an activity."""
        ...

    async def hold(self, activity_id: int) -> Activity | None:
        """Return an activity; other units that hold it wait until this one has ended."""
        ...

    async def put_details(
        self,
        activity_id: int,
        details: Details,
        *,
        starts_at: datetime,
        was_at: datetime | None,
        regular: Regular,
    ) -> None:
        """Keep what is said of it, in place of what was; `was_at` is when it was to begin."""
        ...

    async def put_in_charge(self, activity_id: int, person_id: int | None) -> None:
        """Keep who is in charge of it now."""
        ...

    async def end_series(self, activity_id: int) -> None:
        """Keep that no other one follows it, nor any other of its series."""
        ...

    async def cancel(self, activity_id: int, now: datetime) -> None:
        """Keep that it does not take place."""
        ...

    async def ahead(self, collective_id: int, now: datetime, limit: int = 20) -> list[Activity]:
        """Return what is planned and not over, the soonest first."""
        ...

    async def ahead_for(self, person_id: int, now: datetime, limit: int = 1) -> list[Activity]:
        """Return the same of all collectives she is a member of."""
        ...

    async def behind(self, collective_id: int, now: datetime, limit: int) -> list[Activity]:
        """Return what is over and was not cancelled, the newest first."""
        ...

    async def between(self, collective_id: int, first: datetime, end: datetime) -> list[Activity]:
        """Return what begins in [first, end), cancelled ones too, the oldest first."""
        ...

    async def in_charge_of(self, person_id: int, collective_id: int) -> list[Activity]:
        """Return what she is in charge of and was neither finished nor cancelled."""
        ...

    async def put_coming(
        self, activity_id: int, member_id: int, coming: Coming, now: datetime
    ) -> None:
        """Keep whether she comes, in place of what she said before."""
        ...

    async def coming(self, activity_id: int) -> Comers:
        """Return what members said, by membership; who said nothing is missing."""
        ...

    async def forget_coming(self, member_id: int, now: datetime) -> None:
        """Forget what she said of activities that have not begun."""
        ...

    async def mark(self, activity_id: int, member_id: int, *, present: bool) -> None:
        """Keep whether a member was there."""
        ...

    async def present(self, activity_id: int) -> frozenset[int]:
        """Return the memberships of who was there."""
        ...

    async def put_learned(self, activity_id: int, text: str | None) -> None:
        """Keep what was learned in words; None: nothing in words."""
        ...

    async def finish(self, activity_id: int, *, attended: int, members: int, now: datetime) -> None:
        """Keep that its look-back is finished, and how many of how many members were there."""
        ...


class ActivityFiles(Protocol):
    """Voice notes and photos of activities."""

    async def put(
        self, activity_id: int, given: GivenFile, person_id: int, fetch_at: datetime
    ) -> None:
        """Keep a voice note or a photo, to be fetched then, in place of an earlier one."""
        ...

    async def drop(self, activity_id: int, kind: FileKind) -> None:
        """Forget a voice note or a photo."""
        ...

    async def get(self, activity_id: int, kind: FileKind) -> GivenFile | None:
        """Return a voice note or a photo with its bytes, as far as they were fetched."""
        ...

    async def kinds(self, activity_id: int) -> frozenset[FileKind]:
        """Return which of them there are, fetched or not; their bytes are not read."""
        ...

    async def to_fetch(self, now: datetime, limit: int) -> list[WaitingPiece]:
        """Return files whose turn to be fetched has come, the longest waiting first."""
        ...

    async def keep_content(self, piece: WaitingPiece, content: bytes) -> bool:
        """Keep what was fetched; False when something else was given since."""
        ...

    async def miss(self, piece: WaitingPiece, again: datetime | None) -> None:
        """Keep that fetching failed, and when it is tried again; None: never."""
        ...


class Pairings(Protocol):
    """Collectives that are to visit each other."""

    async def add(
        self, *, draft: str, first_id: int, second_id: int, paired_at: datetime
    ) -> Pairing | None:
        """Add a pairing; None when this draft already became one."""
        ...

    async def get(self, pairing_id: int) -> Pairing | None:
        """Return a pairing."""
        ...

    async def newest(self, first_id: int, second_id: int) -> Pairing | None:
        """Return the newest pairing of two collectives, in whichever order they were named."""
        ...
