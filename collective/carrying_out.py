"""What follows a decision: who does what by when."""

from dataclasses import dataclass
from datetime import date

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
