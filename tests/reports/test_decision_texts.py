"""What is said of a decision is what its rule does."""

from datetime import UTC, datetime

import pytest

from collective.decisions import Consulted, Method, Outcome, Stage
from collective.proposals import Proposal
from collective.terms import Terms
from locales.words import Words
from reports import deciding, outcomes


def test_consent_says_that_as_many_who_disagree_stop_it():
    assert "si plus de voix sont pour que contre" in deciding.rule(Method.CONSENT, Words("fr"))
    assert "baleki oyo bandimi te" in deciding.rule(Method.CONSENT, Words("ln"))


@pytest.mark.parametrize("outcome", Outcome)
def test_only_what_is_adopted_was_decided_without_asking_others(outcome):
    proposal = Proposal(
        id=1,
        collective_id=1,
        author_id=1,
        terms=Terms(question="?", method=Method.MAJORITY, consulted=Consulted.NO),
        stage=Stage.CLOSED,
        created_at=datetime(2026, 11, 26, tzinfo=UTC),
        outcome=outcome,
    )
    said = "Décidé sans consulter" in outcomes.result(proposal, Words("fr"))
    assert said is (outcome is Outcome.ADOPTED)
