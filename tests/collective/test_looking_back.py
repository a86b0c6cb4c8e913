"""Afterwards: who was there, what was learned, thanks and totals, how it was, who led it."""

from datetime import timedelta

import pytest
from gathering import DAY, STARTS, planned, told
from village import queued

from collective import figures
from collective.actions import (
    activities,
    activity_bells,
    announcing,
    erasing,
    files,
    leaving,
    looking_back,
    pausing,
    roster,
)
from collective.activities import Coming, FileKind, Kind
from collective.calendar import Cadence
from collective.errors import (
    ActivityAhead,
    ActivityOver,
    FileTooHeavy,
    GoneSince,
    NotAllowed,
    TextTooLong,
    VoiceTooLong,
)
from collective.feelings import Felt, Question
from collective.own_words import VoiceNote
from collective.people import Role

#: After the activity of Saturday at three.
EVENING = STARTS + timedelta(hours=3)


def leading(village, now=EVENING):
    return {"by": village.members[0].person_id, "now": now}


async def attended(village, activity, number):
    """Let the first members have been there, and the look-back be finished."""
    for member in village.members[:number]:
        await looking_back.mark(
            village.store, activity.id, member.id, present=True, **leading(village)
        )
    return await looking_back.finish(village.store, activity.id, **leading(village))


async def test_the_list_has_the_roster_and_counts_who_was_there(village):
    mado = await roster.add(
        village.store,
        village.collective.id,
        "Mado",
        draft="m",
        agreed=True,
        by=village.facilitator,
        now=village.now,
    )
    activity = await planned(village)
    for present in (True, True, False, True):
        await looking_back.mark(
            village.store, activity.id, mado.id, present=present, **leading(village)
        )
    seen = await looking_back.attendance(village.store, activity.id, by=village.facilitator)
    assert seen.members[0].name == "Mado"
    assert seen.present == {mado.id}
    finished = await attended(village, activity, 2)
    assert (finished.attended, finished.members) == (3, 7)


async def test_nobody_looks_back_before_it_begins_or_without_leading_it(village):
    activity = await planned(village)
    member = village.members[0].id
    with pytest.raises(ActivityAhead):
        await looking_back.mark(
            village.store, activity.id, member, present=True, **leading(village, village.now)
        )
    with pytest.raises(NotAllowed):
        await looking_back.finish(
            village.store, activity.id, by=village.members[1].person_id, now=EVENING
        )
    await activities.cancel(village.store, activity.id, **leading(village))
    with pytest.raises(ActivityOver):
        await looking_back.finish(village.store, activity.id, **leading(village))


async def test_for_who_left_the_answer_is_clear_and_what_was_noted_stays(village):
    activity, gone = await planned(village), village.members[5]
    await looking_back.mark(village.store, activity.id, gone.id, present=True, **leading(village))
    await leaving.leave(
        village.store, Role.MEMBER, village.collective.id, by=gone.person_id, now=EVENING
    )
    with pytest.raises(GoneSince):
        await looking_back.mark(
            village.store, activity.id, gone.id, present=False, **leading(village)
        )
    finished = await attended(village, activity, 1)
    assert (finished.attended, finished.members) == (2, 6)


async def test_a_correction_still_counts_who_was_there_and_is_erased_since(village, forms):
    store, members = village.store, village.members
    activity = await planned(village)
    await attended(village, activity, 3)
    await erasing.erase(store, forms, by=members[2].person_id, now=EVENING)
    await looking_back.mark(store, activity.id, members[3].id, present=True, **leading(village))
    corrected = await store.activities.get(activity.id)
    assert (corrected.attended, corrected.members) == (4, 6)


async def test_what_was_learned_is_said_in_words_or_by_voice(village):
    store, activity = village.store, await planned(village)
    await looking_back.write(store, activity.id, "Le bleu tient.", **leading(village))
    note = VoiceNote(file_id="v", seconds=9)
    await looking_back.speak(store, activity.id, note, **leading(village))
    assert (await store.activities.get(activity.id)).learned is None
    [due] = await files.to_fetch(store, EVENING, 3)
    await files.fetched(store, {}, due, b"sound", now=EVENING)
    assert (await store.activity_files.get(activity.id, FileKind.VOICE)).content == b"sound"
    await looking_back.write(store, activity.id, "Le bleu tient.", **leading(village))
    assert await store.activity_files.get(activity.id, FileKind.VOICE) is None


