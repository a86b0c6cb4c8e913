"""What may be read of a collective, and when."""

from datetime import timedelta

import pytest
from village import audited

from collective.actions import checkins, rounds, summaries
from collective.rounds import WINDOW


@pytest.fixture
def week(store, village, forms):
    """Open a round in which every member says how she is, and perhaps close it."""

    async def gone(due, mood, *, close=True):
        await rounds.open_round(store, forms, village.collective.id, due=due, now=due)
        round_ = await store.rounds.open_of(village.collective.id, due)
        for member in village.members:
            [checkin] = await store.checkins.open_for(member.person_id, due)
            await checkins.answer(
                store, forms, checkin.id, "motivation", mood, by=member.person_id, now=due
            )
        if close:
            await rounds.close_round(store, forms, round_.id, now=due + WINDOW)
        return round_

    return gone


async def test_an_open_round_shows_who_takes_part_and_no_mean(store, village, forms, week, now):
    round_ = await week(now, "5", close=False)
    seen = await summaries.overview(store, forms, village.collective, now=now)
    assert (seen.last, seen.open_expected, seen.open_answered) == (None, 6, 6)
    assert await summaries.of_round(store, forms, round_.id, now=now) is None


async def test_a_closed_round_shows_its_mean(store, village, forms, week, now):
    round_ = await week(now, "4")
    seen = await summaries.overview(store, forms, village.collective, now=now + WINDOW)
    assert (seen.last.round.id, seen.open) == (round_.id, None)
    assert seen.last.figures.means == {"motivation": 4}


async def test_the_newest_closed_round_stands_beside_the_open_one(store, village, forms, week, now):
    await week(now, "1")
    newest = await week(now + timedelta(weeks=1), "3")
    opened = await week(now + timedelta(weeks=2), "5", close=False)
    seen = await summaries.overview(
        store, forms, village.collective, now=now + timedelta(weeks=2, hours=1)
    )
    assert (seen.last.round.id, seen.open.id) == (newest.id, opened.id)
    assert seen.last.figures.means == {"motivation": 3}


async def test_an_overview_of_nothing_is_empty(store, village, forms, now):
    seen = await summaries.overview(store, forms, village.collective, now=now)
    assert (seen.last, seen.open, seen.open_expected) == (None, None, 0)


async def test_reading_is_audited(store, village, forms, now):
    await summaries.read(store, forms, village.collective.id, by=village.coordinator, now=now)
    assert (await audited(store))[-1] == (
        "summary_read",
        village.coordinator,
        village.collective.id,
    )


async def test_a_round_that_is_gone_has_no_summary(store, forms, now):
    assert await summaries.of_round(store, forms, 999, now=now) is None
