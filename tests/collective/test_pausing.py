"""A pause: silence, nobody missed, and an end by itself or at any time."""

from datetime import timedelta

import pytest
from village import audited, queued

from collective.actions import checkins, pausing, rounds
from collective.errors import NotAllowed, Outdated
from collective.rounds import WINDOW

WEEK = timedelta(weeks=1)


@pytest.fixture
def aline(village):
    return village.members[0]


@pytest.fixture
def open_at(store, forms, village):
    async def opened(at):
        await rounds.open_round(store, forms, village.collective.id, due=at, now=at)
        return await store.rounds.open_of(village.collective.id, at)

    return opened


async def asked(store, kind=checkins.OPENING):
    return {row.chat_id for row in await queued(store, kind)}


@pytest.mark.parametrize("weeks", [1, 2, 4])
async def test_a_pause_lasts_as_long_as_she_said(store, aline, now, weeks):
    until = await pausing.pause(store, weeks, by=aline.person_id, now=now)
    assert until == now + weeks * WEEK
    assert (await store.people.person(aline.person_id)).paused_until == until
    assert ("paused", aline.person_id, None) in await audited(store)


async def test_only_a_member_pauses_and_only_for_a_listed_time(store, village, aline, now):
    with pytest.raises(NotAllowed):
        await pausing.pause(store, 1, by=village.facilitator, now=now)
    with pytest.raises(Outdated):
        await pausing.pause(store, 52, by=aline.person_id, now=now)


async def test_who_is_paused_is_neither_asked_nor_expected(store, village, aline, open_at, now):
    await pausing.pause(store, 2, by=aline.person_id, now=now - WEEK)
    round_ = await open_at(now)
    assert aline.chat_id not in await asked(store)
    assert len(await store.checkins.of_round(round_.id)) == len(village.members) - 1


async def test_a_pause_in_an_open_round_excuses_her(store, forms, village, aline, open_at, now):
    round_ = await open_at(now)
    await pausing.pause(store, 1, by=aline.person_id, now=now)
    await rounds.remind(store, round_.id, now=now + timedelta(hours=24))
    assert aline.chat_id not in await asked(store, checkins.REMINDER)
    await rounds.close_round(store, forms, round_.id, now=now + WINDOW)
    assert (await store.rounds.totals(round_.id)).expected == len(village.members) - 1


async def test_who_answers_after_all_counts(store, village, forms, aline, open_at, now):
    round_ = await open_at(now)
    await pausing.pause(store, 1, by=aline.person_id, now=now)
    [checkin] = await store.checkins.open_for(aline.person_id, now)
    await checkins.answer(store, forms, checkin.id, "motivation", "3", by=aline.person_id, now=now)
    await rounds.close_round(store, forms, round_.id, now=now + WINDOW)
    totals = await store.rounds.totals(round_.id)
    assert (totals.expected, totals.answered) == (len(village.members), 1)


async def test_a_pause_ends_by_itself_and_the_next_card_says_so_once(store, aline, open_at, now):
    await pausing.pause(store, 1, by=aline.person_id, now=now - 2 * WEEK)
    await open_at(now)
    assert await asked(store, checkins.AFTER_PAUSE) == {aline.chat_id}
    assert aline.chat_id not in await asked(store)
    assert (await store.people.person(aline.person_id)).paused_until is None
    await open_at(now + WEEK)
    assert aline.chat_id in await asked(store)


async def test_who_is_back_within_a_day_of_an_opening_is_asked(store, aline, open_at, now):
    await pausing.pause(store, 4, by=aline.person_id, now=now - WEEK)
    await open_at(now)
    assert await pausing.resume(store, by=aline.person_id, now=now + timedelta(hours=23))
    assert aline.chat_id in await asked(store)
    assert not await pausing.resume(store, by=aline.person_id, now=now)


async def test_who_is_back_later_waits_for_the_next_round(store, aline, open_at, now):
    await pausing.pause(store, 4, by=aline.person_id, now=now - WEEK)
    await open_at(now)
    await pausing.resume(store, by=aline.person_id, now=now + timedelta(hours=24))
    assert aline.chat_id not in await asked(store)


async def test_who_says_stop_is_left_in_peace_for_a_week_unless_her_pause_is_longer(
    store, village, aline, now
):
    await pausing.hush(store, by=aline.person_id, now=now)
    assert (await store.people.person(aline.person_id)).paused_until == now + WEEK
    await pausing.pause(store, 4, by=aline.person_id, now=now)
    await pausing.hush(store, by=aline.person_id, now=now)
    assert (await store.people.person(aline.person_id)).paused_until == now + 4 * WEEK
    await pausing.hush(store, by=village.facilitator, now=now)
    assert (await store.people.person(village.facilitator)).paused_until is None
