"""What is said of a decision is what its rule does."""

from collective.decisions import Method
from locales.words import Words
from reports import deciding


def test_consent_says_that_as_many_who_disagree_stop_it():
    assert "si plus de voix sont pour que contre" in deciding.rule(Method.CONSENT, Words("fr"))
    assert "baleki oyo bandimi te" in deciding.rule(Method.CONSENT, Words("ln"))
