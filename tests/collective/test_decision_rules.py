"""What ballots come to: each rule in words, then all of them against a second wording."""

from datetime import UTC, datetime, timedelta

import pytest
from council import restated
from hypothesis import given
from hypothesis import strategies as st

from collective import decisions, terms
from collective.decisions import Consulted, Method, Outcome, Secrecy, choices, needed, result
from collective.errors import (
    ClosingUnfit,
    NotAnAnswer,
    OptionsUnfit,
    ProposalIncomplete,
    QuorumUnfit,
    TooFewForSecret,
)
from collective.terms import Terms

NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)
READY = Terms(
    question="Une machine à coudre ?",
    method=Method.MAJORITY,
    consulted=Consulted.NOBODY,
    secrecy=Secrecy.OPEN,
    closes_at=NOW + decisions.USUAL,
)


@pytest.mark.parametrize(
    ("method", "ballots", "outcome"),
    [
        (Method.CONSENT, "agree agree disagree", Outcome.ADOPTED),
        (Method.CONSENT, "agree agree agree agree block", Outcome.BLOCKED),
        (Method.CONSENT, "agree disagree disagree", Outcome.NOT_ADOPTED),
        (Method.CONSENT, "abstain abstain", Outcome.NOT_ADOPTED),
        (Method.MAJORITY, "yes yes no abstain abstain abstain", Outcome.ADOPTED),
        (Method.MAJORITY, "yes no no", Outcome.NOT_ADOPTED),
        (Method.MAJORITY, "yes no abstain", Outcome.TIE),
        (Method.CHOICE, "1 2 2 3 abstain abstain abstain", Outcome.ADOPTED),
        (Method.CHOICE, "1 1 2 2 3", Outcome.TIE),
        (Method.CHOICE, "abstain abstain", Outcome.TIE),
        (Method.SENSE, "yes unsure no", Outcome.SENSED),
    ],
)
def test_an_outcome_is_read_from_the_ballots(method, ballots, outcome):
    said = ballots.split()
    tally = {choice: said.count(choice) for choice in said}
    assert result(method, tally, quorum=1).outcome is outcome
    assert result(method, tally, quorum=len(said) + 1).outcome is Outcome.NO_QUORUM


def test_without_a_quorum_nobody_learns_what_was_said():
    assert result(Method.MAJORITY, {"yes": 2}, quorum=3).counts is None


def test_an_option_wins_by_its_number():
    assert result(Method.CHOICE, {"3": 2, "1": 1, "abstain": 4}, quorum=5).winner == "3"


def test_half_of_those_who_can_vote_is_a_quorum_rounded_up():
    assert [needed(None, entitled=n, secrecy=Secrecy.OPEN) for n in (0, 1, 6, 7)] == [1, 1, 3, 4]


def test_a_secret_vote_has_no_quorum_under_five():
    assert [needed(None, entitled=n, secrecy=Secrecy.SECRET) for n in (4, 6, 12)] == [5, 5, 6]
    assert needed(6, entitled=5, secrecy=Secrecy.SECRET) == 5


@st.composite
def votes(draw):
    """A method, its ballots, who could vote, and the quorum that was chosen."""
    method = draw(st.sampled_from(Method))
    options = draw(st.integers(2, 8)) if method is Method.CHOICE else 0
    ballots = draw(st.lists(st.sampled_from(choices(method, options)), max_size=12))
    entitled = len(ballots) + draw(st.integers(0, 8))
    quorum = draw(st.none() | st.integers(1, 20))
    return method, ballots, entitled, quorum, draw(st.sampled_from(Secrecy))


@given(votes())
def test_every_outcome_agrees_with_the_rule_in_other_words(vote):
    method, ballots, entitled, quorum, secrecy = vote
    tally = {choice: ballots.count(choice) for choice in ballots}
    least = needed(quorum, entitled=entitled, secrecy=secrecy)
    assert result(method, tally, quorum=least).outcome == restated(*vote)


def test_a_typed_number_is_the_place_on_the_card():
    assert decisions.read_typed(Method.CONSENT, 0, " 4 ") == "block"
    assert decisions.read_typed(Method.CHOICE, 3, "3") == "3"
    assert decisions.read_typed(Method.CHOICE, 3, "4") == "abstain"
    assert [decisions.read_typed(Method.MAJORITY, 0, text) for text in ("0", "4", "oui")] == [
        None,
        None,
        None,
    ]
    with pytest.raises(NotAnAnswer):
        decisions.ensure_choice(Method.CHOICE, 3, "4")


def test_a_reminder_comes_a_day_before_or_half_way():
    days = timedelta(days=1)
    assert decisions.reminds_at(NOW, NOW + 3 * days) == NOW + 2 * days
    assert decisions.reminds_at(NOW, NOW + days) == NOW + days / 2


@pytest.mark.parametrize("missing", ["question", "method", "consulted", "secrecy", "closes_at"])
def test_a_proposal_says_everything_before_anybody_votes(missing):
    gap = Terms(**{**vars(READY), missing: None})
    with pytest.raises(ProposalIncomplete) as refused:
        terms.ensure_ready(gap, voters=6, now=NOW)
    assert refused.value.missing == missing


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"method": Method.CHOICE, "options": ("un",)}, OptionsUnfit),
        ({"quorum": 7}, QuorumUnfit),
        ({"quorum": 0}, QuorumUnfit),
        ({"secrecy": Secrecy.SECRET, "quorum": 4}, QuorumUnfit),
        ({"closes_at": NOW}, ClosingUnfit),
        ({"closes_at": NOW + timedelta(days=32)}, ClosingUnfit),
    ],
)
def test_terms_that_do_not_fit_are_refused(changes, refusal):
    with pytest.raises(refusal):
        terms.ensure_ready(Terms(**{**vars(READY), **changes}), voters=6, now=NOW)


def test_a_secret_vote_needs_five_who_can_vote():
    secret = Terms(**{**vars(READY), "secrecy": Secrecy.SECRET})
    terms.ensure_ready(secret, voters=5, now=NOW)
    with pytest.raises(TooFewForSecret):
        terms.ensure_ready(secret, voters=4, now=NOW)


def test_two_options_of_one_name_are_none():
    with pytest.raises(OptionsUnfit):
        terms.cleaned(Terms(options=("Bleu", " bleu ")))
