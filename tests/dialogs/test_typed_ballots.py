"""What a typed text means on a ballot: a number, a word in any of our languages, or nothing."""

from datetime import UTC, datetime

import pytest

from collective.decisions import Choice, Method, Stage
from collective.proposals import Proposal
from collective.terms import Terms
from dialogs import typed


def asked(method: Method, *options: str) -> Proposal:
    """A proposal that is decided like that."""
    return Proposal(
        id=1,
        collective_id=1,
        author_id=1,
        terms=Terms(question="?", method=method, options=options),
        stage=Stage.OPEN,
        created_at=datetime(2026, 11, 26, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("method", "text", "choice"),
    [
        (Method.MAJORITY, "oui", Choice.YES),
        (Method.MAJORITY, "Iyo!", Choice.YES),
        (Method.MAJORITY, "2", Choice.NO),
        (Method.MAJORITY, "2 non", Choice.NO),
        (Method.CONSENT, "d’accord", Choice.AGREE),
        (Method.CONSENT, "ee", Choice.AGREE),
        (Method.CONSENT, "nandimi te", Choice.DISAGREE),
        (Method.CONSENT, "4", Choice.BLOCK),
        (Method.SENSE, "nayebi te", Choice.UNSURE),
    ],
)
def test_words_and_numbers_name_a_choice(method, text, choice):
    assert typed.ballot(asked(method), text) == choice


def test_an_option_is_named_by_its_number_or_its_words():
    market = asked(Method.CHOICE, "Au marché", "À la paroisse")
    assert typed.ballot(market, "2") == typed.ballot(market, "a la paroisse") == "2"
    assert typed.ballot(market, "3") == Choice.ABSTAIN


@pytest.mark.parametrize("text", ["peut-être demain", "7", "", "👍👍", "oui mais non"])
def test_everything_else_is_no_vote(text):
    assert typed.ballot(asked(Method.MAJORITY), text) is None
