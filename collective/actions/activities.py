"""Planning an activity, saying whether one comes, changing it, putting it off, cancelling it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from collective import access, activities, activity_times
from collective.actions import announcing
from collective.activities import Activity, Coming, Details, Regular
from collective.collectives import Collective
from collective.errors import ActivityOver, NotAllowed, Outdated
from collective.events import Event
from collective.people import Role
from collective.ports import Store
from collective.schedules import Bell


@dataclass(frozen=True, kw_only=True)
class View:
    """An activity as one person may see it."""

    activity: Activity
    collective: Collective
    #: What she said; None: nothing yet.
    coming: Coming | None
    #: How many said what.
    counts: Mapping[Coming, int]
    member: bool
    #: Whether she may change it and look back on it.
    leads: bool
    #: The name of who is in charge, None: nobody yet.
    in_charge: str | None


async def plan(
    store: Store, collective_id: int, details: Details, *, draft: str, by: int, now: datetime
) -> Activity:
    """Plan an activity and tell everybody; nobody is asked. The same draft is the same one.

    Who belongs to the collective may. Raises NotAllowed (also for somebody in charge who does not
    belong to it), TextEmpty, TextTooLong, HourMissing, MomentPast, MomentTooFar.
    """
    collective = await access.ensure_belongs(store, by, collective_id)
    planned = await store.activities.by_draft(draft)
    if planned is not None:
        return _hers(planned, by)
    kept = await _fitting(store, collective_id, details)
    starts_at = activity_times.ensure_moment(kept.day, kept.at, collective.zone, now)
    made = await store.activities.add(
        draft=draft,
        collective_id=collective_id,
        planned_by=by,
        details=kept,
        starts_at=starts_at,
        now=now,
    )
    if made is None:
        return _hers(await store.activities.by_draft(draft), by)
    await wind(store, made, collective, now)
    await announcing.planned(store, made, by=by, now=now)
    await store.audit.append(Event.ACTIVITY_PLANNED, by=by, subject=made.id, now=now)
    return made


async def change(
    store: Store, activity_id: int, details: Details, *, by: int, now: datetime
) -> Activity:
    """Say it anew; who had answered and the group are told of another day, hour or place.

    So is who is in charge of it from now on, and who was. Who leads it may, until it is looked
    back on. What was answered stays, and may be changed.
    Raises Outdated, NotAllowed, ActivityOver, and what `plan` raises.
    """
    before, collective = await _led(store, activity_id, by)
    kept = await _fitting(store, collective.id, details)
    moved = (kept.day, kept.at) != (before.details.day, before.details.at)
    elsewhere = kept.place != before.details.place
    starts_at, was_at = before.starts_at, None if elsewhere else before.was_at
    if moved:
        starts_at = activity_times.ensure_moment(kept.day, kept.at, collective.zone, now)
        was_at = before.starts_at
    # What does not come again yet has no moment but its own: a series goes on from there.
    own = Regular(day=kept.day, at=kept.at)
    regular = own if before.details.repeats is None else before.regular
    await store.activities.put_details(
        activity_id, kept, starts_at=starts_at, was_at=was_at, regular=regular
    )
    after = await _existing(store, activity_id)
    if moved or kept.repeats is not before.details.repeats:
        await wind(store, after, collective, now)
    if moved or elsewhere:
        await announcing.changed(store, after, by=by, now=now)
        await store.audit.append(Event.ACTIVITY_CHANGED, by=by, subject=activity_id, now=now)
    was = before.details.in_charge
    if kept.in_charge != was:
        await announcing.handed_over(store, after, was, by=by, now=now)
    return after


async def put_off(
    store: Store, activity_id: int, day: date, at: time, *, by: int, now: datetime
) -> Activity:
    """Put it off to another local day and hour; the others of its series stay where they are.

    Raises what `change` raises.
    """
    activity = await _existing(store, activity_id)
    said = replace(activity.details, day=day, at=at)
    return await change(store, activity_id, said, by=by, now=now)


async def cancel(
    store: Store, activity_id: int, *, series: bool = False, by: int, now: datetime
) -> Activity:
    """Cancel it; who had answered and the group are told. `series`: no other one follows it.

    Also when it is over and did not take place: then everybody knows. Raises Outdated, NotAllowed,
    ActivityOver (looked back on).
    """
    seen = await _existing(store, activity_id)
    if seen.cancelled_at is None:
        seen, _ = await _led(store, activity_id, by)
        await store.activities.cancel(activity_id, now)
        if not seen.over(now):
            await announcing.cancelled(store, seen, by=by, now=now)
        await store.audit.append(Event.ACTIVITY_CANCELLED, by=by, subject=activity_id, now=now)
    if series:
        await end_series(store, activity_id, by=by, now=now)
    return await _existing(store, activity_id)


async def end_series(store: Store, activity_id: int, *, by: int, now: datetime) -> None:
    """Let no other one follow this; it takes place itself. Raises Outdated, NotAllowed."""
    activity = await _existing(store, activity_id)
    await ensure_leads(store, activity, by)
    if activity.details.repeats is not None:
        await store.activities.end_series(activity_id)
        await store.audit.append(Event.SERIES_ENDED, by=by, subject=activity_id, now=now)


async def answer(
    store: Store, activity_id: int, coming: Coming, *, by: int, now: datetime
) -> Activity:
    """Keep whether a member comes, in place of what she said before, until it is over.

    Raises Outdated, NotAllowed, ActivityOver.
    """
    activity = await _existing(store, activity_id)
    member = await access.ensure_member(store, by, activity.collective_id)
    if not activity.takes_answers(now):
        raise ActivityOver
    await store.activities.put_coming(activity_id, member.id, coming, now)
    return activity


async def look(store: Store, activity_id: int, *, by: int) -> View:
    """Return an activity as somebody who belongs to the collective sees it.

    How many come is for all of them, who comes for who leads it (`store.activities.coming`).
    Raises Outdated, NotAllowed.
    """
    activity = await _existing(store, activity_id)
    collective = await access.ensure_belongs(store, by, activity.collective_id)
    member = await store.collectives.member(collective.id, by)
    said = await store.activities.coming(activity_id)
    leader = activity.details.in_charge
    person = await store.people.person(leader) if leader is not None else None
    return View(
        activity=activity,
        collective=collective,
        coming=said.get(member.id) if member else None,
        counts={each: list(said.values()).count(each) for each in Coming},
        member=member is not None,
        leads=await may_lead(store, activity, by),
        in_charge=person.name if person else None,
    )


async def agenda(store: Store, collective_id: int, *, by: int, now: datetime) -> list[Activity]:
    """Return what is ahead, the soonest first. Raises NotAllowed."""
    await access.ensure_belongs(store, by, collective_id)
    return await store.activities.ahead(collective_id, now)


async def memory(
    store: Store, collective_id: int, *, limit: int, by: int, now: datetime
) -> list[Activity]:
    """Return what is behind, the newest first. Raises NotAllowed."""
    await access.ensure_belongs(store, by, collective_id)
    return await store.activities.behind(collective_id, now, limit)


async def release(
    store: Store, person_id: int, collective_id: int, role: Role, *, now: datetime
) -> int:
    """Free what she was in charge of as she gives up a role; return how much of it is ahead.

    The facilitators give that on; who looks back on what is over is asked by itself. As a member
    she does not come to what is ahead either. Who still belongs to the collective by her other
    role stays in charge.
    """
    standing = await store.people.standing(person_id)
    other = standing.facilitates if role is Role.MEMBER else standing.member_of
    member = await store.collectives.member(collective_id, person_id)
    if role is Role.MEMBER and member is not None:
        await store.activities.forget_coming(member.id, now)
    if collective_id in other:
        return 0
    freed = await store.activities.in_charge_of(person_id, collective_id)
    ahead = [each for each in freed if not each.over(now)]
    for activity in freed:
        await store.activities.put_in_charge(activity.id, None)
    for activity in ahead:
        await announcing.free(store, activity, but=person_id, now=now)
    return len(ahead)


async def may_lead(store: Store, activity: Activity, by: int) -> bool:
    """Tell whether she may change it: its planner, who is in charge, or a facilitator."""
    standing = await store.people.standing(by)
    if activity.collective_id in standing.facilitates:
        return True
    named = by in {activity.planned_by, activity.details.in_charge}
    return named and activity.collective_id in standing.member_of


async def ensure_leads(store: Store, activity: Activity, by: int) -> None:
    """Raise NotAllowed for who may not change it."""
    if not await may_lead(store, activity, by):
        raise NotAllowed


async def ensure_changeable(store: Store, activity_id: int, *, by: int) -> None:
    """Raise Outdated, NotAllowed or ActivityOver where she may not change it, or not any more."""
    activity = await _existing(store, activity_id)
    await ensure_leads(store, activity, by)
    if not activity.changeable():
        raise ActivityOver


async def wind(store: Store, activity: Activity, collective: Collective, now: datetime) -> None:
    """Put on the timetable what rings for it; a bell of an earlier moment rings in vain."""
    feasts = await store.collectives.feast_days(collective.id)
    place = (activity.starts_at, collective.zone, collective.hours, feasts)
    reminds = activity_times.reminds_at(*place, told_at=now)
    if reminds is not None:
        await store.schedules.add(Bell.REMIND_ACTIVITY, activity.id, reminds)
    for moment in activity_times.asks_at(*place):
        await store.schedules.add(Bell.LOOK_BACK, activity.id, moment)
    if activity.details.repeats is not None:
        over = activity.starts_at + activities.LASTS
        await store.schedules.add(Bell.NEXT_ACTIVITY, activity.id, over)


async def _fitting(store: Store, collective_id: int, details: Details) -> Details:
    kept = activities.cleaned(details)
    if kept.in_charge is not None:
        await access.ensure_belongs(store, kept.in_charge, collective_id)
    return kept


async def _led(store: Store, activity_id: int, by: int) -> tuple[Activity, Collective]:
    """Return an activity that may still be changed, held, for who leads it."""
    activity = await store.activities.hold(activity_id)
    if activity is None:
        raise Outdated
    await ensure_leads(store, activity, by)
    if not activity.changeable():
        raise ActivityOver
    return activity, await access.existing(store, activity.collective_id)


async def _existing(store: Store, activity_id: int) -> Activity:
    activity = await store.activities.get(activity_id)
    if activity is None:
        raise Outdated
    return activity


def _hers(activity: Activity | None, by: int) -> Activity:
    if activity is None or activity.planned_by != by:
        raise NotAllowed
    return activity
