"""Planning together: who may, who is told, what may change, and what becomes of a series."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from gathering import DAY, SATURDAY, STARTS, details, planned, told
from village import audited, queued

from collective.actions import activities, activity_bells, announcing, pausing
from collective.activities import LASTS, Coming, Kind, Stage
from collective.calendar import Cadence
from collective.errors import ActivityOver, HourMissing, MomentPast, NotAllowed, TextTooLong


def leading(village, now=None):
    return {"by": village.members[0].person_id, "now": now or village.now}


async def say(village, activity, *said, now=None):
    """Let the first members say these."""
    for member, coming in zip(village.members, said, strict=False):
        by = {"by": member.person_id, "now": now or village.now}
        await activities.answer(village.store, activity.id, coming, **by)


async def test_any_member_plans_and_everybody_is_told_but_herself(village):
    await village.store.collectives.link_group(village.collective.id, -5, None, village.now)
    activity = await planned(village)
    assert activity.starts_at == STARTS
    others = {each.person_id for each in village.members[1:]}
    assert set(await told(village.store, announcing.PLANNED)) == others
    assert await told(village.store, announcing.GROUP_PLANNED) == [None]
    assert ("activity_planned", village.members[0].person_id, activity.id) in await audited(
        village.store
    )


async def test_the_same_draft_is_planned_and_told_once(village):
    first, again = await planned(village), await planned(village)
    assert first == again
    assert len(await queued(village.store, announcing.PLANNED)) == 5
    with pytest.raises(NotAllowed):
        await planned(village, by=village.members[1].person_id)


async def test_who_does_not_belong_plans_nothing_and_leads_nothing(village):
    with pytest.raises(NotAllowed):
        await planned(village, by=village.coordinator)
    with pytest.raises(NotAllowed):
        await planned(village, in_charge=village.coordinator)
    assert (await planned(village, by=village.facilitator)).planned_by == village.facilitator


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"day": SATURDAY - 3 * DAY}, MomentPast),
        ({"title": "m" * 4000}, TextTooLong),
        ({"with_whom": "m" * 121}, TextTooLong),
    ],
)
async def test_what_is_unfit_is_refused_and_nothing_is_told(village, said, refusal):
    with pytest.raises(refusal):
        await planned(village, **said)
    assert await queued(village.store, announcing.PLANNED) == []


async def test_who_is_put_in_charge_hears_of_it_and_who_was(village):
    activity, store = await planned(village), village.store
    first, second, third = (each.person_id for each in village.members[:3])
    for by, new in ((first, second), (second, third), (third, third)):
        said = details(in_charge=new)
        await activities.change(store, activity.id, said, by=by, now=village.now)
    assert await told(store, announcing.CHARGED) == [second, third]
    assert await told(store, announcing.DISCHARGED) == []
    await activities.change(store, activity.id, details(), by=first, now=village.now)
    assert await told(store, announcing.DISCHARGED) == [third]


async def test_who_makes_a_pause_is_not_told(village):
    paused = village.members[1].person_id
    await pausing.pause(village.store, 2, by=paused, now=village.now)
    await planned(village)
    assert paused not in await told(village.store, announcing.PLANNED)


async def test_whether_she_comes_may_change_until_it_is_over(village):
    activity = await planned(village)
    await say(village, activity, Coming.YES, Coming.MAYBE, Coming.NO)
    late = STARTS + LASTS - timedelta(minutes=1)
    await say(village, activity, Coming.NO, now=late)
    seen = await activities.look(village.store, activity.id, by=village.members[0].person_id)
    assert (seen.coming, seen.leads, seen.in_charge) == (Coming.NO, True, None)
    assert seen.counts == {Coming.YES: 0, Coming.MAYBE: 1, Coming.NO: 2}
    with pytest.raises(ActivityOver):
        await say(village, activity, Coming.YES, now=STARTS + LASTS)


async def test_who_had_answered_and_the_group_hear_that_it_is_put_off(village):
    await village.store.collectives.link_group(village.collective.id, -5, None, village.now)
    activity = await planned(village)
    await say(village, activity, Coming.YES, Coming.NO, Coming.MAYBE)
    later = await activities.put_off(
        village.store, activity.id, SATURDAY + DAY, time(9), **leading(village)
    )
    answered = [each.person_id for each in village.members[1:3]]
    assert await told(village.store, announcing.CHANGED) == answered
    assert await told(village.store, announcing.GROUP_CHANGED) == [None]
    assert (later.details.day, later.was_at) == (SATURDAY + DAY, STARTS)
    assert len(await village.store.activities.coming(activity.id)) == 3


async def test_without_a_group_each_member_hears_that_it_does_not_take_place(village):
    activity = await planned(village)
    cancelled = await activities.cancel(village.store, activity.id, **leading(village))
    await activities.cancel(village.store, activity.id, **leading(village))
    assert cancelled.stage(village.now) is Stage.CANCELLED
    assert len(await told(village.store, announcing.CANCELLED)) == 5
    with pytest.raises(ActivityOver):
        await activities.put_off(village.store, activity.id, SATURDAY, time(17), **leading(village))


async def test_a_word_more_in_the_title_tells_nobody(village):
    activity = await planned(village)
    said = replace(activity.details, title="Likita ya lisanga", kind=Kind.WORKSHOP)
    changed = await activities.change(village.store, activity.id, said, **leading(village))
    assert changed.details == said
    assert await told(village.store, announcing.CHANGED) == []


async def test_who_leads_it_changes_it_and_nobody_else(village):
    leader, other = village.members[1].person_id, village.members[2].person_id
    activity = await planned(village, in_charge=leader)
    with pytest.raises(NotAllowed):
        await activities.cancel(village.store, activity.id, by=other, now=village.now)
    for by in (leader, village.facilitator):
        said = replace(activity.details, place=f"{by}")
        await activities.change(village.store, activity.id, said, by=by, now=village.now)


async def test_who_comes_or_may_come_is_reminded_once_and_not_on_an_earlier_day(village):
    activity = await planned(village)
    await say(village, activity, Coming.YES, Coming.MAYBE, Coming.NO)
    await activities.put_off(
        village.store, activity.id, SATURDAY + DAY, time(15), **leading(village)
    )
    eve = STARTS - timedelta(hours=22)
    for moment in (eve, eve + DAY, eve + DAY, STARTS + DAY):
        await activity_bells.remind(village.store, activity.id, now=moment)
    coming = [each.person_id for each in village.members[:2]]
    assert await told(village.store, announcing.REMINDER) == coming


async def test_a_series_goes_on_at_its_own_hour_although_one_was_put_off(village):
    activity = await planned(village, repeats=Cadence.WEEKLY)
    assert activity.series_id == activity.id
    await activities.put_off(
        village.store, activity.id, SATURDAY + DAY, time(9), **leading(village)
    )
    store, over = village.store, STARTS + DAY
    assert await activity_bells.make_next(store, activity.id, now=STARTS - DAY) is None
    following = await activity_bells.make_next(store, activity.id, now=over)
    assert await activity_bells.make_next(store, activity.id, now=over) is None
    assert (following.starts_at, following.series_id) == (STARTS + 7 * DAY, activity.id)
    assert len(set(await told(store, announcing.PLANNED))) == 6


async def test_a_series_goes_on_from_the_day_and_hour_at_which_it_began(village):
    activity, store = await planned(village), village.store
    await activities.put_off(store, activity.id, SATURDAY + 4 * DAY, time(10), **leading(village))
    weekly = details(day=SATURDAY + 4 * DAY, at=time(10), repeats=Cadence.WEEKLY)
    await activities.change(store, activity.id, weekly, **leading(village))
    over = STARTS + 4 * DAY + LASTS
    following = await activity_bells.make_next(store, activity.id, now=over)
    assert (following.details.day, following.details.at) == (SATURDAY + 11 * DAY, time(10))


async def test_a_series_ends_by_any_of_its_activities(village):
    activity = await planned(village, repeats=Cadence.FORTNIGHTLY)
    store, over = village.store, STARTS + LASTS
    following = await activity_bells.make_next(store, activity.id, now=over)
    await activities.end_series(store, activity.id, **leading(village))
    later = following.starts_at + LASTS
    assert await activity_bells.make_next(store, following.id, now=later) is None
    assert [each.id for each in await store.activities.ahead(village.collective.id, over)] == [
        following.id
    ]


async def test_a_cancelled_one_ends_no_series_unless_that_is_asked(village):
    one = await planned(village, repeats=Cadence.WEEKLY)
    other = await planned(village, draft="e", repeats=Cadence.WEEKLY)
    store, over = village.store, STARTS + LASTS
    await activities.cancel(store, one.id, **leading(village))
    await activities.cancel(store, other.id, series=True, **leading(village))
    assert await activity_bells.make_next(store, one.id, now=over) is not None
    assert await activity_bells.make_next(store, other.id, now=over) is None


async def test_an_hour_that_its_zone_leaves_out_is_refused(village):
    elsewhere = await village.store.collectives.add(
        draft="brussels",
        name="Ailleurs",
        trade=village.collective.trade,
        place="Bruxelles",
        zone="Europe/Brussels",
        language=village.collective.language,
        created_by=None,
        now=village.now,
    )
    member = village.members[0].person_id
    await village.store.collectives.add_member(elsewhere.id, member, village.now)
    said = details(day=date(2027, 3, 28), at=time(2, 30))
    with pytest.raises(HourMissing):
        await activities.plan(
            village.store, elsewhere.id, said, draft="d", by=member, now=village.now
        )
