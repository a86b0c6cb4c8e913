"""Setbacks: who tells, who reads, on which day, and what was learned from the ones before."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update
from village import audited, queued, rows

from collective.actions import erasing, leaving, pausing, setbacks
from collective.actions.setbacks import LEARNED, TOLD
from collective.errors import (
    DayUnfit,
    NotAllowed,
    TextEmpty,
    TextTooLong,
    VoiceTooLong,
    WeightUnfit,
)
from collective.figures import SAID, Totals
from collective.own_words import VoiceNote
from collective.people import Role
from collective.rounds import CRISIS
from collective.setbacks import FAR, Kind, NotYet, Recovered, Told, TooFew
from storage import tables as t

#: The local day of every test, and a week.
TODAY, WEEK = date(2026, 11, 26), timedelta(weeks=1)
THEFT = Told(kind=Kind.THEFT, weight=4, happened_on=TODAY, text="La machine a disparu.")


async def told(village, said=THEFT, *, draft="d", by=None):
    by = by or village.members[0].person_id
    place = village.collective.id
    return await setbacks.tell(village.store, place, said, draft=draft, by=by, now=village.now)


async def lived(village, opens, answered, mood, *, form="weekly"):
    """A round that has closed, of which everybody who answered said the same."""
    made = await village.store.rounds.add(
        collective_id=village.collective.id,
        form=form,
        opens_at=opens,
        closes_at=opens + timedelta(hours=72),
    )
    said = {SAID: answered, mood: answered}
    counts = {"motivation": said} if answered >= 5 else {}
    await village.store.rounds.keep_totals(
        made.id, Totals(expected=6, answered=answered, counts=counts)
    )
    await village.store.rounds.mark_closed(made.id, made.closes_at)


async def test_its_facilitator_hears_of_a_setback_once_and_the_group_does_not(village, store):
    made = await told(village)
    assert await told(village) == made
    [card] = await queued(store, TOLD)
    assert (card.person_id, card.ids["setback"]) == (village.facilitator, made.id)
    assert ("setback_told", village.members[0].person_id, made.id) in await audited(store)


async def test_only_who_told_it_and_who_accompanies_the_group_may_read_it(village, store):
    made = await told(village)
    author, other = village.members[0].person_id, village.members[1].person_id
    for by in (author, village.facilitator):
        assert (await setbacks.read(store, made.id, by=by)).setback.text == THEFT.text
        assert await setbacks.readable(store, by=by) == [made]
    for by in (other, village.coordinator):
        assert await setbacks.readable(store, by=by) == []
        with pytest.raises(NotAllowed):
            await setbacks.read(store, made.id, by=by)
        with pytest.raises(NotAllowed):
            await setbacks.note_lesson(store, made.id, "…", key="k", by=by, now=village.now)


async def test_who_does_not_belong_tells_nothing(village):
    with pytest.raises(NotAllowed):
        await told(village, by=village.coordinator)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"weight": 0}, WeightUnfit),
        ({"weight": 6}, WeightUnfit),
        ({"happened_on": TODAY + timedelta(days=1)}, DayUnfit),
        ({"happened_on": TODAY - FAR - timedelta(days=1)}, DayUnfit),
        ({"text": "  "}, TextEmpty),
        ({"text": "a" * 4000}, TextTooLong),
        ({"text": None, "voice": VoiceNote(file_id="f", seconds=61)}, VoiceTooLong),
        ({"text": None, "voice": VoiceNote(file_id="f", seconds=9, size=15_000_000)}, VoiceTooLong),
    ],
)
async def test_what_does_not_fit_is_refused_and_nothing_is_kept(village, store, changed, refusal):
    with pytest.raises(refusal):
        await told(village, replace(THEFT, **changed))
    assert await rows(store, t.setbacks) == []


async def test_the_day_is_that_of_the_collective_not_of_greenwich(village):
    # Half past midnight on the 27th in Lubumbashi.
    late = replace(village, now=datetime(2026, 11, 26, 22, 30, tzinfo=UTC))
    made = await told(late, replace(THEFT, happened_on=date(2026, 11, 27)))
    assert made.happened_on == date(2026, 11, 27)


async def test_lessons_come_back_at_the_next_setback_of_that_kind_only(village, store):
    first = await told(village)
    by, now = village.facilitator, village.now
    for _ in range(2):
        await setbacks.note_lesson(store, first.id, "Deux clés.", key="k", by=by, now=now)
    theft = await told(village, draft="e")
    conflict = await told(village, replace(THEFT, kind=Kind.CONFLICT), draft="f")
    pages = [await setbacks.read(store, each.id, by=by) for each in (first, theft, conflict)]
    assert [len(page.lessons) for page in pages] == [1, 0, 0]
    assert [[each.text for each in page.earlier] for page in pages] == [[], ["Deux clés."], []]


async def test_recovery_is_read_from_ordinary_rounds_that_closed(village, store):
    made = await told(village)
    for weeks, answered, mood in ((-4, 6, "4"), (-3, 6, "3"), (-2, 5, "4")):
        await lived(village, village.now + weeks * WEEK, answered, mood)
    by = village.facilitator
    assert (await setbacks.read(store, made.id, by=by)).recovery == NotYet(rounds=0)
    await lived(village, village.now + WEEK, 6, "2")
    await lived(village, village.now + WEEK + timedelta(hours=1), 6, "5", form=CRISIS)
    assert (await setbacks.read(store, made.id, by=by)).recovery == NotYet(rounds=1)
    await lived(village, village.now + 2 * WEEK, 6, "4")
    found = (await setbacks.read(store, made.id, by=by)).recovery
    at = village.now + 2 * WEEK + timedelta(hours=72)
    assert found == Recovered(rounds=2, at=at)


async def test_a_young_group_is_told_that_nobody_can_tell_yet(village, store):
    made = await told(village)
    await lived(village, village.now - WEEK, 6, "4")
    page = await setbacks.read(store, made.id, by=village.facilitator)
    assert page.recovery == TooFew()


async def test_once_recovered_they_are_asked_once_what_was_learned(village, store):
    made = await told(village)
    for weeks in (-4, -3, -2, 1):
        await lived(village, village.now + weeks * WEEK, 6, "4")
    for _ in range(2):
        await setbacks.look(store, village.collective.id, now=village.now + 2 * WEEK)
    asked = await queued(store, LEARNED)
    author = village.members[0].person_id
    assert [card.person_id for card in asked] == [author, village.facilitator]
    assert {card.ids["setback"] for card in asked} == {made.id}


async def test_who_has_noted_a_lesson_already_is_not_asked_for_one(village, store):
    made = await told(village)
    for weeks in (-4, -3, -2, 1):
        await lived(village, village.now + weeks * WEEK, 6, "4")
    by, now = village.facilitator, village.now
    await setbacks.note_lesson(store, made.id, "Deux clés.", key="k", by=by, now=now)
    await setbacks.look(store, village.collective.id, now=now + 2 * WEEK)
    assert await queued(store, LEARNED) == []


async def test_who_leaves_reads_it_no_more_and_the_facilitator_still_does(village, store):
    made = await told(village)
    author = village.members[0].person_id
    await leaving.leave(store, Role.MEMBER, village.collective.id, by=author, now=village.now)
    with pytest.raises(NotAllowed):
        await setbacks.read(store, made.id, by=author)
    assert (await setbacks.read(store, made.id, by=village.facilitator)).author is not None


async def test_erasing_takes_her_words_and_name_and_leaves_what_struck_and_was_learned(
    village, store, forms
):
    made = await told(village)
    author = village.members[0].person_id
    await setbacks.note_lesson(store, made.id, "Deux clés.", key="k", by=author, now=village.now)
    await erasing.erase(store, forms, by=author, now=village.now)
    page = await setbacks.read(store, made.id, by=village.facilitator)
    assert (page.author, page.setback.text, page.setback.kind) == (None, None, Kind.THEFT)
    assert [each.text for each in page.lessons] == ["Deux clés."]


@pytest.mark.parametrize(
    ("zone", "midnight"),
    [
        ("Africa/Kinshasa", datetime(2026, 10, 24, 23, tzinfo=UTC)),
        ("Africa/Lubumbashi", datetime(2026, 10, 24, 22, tzinfo=UTC)),
        # The night in which its clocks go back.
        ("Europe/Brussels", datetime(2026, 10, 24, 22, tzinfo=UTC)),
    ],
)
async def test_before_and_after_are_parted_by_the_midnight_of_the_collectives_zone(
    village, store, zone, midnight
):
    await store.collectives._run(update(t.collectives).values(zone=zone))
    made = await told(village, replace(THEFT, happened_on=date(2026, 10, 25)))
    window = timedelta(hours=72)
    for weeks in (2, 1, 0):
        await lived(village, midnight - window - weeks * WEEK, 6, "4")
    # One across that midnight says nothing, one from then on does.
    await lived(village, midnight - window + timedelta(seconds=1), 6, "1")
    await lived(village, midnight, 6, "4")
    found = (await setbacks.read(store, made.id, by=village.facilitator)).recovery
    assert found == Recovered(rounds=1, at=midnight + window)


async def test_an_author_who_makes_a_pause_is_left_in_peace(village, store):
    await told(village)
    for weeks in (-4, -3, -2, 1):
        await lived(village, village.now + weeks * WEEK, 6, "4")
    await pausing.pause(store, 4, by=village.members[0].person_id, now=village.now)
    await setbacks.look(store, village.collective.id, now=village.now + 2 * WEEK)
    assert [card.person_id for card in await queued(store, LEARNED)] == [village.facilitator]
