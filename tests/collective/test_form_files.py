"""Forms are checked when they are read, and a fault names its place."""

import pytest

from collective.errors import FormInvalid
from collective.forms import QUESTIONS_LIMIT, Kind, load_forms, read_form

GOOD = {
    "key": '"mood"',
    "kind": '"one"',
    "text": '"How are you?"',
    "choices": '[{key = "good", label = "Good"}, {key = "bad", label = "Bad"}]',
}


def question(**changes):
    fields = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return "\n".join(["[[questions]]", *(f"{name} = {value}" for name, value in fields.items())])


def written(folder, *questions, key='"trial"', name="trial.toml"):
    path = folder / name
    path.write_text("\n".join([f"key = {key}", *questions]), encoding="utf-8")
    return path


def test_the_weekly_form_asks_motivation_togetherness_and_need():
    form = load_forms()["weekly"]
    kinds = {question.key: question.kind for question in form.questions}
    assert kinds == {"motivation": Kind.SCALE, "together": Kind.SEVERAL, "need": Kind.ONE}


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
