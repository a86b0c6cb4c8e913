"""Rounds, check-ins and answers, on both engines."""

from datetime import timedelta

import pytest
from ledger_rows import collective, member, round_of, rows

from collective.figures import Totals
from collective.rounds import WINDOW
from storage import tables as t

HOUR = timedelta(hours=1)


@pytest.fixture
async def made(store, now):
    return await collective(store, now)


@pytest.fixture
async def checkins(store, made, now):
    """A round opened now, with the check-ins of Mado (chat 1) and Aline (chat 2)."""
    members = [await member(store, now, made, chat=chat) for chat in (1, 2)]
    return await store.checkins.expect(await round_of(store, made, now), members)


async def test_a_collective_opens_one_round_at_a_moment(store, made, now):
    first = await round_of(store, made, now)
    assert await round_of(store, made, now) is None
    assert await store.rounds.get(first.id) == first
    assert (first.opens_at, first.closes_at, first.closed_at) == (now, now + WINDOW, None)


async def test_a_round_takes_answers_in_its_half_open_window(store, made, now):
    round_ = await round_of(store, made, now)
    seen = [await store.rounds.open_of(made.id, now + late) for late in (-HOUR, 0 * HOUR, WINDOW)]
    assert seen == [None, round_, None]


async def test_the_newest_closed_round_is_the_one_that_opened_last(store, made, now):
    early, late = await round_of(store, made, now), await round_of(store, made, now + HOUR)
    assert await store.rounds.last_closed(made.id) is None
    await store.rounds.mark_closed(late.id, now + WINDOW)
    await store.rounds.mark_closed(early.id, now + WINDOW + HOUR)
    assert (await store.rounds.last_closed(made.id)).id == late.id
    assert (await store.rounds.last_closed(made.id, before=late.opens_at)).id == early.id
    assert await store.rounds.last_closed(made.id, before=early.opens_at) is None


async def test_a_round_is_closed_once(store, made, now):
    round_ = await round_of(store, made, now)
    assert await store.rounds.mark_closed(round_.id, now)
    assert not await store.rounds.mark_closed(round_.id, now + HOUR)
    assert (await store.rounds.get(round_.id)).closed_at == now
    assert await store.rounds.open_of(made.id, now) is None


async def test_a_member_is_expected_once(store, made, checkins, now):
    round_ = await store.rounds.open_of(made.id, now)
    members = await store.collectives.members(made.id)
    newcomer = await member(store, now, made, chat=3)
    [new] = await store.checkins.expect(round_, [*members, newcomer])
    assert (new.member_id, new.person_id, new.round_id) == (
        newcomer.id,
        newcomer.person_id,
        round_.id,
    )
    assert await store.checkins.expect(round_, []) == []


async def test_her_open_check_ins_are_those_that_take_answers(store, made, checkins, now):
    mado = checkins[0].person_id
    earlier = await round_of(store, made, now - HOUR)
    first = await store.checkins.expect(earlier, await store.collectives.members(made.id))
    assert await store.checkins.open_for(mado, now) == [first[0], checkins[0]]
    await store.rounds.mark_closed(earlier.id, now)
    assert await store.checkins.open_for(mado, now) == [checkins[0]]
    assert await store.checkins.open_for(mado, now + WINDOW) == []


async def test_an_answer_takes_the_place_of_an_earlier_one(store, checkins, now):
    mado, aline = checkins
    await store.checkins.put_answer(mado, "motivation", "2", now)
    await store.checkins.put_answer(mado, "motivation", "5", now + HOUR)
    await store.checkins.put_answer(aline, "motivation", "1", now)
    assert await store.checkins.answers(mado.id) == {"motivation": "5"}
    assert len(await rows(store, t.answers)) == 2


async def test_silence_is_an_empty_mapping(store, checkins, now):
    await store.checkins.put_answer(checkins[0], "need", "talk", now)
    given = await store.checkins.of_round(checkins[0].round_id)
    assert sorted(given, key=len) == [{}, {"need": "talk"}]


async def test_finishing_keeps_its_first_moment(store, checkins, now):
    await store.checkins.finish(checkins[0].id, now)
    await store.checkins.finish(checkins[0].id, now + HOUR)
    assert (await store.checkins.get(checkins[0].id)).finished_at == now


async def test_the_unfinished_are_those_who_can_be_reached(store, checkins, now):
    mado, aline = checkins
    round_id = mado.round_id
    assert await store.checkins.unfinished(round_id) == [(mado, 1), (aline, 2)]
    await store.people.set_unreachable(2, "blocked")
    await store.checkins.finish(mado.id, now)
    assert await store.checkins.unfinished(round_id) == []


async def test_who_is_excused_is_neither_missed_nor_reminded_unless_she_answers(
    store, checkins, now
):
    mado, aline = checkins
    await store.checkins.excuse(mado.person_id, now)
    assert (await store.checkins.get(mado.id)).excused_at == now
    assert await store.checkins.unfinished(mado.round_id) == [(aline, 2)]
    assert await store.checkins.of_round(mado.round_id) == [{}]
    await store.checkins.put_answer(mado, "motivation", "4", now)
    assert len(await store.checkins.of_round(mado.round_id)) == 2


async def test_only_open_rounds_of_the_named_collective_are_excused(store, made, checkins, now):
    mado = checkins[0]
    await store.checkins.excuse(mado.person_id, now, collective_id=made.id + 1)
    await store.checkins.excuse(mado.person_id, now + WINDOW)
    assert (await store.checkins.get(mado.id)).excused_at is None
    await store.checkins.excuse(mado.person_id, now, collective_id=made.id)
    assert (await store.checkins.get(mado.id)).excused_at == now


async def test_totals_are_kept_once(store, made, now):
    round_ = await round_of(store, made, now)
    assert await store.rounds.totals(round_.id) is None
    first = Totals(expected=7, answered=6, counts={"need": {"*": 5, "talk": 5, "passed": 1}})
    await store.rounds.keep_totals(round_.id, first)
    await store.rounds.keep_totals(round_.id, Totals(expected=1, answered=1, counts={}))
    assert await store.rounds.totals(round_.id) == first


async def test_a_later_count_takes_the_place_of_the_first(store, made, now):
    round_ = await round_of(store, made, now)
    first = Totals(expected=7, answered=6, counts={"need": {"*": 5, "talk": 5}})
    later = Totals(expected=7, answered=7, counts={"need": {"*": 7, "advice": 7}})
    await store.rounds.keep_totals(round_.id, first)
    await store.rounds.replace_totals(round_.id, later)
    assert await store.rounds.totals(round_.id) == later


async def test_who_left_has_no_open_check_in(store, made, checkins, now):
    mado = checkins[0]
    await store.collectives.remove_member(made.id, mado.person_id, now)
    assert await store.checkins.open_for(mado.person_id, now) == []
    assert not (await store.checkins.get(mado.id)).active
