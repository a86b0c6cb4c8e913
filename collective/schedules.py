"""Schedules are rows: what rings, for which record, when next."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from collective.calendar import Rule


class Bell(StrEnum):
    """What can ring. Its subject is the id of the record it is about, if it has one."""

    OPEN_ROUND = "open_round"
    REMIND = "remind"
    CLOSE_ROUND = "close_round"
    END_REQUEST = "end_request"
    BROADCAST = "broadcast"
    PURGE = "purge"
    REMIND_VOTE = "remind_vote"
    CLOSE_VOTE = "close_vote"
    #: Nobody has said what becomes of a vote without quorum.
    DROP_VOTE = "drop_vote"
    REVIEW = "review"
    REMIND_ACTIVITY = "remind_activity"
    LOOK_BACK = "look_back"
    #: The next one of a series is made.
    NEXT_ACTIVITY = "next_activity"


class Occurrence(StrEnum):
    """What became of one due moment."""

    RANG = "rang"
    #: Later than the bell's lateness forgives; logged, never fired in a burst.
    SKIPPED = "skipped"


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """One row of the timetable. Without a rule it rings once."""

    id: int
    #: A Bell; another word where a newer version of the bot wrote the row.
    bell: str
    subject: int
    rule: Rule | None
    next_due: datetime
