"""The crisis check-in: everybody is asked at once, ordinary reminders rest, help is followed up."""

from datetime import timedelta

import pytest
from gathering import planned
from village import NADINE, NOW, audited, queued, rows

from collective.actions import (
    accompanying,
    activity_bells,
    announcing,
    checkins,
    crises,
    entering,
    follow_ups,
    pausing,
    roster,
    rounds,
    summaries,
)
from collective.actions.checkins import OPENING, REMINDER
from collective.calendar import Cadence
from collective.errors import AnsweredHerself, CrisisOpen, NotAllowed, RoundClosed
from collective.follow_ups import Reason
from collective.rounds import CRISIS, CRISIS_WINDOW
from collective.schedules import Bell
from storage import tables as t

#: The lane of replies, as the outbox keeps it: no hours bind it.
AT_ONCE = 0
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: Half past one in the night, local time.
NIGHT = NOW + timedelta(hours=8, minutes=30)


@pytest.fixture
async def crisis(village, store):
    return await crises.open_crisis(store, village.collective.id, by=village.facilitator, now=NIGHT)


async def says(village, forms, member, crisis, now=NIGHT, **answers):
    [checkin] = [
        each
        for each in await village.store.checkins.open_for(member.person_id, now)
        if each.round_id == crisis.id
    ]
    for question, value in answers.items():
        await checkins.answer(
            village.store, forms, checkin.id, question, value, by=member.person_id, now=now
        )
    return checkin


async def test_every_member_is_asked_at_once_in_the_middle_of_the_night(village, store, crisis):
    cards = await queued(store, OPENING)
    assert {card.not_before for card in cards} == {NIGHT}
    assert {card.lane for card in cards} == {AT_ONCE}
    assert {card.person_id for card in cards} == {each.person_id for each in village.members}
    assert ("crisis_opened", village.facilitator, crisis.id) in await audited(store)


async def test_opened_twice_it_is_one(village, store, crisis):
    by, now = village.coordinator, NIGHT + HOUR
    again = await crises.open_crisis(store, village.collective.id, by=by, now=now)
    assert again == crisis
    assert len(await queued(store, OPENING)) == len(village.members)


async def test_facilitators_and_coordinators_open_it_and_nobody_else(village, store):
    by, place = village.members[0].person_id, village.collective.id
    for action in (crises.open_crisis, crises.going):
        with pytest.raises(NotAllowed):
            await action(store, place, by=by, now=NIGHT)
    assert await crises.open_crisis(store, place, by=village.coordinator, now=NIGHT)
    [told] = await queued(store, crises.OPENED)
    assert (told.chat_id, told.not_before) == (NADINE, NIGHT)


async def test_who_makes_a_pause_is_left_in_peace(village, store):
    away = village.members[0].person_id
    await pausing.pause(store, 2, by=away, now=NIGHT)
    await crises.open_crisis(store, village.collective.id, by=village.facilitator, now=NIGHT)
    assert away not in {card.person_id for card in await queued(store, OPENING)}


async def test_who_needs_help_is_on_her_facilitators_list_and_told_at_once(
    village, store, forms, crisis
):
    me, other, fine = village.members[:3]
    for member, value in ((me, "me"), (other, "other"), (fine, "nobody")):
        await says(village, forms, member, crisis, help=value)
    found = await follow_ups.waiting(store, by=village.facilitator, now=NIGHT)
    assert [(each.person_id, each.reason) for each in found] == [
        (me.person_id, Reason.HELP),
        (other.person_id, Reason.HELP_OTHER),
    ]
    cards = await queued(store, follow_ups.FOLLOW_UP)
    told = [(card.chat_id, card.not_before, card.lane) for card in cards]
    assert told == [(NADINE, NIGHT, AT_ONCE)] * 2


async def test_silence_gives_a_name_to_the_facilitator_and_to_no_coordinator(
    village, store, forms, crisis
):
    await says(village, forms, village.members[0], crisis, safe="no")
    place = village.collective.id
    seen = await crises.going(store, place, by=village.facilitator, now=NIGHT)
    assert (seen.answered, seen.asked, len(seen.silent)) == (1, 6, 5)
    assert village.members[0].name not in {member.name for _, member in seen.silent}
    seen = await crises.going(store, place, by=village.coordinator, now=NIGHT)
    assert (seen.answered, seen.asked, seen.silent) == (1, 6, ())


