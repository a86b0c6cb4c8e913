"""A broadcast: one text of a facilitator to the members and the group of her collective."""

from dataclasses import dataclass
from datetime import datetime

from collective.errors import TextEmpty, TextTooLong

#: Telegram takes 4,096 characters; some are kept for the line that says who writes.
TEXT_LIMIT = 3500


@dataclass(frozen=True, kw_only=True)
class Broadcast:
    """What was sent, by whom, to which collective."""

    id: int
    collective_id: int
    #: None when she has had everything about her erased.
    author_id: int | None
    text: str
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What became of a broadcast's messages. Telegram never tells whether one was read."""

    queued: int
    sent: int
    failed: int
    blocked: int


def batch(broadcast_id: int) -> str:
    """Name the outbox rows of one broadcast."""
    return f"broadcast:{broadcast_id}"


def clean_broadcast(text: str) -> str:
    """Trim; raise TextEmpty or TextTooLong. Line breaks are the author's."""
    trimmed = text.strip()
    if not trimmed:
        raise TextEmpty
    if len(trimmed) > TEXT_LIMIT:
        raise TextTooLong(limit=TEXT_LIMIT, length=len(trimmed))
    return trimmed
