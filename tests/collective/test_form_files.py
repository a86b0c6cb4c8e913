"""Forms are checked when they are read, and a fault names its place."""

import pytest

from collective.errors import FormInvalid
from collective.forms import LABEL_LIMIT, QUESTIONS_LIMIT, Kind, load_forms, read_form

GOOD = {
    "key": '"mood"',
    "kind": '"one"',
    "text": '"How are you?"',
    "help": '"Say how you are."',
    "choices": '[{key = "good", label = "Good"}, {key = "bad", label = "Bad"}]',
}


def question(**changes):
    fields = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return "\n".join(["[[questions]]", *(f"{name} = {value}" for name, value in fields.items())])


def written(folder, *questions, key='"trial"', name="trial.toml"):
    path = folder / name
    path.write_text("\n".join([f"key = {key}", *questions]), encoding="utf-8")
    return path


def test_the_weekly_form_asks_motivation_togetherness_need_and_one_of_six():
    form = load_forms()["weekly"]
    kinds = [question.kind for question in form.asking("my_place").questions]
    assert kinds == [Kind.SCALE, Kind.SEVERAL, Kind.ONE, Kind.WORDS, Kind.ONE]
    assert len(form.rotation) == 6
    assert {tuple(c.key for c in q.choices) for q in form.rotation} == {("yes", "a_little", "no")}


def test_a_round_asks_the_rotating_question_whose_turn_it_was():
    form = load_forms()["weekly"]
    assert form.asking("pride").questions[-1].key == "pride"
    # A question that was taken out of the file since is not asked.
    assert form.asking("gone") == form.asking(None) == form


def test_every_text_of_a_form_is_named_for_the_catalogs():
    found = set(load_forms()["weekly"].sentences())
    assert ("pride", "question", "Are you proud to belong to the group?") in found
    assert ("need", "choice", "Advice") in found
    assert {context for _, context, _ in found} == {"question", "help", "choice"}


def test_a_face_never_stands_without_a_word():
    choices = [c for q in load_forms()["weekly"].questions for c in q.choices]
    assert all(choice.label for choice in choices)


def test_a_good_form_is_read_in_its_order(tmp_path):
    path = written(tmp_path, question(), question(key='"other"', kind='"several"'))
    form = read_form(path)
    assert [q.key for q in form.questions] == ["mood", "other"]
    assert form.question("mood").choice("bad").label == "Bad"
    assert form.question("absent") is None


TWO = GOOD["choices"]
MANY = ", ".join(f'{{key = "k{n}", label = "L"}}' for n in range(10))
FAULTS = {
    "no kind": {"kind": None},
    "unknown kind": {"kind": '"free"'},
    "kind that is a number": {"kind": "1"},
    "no help": {"help": None},
    "empty help": {"help": '""'},
    "words with choices": {"kind": '"words"'},
    "scale without its digits": {"kind": '"scale"'},
    "label too long": {"choices": TWO.replace("Bad", "B" * (LABEL_LIMIT + 1))},
    "condition that is no table": {"when": '"mood"'},
    "condition without answers": {"when": "{mood = 1}"},
    "condition on no question": {"when": '{absent = ["good"]}'},
    "condition on itself": {"when": '{mood = ["good"]}'},
    "unknown field": {"colour": '"red"'},
    "no text": {"text": None},
    "empty text": {"text": '""'},
    "text of 121 characters": {"text": f'"{"x" * 121}"'},
    "text that is a number": {"text": "5"},
    "no choices": {"choices": None},
    "one choice": {"choices": '[{key = "good", label = "Good"}]'},
    "more choices than digits": {"choices": f"[{MANY}]"},
    "choices that are words": {"choices": '["good", "bad"]'},
    "choice without label": {"choices": '[{key = "good"}, {key = "bad", label = "Bad"}]'},
    "choice key twice": {"choices": TWO.replace('"bad"', '"good"')},
    "reserved choice key": {"choices": TWO.replace('"bad"', '"passed"')},
    "choice key that is a number": {"choices": TWO.replace('"bad"', "2")},
    "choice key with a comma": {"choices": TWO.replace('"bad"', '"b,d"')},
    "choice key with a colon": {"choices": TWO.replace('"bad"', '"b:d"')},
    "choice key with an accent": {"choices": TWO.replace('"bad"', '"passé"')},
    "choice key too long": {"choices": TWO.replace('"bad"', f'"{"b" * 17}"')},
    "choice key empty": {"choices": TWO.replace('"bad"', '""')},
}


