"""A check-in: a member's answers in one round, and which question comes next."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from collective.errors import NotAnAnswer
from collective.follow_ups import Reason
from collective.forms import PASSED, Form, Kind, Question

#: How long she may correct what was entered for her, also when the round has closed.
CORRECTABLE = timedelta(days=14)

#: Answers by question key. A several-choice value is its keys joined by commas, in form order;
#: words are answered by TEXT or VOICE, and what was said is kept apart.
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
    #: She said stop and has not gone on since.
    stopped: bool = False


def correctable(entered: Mapping[str, datetime], now: datetime) -> frozenset[str]:
    """Return the questions whose entered answers she may still correct, by when they were."""
    return frozenset(key for key, at in entered.items() if now - at < CORRECTABLE)


def next_question(form: Form, answers: Answers) -> Question | None:
    """Return the first question without an answer, None when nothing is left to ask."""
    return next((each for each in asked(form, answers) if each.key not in answers), None)


def asked(form: Form, answers: Answers) -> list[Question]:
    """Return the questions that concern her, as far as her answers tell, in their order.

    An answer whose question no longer concerns her, because she corrected another one, rests: it
    is kept and not counted, and is there again when she corrects back.
    """
    return _concerning(form, answers, perhaps=False)


def still_possible(form: Form, answers: Answers) -> list[Question]:
    """Return what she is asked, and what she may be asked depending on answers to come."""
    return _concerning(form, answers, perhaps=True)


def counted(form: Form, answers: Answers) -> Answers:
    """Leave out the answers that rest."""
    return {each.key: answers[each.key] for each in asked(form, answers) if each.key in answers}


def _concerning(form: Form, answers: Answers, *, perhaps: bool) -> list[Question]:
    found: dict[str, Question] = {}

    def holds(key: str, wanted: tuple[str, ...]) -> bool:
        if key not in found:
            return False
        given = answers.get(key)
        return perhaps if given is None else not set(given.split(",")).isdisjoint(wanted)

    for question in form.questions:
        if all(holds(key, wanted) for key, wanted in question.when.items()):
            found[question.key] = question
    return list(found.values())


def ensure_question(form: Form, key: str) -> Question:
    """Return the question of that key; raise NotAnAnswer when the form has none."""
    question = form.question(key)
    if question is None:
        raise NotAnAnswer(question=key)
    return question


def ensure_answer(form: Form, question_key: str, value: str) -> str:
    """Return the value in its one canonical spelling; raise NotAnAnswer when it is none.

    Words are no value: they are said, as `actions.own_words` keeps them.
    """
    question = ensure_question(form, question_key)
    if value == PASSED:
        return value
    if question.kind is Kind.SEVERAL:
        return _several(question, value.split(","))
    if question.choice(value) is None:
        raise NotAnAnswer(question=question_key)
    return value


def ensure_words(form: Form, key: str) -> Question:
    """Return the question of words of that key; raise NotAnAnswer when it is none."""
    question = ensure_question(form, key)
    if question.kind is not Kind.WORDS:
        raise NotAnAnswer(question=key)
    return question


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
    return together(question, [question.choices[place - 1].key for place in places])


def together(question: Question, keys: Sequence[str]) -> str | None:
    """Return the answer that choices make together, None where they exclude each other."""
    if question.kind is not Kind.SEVERAL:
        return keys[0] if len(keys) == 1 else None
    if len(set(keys)) > 1 and any(_stands_alone(question, key) for key in keys):
        return None
    return _joined(question, set(keys)) or None


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


def calls(question: Question, value: str) -> Reason | None:
    """Tell why this answer asks for the facilitator; None: it does not."""
    chosen = (question.choice(key) for key in value.split(","))
    return next((choice.calls for choice in chosen if choice and choice.calls), None)


def may_call(question: Question) -> bool:
    """Tell whether one of its answers asks for the facilitator."""
    return any(choice.calls for choice in question.choices)


def reasons(form: Form, answers: Answers) -> set[Reason]:
    """Return why the answers that count ask for the facilitator."""
    said = counted(form, answers)
    found = (calls(each, said.get(each.key, "")) for each in form.questions)
    return {reason for reason in found if reason is not None}


def calls_facilitator(form: Form, answers: Answers) -> bool:
    """Tell whether one of the answers that count asks for the facilitator."""
    return bool(reasons(form, answers))
