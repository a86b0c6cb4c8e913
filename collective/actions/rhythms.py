"""When a collective's check-in opens: looking at it, changing it, and its feast days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from collective import access
from collective.calendar import Cadence, Rule, local_day, moments, moved
from collective.collectives import DEFAULT_RHYTHM, Collective, Rhythm, ensure_rhythm
from collective.events import Event
from collective.ports import Store
from collective.schedules import Bell, Schedule

#: How many openings are shown before a rhythm is kept.
PREVIEW = 3


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """A collective's rhythm, the feast days still to come, and its next openings."""

    collective: Collective
    rhythm: Rhythm
    feasts: tuple[date, ...]
    openings: tuple[datetime, ...]


async def look(store: Store, collective_id: int, *, by: int, now: datetime) -> Timetable:
    """Return the timetable of a collective; its facilitator may ask. Raises NotAllowed."""
    collective = await access.ensure_facilitates(store, by, collective_id)
    schedule = await store.schedules.of(Bell.OPEN_ROUND, collective_id)
    return await _timetable(store, collective, _rhythm(collective, schedule), now)


async def cadence(store: Store, collective_id: int) -> Cadence:
    """Return how often a collective checks in."""
    schedule = await store.schedules.of(Bell.OPEN_ROUND, collective_id)
    rule = schedule.rule if schedule else None
    return rule.cadence if rule else DEFAULT_RHYTHM.cadence


async def preview(
    store: Store, collective_id: int, rhythm: Rhythm, *, by: int, now: datetime
) -> Timetable:
    """Return what the timetable would be with another rhythm. Raises NotAllowed, RhythmUnfit."""
    collective = await access.ensure_facilitates(store, by, collective_id)
    return await _timetable(store, collective, ensure_rhythm(rhythm), now)


async def change(
    store: Store, collective_id: int, rhythm: Rhythm, *, by: int, now: datetime
) -> None:
    """Give a collective another rhythm; its facilitator may. A round that is open keeps its end.

    Raises NotAllowed, RhythmUnfit.
    """
    collective = await access.ensure_facilitates(store, by, collective_id)
    ensure_rhythm(rhythm)
    # Held: a sweep that opens the round just now is waited for.
    schedule = await store.schedules.hold(Bell.OPEN_ROUND, collective_id)
    if rhythm == _rhythm(collective, schedule):
        return
    rule, due = await _planned(store, collective, schedule, rhythm, now)
    await store.collectives.set_hours(collective_id, window=rhythm.window, hours=rhythm.hours)
    if schedule is None:
        await store.schedules.add(Bell.OPEN_ROUND, collective_id, due, rule)
    else:
        await store.schedules.replan(schedule.id, rule, due)
    await store.audit.append(Event.RHYTHM_CHANGED, by=by, subject=collective_id, now=now)


async def add_feast_day(
    store: Store, collective_id: int, day: date, *, by: int, now: datetime
) -> None:
    """Make a local day a feast day: what would open on it waits for the next free day.

    Its facilitator may. Raises NotAllowed.
    """
    await _set_feast_day(store, collective_id, day, feast=True, by=by, now=now)


async def remove_feast_day(
    store: Store, collective_id: int, day: date, *, by: int, now: datetime
) -> None:
    """Make a feast day an ordinary one; its facilitator may. Raises NotAllowed."""
    await _set_feast_day(store, collective_id, day, feast=False, by=by, now=now)


async def _set_feast_day(
    store: Store, collective_id: int, day: date, *, feast: bool, by: int, now: datetime
) -> None:
    await access.ensure_facilitates(store, by, collective_id)
    schedule = await store.schedules.hold(Bell.OPEN_ROUND, collective_id)
    before = await store.collectives.feast_days(collective_id)
    if (day in before) is feast:
        return
    await store.collectives.set_feast_day(collective_id, day, feast=feast)
    # One that is due already rings where it stands, within seconds.
    if schedule is not None and schedule.rule is not None and schedule.next_due > now:
        due = moved(
            schedule.rule,
            schedule.next_due,
            before=before,
            feasts=before ^ {day},
            earliest=await _round_over(store, collective_id, now),
        )
        await store.schedules.replan(schedule.id, schedule.rule, due)
    await store.audit.append(Event.FEAST_DAYS_CHANGED, by=by, subject=collective_id, now=now)


async def _timetable(
    store: Store, collective: Collective, rhythm: Rhythm, now: datetime
) -> Timetable:
    schedule = await store.schedules.of(Bell.OPEN_ROUND, collective.id)
    feasts = await store.collectives.feast_days(collective.id)
    rule, due = await _planned(store, collective, schedule, rhythm, now)
    today = local_day(now, collective.zone)
    return Timetable(
        collective=collective,
        rhythm=rhythm,
        feasts=tuple(sorted(day for day in feasts if day >= today)),
        openings=(due, *moments(rule, due, PREVIEW - 1, feasts)),
    )


async def _planned(
    store: Store, collective: Collective, schedule: Schedule | None, rhythm: Rhythm, now: datetime
) -> tuple[Rule, datetime]:
    """Return the rule of a rhythm and its next opening."""
    if schedule is not None and schedule.rule is not None:
        today = _rhythm(collective, schedule)
        if (today.cadence, today.weekday, today.at) == (rhythm.cadence, rhythm.weekday, rhythm.at):
            return schedule.rule, schedule.next_due
    newest = await store.rounds.newest(collective.id)
    opened = newest.opens_at if newest else None
    feasts = await store.collectives.feast_days(collective.id)
    earliest = await _round_over(store, collective.id, now)
    rule, due = _begun(collective, rhythm, opened, earliest, feasts)
    # One that is due opens within seconds. So does, on its day, one that comes before the new
    # rhythm can begin, or else its period would have none.
    late = opened is not None and due - opened > rhythm.cadence.span * 1.5
    if schedule is not None and (schedule.next_due <= now or (late and schedule.next_due < due)):
        rule, _ = _begun(collective, rhythm, schedule.next_due, earliest, feasts)
        return rule, schedule.next_due
    return rule, due


def _begun(
    collective: Collective,
    rhythm: Rhythm,
    opened: datetime | None,
    earliest: datetime,
    feasts: Collection[date],
) -> tuple[Rule, datetime]:
    """Return the rule of a rhythm, and its first opening after the last one.

    It comes as near to one cadence after `opened` as the new day allows, and never before
    `earliest`: no round comes twice.
    """
    if opened is not None:
        earliest = max(earliest, opened + rhythm.cadence.span / 2)
    rule = rhythm.rule(collective.zone, earliest)
    [due] = moments(rule, earliest, feasts=feasts)
    return rule, due


async def _round_over(store: Store, collective_id: int, now: datetime) -> datetime:
    """Return when the open round closes, `now` when none is open."""
    open_ = await store.rounds.open_of(collective_id, now)
    return open_.closes_at if open_ else now


def _rhythm(collective: Collective, schedule: Schedule | None) -> Rhythm:
    rule = schedule.rule if schedule else None
    return Rhythm(
        cadence=rule.cadence if rule else DEFAULT_RHYTHM.cadence,
        weekday=rule.weekday if rule else DEFAULT_RHYTHM.weekday,
        at=rule.at if rule else DEFAULT_RHYTHM.at,
        window=collective.window,
        hours=collective.hours,
    )
