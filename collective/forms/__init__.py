"""Forms are data: each TOML file beside this one is read and checked at start."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from collective.errors import FormInvalid

#: Longest question in characters, most questions a check-in: people answer on their feet.
TEXT_LIMIT = 120
QUESTIONS_LIMIT = 5
#: The digits of every scale, low to high; a mood bar has as many steps.
SCALE = ["1", "2", "3", "4", "5"]
#: A choice is typed as one digit, its place on the card.
CHOICES_LIMIT = 9
#: Keys travel in callback data, 64 bytes in all with colons between, and are joined by commas.
KEY_RULE = re.compile(r"[a-z0-9_]{1,16}")

#: The answer of a person who was asked and would rather not say. Silence is no answer at all.
PASSED = "passed"


class Kind(StrEnum):
    """How a question is answered."""

    #: Digits in order, low to high; figures take their mean.
    SCALE = "scale"
    ONE = "one"
    SEVERAL = "several"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing a person can answer."""

    key: str
    #: English source of the button's word; a face never stands without it.
    label: str
    face: str = ""
    #: In a question of several choices: chosen alone or not at all ("nothing").
    alone: bool = False
    #: Whoever chooses it asks for her facilitator, who is told her name.
    calls: bool = False


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of a form."""

    key: str
    kind: Kind
    #: English source of the sentence.
    text: str
    help: str = ""
    choices: tuple[Choice, ...]

    def choice(self, key: str) -> Choice | None:
        """The choice of that key, None where there is none."""
        return next((choice for choice in self.choices if choice.key == key), None)


@dataclass(frozen=True, kw_only=True)
class Form:
    """A questionnaire: questions in the order they are asked."""

    key: str
    questions: tuple[Question, ...]

    def question(self, key: str) -> Question | None:
        """The question of that key, None where the form has none."""
        return next((question for question in self.questions if question.key == key), None)


def load_forms(folder: Path = Path(__file__).parent) -> dict[str, Form]:
    """Read every form of the folder by key; raise FormInvalid naming the place of a fault."""
    forms = [read_form(path) for path in sorted(folder.glob("*.toml"))]
    return {form.key: form for form in forms}


def read_form(path: Path) -> Form:
    """Read and check one file; raise FormInvalid."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise FormInvalid(path.name, str(fault)) from fault
    questions = tuple(_question(path.name, entry) for entry in data.get("questions", []))
    if data.get("key") != path.stem:
        raise FormInvalid(path.name, f"key must be {path.stem!r}, the file's name")
    if not 1 <= len(questions) <= QUESTIONS_LIMIT:
        raise FormInvalid(path.name, f"needs 1 to {QUESTIONS_LIMIT} questions")
    _ensure_distinct(path.name, [question.key for question in questions])
    return Form(key=path.stem, questions=questions)


def _question(file: str, entry: dict[str, Any]) -> Question:
    place = f"{file}, question {entry.get('key', '?')}"
    try:
        choices = tuple(Choice(**choice) for choice in entry["choices"])
        question = Question(**(entry | {"kind": Kind(entry["kind"]), "choices": choices}))
    except (KeyError, TypeError, ValueError) as fault:
        raise FormInvalid(place, f"{type(fault).__name__}: {fault}") from fault
    _ensure_words(place, entry)
    if not 2 <= len(choices) <= CHOICES_LIMIT:
        raise FormInvalid(place, f"needs 2 to {CHOICES_LIMIT} choices")
    _ensure_distinct(place, [choice.key for choice in choices])
    digits = [choice.key for choice in choices if choice.key.isdigit()]
    if question.kind is Kind.SCALE and digits != SCALE:
        raise FormInvalid(place, "a scale has the keys 1 to 5, low to high")
    return question


def _ensure_words(place: str, entry: dict[str, Any]) -> None:
    """The file may hold anything: types are checked where they were written."""
    text = entry["text"]
    if not isinstance(text, str) or not 1 <= len(text) <= TEXT_LIMIT:
        raise FormInvalid(place, f"its text has 1 to {TEXT_LIMIT} characters")
    for key in (entry["key"], *(choice["key"] for choice in entry["choices"])):
        if not isinstance(key, str) or not KEY_RULE.fullmatch(key):
            raise FormInvalid(place, "keys have 1 to 16 of a-z, 0-9 and _")


def _ensure_distinct(place: str, keys: list[str]) -> None:
    twice = {key for key in keys if keys.count(key) > 1}
    if twice or PASSED in keys:
        raise FormInvalid(place, f"a key stands twice or is reserved: {sorted(twice) or PASSED}")
