"""Follow-ups: who asks for her facilitator waits until it is noted that she was seen or called."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from village import NADINE, audited, come_in, queued, rows

from collective.actions import checkins, crises, entering, erasing, follow_ups, leaving, rounds
from collective.actions.follow_ups import FOLLOW_UP
from collective.errors import NotAllowed, Outdated
from collective.figures import follow_up_figures
from collective.follow_ups import NOTES, FollowUp, Reason, State
from collective.people import Role
from storage import tables as t


class Undo(Exception):
    """Ends an example without keeping it."""


SINCE = datetime(2026, 11, 26, tzinfo=UTC)
DAY = timedelta(days=1)

notes = st.lists(st.tuples(st.sampled_from(NOTES), st.integers(0, 30)), max_size=6)


def followed(state=State.OPEN, noted_at=None):
    return FollowUp(
        id=1,
        collective_id=1,
        person_id=1,
        name="Aline",
        checkin_id=1,
        reason=Reason.TALK,
        since=SINCE,
        state=state,
        noted_at=noted_at,
    )


@given(notes)
def test_it_is_open_until_the_last_note_says_that_she_was_reached(given_notes):
    found = followed()
    for state, days in given_notes:
        found = followed(state, SINCE + days * DAY)
    last, days = given_notes[-1] if given_notes else (None, 0)
    reached = last in {"seen", "called", "visited"}
    assert found.open is not reached
    assert found.prompt is (reached and days <= 14)


@given(st.lists(notes, max_size=8), st.integers(0, 40))
def test_what_was_closed_in_time_is_counted_of_what_is_due(courses, today):
    found = []
    for course in courses:
        state, days = course[-1] if course else (State.OPEN, 0)
        found.append(followed(state, SINCE + days * DAY if course else None))
    counted = follow_up_figures(found, SINCE + today * DAY)
    open_ = [each for each in found if each.state in {"open", "not_reached"}]
    assert (counted.total, counted.waiting) == (len(found), len(open_))
    assert counted.due == len(found) - (len(open_) if today <= 14 else 0)
    assert 0 <= counted.prompt <= counted.due - (len(open_) if today > 14 else 0)


#: What she and her facilitator may do, in any order and often.
STEPS = st.lists(
    st.sampled_from(["talk", "advice", "passed", *(state.value for state in NOTES)]), max_size=10
)


def restated(steps):
    """What stands on record after these, None: nothing; the rule of the actions in other words."""
    kept, said = None, None
    for step in steps:
        if step in list(NOTES):
            kept = kept and step
            continue
        if step == "talk" and said != "talk":
            kept = kept if kept == "not_reached" else "open"
        elif step != "talk" and kept == "open":
            kept = None
        said = step
    return kept


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_whatever_she_answers_and_her_facilitator_notes_the_list_is_what_it_comes_to(
    founded, forms, steps
):
    database, village = founded
    with suppress(Undo):
        async with database.writing() as store:
            here = replace(village, store=store)
            checkin = await opened(here, forms)
            for step in steps:
                await takes(here, forms, checkin, step)
            found = await store.follow_ups.of(village.collective.id, village.now)
            kept = restated(steps)
            assert [each.state for each in found] == ([kept] if kept else [])
            assert bool(await hers(here)) is (kept in {"open", "not_reached"})
            raise Undo


async def takes(village, forms, checkin, step):
    """She answers, or her facilitator notes what came of it where there is something."""
    if step not in list(NOTES):
        await needs(village, forms, checkin, step)
    elif found := await village.store.follow_ups.of(village.collective.id, village.now):
        by, now = village.facilitator, village.now
        await follow_ups.note(village.store, found[0].id, State(step), by=by, now=now)


async def opened(village, forms):
    """The check-in of the first member, in a round that has opened."""
    place, now = village.collective.id, village.now
    await rounds.open_round(village.store, forms, place, due=now, now=now)
    [checkin] = await village.store.checkins.open_for(village.members[0].person_id, now)
    return checkin


@pytest.fixture
async def asked(village, store, forms):
    return await opened(village, forms)


async def needs(village, forms, checkin, value):
    await checkins.answer(
        village.store, forms, checkin.id, "need", value, by=checkin.person_id, now=village.now
    )


async def hers(village):
    return await follow_ups.waiting(village.store, by=village.facilitator, now=village.now)


async def test_who_asks_to_talk_waits_on_the_list_and_her_facilitator_gets_a_card(
    village, store, forms, asked
):
    await needs(village, forms, asked, "talk")
    [found] = await hers(village)
    assert (found.person_id, found.reason, found.open) == (asked.person_id, Reason.TALK, True)
    [card] = await queued(store, FOLLOW_UP)
    assert (card.chat_id, card.ids) == (NADINE, {"follow_up": found.id})
    assert ("follow_ups_read", village.facilitator, village.collective.id) in await audited(store)


async def test_who_takes_it_back_waits_no_more_unless_something_was_noted(village, forms, asked):
    await needs(village, forms, asked, "talk")
    await needs(village, forms, asked, "nothing")
    assert await hers(village) == []
    await needs(village, forms, asked, "talk")
    [found] = await hers(village)
    by, now = village.facilitator, village.now
    await follow_ups.note(village.store, found.id, State.NOT_REACHED, by=by, now=now)
    await needs(village, forms, asked, "nothing")
    assert [each.id for each in await hers(village)] == [found.id]


async def test_who_asks_again_or_for_another_reason_is_told_of_again(village, store, forms):
    by, now = village.facilitator, village.now
    made = await crises.open_crisis(store, village.collective.id, by=by, now=now)
    [asked] = await store.checkins.open_for(village.members[0].person_id, now)
    said = {"by": asked.person_id}
    told = []
    for minutes, value in enumerate(("other", "other", "me", "note", "me", "nobody", "me")):
        at = now + timedelta(minutes=minutes)
        if value == "note":
            [found] = await hers(village)
            await follow_ups.note(store, found.id, State.CALLED, by=by, now=at)
        else:
            await checkins.answer(store, forms, asked.id, "help", value, now=at, **said)
        told.append(len(await queued(store, FOLLOW_UP)))
    assert told == [1, 1, 2, 2, 2, 2, 3]
    [found] = await hers(village)
    assert (found.reason, found.state, found.noted_at) == (Reason.HELP, State.OPEN, None)
    assert (asked.round_id, found.since) == (made.id, at)


async def test_not_reached_stays_on_the_list_and_a_wrong_note_is_noted_anew(village, forms, asked):
    await needs(village, forms, asked, "talk")
    [found] = await hers(village)
    by = village.facilitator
    for hours, (state, waits) in enumerate(
        ((State.NOT_REACHED, True), (State.CALLED, False), (State.NOT_REACHED, True))
    ):
        at = village.now + timedelta(hours=hours)
        noted = await follow_ups.note(village.store, found.id, state, by=by, now=at)
        assert (noted.state, noted.noted_at, noted.since) == (state, at, found.since)
        assert bool(await hers(village)) is waits


async def test_only_her_facilitators_see_and_note_it(village, forms, asked):
    await needs(village, forms, asked, "talk")
    [found] = await hers(village)
    for by in (asked.person_id, village.coordinator):
        with pytest.raises(NotAllowed):
            await follow_ups.waiting(village.store, by=by, now=village.now)
        with pytest.raises(NotAllowed):
            await follow_ups.note(village.store, found.id, State.SEEN, by=by, now=village.now)
    for number, state in ((9999, State.SEEN), (found.id, State.OPEN)):
        with pytest.raises(Outdated):
            await follow_ups.note(
                village.store, number, state, by=village.facilitator, now=village.now
            )


async def test_who_alone_accompanies_the_group_is_not_put_on_her_own_list(village, store, forms):
    link, now = await village.member_link(), village.now
    await come_in(store, link, now, name=None, chat=NADINE)
    await opened(village, forms)
    [own] = await store.checkins.open_for(village.facilitator, now)
    await needs(village, forms, own, "talk")
    assert await hers(village) == []


async def test_what_her_facilitator_enters_for_her_is_on_the_list_too(village, store, forms, asked):
    by, now = village.facilitator, village.now
    await entering.enter(store, forms, asked.id, "need", "talk", by=by, now=now)
    assert [each.person_id for each in await hers(village)] == [asked.person_id]
    assert await queued(store, FOLLOW_UP) == []


async def test_who_leaves_is_off_the_list_and_what_was_done_still_counts(
    village, store, forms, asked
):
    await needs(village, forms, asked, "talk")
    place, now = village.collective.id, village.now
    await leaving.leave(store, Role.MEMBER, place, by=asked.person_id, now=now)
    assert await hers(village) == []


async def test_erasing_takes_her_off_the_list_with_what_was_done(village, store, forms, asked):
    await needs(village, forms, asked, "talk")
    [found] = await hers(village)
    by, now = village.facilitator, village.now
    await follow_ups.note(store, found.id, State.CALLED, by=by, now=now)
    await erasing.erase(store, forms, by=asked.person_id, now=now)
    assert await rows(store, t.follow_ups) == []