async def opened(village, forms, due):
    await rounds.open_round(village.store, forms, village.collective.id, due=due, now=due)
    return await village.store.rounds.open_of(village.collective.id, due)


async def test_ordinary_reminders_wait_until_it_has_closed_and_come_then(village, store, forms):
    ordinary = await opened(village, forms, NOW)
    by, place = village.facilitator, village.collective.id
    crisis = await crises.open_crisis(store, place, by=by, now=NOW + 2 * HOUR)
    await rounds.remind(store, ordinary.id, now=NOW + DAY)
    assert await queued(store, REMINDER) == []
    with pytest.raises(CrisisOpen):
        await accompanying.remind(store, place, by=by, now=NOW + DAY)
    bells = [each for each in await rows(store, t.schedules) if each.bell == Bell.REMIND]
    assert crisis.closes_at in [each.next_due for each in bells if each.subject == ordinary.id]
    await rounds.remind(store, ordinary.id, now=crisis.closes_at)
    assert len(await queued(store, REMINDER)) == len(village.members)


async def test_it_reminds_by_itself_of_itself(village, store, crisis):
    await rounds.remind(store, crisis.id, now=NIGHT + 12 * HOUR)
    assert len(await queued(store, REMINDER)) == len(village.members)


async def test_an_ordinary_round_opens_meanwhile_and_its_cards_leave_afterwards(
    village, store, forms
):
    by = village.facilitator
    crisis = await crises.open_crisis(store, village.collective.id, by=by, now=NOW - HOUR)
    before = {card.id for card in await queued(store, OPENING)}
    assert await opened(village, forms, NOW)
    cards = [card for card in await queued(store, OPENING) if card.id not in before]
    assert {card.not_before for card in cards} == {crisis.closes_at}


async def test_its_answers_are_in_its_own_summary_and_in_no_other_figure(
    village, store, forms, crisis
):
    for member in village.members[:5]:
        await says(village, forms, member, crisis, safe="yes", restart="4")
    end = NIGHT + CRISIS_WINDOW
    await rounds.close_round(store, forms, crisis.id, now=end)
    assert (await summaries.of_round(store, forms, crisis.id, now=end)).figures.breakdowns["safe"]
    overview = await summaries.overview(store, forms, village.collective, now=end)
    assert (overview.last, overview.open) == (None, None)
    assert await store.rounds.history(village.collective.id, "restart") == []


async def test_closed_early_it_takes_no_answers_and_closes_once(village, store, forms, crisis):
    by, at = village.facilitator, NIGHT + HOUR
    for _ in range(2):
        await crises.end(store, forms, village.collective.id, by=by, now=at)
    checkin = (await store.checkins.everyone(crisis.id))[0][0]
    answering = {"by": checkin.person_id, "now": at}
    with pytest.raises(RoundClosed):
        await checkins.answer(store, forms, checkin.id, "safe", "yes", **answering)
    assert [event for event, _, _ in await audited(store)].count("crisis_ended") == 1


async def test_who_closes_it_early_has_seen_the_summary_and_the_others_are_told(
    village, store, forms, crisis
):
    by, place = village.coordinator, village.collective.id
    await crises.end(store, forms, place, by=by, now=NIGHT + HOUR)
    [told] = await queued(store, rounds.FACILITATOR_SUMMARY)
    assert told.person_id == village.facilitator
    second = await crises.open_crisis(store, place, by=by, now=NIGHT + DAY)
    await crises.end(store, forms, place, by=village.facilitator, now=NIGHT + DAY + HOUR)
    assert await queued(store, rounds.FACILITATOR_SUMMARY) == [told]
    summaries_of = [each.ids["round"] for each in await queued(store, rounds.SUMMARY)]
    assert summaries_of.count(second.id) == len(village.members)


