"""Time to recover: the first round in which both are back to the median of three before."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from collective.setbacks import Measure, NotYet, Recovered, TooFew, recovery

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)

#: Answered of asked, and motivation in tenths; nobody asked and too few answers come often.
rounds = st.tuples(
    st.one_of(st.none(), st.integers(0, 4)), st.one_of(st.none(), st.sampled_from([20, 30, 40]))
)
courses = st.lists(rounds, max_size=6)


def measured(course):
    return [
        Measure(
            participation=None if answered is None else Fraction(answered, 4),
            motivation=None if mood is None else Decimal(mood) / 10,
            closed_at=BEGAN + timedelta(weeks=number),
        )
        for number, (answered, mood) in enumerate(course)
    ]


def restated(before, after):
    """The rule in other words: sort the three, take the middle one, walk through what follows."""
    asked = [each for each in before if each[0] is not None]
    three = asked[-3:]
    if len(three) != 3 or None in [mood for _, mood in three]:
        return "too few"
    answered, mood = (sorted(each[place] for each in three)[1] for place in (0, 1))
    verdicts = []
    for each in after:
        if each[0] is None:
            continue
        if each[0] < answered:
            verdicts.append("no")
        elif each[1] is None:
            verdicts.append("who knows")
        else:
            verdicts.append("yes" if each[1] >= mood else "no")
    if "yes" in verdicts:
        return verdicts.index("yes") + 1
    return "too few" if verdicts[-1:] == ["who knows"] else "not yet"


@settings(max_examples=150)
@given(before=courses, after=courses)
def test_recovery_is_what_the_rule_says(before, after):
    found = recovery(measured(before), measured(after))
    said = restated(before, after)
    if isinstance(found, Recovered):
        assert said == found.rounds
        assert found.at in [each.closed_at for each in measured(after)]
    else:
        assert said == {NotYet: "not yet", TooFew: "too few"}[type(found)]


@given(before=courses, after=courses, more=courses)
def test_once_recovered_later_rounds_change_nothing(before, after, more):
    found = recovery(measured(before), measured(after))
    if isinstance(found, Recovered):
        assert recovery(measured(before), measured([*after, *more])) == found


def test_one_of_the_two_is_not_enough():
    before = measured([(4, 40)] * 3)
    assert recovery(before, measured([(4, 30), (3, 40)])) == NotYet(rounds=2)


def test_without_three_rounds_before_nobody_can_tell():
    assert recovery(measured([(4, 40)] * 2), measured([(4, 40)])) == TooFew()
