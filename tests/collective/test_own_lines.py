"""Her own line: the newest eight check-ins, gaps shown as gaps, for her alone."""

from datetime import timedelta

import pytest

from collective.actions import checkins, own_lines, pausing, rounds
from collective.rounds import WINDOW
from locales.words import Words
from reports.own_line import own_line

WEEK = timedelta(weeks=1)


@pytest.fixture
def weeks(store, village, forms, now):
    """Let weeks pass; each is what the first member said, or None for silence."""
    person = village.members[0].person_id

    async def passed(*moods):
        for number, mood in enumerate(moods):
            due = now + number * WEEK
            await rounds.open_round(store, forms, village.collective.id, due=due, now=due)
            [checkin] = await store.checkins.open_for(person, due)
            if mood is not None:
                await checkins.answer(
                    store, forms, checkin.id, "motivation", mood, by=person, now=due
                )
            await rounds.close_round(store, forms, checkin.round_id, now=due + WINDOW)
        [line] = await own_lines.read(store, forms, by=person, now=now + len(moods) * WEEK)
        return line

    return passed


async def test_it_holds_the_newest_eight_the_oldest_first(weeks):
    line = await weeks("1", "2", "3", "4", "5", "4", "3", "2", "1", "2")
    assert [step.value for step in line.steps] == list("34543212")


async def test_silence_is_a_gap_and_not_a_zero(weeks):
    line = await weeks("4", None, "passed", "unknown", "1")
    text = own_line(line, Words("fr"))
    assert [each.split("  ")[1] for each in text.split("\n")[1:]] == [
        "▓▓▓▓░ 4",
        "pas de réponse",
        "Je préfère ne pas répondre",
        "Je ne sais pas",
        "▓░░░░ 1",
    ]


async def test_a_pause_in_an_open_round_is_called_one(store, village, forms, now):
    person = village.members[0].person_id
    await rounds.open_round(store, forms, village.collective.id, due=now, now=now)
    await pausing.pause(store, 1, by=person, now=now)
    [line] = await own_lines.read(store, forms, by=person, now=now)
    assert own_line(line, Words("ln")).endswith("kopema")


async def test_an_open_round_is_no_silence_yet(store, village, forms, weeks, now):
    await weeks("4", *[None] * 7)
    by, due = village.members[0].person_id, now + 8 * WEEK
    await rounds.open_round(store, forms, village.collective.id, due=due, now=due)
    [line] = await own_lines.read(store, forms, by=by, now=due)
    assert [step.value for step in line.steps] == ["4", *[None] * 7]


async def test_who_has_had_no_check_in_reads_so(store, village, forms, now):
    [line] = await own_lines.read(store, forms, by=village.members[0].person_id, now=now)
    assert line.steps == ()
    assert "pas encore" in own_line(line, Words("fr"))


async def test_nobody_else_has_it(store, village, forms, weeks, now):
    await weeks("4", "5")
    other, nadine = village.members[1].person_id, village.facilitator
    [line] = await own_lines.read(store, forms, by=other, now=now + WEEK)
    assert {step.value for step in line.steps} == {None}
    assert await own_lines.read(store, forms, by=nadine, now=now) == []
