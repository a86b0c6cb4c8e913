"""The sweep: rings everything that is due, each due moment once."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from collective.calendar import moments
from collective.faults import severity
from collective.ports import Clock, Ledger, Store
from collective.schedules import Occurrence, Schedule
from scheduler import TIMETABLE, Entry, Forms

log = structlog.get_logger()

#: Who has not swept for longer, or swept later than it is, says so: the machine slept, or its
#: clock jumped.
_GAP = timedelta(hours=1)


class Sweep:
    """Several processes may sweep at once: a row is locked while it is dealt with."""

    def __init__(
        self,
        ledger: Ledger,
        clock: Clock,
        forms: Forms,
        timetable: Mapping[str, Entry] = TIMETABLE,
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._forms = forms
        self._timetable = timetable
        self._last: datetime | None = None
        #: Rows that only a newer version can ring; each is told of once.
        self._strange: set[int] = set()

    async def run(self) -> int:
        """Deal with every due moment, the oldest first; return how many rang."""
        self._note_gap()
        try:
            return await self._ring()
        finally:
            await self._scrub()

    async def _ring(self) -> int:
        rang = 0
        failed: list[int] = []
        while True:
            schedule: Schedule | None = None
            try:
                async with self._ledger.writing() as store:
                    left_out = [*failed, *self._strange]
                    schedule = await store.schedules.take_due(self._clock.now(), left_out)
                    if schedule is None:
                        return rang
                    rang += await self._deal(store, schedule)
            except Exception as fault:
                if schedule is None:
                    raise
                # Undone as a whole; it is tried again by the next sweep.
                failed.append(schedule.id)
                log.log(
                    severity(fault),
                    "bell_failed",
                    bell=schedule.bell,
                    subject=schedule.subject,
                    error=fault,
                )

    async def _deal(self, store: Store, schedule: Schedule) -> bool:
        entry = self._timetable.get(schedule.bell)
        if entry is None:
            self._strange.add(schedule.id)
            log.warning("bell_unknown", bell=schedule.bell, subject=schedule.subject)
            return False
        now = self._clock.now()
        due = schedule.next_due
        following = await _following(store, schedule, entry)
        overtaken = following is not None and following <= now
        late = overtaken or not entry.lateness.forgives(due, now)
        state = Occurrence.SKIPPED if late else Occurrence.RANG
        fresh = await store.schedules.occurred(schedule, state, following, now)
        if not fresh:
            return False
        log.info(
            "bell",
            bell=schedule.bell,
            subject=schedule.subject,
            due=due.isoformat(),
            state=state.value,
        )
        if not late:
            await entry.ring(store, self._forms, schedule.subject, due, now)
        elif entry.missed is not None and not overtaken:
            await entry.missed(store, self._forms, schedule.subject, due, now)
        return not late

    async def _scrub(self) -> None:
        """Clean up behind secret votes; also what a bot that died has left."""
        try:
            await self._ledger.scrub()
        except Exception as fault:  # noqa: BLE001 - the mark stays: the next sweep tries again
            log.log(severity(fault), "scrub_failed", error=fault)

    def _note_gap(self) -> None:
        now, last = self._clock.now(), self._last
        self._last = now
        if last is not None and not timedelta(0) <= now - last <= _GAP:
            log.warning("clock_jumped", seconds=round((now - last).total_seconds()))


async def _following(store: Store, schedule: Schedule, entry: Entry) -> datetime | None:
    """Return the next moment, found from the due one and never from the clock.

    So a jump of the clock skips and repeats nothing.
    """
    if schedule.rule is None:
        return None
    feasts = await store.collectives.feast_days(schedule.subject) if entry.feasts else ()
    return moments(schedule.rule, schedule.next_due, feasts=feasts)[0]