@pytest.mark.parametrize("changes", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_in_a_question_names_file_and_question(tmp_path, changes):
    with pytest.raises(FormInvalid) as fault:
        read_form(written(tmp_path, question(**changes)))
    assert fault.value.place == "trial.toml, question mood"
    assert fault.value.fault


FILES = {
    "another key than the file's name": {"key": '"other"'},
    "broken TOML": {"key": '"trial'},
    "no question": {"count": 0},
    "too many questions": {"count": QUESTIONS_LIMIT + 1},
}


@pytest.mark.parametrize("case", FILES.values(), ids=FILES.keys())
def test_a_fault_of_the_whole_file_names_the_file(tmp_path, case):
    questions = [question(key=f'"q{number}"') for number in range(case.get("count", 1))]
    with pytest.raises(FormInvalid) as fault:
        read_form(written(tmp_path, *questions, key=case.get("key", '"trial"')))
    assert fault.value.place == "trial.toml"


def test_a_question_key_stands_once(tmp_path):
    with pytest.raises(FormInvalid, match="mood"):
        read_form(written(tmp_path, question(), question()))


def test_a_question_without_a_key_is_refused(tmp_path):
    with pytest.raises(FormInvalid) as fault:
        read_form(written(tmp_path, question(key=None)))
    assert fault.value.place == "trial.toml, question ?"


def conditional(key, on, answer="good"):
    return question(key=f'"{key}"', when=f'{{{on} = ["{answer}"]}}')


def fault_of(tmp_path, *questions):
    with pytest.raises(FormInvalid) as fault:
        read_form(written(tmp_path, *questions))
    return str(fault.value)


def test_a_condition_looks_back_at_the_choices_of_an_earlier_question(tmp_path):
    form = read_form(written(tmp_path, question(), conditional("why", "mood", "bad")))
    assert form.question("why").when == {"mood": ("bad",)}


def test_conditions_in_a_circle_are_refused_and_the_circle_is_named(tmp_path):
    fault = fault_of(tmp_path, conditional("a", "b"), question(), conditional("b", "a"))
    assert fault.startswith("trial.toml, question a: ")
    assert "a → b → a" in fault or "b → a → b" in fault


def test_a_condition_on_a_later_question_is_refused(tmp_path):
    fault = fault_of(tmp_path, conditional("early", "mood"), question())
    assert fault == (
        "trial.toml, question early: its condition needs mood to be a question before it"
    )


@pytest.mark.parametrize("answer", ["passed", "excellent", ""])
def test_a_condition_on_an_answer_that_is_no_choice_is_refused(tmp_path, answer):
    fault = fault_of(tmp_path, question(), conditional("why", "mood", answer))
    assert fault.startswith("trial.toml, question why: its condition names no choice of mood")


def test_a_condition_on_words_is_refused(tmp_path):
    words = question(key='"words"', kind='"words"', choices=None)
    assert "question why: its condition" in fault_of(tmp_path, words, conditional("why", "words"))


ROTATION = """
[rotation]
kind = "one"
help = "As you feel."
choices = [{key = "yes", label = "Yes"}, {key = "no", label = "No"}]
items = [{key = "first", text = "First?"}, {key = "second", text = "Second?"%s}]
"""


def test_questions_that_take_turns_share_what_stands_beside_them(tmp_path):
    form = read_form(written(tmp_path, question(), ROTATION % ""))
    assert [q.text for q in form.rotation] == ["First?", "Second?"]
    assert {q.choices for q in form.rotation} == {form.rotation[0].choices}


def test_a_question_that_takes_turns_has_no_condition_and_a_key_of_its_own(tmp_path):
    conditional_item = ROTATION % ', when = {mood = ["good"]}'
    fault = fault_of(tmp_path, question(), conditional_item)
    assert fault.startswith("trial.toml, question second: ")
    assert "mood" in fault_of(tmp_path, question(), ROTATION.replace("first", "mood") % "")
