"""What summaries say beside the check-in, in both languages."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from collective.actions.life import Life, Support
from collective.actions.setbacks import Struck
from collective.activities import Activity, Details, Kind, Regular
from collective.decisions import Consulted, Outcome, Stage
from collective.figures import FollowUpFigures
from collective.openness import Openness
from collective.proposals import Proposal
from collective.setbacks import Kind as StruckBy
from collective.setbacks import NotYet
from collective.signals import TurnedInward
from collective.terms import Terms
from locales.words import Words
from reports import life

ZONE = "Africa/Lubumbashi"
NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)


@pytest.fixture(params=["fr", "ln"])
def words(request):
    return Words(request.param)


def activity(title="Zando", **changes):
    day, at = date(2026, 11, 28), time(15)
    return Activity(
        id=1,
        collective_id=1,
        planned_by=1,
        details=Details(kind=Kind.SALE, title=title, day=day, at=at),
        starts_at=NOW,
        planned_at=NOW,
        regular=Regular(day=day, at=at),
        **changes,
    )


def proposal(question="Machine?", consulted=Consulted.NO, **changes):
    return Proposal(
        id=1,
        collective_id=1,
        author_id=1,
        terms=Terms(question=question, consulted=consulted, closes_at=NOW + timedelta(days=1)),
        created_at=NOW,
        **changes,
    )


def support(**changes):
    said = {
        "struck": (),
        "follow_ups": FollowUpFigures(total=0, waiting=0, prompt=0, due=0),
        "openness": Openness(),
        "before": Openness(),
        "inward": None,
    }
    return Support(**(said | changes))


def test_of_nothing_nothing_is_said(words):
    assert life.told(Life(), ZONE, words) == []
    assert life.support(support(), ZONE, words) == []


def test_the_group_reads_what_was_held_decided_voted_on_and_what_comes_next(words):
    adopted = proposal("A & B?", stage=Stage.CLOSED, closed_at=NOW, outcome=Outcome.ADOPTED)
    found = Life(
        held=(activity(attended=5, members=7), activity("Likita")),
        decided=(adopted,),
        voting=(proposal(stage=Stage.OPEN),),
        ahead=activity("<Bukavu>"),
    )
    _, first, second, _, decided, _, voting, _, ahead = life.told(found, ZONE, words)
    when = {"fr": "sa 28/11/2026 15:00", "ln": "Mpo 28/11/2026 15:00"}[words.lang]
    assert first.startswith(f"· {when} · 🛍 Zando · ")
    assert [each for each in first.rpartition("·")[2].split() if each.isdigit()] == ["5", "7"]
    assert second == f"· {when} · 🛍 Likita"
    unasked = words.gettext("whom else it concerns was not asked")
    assert decided.startswith("· A &amp; B? · ✅ ")
    assert decided.endswith(unasked)
    assert voting.startswith("· Machine? · ")
    assert "17:00" in voting
    assert ahead == f"· {when} · 🛍 &lt;Bukavu&gt;"


def test_three_lines_stand_under_a_title_and_the_others_are_counted(words):
    lines = life.told(Life(held=(activity(),) * 5), ZONE, words)
    assert len(lines) == 5
    assert lines[-1] == words.ngettext("and {n} more", "and {n} more", 2)


def test_who_accompanies_reads_what_needs_care(words):
    struck = Struck(kind=StruckBy.THEFT, happened_on=date(2026, 11, 12), recovery=NotYet(rounds=2))
    found = support(
        struck=(struck,),
        follow_ups=FollowUpFigures(total=6, waiting=1, prompt=4, due=5),
        openness=Openness(outward=1, inward=3),
        before=Openness(outward=2),
        inward=TurnedInward(inward=6),
    )
    _, theft, waiting, prompt, this, last, signal = life.support(found, ZONE, words)
    assert theft.startswith("· 12/11/2026 · ")
    assert "2" in theft.partition(".")[2]
    assert not any(sign.isdigit() for sign in waiting)  # one is fewer than five
    assert "80" in prompt
    assert "0,3" in this
    assert "2" in last
    assert "(" not in last
    assert "8" in signal
    assert "6" in signal


def test_a_ratio_is_told_where_it_says_more_than_the_two_counts(words):
    told = [Openness(outward=1, inward=3), Openness(inward=3), Openness(outward=2)]
    lines = [life.support(support(openness=each), ZONE, words)[0] for each in told]
    assert ["(" in line for line in lines] == [True, False, False]


def test_no_share_stands_on_fewer_than_five(words):
    figures = FollowUpFigures(total=4, waiting=0, prompt=4, due=4)
    assert life.support(support(follow_ups=figures), ZONE, words) == []


def test_each_language_has_its_own_words():
    found = support(openness=Openness(outward=1, inward=3), inward=TurnedInward(inward=1))
    said = [life.support(found, ZONE, Words(lang)) for lang in ("en", "fr", "ln")]
    assert len({line for lines in said for line in lines}) == 6
