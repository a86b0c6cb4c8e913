"""Erasing takes the person and leaves the totals; what she led is handed over."""

from contextlib import suppress
from datetime import timedelta

import pytest
from council import opened, terms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from village import JOSEPHINE, audited, queued, rows

from collective.actions import checkins, erasing, leaving, rounds, summaries, telling
from collective.decisions import Stage
from collective.own_words import VoiceNote
from collective.rounds import WINDOW
from storage import tables as t

MOODS = st.sampled_from(["1", "3", "5", "unknown", "passed"])
DOINGS = st.sampled_from(["sale", "meeting,training", "nothing", "passed"])


class Undo(Exception):
    """Ends an example without keeping it."""


#: What each of the six members answers.
WEEKS = st.lists(
    st.fixed_dictionaries({}, optional={"motivation": MOODS, "together": DOINGS}),
    min_size=6,
    max_size=6,
)


async def go_round(store, village, forms, week, now):
    """Open a round, let the members answer, and close it."""
    await rounds.open_round(store, forms, village.collective.id, due=now, now=now)
    round_ = await store.rounds.open_of(village.collective.id, now)
    for member, given_ in zip(village.members, week, strict=True):
        [checkin] = await store.checkins.open_for(member.person_id, now)
        for question, value in given_.items():
            await checkins.answer(
                store, forms, checkin.id, question, value, by=member.person_id, now=now
            )
    await rounds.close_round(store, forms, round_.id, now=now + WINDOW)
    return round_


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(week=WEEKS, gone=st.sets(st.integers(0, 5), min_size=1), counted=st.booleans())
async def test_erasing_changes_no_figure_of_a_closed_round(
    founded, forms, now, week, gone, counted
):
    database, village = founded
    with suppress(Undo):
        async with database.writing() as store:
            round_ = await go_round(store, village, forms, week, now)
            if not counted:  # a round closed before totals were kept
                await store.rounds._run(t.rounds.update().values(expected=None, answered=None))
                await store.rounds._run(t.round_totals.delete())
            before = await summaries.of_round(store, forms, round_.id, now=now)
            for place in gone:
                await erasing.erase(store, forms, by=village.members[place].person_id, now=now)
            assert (
                await summaries.of_round(store, forms, round_.id, now=now)
            ).figures == before.figures
            raise Undo


async def test_nothing_of_her_is_left_but_a_number(store, village, forms, now):
    week = [{"motivation": "2"}] * 6
    await go_round(store, village, forms, week, now)
    aline = village.members[0]
    await erasing.erase(store, forms, by=aline.person_id, now=now)
    assert await store.people.account(aline.chat_id) is None
    assert (await store.people.person(aline.person_id)).name == ""
    assert len(await rows(store, t.answers)) == 5
    assert [row for row in await queued(store) if row.chat_id == aline.chat_id] == []
    assert (await audited(store))[-1] == ("erased", aline.person_id, None)


async def test_in_an_open_round_her_answers_vanish(store, village, forms, now):
    await rounds.open_round(store, forms, village.collective.id, due=now, now=now)
    aline = village.members[0]
    [checkin] = await store.checkins.open_for(aline.person_id, now)
    await checkins.answer(store, forms, checkin.id, "motivation", "1", by=aline.person_id, now=now)
    await erasing.erase(store, forms, by=aline.person_id, now=now)
    assert await store.checkins.of_round(checkin.round_id) == [{}] * 5


async def test_a_facilitators_records_stay_without_her_and_the_coordinator_is_told(
    store, forms, village, now
):
    await erasing.erase(store, forms, by=village.facilitator, now=now)
    assert await store.collectives.facilitators(village.collective.id) == []
    told = await queued(store, leaving.FACILITATOR_GONE)
    assert [row.chat_id for row in told] == [JOSEPHINE]
    assert None in [row.created_by for row in await rows(store, t.invites)]


async def test_even_the_last_coordinator_may_be_erased(store, forms, village, now):
    await erasing.erase(store, forms, by=village.coordinator, now=now)
    assert await store.people.coordinators() == []


async def test_who_comes_back_after_erasing_is_somebody_new(store, forms, village, now):
    aline = village.members[-1]
    await erasing.erase(store, forms, by=aline.person_id, now=now)
    again = await village.welcome("Aline")
    assert again.person_id != aline.person_id


async def test_she_is_shown_what_is_kept_and_that_she_asked(store, village, forms, now):
    round_ = await go_round(store, village, forms, [{"motivation": "2"}] * 6, now)
    aline = village.members[0]
    await erasing.asked(store, by=aline.person_id, now=now + timedelta(days=4))
    kept = await erasing.read(store, aline.person_id)
    assert [row["value"] for row in kept.rows["answers"]] == ["2"]
    assert kept.collectives == {village.collective.id: village.collective}
    assert list(kept.rounds) == [round_.id]
    assert kept.rows["audit"][-1]["event"] == "data_exported"


@pytest.mark.parametrize("name", ["Nadine", "Joséphine", "Member 1"])
async def test_nobody_elses_name_is_in_it(store, village, now, name):
    kept = await erasing.read(store, village.members[0].person_id)
    assert name not in str(kept.rows)


async def test_a_vote_that_only_her_voice_asked_is_withdrawn_with_it(store, village, forms, now):
    spoken = terms(now, question=None, voice=VoiceNote(file_id="v", seconds=5))
    asked = await opened(village, spoken)
    written = await opened(village, draft="written", by=asked.author_id)
    await erasing.erase(store, forms, by=asked.author_id, now=now)
    assert (await store.proposals.get(asked.id)).stage is Stage.WITHDRAWN
    assert (await store.proposals.get(written.id)).stage is Stage.OPEN
    assert len(await queued(store, telling.WITHDRAWN)) == 5
