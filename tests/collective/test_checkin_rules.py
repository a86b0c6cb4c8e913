"""Answers and their spelling: pure rules, over any form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collective import checkins
from collective.errors import NotAnAnswer
from collective.forms import PASSED, Choice, Form, Kind, Question


@st.composite
def questions(draw, key="q", kinds=tuple(Kind)):
    keys = draw(st.permutations("abcdefghi"))[: draw(st.integers(2, 9))]
    kind = draw(st.sampled_from(kinds))
    choices = tuple(
        Choice(key=each, label=each.title(), alone=kind is Kind.SEVERAL and draw(st.booleans()))
        for each in keys
    )
    return Question(key=key, kind=kind, text="?", choices=choices)


@st.composite
def forms_with_answers(draw):
    """A form, and answers in any order, some of them several times."""
    asked = [draw(questions(key=f"q{n}")) for n in range(draw(st.integers(1, 5)))]
    form = Form(key="any", questions=tuple(asked))
    said = draw(st.lists(st.sampled_from(asked), max_size=12))
    return form, [(question.key, draw(values(question))) for question in said]


def values(question):
    """Every canonical value of a question."""
    keys = [choice.key for choice in question.choices]
    one = st.sampled_from([PASSED, *keys])
    together = [choice.key for choice in question.choices if not choice.alone]
    if question.kind is not Kind.SEVERAL or not together:
        return one
    several = st.sets(st.sampled_from(together), min_size=1)
    return one | several.map(lambda marked: ",".join(sorted(marked, key=keys.index)))


def walk(form, answers):
    """Pass whatever is asked next until nothing is."""
    path = []
    while (question := checkins.next_question(form, answers)) is not None:
        path.append(question.key)
        answers = {**answers, question.key: PASSED}
        assert len(path) <= len(form.questions)
    return path


@given(forms_with_answers())
def test_an_answered_question_is_never_asked_again(case):
    form, said = case
    answers = {}
    for key, value in said:
        answers[key] = checkins.ensure_answer(form, key, value)
        question = checkins.next_question(form, answers)
        assert question is None or question.key not in answers


@given(forms_with_answers())
def test_every_path_ends_after_what_was_left(case):
    form, said = case
    left = [q.key for q in form.questions if q.key not in dict(said)]
    assert walk(form, dict(said)) == left


@given(forms_with_answers())
def test_a_canonical_answer_is_kept_as_it_is(case):
    form, said = case
    assert [checkins.ensure_answer(form, key, value) for key, value in said] == [
        value for _, value in said
    ]


@given(st.data())
def test_any_order_of_choices_is_one_answer(data):
    question = data.draw(questions(kinds=(Kind.SEVERAL,)))
    form = Form(key="any", questions=(question,))
    value = data.draw(values(question))
    shuffled = ",".join(data.draw(st.permutations(value.split(","))))
    assert checkins.ensure_answer(form, "q", shuffled) == value


@given(st.data())
def test_a_choice_pressed_twice_is_as_if_never_pressed(data):
    question = data.draw(questions(kinds=(Kind.SEVERAL,)))
    chosen = data.draw(values(question).filter(lambda value: value != PASSED) | st.just(""))
    key = data.draw(st.sampled_from(question.choices)).key
    alone = {choice.key for choice in question.choices if choice.alone}
    twice = checkins.toggle(question, checkins.toggle(question, chosen, key), key)
    # What stands alone had sent the others away, or was sent away itself.
    displaced = key not in chosen.split(",") and alone & {key, *chosen.split(",")}
    assert twice == ("" if displaced else chosen)


@given(st.data())
def test_whatever_is_pressed_stays_an_answer_or_nothing(data):
    question = data.draw(questions(kinds=(Kind.SEVERAL,)))
    form = Form(key="any", questions=(question,))
    chosen = ""
    for choice in data.draw(st.lists(st.sampled_from(question.choices), max_size=9)):
        chosen = checkins.toggle(question, chosen, choice.key)
        assert not chosen or checkins.ensure_answer(form, "q", chosen) == chosen


@given(st.data())
def test_the_card_numbers_typed_are_the_keys_pressed(data):
    question = data.draw(questions())
    value = data.draw(values(question).filter(lambda value: value != PASSED))
    keys = [choice.key for choice in question.choices]
    places = [str(keys.index(key) + 1) for key in value.split(",")]
    joint = data.draw(st.sampled_from(["", " ", ",", ", ", "+", " & ", "-"]))
    assert checkins.read_typed(question, joint.join(places)) == value


@given(questions(), st.text())
def test_typed_text_is_an_answer_or_nothing(question, text):
    value = checkins.read_typed(question, text)
    form = Form(key="any", questions=(question,))
    assert value is None or checkins.ensure_answer(form, "q", value) == value


@pytest.mark.parametrize("text", ["", "  ", "0", "9", "bien", "3 fois", "1 2", "11", ",", "-"])
def test_what_is_no_number_of_the_card_means_nothing(weekly, text):
    assert checkins.read_typed(weekly.question("motivation"), text) is None


def test_the_digit_typed_is_the_digit_on_the_scale(weekly):
    question = weekly.question("motivation")
    assert [checkins.read_typed(question, f" {n}. ") for n in range(1, 6)] == list("12345")


def test_nothing_this_week_stands_alone(weekly):
    question = weekly.question("together")
    assert checkins.toggle(question, "sale,meeting", "nothing") == "nothing"
    assert checkins.toggle(question, "nothing", "sale") == "sale"
    assert checkins.read_typed(question, "1 7") is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("absent", "1"),
        ("motivation", "6"),
        ("motivation", ""),
        ("motivation", "1,2"),
        ("together", ""),
        ("together", "sale,,meeting"),
        ("together", "sale,dance"),
        ("together", "sale,nothing"),
        ("need", "advice,talk"),
    ],
)
def test_what_the_question_does_not_offer_is_refused(weekly, key, value):
    with pytest.raises(NotAnAnswer) as refusal:
        checkins.ensure_answer(weekly, key, value)
    assert refusal.value.question == key


def test_an_unknown_choice_cannot_be_pressed(weekly):
    with pytest.raises(NotAnAnswer):
        checkins.toggle(weekly.question("together"), "sale", "dance")


def test_only_the_wish_to_talk_calls_the_facilitator(weekly):
    assert checkins.calls_facilitator(weekly, {"motivation": "1", "need": "talk"})
    assert not checkins.calls_facilitator(weekly, {"motivation": "1", "need": "advice"})
    assert not checkins.calls_facilitator(weekly, {"need": PASSED})
