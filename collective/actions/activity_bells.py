"""What the clock does with activities: reminds, asks to look back, makes the next of a series."""

from dataclasses import replace
from datetime import datetime

from collective import access, activities, activity_times
from collective.actions import announcing, hours
from collective.actions.activities import wind
from collective.activities import REMINDED, Activity, Stage
from collective.calendar import local_moment
from collective.ports import Store
from collective.schedules import Bell


async def remind(store: Store, activity_id: int, *, now: datetime) -> None:
    """Remind who comes or may come, the day before; not at the hour of a day it was put off."""
    activity = await store.activities.get(activity_id)
    if activity is None or activity.stage(now) is not Stage.PLANNED:
        return
    collective = await access.existing(store, activity.collective_id)
    feasts = await store.collectives.feast_days(collective.id)
    place = (activity.starts_at, collective.zone, collective.hours, feasts)
    due = activity_times.reminds_at(*place, told_at=activity.planned_at)
    if due is not None and due <= now < activity.starts_at:
        told = await announcing.answered(store, activity, REMINDED)
        kind, mark = announcing.REMINDER, activity.edition
        await announcing.persons(store, activity, told, kind, mark=mark, now=now)


async def ask_to_look_back(store: Store, activity_id: int, *, now: datetime) -> None:
    """Ask who leads it who was there; where that was asked before and is missing, once more.

    A bell that was wound for a moment before it was put off asks nothing new. While a crisis
    check-in is open nobody is asked, but when it has closed.
    """
    activity = await store.activities.get(activity_id)
    if activity is None or not activity.changeable():
        return
    collective = await access.existing(store, activity.collective_id)
    feasts = await store.collectives.feast_days(collective.id)
    moments = activity_times.asks_at(activity.starts_at, collective.zone, collective.hours, feasts)
    times = sum(moment <= now for moment in moments)
    place, bell = collective.id, Bell.LOOK_BACK
    if times and not await hours.rests(store, place, bell, activity_id, now=now):
        told = await announcing.leaders(store, activity, now=now)
        kind, mark = announcing.LOOK_BACK, f"{activity.edition}:{times}"
        await announcing.persons(store, activity, told, kind, mark=mark, now=now)


async def make_next(store: Store, activity_id: int, *, now: datetime) -> Activity | None:
    """Plan the next one of a series and tell everybody; None: there is none, or it was made.

    While a crisis check-in is open nobody is invited: it is made when that has closed. Who was in
    charge and has left since is so no more.
    """
    activity = await store.activities.hold(activity_id)
    if activity is None or now < activity.starts_at + activities.LASTS:
        # It was put off; another bell rings then.
        return None
    collective = await access.existing(store, activity.collective_id)
    feasts = await store.collectives.feast_days(collective.id)
    found = activity_times.following(activity, collective.zone, now, feasts)
    if found is None or await hours.rests(
        store, collective.id, Bell.NEXT_ACTIVITY, activity_id, now=now
    ):
        return None
    regular, details = found
    left = await _left(store, details.in_charge, collective.id)
    made = await store.activities.add(
        draft=f"after:{activity_id}",
        collective_id=collective.id,
        planned_by=activity.planned_by,
        details=details if left is None else replace(details, in_charge=None),
        starts_at=local_moment(details.day, details.at, collective.zone),
        regular=regular,
        series_id=activity.series_id,
        now=now,
    )
    if made is not None:
        await wind(store, made, collective, now)
        await announcing.planned(store, made, by=None, now=now)
        if left is not None:
            await announcing.free(store, made, but=left, now=now)
    return made


async def _left(store: Store, leader: int | None, collective_id: int) -> int | None:
    """Return who is in charge where she does not belong to the collective any more."""
    standing = await store.people.standing(leader or 0)
    return None if collective_id in standing.member_of | standing.facilitates else leader
