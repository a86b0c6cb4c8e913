"""The sweep: rings everything that is due, each due moment once."""

import structlog

from collective.ports import Calendar, Clock, Ledger, Store
from collective.schedules import Occurrence, Schedule
from scheduler import TIMETABLE

log = structlog.get_logger()


class Sweep:
    """Several processes may sweep at once: a row is locked while it is dealt with."""

    def __init__(self, ledger: Ledger, clock: Clock, calendar: Calendar) -> None:
        self._ledger = ledger
        self._clock = clock
        self._calendar = calendar

    async def run(self) -> int:
        """Deal with every due moment, the oldest first; return how many rang."""
        rang = 0
        failed: list[int] = []
        while True:
            schedule: Schedule | None = None
            try:
                async with self._ledger.writing() as store:
                    schedule = await store.schedules.take_due(self._clock.now(), failed)
                    if schedule is None:
                        return rang
                    rang += await self._deal(store, schedule)
            except Exception as fault:
                if schedule is None:
                    raise
                # Undone as a whole; it is tried again by the next sweep.
                failed.append(schedule.id)
                log.warning(
                    "bell_failed",
                    bell=schedule.bell.value,
                    subject=schedule.subject,
                    error=type(fault).__name__,
                )

    async def _deal(self, store: Store, schedule: Schedule) -> bool:
        now = self._clock.now()
        due = schedule.next_due
        # Moved on from the due moment, never from the clock: a jump skips and repeats nothing.
        following = self._calendar.next(schedule.rule, due)[0] if schedule.rule else None
        entry = TIMETABLE[schedule.bell]
        overtaken = following is not None and following <= now
        late = overtaken or not entry.lateness.forgives(due, now)
        state = Occurrence.SKIPPED if late else Occurrence.RANG
        fresh = await store.schedules.occurred(schedule, state, following, now)
        if not fresh:
            return False
        log.info(
            "bell",
            bell=schedule.bell.value,
            subject=schedule.subject,
            due=due.isoformat(),
            state=state.value,
        )
        if late:
            return False
        await entry.ring(store, schedule.subject, due, now)
        return True
