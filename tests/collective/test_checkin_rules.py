"""Answers and their spelling: pure rules, over any form."""

import pytest
import random_forms
from hypothesis import given
from hypothesis import strategies as st
from random_forms import forms_with_answers, questions, values

from collective import checkins
from collective.errors import NotAnAnswer
from collective.forms import PASSED, Form, Kind


def walk(form, answers, say):
    """Answer whatever is asked next until nothing is; return the keys in the order asked."""
    path = []
    while (question := checkins.next_question(form, answers)) is not None:
        path.append(question.key)
        answers = {**answers, question.key: say(question)}
        assert len(path) <= len(form.questions)
    return path, answers


@given(st.data())
def test_every_path_ends_and_asks_nothing_twice(data):
    form = data.draw(random_forms.forms())
    path, answers = walk(form, {}, lambda question: data.draw(values(question)))
    assert len(set(path)) == len(path)
    # Asked in the order of the form, and answered: exactly those that concern her.
    assert path == [question.key for question in checkins.asked(form, answers)]
    assert checkins.counted(form, answers) == answers


@given(forms_with_answers(), st.data())
def test_from_wherever_she_stands_the_path_ends(case, data):
    form, said = case
    path, answers = walk(form, dict(said), lambda question: data.draw(values(question)))
    assert not set(path) & set(dict(said))
    assert checkins.next_question(form, answers) is None


@given(forms_with_answers(), st.randoms(use_true_random=False))
def test_only_the_last_answer_to_each_question_counts_whatever_came_before(case, chance):
    form, said = case
    last = dict(said)
    shuffled = list(last.items())
    chance.shuffle(shuffled)
    assert checkins.counted(form, dict(shuffled)) == checkins.counted(form, last)
    assert checkins.next_question(form, dict(shuffled)) == checkins.next_question(form, last)


@given(forms_with_answers())
def test_what_counts_was_said_and_concerns_her(case):
    form, said = case
    counted = checkins.counted(form, dict(said))
    assert counted.items() <= dict(said).items()
    for key in counted:
        for on, wanted in form.question(key).when.items():
            assert set(counted[on].split(",")) & set(wanted)


@given(forms_with_answers())
def test_the_way_ahead_holds_what_is_asked_and_never_grows_by_an_answer(case):
    form, said = case
    answers, before = {}, None
    for key, value in said:
        possible = {q.key for q in checkins.still_possible(form, answers)}
        assert {q.key for q in checkins.asked(form, answers)} <= possible
        if before is not None:
            assert possible <= before
        before = None if key in answers else possible
        answers[key] = value


def test_an_answer_rests_while_its_question_does_not_concern_her(weekly):
    answers = {"motivation": "4", "need": "advice", "need_words": "text"}
    corrected = {**answers, "need": "nothing"}
    assert checkins.counted(weekly, corrected) == {"motivation": "4", "need": "nothing"}
    assert checkins.counted(weekly, {**corrected, "need": "talk"})["need_words"] == "text"


@given(st.data())
def test_a_canonical_answer_is_kept_as_it_is(data):
    question = data.draw(questions())
    form = Form(key="any", questions=(question,))
    value = data.draw(values(question))
    assert checkins.ensure_answer(form, "q", value) == value


@pytest.mark.parametrize("value", ["text", "voice", "hello", ""])
def test_words_are_said_and_not_pressed(weekly, value):
    with pytest.raises(NotAnAnswer):
        checkins.ensure_answer(weekly, "need_words", value)
    assert checkins.ensure_answer(weekly, "need_words", PASSED) == PASSED


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
