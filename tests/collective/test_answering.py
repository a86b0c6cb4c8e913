"""A check-in is answered by her whose it is, while its round is open."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from village import NADINE, queued

from collective.actions import checkins, rounds
from collective.actions.follow_ups import FOLLOW_UP
from collective.checkins import next_question
from collective.errors import NotAllowed, NotAnAnswer, Outdated, RoundClosed
from collective.follow_ups import Reason
from collective.forms import PASSED
from collective.rounds import WINDOW


class Undo(Exception):
    """Ends an example without keeping it."""


@pytest.fixture
async def asked(store, village, forms, now):
    """The first member's check-in, and a way to answer it."""
    await rounds.open_round(store, forms, village.collective.id, due=now, now=now)
    person = village.members[0].person_id
    [checkin] = await store.checkins.open_for(person, now)

    async def answer(question, value, at=now, number=checkin.id):
        return await checkins.answer(store, forms, number, question, value, by=person, now=at)

    async def rest(at=now):
        """Pass whatever is still asked."""
        form = (await store.rounds.get(checkin.round_id)).form_of(forms)
        while question := next_question(form, await store.checkins.answers(checkin.id)):
            await answer(question.key, PASSED, at)

    answer.checkin, answer.rest = checkin, rest
    return answer


async def test_the_last_answer_wins(store, asked):
    await asked("motivation", "2")
    assert await asked("motivation", "5") == {"motivation": "5"}
    assert await store.checkins.answers(asked.checkin.id) == {"motivation": "5"}


async def test_a_double_tap_writes_the_same_row(store, asked):
    assert await asked("motivation", "4") == await asked("motivation", "4")
    given = await store.checkins.of_round(asked.checkin.round_id)
    assert [answers for answers in given if answers] == [{"motivation": "4"}]


#: What a phone may send: any answer to any question, often, late, in any order.
PRESSES = st.lists(
    st.sampled_from(
        [
            *(("motivation", mood) for mood in ("1", "5", PASSED)),
            *(("together", doing) for doing in ("sale", "production,sale", PASSED)),
            *(("need", need) for need in ("nothing", "advice", "talk", PASSED)),
            ("need_words", PASSED),
            ("my_place", "yes"),
        ]
    ),
    max_size=15,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(presses=PRESSES)
async def test_whatever_comes_in_whatever_order_the_record_is_the_last_answer_to_each_question(
    founded, forms, now, presses
):
    database, village = founded
    form, person = forms["weekly"].asking("my_place"), village.members[0].person_id
    with suppress(Undo):
        async with database.writing() as store:
            await rounds.open_round(store, forms, village.collective.id, due=now, now=now)
            [checkin] = await store.checkins.open_for(person, now)
            for question, value in presses:
                await checkins.answer(store, forms, checkin.id, question, value, by=person, now=now)
            kept = await store.checkins.answers(checkin.id)
            assert kept == dict(presses)
            if next_question(form, kept) is None:
                assert (await store.checkins.get(checkin.id)).finished_at == now
            raise Undo


async def test_who_stops_goes_on_by_answering_and_is_never_reminded(store, village, asked, now):
    round_id, number, person = asked.checkin.round_id, asked.checkin.id, asked.checkin.person_id
    await checkins.stop(store, number, by=person, now=now)
    assert (await store.checkins.get(number)).stopped
    await asked("motivation", "3")
    assert not (await store.checkins.get(number)).stopped
    await rounds.remind(store, round_id, now=now + timedelta(hours=24))
    reminded = {row.ids["checkin"] for row in await queued(store, checkins.REMINDER)}
    assert number not in reminded
    assert len(reminded) == len(village.members) - 1


async def test_only_she_stops_and_only_while_the_round_is_open(store, village, asked, now):
    number, person = asked.checkin.id, asked.checkin.person_id
    for act in (checkins.stop, checkins.go_on):
        with pytest.raises(NotAllowed):
            await act(store, number, by=village.facilitator, now=now)
        with pytest.raises(RoundClosed):
            await act(store, number, by=person, now=now + WINDOW)


async def test_several_choices_are_kept_in_form_order(store, asked):
    assert await asked("together", "meeting,production") == {"together": "production,meeting"}


async def test_it_is_finished_with_the_last_question_and_stays_so(store, asked, now):
    await asked("motivation", PASSED)
    await asked("together", "sale")
    assert (await store.checkins.get(asked.checkin.id)).finished_at is None
    await asked.rest(now + timedelta(hours=1))
    await asked("need", "advice", now + timedelta(hours=2))
    assert (await store.checkins.get(asked.checkin.id)).finished_at == now + timedelta(hours=1)


async def test_partial_answers_count(store, asked):
    await asked("motivation", "3")
    given = await store.checkins.of_round(asked.checkin.round_id)
    assert sorted(given, key=len) == [{}] * 5 + [{"motivation": "3"}]


async def test_answers_are_taken_until_the_window_ends(asked, now):
    await asked("motivation", "3", now + WINDOW - timedelta(seconds=1))
    with pytest.raises(RoundClosed) as refusal:
        await asked("motivation", "4", now + WINDOW)
    # The collective was founded at this hour: its next round is a week later.
    assert refusal.value.next_opens_at == now + timedelta(weeks=1)


async def test_a_closed_round_takes_nothing_even_in_its_window(store, forms, asked, now):
    await rounds.close_round(store, forms, asked.checkin.round_id, now=now)
    with pytest.raises(RoundClosed):
        await asked("motivation", "3")
    assert await store.checkins.answers(asked.checkin.id) == {}


async def test_what_is_no_answer_is_not_kept(store, asked):
    with pytest.raises(NotAnAnswer):
        await asked("motivation", "17")
    assert await store.checkins.answers(asked.checkin.id) == {}


async def test_a_check_in_that_is_gone_is_outdated(asked):
    with pytest.raises(Outdated):
        await asked("motivation", "3", number=9999)


async def test_who_wants_to_talk_is_told_to_her_facilitator_once(store, village, asked):
    await asked("need", "talk")
    await asked("need", "nothing")
    await asked("need", "talk")
    [waits] = await store.follow_ups.waiting([village.collective.id])
    found = [wish for wish in await queued(store, FOLLOW_UP) if wish.ids["follow_up"] == waits.id]
    place = village.collective.id
    assert [(wish.chat_id, wish.collective_id) for wish in found] == [(NADINE, place)]
    assert (waits.checkin_id, waits.reason) == (asked.checkin.id, Reason.TALK)


async def test_no_other_answer_tells_the_facilitator(store, asked):
    await asked("motivation", "1")
    await asked("need", "advice")
    assert await queued(store, FOLLOW_UP) == []
