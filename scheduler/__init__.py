"""The timetable: what rings, how late it may ring, and which action it calls."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from collective.actions import requests, rounds
from collective.calendar import Lateness
from collective.forms import Form
from collective.ports import Store
from collective.schedules import Bell

#: What a bell may look at: every form by key.
Forms = Mapping[str, Form]
#: Called with the Store, the forms, the subject's id, the due moment and the moment it really is.
Ring = Callable[[Store, Forms, int, datetime, datetime], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the timetable."""

    ring: Ring
    lateness: Lateness
    #: Its subject is a collective, whose feast days it waits for.
    feasts: bool = False


async def _open(store: Store, forms: Forms, subject: int, due: datetime, now: datetime) -> None:
    await rounds.open_round(store, forms, subject, due=due, now=now)


async def _remind(store: Store, _forms: Forms, subject: int, _due: datetime, now: datetime) -> None:
    await rounds.remind(store, subject, now=now)


async def _close(store: Store, forms: Forms, subject: int, _due: datetime, now: datetime) -> None:
    await rounds.close_round(store, forms, subject, now=now)


async def _end_request(
    store: Store, _forms: Forms, subject: int, _due: datetime, now: datetime
) -> None:
    await requests.end(store, subject, now=now)


TIMETABLE: Mapping[str, Entry] = {
    # After a day the check-in is stale: that week is skipped, the next one comes by itself.
    Bell.OPEN_ROUND: Entry(ring=_open, lateness=Lateness(grace=timedelta(hours=24)), feasts=True),
    # A late reminder would collide with the next one.
    Bell.REMIND: Entry(ring=_remind, lateness=Lateness(grace=timedelta(hours=12))),
    # A record is put right however late it is.
    Bell.CLOSE_ROUND: Entry(ring=_close, lateness=Lateness(grace=None)),
    # Nothing is kept longer about a stranger than she was told.
    Bell.END_REQUEST: Entry(ring=_end_request, lateness=Lateness(grace=None)),
}
