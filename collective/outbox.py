"""What waits to leave: an outbox row says what and to whom, not the words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

#: Ids a message is made from when it leaves; JSON-safe.
Ids = Mapping[str, int | str]


#: How often a row may be on its way when the bot dies before it is taken to be the reason.
LIVES = 5


class Lane(StrEnum):
    """Who goes first, from first to last, and what binds it."""

    #: Somebody waits for it: it leaves at any hour.
    REPLY = "reply"
    #: The bot starts it: within the allowed hours, and not on a feast day.
    REMINDER = "reminder"
    #: A person starts it: within the allowed hours.
    BROADCAST = "broadcast"
    #: It takes away what was shown: that makes no noise, at any hour, after everything else.
    TIDY = "tidy"

    @property
    def bound(self) -> bool:
        """Whether the allowed hours bind it."""
        return self in {Lane.REMINDER, Lane.BROADCAST}


class State(StrEnum):
    """What became of a row. Queued and sending rows are open, the others are settled."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    #: The person blocked the bot or deleted her account.
    BLOCKED = "blocked"
    #: It had become senseless when its turn came.
    DROPPED = "dropped"
    #: Who had it sent took it back before its turn came.
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """What an action asks to be told to somebody."""

    chat_id: int
    #: Which renderer makes it.
    kind: str
    ids: Ids
    lane: Lane
    not_before: datetime
    #: Whose allowed hours bind it when its lane is bound; None: the installation's own.
    collective: int | None = None
    #: Whom it is for, where the chat may carry several persons; None: everyone there.
    person: int | None = None
    #: The same key is queued once, however often its action is repeated.
    key: str | None = None
    #: Rows counted together in a report, such as "broadcast:12".
    batch: str | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """A parcel on its way."""

    id: int
    chat_id: int
    kind: str
    ids: Ids
    lane: Lane
    collective: int | None
    person: int | None
    batch: str | None
    #: How often it was taken up, this time included.
    attempts: int
    #: It may have arrived an earlier time: nobody could tell.
    doubtful: bool = False
