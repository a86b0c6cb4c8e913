"""What became of a broadcast's messages: counts, and why some did not arrive."""

from collections.abc import Sequence
from dataclasses import dataclass

from collective.outbox import State

#: How a row ended that may have arrived: Telegram did not answer, twice.
UNCLEAR = "unclear"


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """How many messages there are in each state. Telegram never tells whether one was read."""

    queued: int = 0
    sent: int = 0
    failed: int = 0
    #: Of whom nobody knows whether it arrived.
    unclear: int = 0
    blocked: int = 0
    #: For whom it made no sense any more when their turn came.
    dropped: int = 0
    cancelled: int = 0

    @property
    def missed(self) -> int:
        """How many have a reason to be told."""
        return self.failed + self.unclear + self.blocked + self.dropped


@dataclass(frozen=True, kw_only=True)
class Missed:
    """Messages that did not arrive for one reason: one with its names, or many without."""

    #: The collective as whose they left; None: they left for no collective in particular.
    collective: int | None
    state: State
    reason: str
    #: Of one private chat: everyone on it. Of a group, and of many: nobody.
    names: Sequence[str] = ()
    group: bool = False
    many: int = 1


@dataclass(frozen=True, kw_only=True)
class Again:
    """How many messages could be sent once more."""

    #: Those that failed for certain, and those to people who can be reached again.
    failed: int
    unclear: int
