"""Openness and its signal, against the same said in another way."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from gathering import details
from hypothesis import given
from hypothesis import strategies as st

from collective.activities import LASTS, Activity, Kind, Regular
from collective.decisions import Consulted, Meeting, Outcome, Stage
from collective.openness import Act, acts, openness, quarter, quarter_before
from collective.proposals import Proposal
from collective.signals import ALONE, BUSY, turned_inward
from collective.terms import Terms

NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)
DAY = timedelta(days=1)


def activity(days=-1.0, *, cancelled=False, **said):
    told = details(**said)
    return Activity(
        id=1,
        collective_id=1,
        planned_by=1,
        details=told,
        starts_at=NOW + days * DAY,
        planned_at=NOW - 60 * DAY,
        regular=Regular(day=told.day, at=told.at),
        cancelled_at=NOW if cancelled else None,
    )


def proposal(consulted=Consulted.NOBODY, *, days=-1.0, **said):
    made = Proposal(
        id=1,
        collective_id=1,
        author_id=1,
        terms=Terms(question="?", consulted=consulted),
        stage=Stage.CLOSED,
        created_at=NOW - 60 * DAY,
        closed_at=NOW + days * DAY,
        outcome=Outcome.ADOPTED,
    )
    return replace(made, **said)


def outward(held=(), decided=()):
    return [act.outward for act in acts(held, decided, NOW)]


@pytest.mark.parametrize("kind", Kind)
def test_an_activity_is_outward_when_people_outside_take_part(kind):
    meets = kind in {Kind.EXCHANGE, Kind.VISIT, Kind.OPEN_DAY}
    assert outward([activity(kind=kind)]) == [meets]
    assert outward([activity(kind=kind, open_to_others=True)]) == [True]


def test_what_is_planned_under_way_or_cancelled_is_no_act():
    under_way = activity(days=-(LASTS / DAY) / 2)
    assert outward([activity(1), under_way, activity(cancelled=True)]) == []


@pytest.mark.parametrize("consulted", Consulted)
def test_a_decision_is_outward_when_who_else_it_concerns_was_asked(consulted):
    assert outward(decided=[proposal(consulted)]) == [consulted is Consulted.YES]


@pytest.mark.parametrize("outcome", Outcome)
def test_only_what_a_vote_or_a_meeting_settled_is_a_decision(outcome):
    settled = outcome in {Outcome.ADOPTED, Outcome.NOT_ADOPTED}
    assert len(outward(decided=[proposal(outcome=outcome)])) == settled
    met = proposal(outcome=Outcome.TIE, meeting=Meeting.NOT_ADOPTED)
    assert outward(decided=[met, proposal(outcome=Outcome.TIE, meeting=Meeting.LATER)]) == [False]


def test_of_no_inward_act_there_is_no_ratio():
    done = acts([activity(kind=Kind.VISIT)], [], NOW)
    assert openness(done, NOW - DAY, NOW).ratio is None
    done += acts([activity()] * 4, [], NOW)
    assert openness(done, NOW - DAY, NOW).ratio == Fraction(1, 4)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_quarter_is_three_whole_months(day):
    first = quarter(day)
    assert (first.day, first.month % 3) == (1, 1)
    assert (day.year, (day.month + 2) // 3) == (first.year, (first.month + 2) // 3)
    assert quarter(first - DAY) == quarter_before(day)


ACTS = st.lists(
    st.builds(Act, at=st.integers(0, 120).map(lambda days: NOW - days * DAY), outward=st.booleans())
).map(lambda done: sorted(done, key=lambda act: act.at))


@given(ACTS, st.integers(0, 120), st.integers(0, 120))
def test_every_act_of_a_time_is_counted_once_on_one_side(done, first, end):
    found = openness(done, NOW - first * DAY, NOW - end * DAY)
    then = [act for act in done if NOW - first * DAY <= act.at and act.at < NOW - end * DAY]
    assert found.outward + found.inward == len(then)
    assert found.outward == sum(1 for act in then if act.outward)


@given(ACTS)
def test_the_signal_comes_when_a_busy_group_has_met_nobody_for_eight_weeks(done):
    ages = [((NOW - act.at).days, act.outward) for act in done]
    known = any(age >= 56 for age, _ in ages)
    met = any(outward and 0 < age <= 56 for age, outward in ages)
    alone = sum(1 for age, outward in ages if not outward and 0 < age <= 56)
    signal = turned_inward(done, NOW)
    assert ALONE.days == 56
    assert (signal is not None) == (known and not met and alone >= BUSY)
    assert signal is None or signal.inward == alone


def test_one_act_with_people_outside_puts_the_signal_out():
    busy = [Act(at=NOW - days * DAY, outward=False) for days in (60, 30, 20, 10, 5)]
    assert turned_inward(busy, NOW).inward == 4
    assert turned_inward([*busy, Act(at=NOW - DAY, outward=True)], NOW) is None
    assert turned_inward(busy[1:], NOW) is None
