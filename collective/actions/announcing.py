"""What is told of activities: to whom, where, when."""

from collections.abc import Collection, Iterable
from datetime import datetime

from collective.actions import telling
from collective.activities import Activity, Coming
from collective.people import is_paused
from collective.ports import Store

#: Which renderers make the messages. Ids are {"activity": n}, and {"person": n} in private chats.
#: The card of an activity, as each sees it, with coming / maybe / not.
ACTIVITY = "activity"
#: To each member: it is planned; it begins at another hour or place; it does not take place.
PLANNED = "activity_planned"
CHANGED = "activity_changed"
CANCELLED = "activity_cancelled"
#: To who comes or may come, the day before.
REMINDER = "activity_reminder"
#: To who leads it, when it is over: who was there, what was learned.
LOOK_BACK = "look_back"
#: Thanks and totals: to the group, or to each member where there is none.
DONE = "activity_done"
#: After a meeting, to who was there: the two taps.
FELT = "meeting_felt"
#: To the facilitators: who was in charge of it has left.
FREE = "activity_free"
#: To her: she is in charge of it now; she is not any more.
CHARGED, DISCHARGED = "activity_charged", "activity_discharged"
#: To the group.
GROUP_PLANNED = "group_activity"
GROUP_CHANGED = "group_activity_changed"
GROUP_CANCELLED = "group_activity_cancelled"
GROUP_DONE = "group_activity_done"

#: Every kind above.
KINDS = (
    *(ACTIVITY, PLANNED, CHANGED, CANCELLED, REMINDER, LOOK_BACK, DONE, FELT),
    *(FREE, CHARGED, DISCHARGED),
    *(GROUP_PLANNED, GROUP_CHANGED, GROUP_CANCELLED, GROUP_DONE),
)


async def planned(store: Store, activity: Activity, *, by: int | None, now: datetime) -> None:
    """Tell each member, who is in charge, and the group; `by` knows."""
    members = await store.collectives.members(activity.collective_id)
    told = {each.person_id for each in members} | {activity.details.in_charge}
    await persons(store, activity, _but(told, by), PLANNED, now=now)
    await group(store, activity, GROUP_PLANNED, now=now)


async def changed(store: Store, activity: Activity, *, by: int, now: datetime) -> None:
    """Tell that it begins at another hour or place."""
    await _who_counts_on_it(store, activity, (CHANGED, GROUP_CHANGED), by=by, now=now)


async def handed_over(
    store: Store, activity: Activity, before: int | None, *, by: int, now: datetime
) -> None:
    """Tell who is in charge of it now, and who was `before`; `by` knows."""
    new = activity.details.in_charge
    await persons(store, activity, _but([new], by), CHARGED, now=now)
    await persons(store, activity, _but([before], by), DISCHARGED, now=now)


async def free(store: Store, activity: Activity, *, but: int, now: datetime) -> None:
    """Tell who accompanies the collective, or else who planned it, that its leader is gone."""
    led = [each.person_id for each in await store.collectives.facilitators(activity.collective_id)]
    told = _but(led, but) or _but([activity.planned_by], but)
    await persons(store, activity, told, FREE, now=now)


async def cancelled(store: Store, activity: Activity, *, by: int, now: datetime) -> None:
    """Tell that it does not take place."""
    await _who_counts_on_it(store, activity, (CANCELLED, GROUP_CANCELLED), by=by, now=now)


async def done(store: Store, activity: Activity, *, now: datetime) -> None:
    """Thank the group with the totals, or each member where there is none."""
    if not await group(store, activity, GROUP_DONE, now=now):
        members = await store.collectives.members(activity.collective_id)
        await persons(store, activity, [each.person_id for each in members], DONE, now=now)


async def leaders(store: Store, activity: Activity, *, now: datetime) -> list[int]:
    """Return who is asked about it: who is in charge, or the facilitators; else its planner.

    Each of them belongs to the collective, has Telegram and makes no pause.
    """
    led = await store.collectives.facilitators(activity.collective_id)
    facilitators = [each.person_id for each in led]
    for asked in ([activity.details.in_charge], facilitators, [activity.planned_by]):
        known = [each for each in asked if each is not None]
        found = [each for each in known if await _reached(store, activity, each, now)]
        if found:
            return found
    return []


async def persons(
    store: Store,
    activity: Activity,
    told: Collection[int],
    kind: str,
    *,
    mark: str | None = None,
    now: datetime,
) -> None:
    """Tell some persons, but not who makes a pause; once for each `mark`, None: for this moment."""
    awake = []
    for each in sorted(told):
        person = await store.people.person(each)
        if person is not None and not is_paused(person, now):
            awake.append(each)
    to = await telling.reached(store, awake)
    await _queue(store, activity, to, kind, mark, now)


async def group(store: Store, activity: Activity, kind: str, *, now: datetime) -> bool:
    """Tell the Telegram group; False: there is none."""
    chat = await store.collectives.group(activity.collective_id)
    if chat is not None:
        await _queue(store, activity, [(chat.chat_id, None)], kind, None, now)
    return chat is not None


async def answered(store: Store, activity: Activity, said: Collection[Coming]) -> list[int]:
    """Return the persons who said one of these, among the members of now."""
    answers = await store.activities.coming(activity.id)
    members = await store.collectives.members(activity.collective_id)
    return [each.person_id for each in members if answers.get(each.id) in said]


async def _who_counts_on_it(
    store: Store, activity: Activity, kinds: tuple[str, str], *, by: int, now: datetime
) -> None:
    """Tell who had answered, who is in charge, and the group; each member where there is none."""
    private, public = kinds
    told = {*await answered(store, activity, list(Coming)), activity.details.in_charge}
    if not await group(store, activity, public, now=now):
        members = await store.collectives.members(activity.collective_id)
        told |= {each.person_id for each in members}
    await persons(store, activity, _but(told, by), private, now=now)


async def _reached(store: Store, activity: Activity, person_id: int, now: datetime) -> bool:
    person, standing = await store.people.person(person_id), await store.people.standing(person_id)
    if person is None or is_paused(person, now):
        return False
    belongs = activity.collective_id in standing.member_of | standing.facilitates
    return belongs and await store.people.chat_of(person_id) is not None


def _but(told: Iterable[int | None], by: int | None) -> list[int]:
    return [each for each in told if each is not None and each != by]


async def _queue(
    store: Store,
    activity: Activity,
    to: Collection[tuple[int, int | None]],
    kind: str,
    mark: str | None,
    now: datetime,
) -> None:
    ids, said = {"activity": activity.id}, mark or f"{now:%y%m%d%H%M%S}"
    await telling.queue(store, activity.collective_id, to, kind, ids, mark=said, now=now)
