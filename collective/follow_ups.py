"""A follow-up: a person to be seen, called or visited, until her facilitator has done it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: Within this time a follow-up counts as prompt.
PROMPT = timedelta(days=14)


class Reason(StrEnum):
    """Why: what she asked for herself, by a choice that says that her facilitator is told."""

    #: She would like to talk.
    TALK = "talk"
    #: In a crisis check-in: she needs help.
    HELP = "help"
    #: In a crisis check-in: somebody else does, and she can say who.
    HELP_OTHER = "help_other"


class State(StrEnum):
    """What her facilitator has noted, the last note counts."""

    OPEN = "open"
    SEEN = "seen"
    CALLED = "called"
    VISITED = "visited"
    #: She was looked for and not found: it stays open.
    NOT_REACHED = "not_reached"


#: What can be noted.
NOTES = (State.SEEN, State.CALLED, State.VISITED, State.NOT_REACHED)
#: States in which somebody still has to do something.
WAITING = (State.OPEN, State.NOT_REACHED)


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """Somebody who asked for her facilitator, and what came of it."""

    id: int
    collective_id: int
    person_id: int
    name: str
    #: The check-in in which she asked.
    checkin_id: int
    reason: Reason
    since: datetime
    state: State = State.OPEN
    #: Who noted that, and when.
    noted_by: int | None = None
    noted_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in WAITING

    @property
    def prompt(self) -> bool:
        """Whether it was closed in time."""
        noted = None if self.open else self.noted_at
        return noted is not None and noted - self.since <= PROMPT