async def test_what_is_too_long_or_too_heavy_is_refused_and_the_rest_stays(village):
    store, activity = village.store, await planned(village)
    await looking_back.show(store, activity.id, "p", 90_000, **leading(village))
    with pytest.raises(FileTooHeavy):
        await looking_back.show(store, activity.id, "q", 15_000_000, **leading(village))
    with pytest.raises(TextTooLong):
        await looking_back.write(store, activity.id, "m" * 4000, **leading(village))
    note = VoiceNote(file_id="v", seconds=90)
    with pytest.raises(VoiceTooLong):
        await looking_back.speak(store, activity.id, note, **leading(village))
    assert (await store.activity_files.get(activity.id, FileKind.PHOTO)).file_id == "p"


async def test_what_cannot_be_fetched_is_tried_again_and_given_up(village):
    store, activity = village.store, await planned(village)
    await looking_back.show(store, activity.id, "p", None, **leading(village))
    at, tries = EVENING, 0
    while (due := await files.to_fetch(store, at, 3)) and tries < 20:
        tries += 1
        await files.missed(store, due[0], for_good=False, now=at)
        at += DAY
    assert tries == 6
    assert (await store.activity_files.get(activity.id, FileKind.PHOTO)).content is None


async def test_the_group_is_thanked_once_and_who_was_at_a_meeting_is_asked(village):
    await village.store.collectives.link_group(village.collective.id, -5, None, village.now)
    activity = await planned(village)
    for _ in range(2):
        await attended(village, activity, 3)
    assert await told(village.store, announcing.GROUP_DONE) == [None]
    assert await told(village.store, announcing.DONE) == []
    there = [each.person_id for each in village.members[:3]]
    assert await told(village.store, announcing.FELT) == there


async def test_without_a_group_each_is_thanked_and_only_a_meeting_asks(village):
    activity = await planned(village, kind=Kind.SALE)
    await attended(village, activity, 3)
    assert len(await told(village.store, announcing.DONE)) == 6
    assert await told(village.store, announcing.FELT) == []
    empty = await planned(village, draft="e", kind=Kind.SALE)
    await attended(village, empty, 0)
    assert len(await told(village.store, announcing.DONE)) == 6


async def test_a_count_may_be_corrected_for_two_weeks(village):
    activity = await planned(village)
    await attended(village, activity, 3)
    store, member = village.store, village.members[4].id
    late = {"present": True, **leading(village, EVENING + 13 * DAY)}
    await looking_back.mark(store, activity.id, member, **late)
    assert (await store.activities.get(activity.id)).attended == 4
    with pytest.raises(ActivityOver):
        await looking_back.mark(store, activity.id, member, **late | {"now": EVENING + 15 * DAY})


async def test_how_a_meeting_was_is_told_by_fives_and_outlives_who_said_it(village, forms):
    activity = await planned(village)
    await attended(village, activity, 6)
    store = village.store
    for place, member in enumerate(village.members):
        question, felt = Question.SAID, Felt.YES if place else Felt.NO
        await looking_back.feel(store, activity.id, question, felt, by=member.person_id)
        shown = await looking_back.how_it_was(store, activity.id, by=village.facilitator)
        assert bool(shown) is (place >= 4)
    await erasing.erase(store, forms, by=village.members[0].person_id, now=EVENING)
    shown = await looking_back.how_it_was(store, activity.id, by=village.facilitator)
    assert shown == {Question.SAID: {Felt.YES: 4, Felt.NO: 1}}


async def test_who_was_not_there_does_not_say_how_it_was(village):
    activity = await planned(village)
    asked = {"question": Question.SAID, "felt": Felt.YES}
    with pytest.raises(ActivityAhead):
        await looking_back.feel(
            village.store, activity.id, **asked, by=village.members[0].person_id
        )
    await attended(village, activity, 2)
    with pytest.raises(NotAllowed):
        await looking_back.feel(
            village.store, activity.id, **asked, by=village.members[2].person_id
        )


async def test_a_missing_look_back_is_asked_for_three_times_of_who_leads_it(village):
    leader = village.members[1].person_id
    activity = await planned(village, in_charge=leader)
    moments = [EVENING + DAY * days + timedelta(minutes=m) for days in range(6) for m in (0, 5)]
    for moment in (STARTS, *moments):
        await activity_bells.ask_to_look_back(village.store, activity.id, now=moment)
    assert await told(village.store, announcing.LOOK_BACK) == [leader] * 3


async def test_while_who_leads_it_makes_a_pause_another_is_asked(village):
    leader = village.members[1].person_id
    activity = await planned(village, in_charge=leader)
    await pausing.pause(village.store, 2, by=leader, now=village.now)
    await activity_bells.ask_to_look_back(village.store, activity.id, now=EVENING)
    assert await told(village.store, announcing.LOOK_BACK) == [village.facilitator]


async def test_what_was_looked_back_on_is_not_asked_for(village):
    activity = await planned(village)
    await activity_bells.ask_to_look_back(village.store, activity.id, now=EVENING)
    await attended(village, activity, 2)
    await activity_bells.ask_to_look_back(village.store, activity.id, now=EVENING + DAY)
    assert await told(village.store, announcing.LOOK_BACK) == [village.facilitator]


