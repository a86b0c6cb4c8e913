"""What follows a decision: who does what by when, and how it felt to decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

#: Longest texts, in characters: the sentence of an outcome, a task.
SENTENCE_LIMIT, TASK_LIMIT = 300, 200


@dataclass(frozen=True, kw_only=True)
class Task:
    """Who does what by when, so that a decision is carried out."""

    id: int
    proposal_id: int
    #: None: nobody yet, or she left.
    person_id: int | None
    name: str | None
    text: str
    due_on: date | None
    done: bool


class Question(StrEnum):
    """What is asked after a vote has closed; two taps."""

    #: Could I say what I thought.
    SAID = "said"
    #: Was my view taken into account.
    HEARD = "heard"


class Felt(StrEnum):
    """An answer to one of the two."""

    YES = "yes"
    A_LITTLE = "a_little"
    NO = "no"


#: How many gave each answer, by question.
Feelings = Mapping[Question, Mapping[Felt, int]]
