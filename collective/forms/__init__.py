"""Forms are data: each TOML file beside this one is read and checked at start."""

import re
import tomllib
from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from collective.errors import FormInvalid
from collective.follow_ups import Reason
from collective.forms.form import PASSED, TEXT, VOICE, Choice, Form, Kind, Question

__all__ = ["PASSED", "TEXT", "VOICE", "Choice", "Form", "Kind", "Question", "load_forms"]

#: Longest question and button in characters, most questions a check-in: people answer on their
#: feet, on a small phone. The catalogs are held to the same lengths.
TEXT_LIMIT, LABEL_LIMIT = 120, 24
QUESTIONS_LIMIT = 5
#: The digits of every scale, low to high; a mood bar has as many steps.
SCALE = ["1", "2", "3", "4", "5"]
#: A choice is typed as one digit, its place on the card.
CHOICES_LIMIT = 9
#: Keys travel in callback data, 64 bytes in all with colons between, and are joined by commas.
KEY_RULE = re.compile(r"[a-z0-9_]{1,16}")


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
    rotation = _rotation(path.name, data.get("rotation", {}))
    if data.get("key") != path.stem:
        raise FormInvalid(path.name, f"key must be {path.stem!r}, the file's name")
    if not 1 <= len(questions) + bool(rotation) <= QUESTIONS_LIMIT:
        raise FormInvalid(path.name, f"needs 1 to {QUESTIONS_LIMIT} questions")
    _ensure_distinct(path.name, [question.key for question in (*questions, *rotation)])
    _ensure_conditions(path.name, questions)
    return Form(key=path.stem, questions=questions, rotation=rotation)


def _rotation(file: str, entry: dict[str, Any]) -> tuple[Question, ...]:
    """Questions that take turns share whatever is written beside their list."""
    shared = {name: value for name, value in entry.items() if name != "items"}
    found = tuple(_question(file, {**shared, **item}) for item in entry.get("items", []))
    conditional = [question for question in found if question.when]
    if conditional:
        place = f"{file}, question {conditional[0].key}"
        raise FormInvalid(place, "a question that takes turns is asked without a condition")
    return found


def _question(file: str, entry: dict[str, Any]) -> Question:
    place = f"{file}, question {entry.get('key', '?')}"
    if entry.get("kind") not in list(Kind):
        raise FormInvalid(place, f"its kind is one of {', '.join(Kind)}, not {entry.get('kind')!r}")
    try:
        choices = tuple(_choice(choice) for choice in entry.get("choices", []))
        when = {key: tuple(answers) for key, answers in entry.get("when", {}).items()}
        read = {"kind": Kind(entry["kind"]), "choices": choices, "when": when}
        question = Question(**(entry | read))
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        raise FormInvalid(place, f"{type(fault).__name__}: {fault}") from fault
    _ensure_words(place, question)
    _ensure_choices(place, question)
    return question


def _choice(entry: dict[str, Any]) -> Choice:
    if "calls" in entry:
        entry = entry | {"calls": Reason(entry["calls"])}
    return Choice(**entry)


def _ensure_words(place: str, question: Question) -> None:
    """The file may hold anything: types are checked before anything is counted."""
    if not _is_text(question.text, TEXT_LIMIT):
        raise FormInvalid(place, f"its text has 1 to {TEXT_LIMIT} characters")
    if not _is_text(question.help):
        raise FormInvalid(place, "its help says something")
    if not all(_is_text(choice.label, LABEL_LIMIT) for choice in question.choices):
        raise FormInvalid(place, f"a label has 1 to {LABEL_LIMIT} characters")
    keys: list[object] = [question.key, *(choice.key for choice in question.choices)]
    for key in keys:
        if not isinstance(key, str) or not KEY_RULE.fullmatch(key):
            raise FormInvalid(place, "keys have 1 to 16 of a-z, 0-9 and _")


def _ensure_choices(place: str, question: Question) -> None:
    keys = [choice.key for choice in question.choices]
    if question.kind is Kind.WORDS:
        if keys:
            raise FormInvalid(place, "words have no choices")
        return
    if not 2 <= len(keys) <= CHOICES_LIMIT:
        raise FormInvalid(place, f"needs 2 to {CHOICES_LIMIT} choices")
    _ensure_distinct(place, keys)
    if question.kind is Kind.SCALE and [key for key in keys if key.isdigit()] != SCALE:
        raise FormInvalid(place, "a scale has the keys 1 to 5, low to high")


def _ensure_conditions(file: str, questions: Sequence[Question]) -> None:
    """A condition looks back: at the choices of a question that was asked before."""
    try:
        TopologicalSorter({question.key: list(question.when) for question in questions}).prepare()
    except CycleError as fault:
        circle = fault.args[1]
        way = " → ".join(circle)
        place = f"{file}, question {circle[0]}"
        raise FormInvalid(place, f"its condition leads back to itself: {way}") from None
    before: dict[str, set[str]] = {}
    for question in questions:
        place = f"{file}, question {question.key}"
        for key, answers in question.when.items():
            if key not in before:
                raise FormInvalid(place, f"its condition needs {key} to be a question before it")
            if not answers or not set(answers) <= before[key]:
                raise FormInvalid(place, f"its condition names no choice of {key}: {answers}")
        before[question.key] = {choice.key for choice in question.choices}


def _ensure_distinct(place: str, keys: list[str]) -> None:
    twice = {key for key in keys if keys.count(key) > 1}
    if twice or PASSED in keys:
        raise FormInvalid(place, f"a key stands twice or is reserved: {sorted(twice) or PASSED}")


def _is_text(value: object, limit: int | None = None) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= (limit or len(value))