async def test_who_leaves_hands_over_and_comes_no_more(village):
    leader = village.members[1]
    ahead = await planned(village, in_charge=leader.person_id)
    by = {"by": leader.person_id, "now": village.now}
    await activities.answer(village.store, ahead.id, Coming.YES, **by)
    await leaving.leave(village.store, Role.MEMBER, village.collective.id, **by)
    assert (await village.store.activities.get(ahead.id)).details.in_charge is None
    assert await village.store.activities.coming(ahead.id) == {}
    assert await told(village.store, announcing.FREE) == [village.facilitator]


async def test_who_leaves_hands_over_nothing_that_is_over(village):
    store, leader = village.store, village.members[1].person_id
    series = [await planned(village, in_charge=leader, repeats=Cadence.WEEKLY)]
    for week in range(3):
        over = EVENING + 7 * week * DAY
        series.append(await activity_bells.make_next(store, series[-1].id, now=over))
    await leaving.leave(store, Role.MEMBER, village.collective.id, by=leader, now=over)
    kept = [await store.activities.get(each.id) for each in series]
    assert {each.details.in_charge for each in kept} == {None}
    [told_of] = await queued(store, announcing.FREE)
    assert told_of.ids["activity"] == series[-1].id


async def test_who_left_after_the_look_back_is_not_in_charge_of_the_next(village):
    store, leader = village.store, village.members[1].person_id
    weekly = await planned(village, in_charge=leader, repeats=Cadence.WEEKLY)
    await looking_back.finish(store, weekly.id, by=leader, now=EVENING)
    await leaving.leave(store, Role.MEMBER, village.collective.id, by=leader, now=EVENING)
    following = await activity_bells.make_next(store, weekly.id, now=EVENING)
    assert following.details.in_charge is None
    assert (await store.activities.get(weekly.id)).details.in_charge == leader
    assert await told(store, announcing.FREE) == [village.facilitator]


async def test_a_facilitator_who_goes_stays_in_charge_only_as_a_member(village):
    store, place, led = village.store, village.collective.id, village.facilitator
    activity = await planned(village, in_charge=led)
    await leaving.leave(store, Role.FACILITATOR, place, by=led, now=village.now)
    assert (await store.activities.get(activity.id)).details.in_charge is None
    assert await told(store, announcing.FREE) == [village.members[0].person_id]
    both = await planned(village, draft="b", in_charge=village.members[1].person_id)
    await store.collectives.add_facilitator(place, village.members[1].person_id, village.now)
    by = {"by": village.members[1].person_id, "now": village.now}
    await leaving.leave(store, Role.FACILITATOR, place, **by)
    assert (await store.activities.get(both.id)).details.in_charge == by["by"]


async def test_nothing_leads_from_an_activity_to_who_had_herself_erased(village, forms):
    her = village.members[1].person_id
    activity = await planned(village, by=her, in_charge=her)
    note = VoiceNote(file_id="v", seconds=9)
    await looking_back.speak(village.store, activity.id, note, by=her, now=EVENING)
    await erasing.erase(village.store, forms, by=her, now=EVENING)
    kept = await village.store.activities.get(activity.id)
    assert (kept.planned_by, kept.details.in_charge) == (None, None)
    assert await village.store.activity_files.get(activity.id, FileKind.VOICE) is None
    await activity_bells.ask_to_look_back(village.store, activity.id, now=EVENING)
    assert await told(village.store, announcing.LOOK_BACK) == [village.facilitator]


async def test_activities_are_counted_for_figures(village):
    member, led = village.members[0].person_id, village.facilitator
    meeting = await planned(village, in_charge=member)
    await attended(village, meeting, 3)
    await planned(village, draft="s", kind=Kind.VISIT, in_charge=led)
    gone = await planned(village, draft="x", kind=Kind.SALE)
    await activities.cancel(village.store, gone.id, **leading(village, village.now))
    await planned(village, draft="later", day=STARTS.date() + 9 * DAY)
    place = village.collective.id
    found = await village.store.activities.between(place, village.now, village.now + 30 * DAY)
    counted = figures.activity_figures(found, {led}, EVENING)
    assert (counted.held, counted.cancelled, counted.outward) == (2, 1, 1)
    assert counted.kinds == {Kind.MEETING: 1, Kind.VISIT: 1}
    assert (counted.without_facilitator, counted.looked_back) == (1, 1)
    assert (counted.attended, counted.members, str(counted.share)) == (3, 6, "0.50")
    assert figures.activity_figures([], {led}, EVENING).share is None
    assert len(await queued(village.store, announcing.CANCELLED)) == 5
