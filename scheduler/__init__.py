"""The timetable: what rings, how late it may ring, and which action it calls."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

import structlog

from collective.actions import (
    activity_bells,
    broadcasts,
    carrying_out,
    closing,
    purging,
    requests,
    rounds,
)
from collective.calendar import Cadence, Lateness, Rule, moments
from collective.forms import Form
from collective.ports import Store
from collective.retention import Retention
from collective.schedules import Bell

log = structlog.get_logger()

#: The local time of the nightly purge: few write then.
_NIGHT = time(3)

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
    #: Called in place of `ring` when it is too late, unless the next due moment is here as well.
    missed: Ring | None = None


class _Action(Protocol):
    """What most bells ring: an action that looks at its subject, at the moment it really is."""

    def __call__(self, store: Store, subject: int, /, *, now: datetime) -> Awaitable[object]: ...


def _plain(action: _Action) -> Ring:
    async def ring(
        store: Store, _forms: Forms, subject: int, _due: datetime, now: datetime
    ) -> None:
        await action(store, subject, now=now)

    return ring


async def _open(store: Store, forms: Forms, subject: int, due: datetime, now: datetime) -> None:
    await rounds.open_round(store, forms, subject, due=due, now=now)


async def _miss(store: Store, _forms: Forms, subject: int, due: datetime, now: datetime) -> None:
    await rounds.miss_round(store, subject, due=due, now=now)


async def _close(store: Store, forms: Forms, subject: int, _due: datetime, now: datetime) -> None:
    await rounds.close_round(store, forms, subject, now=now)


async def _review(store: Store, _forms: Forms, subject: int, due: datetime, now: datetime) -> None:
    await carrying_out.review(store, subject, due=due, now=now)


def purge_bell(keep: Retention, batch: int = purging.BATCH) -> Entry:
    """Return the bell that purges what was kept long enough."""

    async def ring(store: Store, forms: Forms, subject: int, _due: datetime, now: datetime) -> None:
        gone = await purging.purge(store, forms, keep, now=now, batch=batch)
        for kind, rows in gone.items():
            log.info("purged", kind=kind, rows=rows)
        if gone:
            # The next batch rings by itself: what else is due comes in between.
            await store.schedules.add(Bell.PURGE, subject + 1, now)

    return Entry(ring=ring, lateness=Lateness(grace=None))


async def wind(store: Store, *, zone: str, now: datetime) -> None:
    """Put on the timetable what belongs to the installation: the nightly purge."""
    rule = Rule(cadence=Cadence.DAILY, at=_NIGHT, zone=zone)
    [due] = moments(rule, now)
    wound = await store.schedules.of(Bell.PURGE, 0)
    if wound is None:
        await store.schedules.add(Bell.PURGE, 0, due, rule)
    elif wound.rule != rule:
        await store.schedules.replan(wound.id, rule, due)


TIMETABLE: Mapping[str, Entry] = {
    # After a day the check-in is stale: that week is skipped, the next one comes by itself.
    Bell.OPEN_ROUND: Entry(
        ring=_open, lateness=Lateness(grace=timedelta(hours=24)), feasts=True, missed=_miss
    ),
    # A late reminder would collide with the next one.
    Bell.REMIND: Entry(ring=_plain(rounds.remind), lateness=Lateness(grace=timedelta(hours=12))),
    # A record is put right however late it is.
    Bell.CLOSE_ROUND: Entry(ring=_close, lateness=Lateness(grace=None)),
    # Nothing is kept longer about a stranger than she was told.
    Bell.END_REQUEST: Entry(ring=_plain(requests.end), lateness=Lateness(grace=None)),
    # What has begun to leave leaves whole; the action knows what has become too late.
    Bell.BROADCAST: Entry(ring=_plain(broadcasts.depart), lateness=Lateness(grace=None)),
    Bell.REMIND_VOTE: Entry(
        ring=_plain(closing.remind), lateness=Lateness(grace=timedelta(hours=12))
    ),
    # Ballots are counted, and in the end forgotten, however late it is.
    Bell.CLOSE_VOTE: Entry(ring=_plain(closing.close), lateness=Lateness(grace=None)),
    Bell.DROP_VOTE: Entry(ring=_plain(closing.drop), lateness=Lateness(grace=None)),
    # Whether it was carried out is worth asking late, too.
    Bell.REVIEW: Entry(ring=_review, lateness=Lateness(grace=None)),
    Bell.REMIND_ACTIVITY: Entry(
        ring=_plain(activity_bells.remind), lateness=Lateness(grace=timedelta(hours=12))
    ),
    # It is asked for again by itself, three times in all.
    Bell.LOOK_BACK: Entry(
        ring=_plain(activity_bells.ask_to_look_back), lateness=Lateness(grace=timedelta(hours=24))
    ),
    # A series goes on, however late it is.
    Bell.NEXT_ACTIVITY: Entry(ring=_plain(activity_bells.make_next), lateness=Lateness(grace=None)),
    Bell.PURGE: purge_bell(Retention()),
}
