"""Summaries in both languages: counts and a bar, no name, no figure on fewer than five."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collective import sample
from collective.actions import rounds, summaries
from collective.actions.summaries import Overview, Summary
from collective.collectives import Collective, GroupLanguage, Trade
from collective.figures import count, round_figures
from collective.forms import load_forms
from collective.rounds import WINDOW, Round
from locales.words import Words
from reports.summary import (
    closed_summary,
    group_summary,
    member_summary,
    mood_bar,
    overview_text,
)

WEEKLY = load_forms()["weekly"].asking("my_place")
LANGUAGES = ["fr", "ln"]
BAR = re.compile(r"[▓░]{5} \d,\d")


@pytest.fixture(params=LANGUAGES)
def words(request):
    return Words(request.param)


@pytest.fixture
def summarised(now):
    """Make the summary of a closed round from the answers of everyone expected."""

    def make(*checkins, name="Tujenge"):
        return Summary(
            collective=Collective(
                id=1,
                name=name,
                trade=Trade.DYEING,
                place="Bukavu",
                zone="Africa/Lubumbashi",
                language=GroupLanguage.BOTH,
            ),
            round=Round(
                id=1,
                collective_id=1,
                form="weekly",
                rotating="my_place",
                opens_at=now,
                closes_at=now + WINDOW,
                closed_at=now + WINDOW,
            ),
            form=WEEKLY,
            figures=round_figures(WEEKLY, count(WEEKLY, checkins)),
        )

    return make


def said(mood="4", together="sale", need="advice"):
    return {"motivation": mood, "together": together, "need": need}


def label(words, question, key):
    return words.pgettext("choice", WEEKLY.question(question).choice(key).label)


def test_the_group_reads_how_many_answered_the_mood_and_what_was_done(summarised, words):
    text = group_summary(summarised(*[said()] * 5, said("3", "meeting,sale"), {}, {}), words)
    title, answered, mood, _, *done, question = text.split("\n")
    assert "Tujenge" in title
    assert re.findall(r"\d+", answered) == ["6", "8"]
    assert mood.endswith("▓▓▓▓░ 3,8")
    assert done == [
        f"· {label(words, 'together', 'sale')} 6",
        f"· {label(words, 'together', 'meeting')} 1",
    ]
    assert question


def test_the_facilitator_reads_what_was_needed_too_and_the_group_does_not(summarised, words):
    summary = summarised(*[said(need="advice")] * 4, said(need="talk"))
    needs = [f"· {label(words, 'need', key)} {n}" for key, n in (("advice", 4), ("talk", 1))]
    assert closed_summary(summary, words).split("\n")[-2:] == needs
    assert not any(need in group_summary(summary, words) for need in needs)


@pytest.mark.parametrize("draw", [group_summary, member_summary, closed_summary])
def test_everybody_reads_what_the_week_asked_from_five_answers_on(summarised, words, draw):
    felt = [{"my_place": "yes"}] * 4
    text = draw(summarised(*felt, {"my_place": "no"}), words)
    asked = words.pgettext("question", WEEKLY.question("my_place").text)
    counts = [f"· {label(words, 'my_place', key)} {n}" for key, n in (("yes", 4), ("no", 1))]
    [place] = [n for n, line in enumerate(text.split("\n")) if asked in line]
    assert text.split("\n")[place + 1 : place + 3] == counts
    assert asked not in draw(summarised(*felt), words)


def test_the_facilitator_reads_which_week_it_was_in_the_collectives_zone(summarised, now):
    summary = summarised(said())
    # Half past ten in the evening of Thursday in London is Friday in Lubumbashi.
    night = replace(summary.round, opens_at=now.replace(hour=22, minute=30))
    text = closed_summary(replace(summary, round=night), Words("fr"))
    assert "vendredi 27 novembre" in text.split("\n")[0]


@pytest.mark.parametrize("draw", [group_summary, closed_summary])
@pytest.mark.parametrize("answered", range(5))
def test_no_figure_is_written_on_fewer_than_five(summarised, words, draw, answered):
    text = draw(summarised(*[said("1", "meeting", "talk")] * answered, {}, {}), words)
    assert not BAR.search(text)
    assert "·" not in text
    numbers = re.findall(r"\d+", text.partition("\n")[2])
    assert numbers == [str(answered), str(answered + 2), *(["5"] if answered else [])]


def test_a_name_is_no_markup(summarised, words):
    text = group_summary(summarised(said(), name="<i>Bana & Mama</i>"), words)
    assert "&lt;i&gt;Bana &amp; Mama&lt;/i&gt;" in text
    assert "<i>" not in text


def test_each_language_has_its_own_words(summarised):
    texts = [group_summary(summarised(*[said()] * 5), Words(lang)) for lang in ("en", *LANGUAGES)]
    assert len(set(texts)) == 3


@given(st.decimals("1", "5", places=1))
def test_the_bar_has_five_steps_and_its_number(mean):
    bar, number = mood_bar(mean, Words("fr")).split(" ")
    assert len(bar) == 5
    assert Decimal(number.replace(",", ".")) == mean
    assert abs(bar.count("▓") - mean) <= Decimal("0.5")


@given(st.lists(st.decimals("1", "5", places=1), min_size=2, max_size=5))
def test_a_higher_mean_never_has_a_shorter_bar(means):
    bars = [mood_bar(mean, Words("fr")).count("▓") for mean in sorted(means)]
    assert bars == sorted(bars)


def test_a_half_fills_its_step():
    assert [mood_bar(Decimal(mean), Words("fr")) for mean in ("2.5", "3.5", "3.6")] == [
        "▓▓▓░░ 2,5",
        "▓▓▓▓░ 3,5",
        "▓▓▓▓░ 3,6",
    ]


def overview(summary, **changes):
    fields = {"last": None, "open": None, "open_expected": 0, "open_answered": 0}
    return Overview(collective=summary.collective, **(fields | changes))


def test_an_overview_before_the_first_closing_names_the_collective(summarised, words):
    text = overview_text(overview(summarised()), words)
    assert "Tujenge" in text
    assert not BAR.search(text)


def test_an_open_round_is_told_by_who_took_part_and_when_it_closes(summarised, words):
    summary = summarised(*[said()] * 5)
    whole = overview(summary, last=summary, open=summary.round, open_expected=9, open_answered=7)
    closed, _, under_way = overview_text(whole, words).rpartition("\n\n")
    assert closed == closed_summary(summary, words)
    # It closes on Sunday at 17:00 in Lubumbashi.
    assert re.findall(r"\d+", under_way) == ["7", "9", "29", "17", "00"]
    assert not BAR.search(under_way)


@pytest.fixture
async def history(ledger, now):
    """The sample after twelve weeks, with a round just opened."""
    start = sample.starts_at(now)
    chats = {name: number for number, name in enumerate(sample.PEOPLE, 1)}
    forms = load_forms()
    await sample.fill(ledger, forms, chats=chats, group=-5, now=start)
    due = start + timedelta(minutes=10)
    async with ledger.writing() as store:
        collective = await store.collectives.by_group(-5)
        await rounds.open_round(store, forms, collective.id, due=due, now=due)
        return await summaries.overview(store, forms, collective, now=due)


async def test_a_real_history_is_told_without_a_name(history):
    for lang in LANGUAGES:
        words = Words(lang)
        text = overview_text(history, words) + group_summary(history.last, words)
        assert len(BAR.findall(text)) == 2
        assert not [name for name in sample.PEOPLE if name in text]
