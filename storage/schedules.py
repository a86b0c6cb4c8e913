"""Queries about the timetable."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row, Select, select, update

from collective.calendar import Cadence, Rule
from collective.schedules import Bell, Occurrence, Schedule
from storage import tables as t
from storage.unit import Noun

#: Bells that may be put off to when a crisis check-in closes, and what their subjects are.
_PUT_OFF = {
    Bell.REMIND: t.rounds,
    Bell.REMIND_VOTE: t.proposals,
    Bell.LOOK_BACK: t.activities,
    Bell.NEXT_ACTIVITY: t.activities,
}


class SqlSchedules(Noun):
    """The timetable."""

    async def add(self, bell: Bell, subject: int, due: datetime, rule: Rule | None = None) -> None:
        """Add a schedule; the same bell, subject and first moment are added once."""
        await self._run(
            self._insert(t.schedules)
            .values(
                bell=bell.value,
                subject=subject,
                first_due=due,
                next_due=due,
                rule=_written(rule) if rule else None,
            )
            .on_conflict_do_nothing(index_elements=["bell", "subject", "first_due"])
        )

    async def of(self, bell: Bell, subject: int) -> Schedule | None:
        """Return the schedule with the earliest due moment still to come."""
        row = await self._first(_earliest(bell, subject))
        return _schedule(row) if row else None

    async def hold(self, bell: Bell, subject: int) -> Schedule | None:
        """Return the same; a sweep waits for this unit, or this unit for the sweep."""
        row = await self._first(_earliest(bell, subject).with_for_update())
        return _schedule(row) if row else None

    async def replan(self, schedule_id: int, rule: Rule, next_due: datetime) -> None:
        """Give a schedule another rule and another next moment."""
        await self._run(
            update(t.schedules)
            .where(t.schedules.c.id == schedule_id)
            .values(rule=_written(rule), next_due=next_due)
        )

    async def bring_forward(self, collective_id: int, due: datetime, now: datetime) -> None:
        """Let reminders, look-backs and next activities of a collective that are due then ring now.

        Moments are compared whole: bells that were wound for another reason stay.
        """
        for bell, table in _PUT_OFF.items():
            hers = select(table.c.id).where(table.c.collective_id == collective_id)
            await self._run(
                update(t.schedules)
                .where(
                    t.schedules.c.bell == bell.value,
                    t.schedules.c.next_due == due,
                    t.schedules.c.subject.in_(hers),
                )
                .values(next_due=now)
            )

    async def take_due(self, now: datetime, but: Sequence[int] = ()) -> Schedule | None:
        """Lock and return the schedule longest due, leaving out ids of `but`."""
        row = await self._first(
            select(t.schedules)
            .where(t.schedules.c.next_due <= now, t.schedules.c.id.not_in(but))
            .order_by(t.schedules.c.next_due, t.schedules.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        return _schedule(row) if row else None

    async def occurred(
        self, schedule: Schedule, occurrence: Occurrence, next_due: datetime | None, now: datetime
    ) -> bool:
        """Record that its due moment was dealt with and move it on; False when it already was."""
        dealt = (
            self._insert(t.occurrences)
            .values(
                schedule_id=schedule.id,
                due_at=schedule.next_due,
                state=occurrence.value,
                dealt_at=now,
            )
            .on_conflict_do_nothing()
            .returning(t.occurrences.c.schedule_id)
        )
        fresh = await self._first(dealt) is not None
        await self._run(
            update(t.schedules)
            .where(t.schedules.c.id == schedule.id, t.schedules.c.next_due == schedule.next_due)
            .values(next_due=next_due)
        )
        return fresh

    async def upcoming(self, limit: int, but: Collection[Bell] = ()) -> list[Schedule]:
        """Return what rings next, soonest first, leaving out some bells."""
        rows = await self._all(
            select(t.schedules)
            .where(t.schedules.c.next_due.is_not(None), t.schedules.c.bell.not_in(but))
            .order_by(t.schedules.c.next_due, t.schedules.c.id)
            .limit(limit)
        )
        return [_schedule(row) for row in rows]


def _earliest(bell: Bell, subject: int) -> Select[Any]:
    return (
        select(t.schedules)
        .where(
            t.schedules.c.bell == bell.value,
            t.schedules.c.subject == subject,
            t.schedules.c.next_due.is_not(None),
        )
        .order_by(t.schedules.c.next_due)
        .limit(1)
    )


def _written(rule: Rule) -> Mapping[str, Any]:
    return {
        "cadence": rule.cadence.value,
        "weekday": rule.weekday,
        "at": rule.at.isoformat(),
        "zone": rule.zone,
        "first": rule.first.isoformat(),
    }


def _rule(written: Mapping[str, Any]) -> Rule:
    # The first rows have neither cadence nor first day: they are weekly.
    return Rule(
        cadence=Cadence(written.get("cadence", Cadence.WEEKLY)),
        weekday=written["weekday"],
        at=time.fromisoformat(written["at"]),
        zone=written["zone"],
        first=date.fromisoformat(written.get("first", date.min.isoformat())),
    )


def _schedule(row: Row[Any]) -> Schedule:
    try:
        bell, rule = row.bell, _rule(row.rule) if row.rule else None
    except ValueError:
        # A newer version knows this cadence: to this one the whole row is a bell it cannot ring.
        bell, rule = f"{row.bell} {row.rule['cadence']}", None
    return Schedule(id=row.id, bell=bell, subject=row.subject, rule=rule, next_due=row.next_due)
