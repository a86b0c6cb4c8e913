"""Figures equal an independent count, and none stands on fewer than five."""

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from collective.feelings import Felt
from collective.feelings import Question as Tap
from collective.figures import FEWEST, SAID, count, feelings, round_figures, with_late
from collective.forms import PASSED, TEXT, VOICE, Choice, Form, Kind, Question, load_forms

WEEKLY = load_forms()["weekly"].asking("my_place")
MOODS = ["1", "2", "3", "4", "5", "unknown", PASSED]
DOINGS = ["sale", "meeting", "production,sale", "nothing", PASSED]

#: One check-in: each question answered, passed or left in silence.
CHECKINS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "motivation": st.sampled_from(MOODS),
            "together": st.sampled_from(DOINGS),
            "need": st.sampled_from(["nothing", "talk", PASSED]),
            "need_words": st.sampled_from([TEXT, VOICE, PASSED]),
            "my_place": st.sampled_from(["yes", "a_little", "no", PASSED]),
        },
    ),
    max_size=14,
)


def figures(*checkins):
    return round_figures(WEEKLY, count(WEEKLY, checkins))


def moods(*values):
    return figures(*({"motivation": value} for value in values)).means["motivation"]


@given(CHECKINS)
def test_means_equal_a_plain_recount(checkins):
    digits = [int(c["motivation"]) for c in checkins if c.get("motivation", "x") in "12345"]
    mean = figures(*checkins).means["motivation"]
    if len(digits) < FEWEST:
        assert mean is None
    else:
        assert abs(Fraction(mean) - Fraction(sum(digits), len(digits))) <= Fraction(1, 20)
        assert mean == mean.quantize(Decimal("0.1"), ROUND_HALF_UP)


@given(CHECKINS)
def test_counts_equal_a_plain_recount(checkins):
    said = [c["together"] for c in checkins if c.get("together", PASSED) != PASSED]
    breakdown = figures(*checkins).breakdowns["together"]
    if len(said) < FEWEST:
        assert breakdown is None
    else:
        assert breakdown.respondents == len(said)
        for key in ("production", "sale", "meeting", "nothing"):
            assert breakdown.counts.get(key, 0) == sum(key in value.split(",") for value in said)


@given(CHECKINS)
def test_the_rotating_question_is_counted_and_own_words_are_not(checkins):
    said = [c["my_place"] for c in checkins if c.get("my_place", PASSED) != PASSED]
    found = figures(*checkins)
    assert (found.breakdowns["my_place"] is not None) == (len(said) >= FEWEST)
    if found.breakdowns["my_place"]:
        assert sum(found.breakdowns["my_place"].counts.values()) == len(said)
    assert "need_words" not in {*found.means, *found.breakdowns}
    assert "need_words" not in count(WEEKLY, checkins).counts


def test_an_answer_that_rests_is_not_counted():
    form = Form(
        key="any",
        questions=(
            asked("first", "yes", "no"),
            asked("second", "a", "b", when={"first": ("yes",)}),
        ),
    )
    resting = [{"first": "no", "second": "a"}] * 3
    told = count(form, [{"first": "yes", "second": "b"}] * 5 + resting)
    assert told.counts["second"] == {SAID: 5, PASSED: 0, "b": 5}
    assert (told.expected, told.answered) == (8, 8)


def asked(key, *choices, when=None):
    choices = tuple(Choice(key=each, label=each) for each in choices)
    return Question(key=key, kind=Kind.ONE, text="?", help="!", choices=choices, when=when or {})


@given(CHECKINS)
def test_who_said_nothing_is_expected_and_has_not_answered(checkins):
    found = figures(*checkins)
    assert found.expected == len(checkins)
    assert found.answered == sum(1 for checkin in checkins if checkin)


@given(CHECKINS)
def test_no_figure_stands_on_fewer_than_five(checkins):
    found = figures(*checkins[: FEWEST - 1])
    assert not any([*found.means.values(), *found.breakdowns.values()])


def test_silence_is_not_zero():
    quiet = [{} for _ in range(5)]
    assert figures(*quiet, *({"motivation": "4"} for _ in range(5))).means["motivation"] == 4


def test_passed_and_unknown_are_not_counted():
    assert moods("5", "5", "5", "5", PASSED, "unknown") is None
    assert moods("5", "5", "5", "5", "5", PASSED, "unknown") == 5


def test_passing_every_question_is_still_an_answer():
    assert figures({"motivation": PASSED}, {}).answered == 1


def test_a_half_is_rounded_up():
    assert moods("3", "3", "3", "4", "3", "3", "3", "4") == Decimal("3.3")


def test_choices_nobody_gave_are_left_out_and_the_rest_stand_in_form_order():
    found = figures(*({"together": "meeting"} for _ in range(4)), {"together": "sale"})
    assert list(found.breakdowns["together"].counts.items()) == [("sale", 1), ("meeting", 4)]


@given(CHECKINS)
def test_what_a_round_leaves_stands_on_five_people_for_every_question(checkins):
    totals = count(WEEKLY, checkins)
    assert all(counts[SAID] >= FEWEST for counts in totals.counts.values())
    if totals.answered < FEWEST:
        assert totals.counts == {}


@given(CHECKINS, CHECKINS)
def test_what_came_late_changes_a_figure_by_five_people_or_not_at_all(early, late):
    told, now = count(WEEKLY, early), count(WEEKLY, [*early, *late])
    before = round_figures(WEEKLY, told)
    after = round_figures(WEEKLY, with_late(WEEKLY, told, now))
    assert after.answered == before.answered + sum(1 for each in late if each)
    for key, breakdown in before.breakdowns.items():
        people = breakdown.respondents if breakdown else 0
        then = after.breakdowns[key]
        assert then == breakdown or then.respondents - people >= FEWEST
    digits = [sum(c.get("motivation", "x") in "12345" for c in some) for some in (early, late)]
    if digits[0] >= FEWEST > digits[1]:
        assert after.means == before.means
    elif sum(digits) >= FEWEST:
        assert after.means == round_figures(WEEKLY, now).means


def test_one_late_answer_changes_nothing_and_five_are_taken_in():
    early = [{"motivation": "3"}] * 5
    for late, mean in ((1, "3.0"), (5, "2.0")):
        now = count(WEEKLY, [*early, *[{"motivation": "1"}] * late])
        found = with_late(WEEKLY, count(WEEKLY, early), now)
        assert round_figures(WEEKLY, found).means["motivation"] == Decimal(mean)
        assert found.answered == 5 + late


TAPS = st.lists(
    st.tuples(st.integers(1, 14), st.sampled_from(Tap), st.sampled_from(Felt)), max_size=60
)


@given(TAPS)
def test_how_it_was_to_decide_moves_by_five_people_or_not_at_all(taps):
    waiting, counted, told = {tap: {} for tap in Tap}, {tap: {} for tap in Tap}, {}
    for person, tap, felt in taps:
        if person not in counted[tap]:
            waiting[tap][person] = felt
        given_now = {each: Counter(answers.values()) for each, answers in waiting.items()}
        anew = feelings(told, given_now)
        for each in anew:
            assert len(waiting[each]) >= FEWEST
            counted[each] |= waiting[each]
            waiting[each] = {}
        told |= anew
        for each in Tap:
            assert told.get(each, {}) == Counter(counted[each].values())
            # Nothing is held back for longer than that takes.
            assert len(waiting[each]) < FEWEST
