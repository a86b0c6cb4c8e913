"""Answers that a facilitator enters for a member."""

from datetime import timedelta

import pytest

from collective.actions import checkins, entering, rounds
from collective.errors import AnsweredHerself, NotAllowed, RoundClosed


@pytest.fixture
async def checkin(village, forms):
    """The first member's check-in of an open round."""
    store, now = village.store, village.now
    await rounds.open_round(store, forms, village.collective.id, due=now, now=now)
    round_ = await store.rounds.newest(village.collective.id)
    return (await store.checkins.everyone(round_.id))[0][0]


async def enter(village, forms, checkin, *, by=None, at=None, value="2"):
    return await entering.enter(
        village.store,
        forms,
        checkin.id,
        "motivation",
        value,
        by=by or village.facilitator,
        now=at or village.now,
    )


async def answer(village, forms, checkin, at):
    return await checkins.answer(
        village.store, forms, checkin.id, "motivation", "5", by=checkin.person_id, now=at
    )


async def test_who_has_answered_herself_is_not_answered_for(village, forms, checkin):
    await answer(village, forms, checkin, village.now)
    with pytest.raises(AnsweredHerself):
        await enter(village, forms, checkin)
    _, found = await entering.open_to(village.store, village.collective.id, by=village.facilitator)
    assert checkin.id not in [each.id for each, _ in found]


@pytest.mark.parametrize("days", [1, 4, 6])
async def test_answers_are_entered_until_the_next_round_opens(village, forms, checkin, days):
    late = village.now + timedelta(days=days)
    assert (await enter(village, forms, checkin, at=late))["motivation"] == "2"
    week = village.now + timedelta(days=7)
    await rounds.open_round(village.store, forms, village.collective.id, due=week, now=week)
    with pytest.raises(RoundClosed):
        await enter(village, forms, checkin, at=week)


@pytest.mark.parametrize(("days", "may"), [(13, True), (15, False)])
async def test_she_corrects_what_was_entered_for_two_weeks(village, forms, checkin, days, may):
    await enter(village, forms, checkin)
    later = village.now + timedelta(days=days)
    if may:
        assert (await answer(village, forms, checkin, later))["motivation"] == "5"
    else:
        with pytest.raises(RoundClosed):
            await answer(village, forms, checkin, later)


async def test_what_was_told_already_is_not_told_anew(village, forms, checkin):
    store, closing = village.store, village.now + timedelta(days=3)
    await rounds.close_round(store, forms, checkin.round_id, now=closing)
    before = await store.rounds.totals(checkin.round_id)
    await enter(village, forms, checkin, at=closing)
    assert await store.rounds.totals(checkin.round_id) == before


async def test_what_was_entered_late_is_counted_when_the_next_round_opens(village, forms, checkin):
    store, now = village.store, village.now
    await rounds.close_round(store, forms, checkin.round_id, now=now + timedelta(days=3))
    for each, _ in await store.checkins.everyone(checkin.round_id):
        await enter(village, forms, each, at=now + timedelta(days=4))
    assert (await store.rounds.totals(checkin.round_id)).answered == 0
    week = now + timedelta(days=7)
    await rounds.open_round(store, forms, village.collective.id, due=week, now=week)
    counted = await store.rounds.totals(checkin.round_id)
    assert (counted.answered, counted.counts["motivation"]["2"]) == (6, 6)


async def test_nobody_but_her_facilitator_enters(village, forms, checkin):
    for by in (village.coordinator, village.members[1].person_id, checkin.person_id):
        with pytest.raises(NotAllowed):
            await enter(village, forms, checkin, by=by)