async def test_the_summary_of_an_ordinary_round_waits_until_it_has_closed(village, store, forms):
    ordinary, by = await opened(village, forms, NOW), village.facilitator
    end = ordinary.closes_at
    crisis = await crises.open_crisis(store, village.collective.id, by=by, now=end - HOUR)
    await rounds.close_round(store, forms, ordinary.id, now=end)
    told = await queued(store, rounds.SUMMARY) + await queued(store, rounds.FACILITATOR_SUMMARY)
    assert {each.not_before for each in told} == {crisis.closes_at}


async def test_what_a_member_without_telegram_said_is_entered_while_it_is_open(
    village, store, forms
):
    by, place = village.facilitator, village.collective.id
    await roster.add(store, place, "Mado", draft="m", agreed=True, by=by, now=NOW)
    crisis = await crises.open_crisis(store, place, by=by, now=NIGHT)
    seen = await crises.going(store, place, by=by, now=NIGHT)
    [mado] = [number for number, member in seen.silent if member.name == "Mado"]
    await entering.enter(store, forms, mado, "help", "me", by=by, now=NIGHT)
    assert [each.name for each in await follow_ups.waiting(store, by=by, now=NIGHT)] == ["Mado"]
    hers = await says(village, forms, village.members[0], crisis, safe="yes")
    with pytest.raises(AnsweredHerself):
        await entering.enter(store, forms, hers.id, "safe", "no", by=by, now=NIGHT)
    await crises.end(store, forms, place, by=by, now=NIGHT + HOUR)
    with pytest.raises(RoundClosed):
        await entering.enter(store, forms, mado, "safe", "no", by=by, now=NIGHT + HOUR)


async def test_who_may_open_one_reads_for_weeks_how_the_last_one_went(
    village, store, forms, crisis
):
    place, by, end = village.collective.id, village.coordinator, NIGHT + CRISIS_WINDOW
    assert (await crises.going(store, place, by=by, now=NIGHT)).last is None
    await rounds.close_round(store, forms, crisis.id, now=end)
    seen = await crises.going(store, place, by=by, now=end + crises.REMEMBERED)
    assert seen.last
    assert seen.last.id == crisis.id
    late = end + crises.REMEMBERED + HOUR
    assert (await crises.going(store, place, by=by, now=late)).last is None


async def test_closed_early_what_it_held_back_comes_at_once(village, store, forms):
    by, place = village.facilitator, village.collective.id
    before = await opened(village, forms, NOW)
    crisis = await crises.open_crisis(store, place, by=by, now=NOW + 2 * HOUR)
    await rounds.remind(store, before.id, now=NOW + DAY)
    cards = {card.id for card in await queued(store, OPENING)}
    # Another check-in is to be sent once it has closed.
    await store.rounds.end(before.id, NOW + DAY)
    await rounds.close_round(store, forms, before.id, now=NOW + DAY)
    await opened(village, forms, NOW + DAY)
    early = NOW + DAY + HOUR
    await crises.end(store, forms, place, by=by, now=early)
    waiting = [card for card in await queued(store, OPENING) if card.id not in cards]
    assert {card.not_before for card in waiting} == {early}
    due = {each.next_due: each.bell for each in await rows(store, t.schedules)}
    assert due[early] == Bell.REMIND
    assert due[crisis.closes_at] == Bell.CLOSE_ROUND


async def test_nobody_is_invited_or_asked_how_it_was_while_it_is_open(village, store):
    activity = await planned(village, repeats=Cadence.WEEKLY)
    over = activity.starts_at + 4 * HOUR
    by, place = village.facilitator, village.collective.id
    crisis = await crises.open_crisis(store, place, by=by, now=over - HOUR)
    invited = len(await queued(store, announcing.PLANNED))
    for now, asked, made in ((over, 0, 0), (crisis.closes_at, 1, 6)):
        await activity_bells.ask_to_look_back(store, activity.id, now=now)
        await activity_bells.make_next(store, activity.id, now=now)
        assert len(await queued(store, announcing.LOOK_BACK)) == asked
        assert len(await queued(store, announcing.PLANNED)) == invited + made
    bells = [each for each in await rows(store, t.schedules) if each.next_due == crisis.closes_at]
    assert {each.bell for each in bells} >= {Bell.LOOK_BACK, Bell.NEXT_ACTIVITY}


def test_its_form_is_named_as_its_rounds_are(forms):
    assert forms[CRISIS].key == CRISIS
