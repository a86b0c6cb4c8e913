"""A check-in: a member's answers in one round, and which question comes next."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from collective.errors import NotAnAnswer
from collective.forms import PASSED, Form, Kind, Question

#: Answers by question key. A several-choice value is its keys joined by commas, in form order.
Answers = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class CheckIn:
    """One member's place in one round; made for everyone expected when the round opens."""

    id: int
    round_id: int
    collective_id: int
    member_id: int
    person_id: int
    #: When the last question was answered, None before.
    finished_at: datetime | None
    #: Since when she is not missed in this round: she made a pause or left.
    excused_at: datetime | None = None
    #: Whether she is still a member of the collective.
    active: bool = True


def next_question(form: Form, answers: Answers) -> Question | None:
    """Return the first question without an answer, None when nothing is left to ask."""
    return next((question for question in form.questions if question.key not in answers), None)


def ensure_answer(form: Form, question_key: str, value: str) -> str:
    """Return the value in its one canonical spelling; raise NotAnAnswer when it is none."""
    question = form.question(question_key)
    if question is None:
        raise NotAnAnswer(question=question_key)
    if value == PASSED:
        return value
    if question.kind is Kind.SEVERAL:
        return _several(question, value.split(","))
    if question.choice(value) is None:
        raise NotAnAnswer(question=question_key)
    return value


def toggle(question: Question, chosen: str, key: str) -> str:
    """Add or take away one choice of a several-choice question; "" when none is left."""
    marked = set(chosen.split(",")) - {""}
    choice = question.choice(key)
    if choice is None:
        raise NotAnAnswer(question=question.key)
    if key in marked:
        marked.remove(key)
    elif choice.alone:
        marked = {key}
    else:
        marked = {mark for mark in marked if not _stands_alone(question, mark)} | {key}
    return _joined(question, marked)


def read_typed(question: Question, text: str) -> str | None:
    """What typed digits mean: the choice's place on the card; None when they mean nothing.

    Several choices may be typed at once ("1 3", "1,3", "13").
    """
    if not re.fullmatch(r"[\d\s,.;+&-]+", text.strip()):
        return None
    digits = re.findall(r"\d", text)
    places = [int(digit) for digit in digits]
    if not places or any(not 1 <= place <= len(question.choices) for place in places):
        return None
    keys = [question.choices[place - 1].key for place in places]
    if question.kind is not Kind.SEVERAL:
        return keys[0] if len(keys) == 1 else None
    if len(set(keys)) > 1 and any(_stands_alone(question, key) for key in keys):
        return None
    return _joined(question, set(keys))


def _several(question: Question, keys: list[str]) -> str:
    marked = set(keys)
    known = {choice.key for choice in question.choices}
    alone = any(_stands_alone(question, key) for key in marked)
    if not marked or not marked <= known or (alone and len(marked) > 1):
        raise NotAnAnswer(question=question.key)
    return _joined(question, marked)


def _joined(question: Question, marked: set[str]) -> str:
    return ",".join(choice.key for choice in question.choices if choice.key in marked)


def _stands_alone(question: Question, key: str) -> bool:
    choice = question.choice(key)
    return choice is not None and choice.alone


def calls_facilitator(form: Form, answers: Answers) -> bool:
    """Tell whether one of the answers asks for the facilitator."""
    chosen = (
        question.choice(key)
        for question in form.questions
        for key in answers.get(question.key, "").split(",")
    )
    return any(choice is not None and choice.calls for choice in chosen)
