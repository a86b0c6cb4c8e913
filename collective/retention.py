"""How long each kind of record is kept, in days. The operator may say otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

#: The question whose answers are kept while she is a member, so that her line never breaks.
MOTIVATION = "motivation"


def _days(number: int, what: str) -> int:
    kept: int = field(default=number, metadata={"what": what})
    return kept


@dataclass(frozen=True, kw_only=True)
class Retention:
    """Days by kind, in the order in which they are purged. What a kind is stands beside it."""

    voices: int = _days(90, "what people said, and files of broadcasts")
    words: int = _days(365, "what people wrote")
    answers: int = _days(730, "rounds, ballots and follow-ups, of which totals and motivation stay")
    felt: int = _days(30, "how somebody found a decision or a meeting; the totals stay")
    departed: int = _days(730, "members who left, with their check-ins")
    groups: int = _days(90, "groups in which nothing arrives any more")
    strangers: int = _days(90, "accounts in which nobody came in")
    messages: int = _days(90, "messages that were sent or given up")
    cards: int = _days(60, "cards that lie in chats")
    pages: int = _days(30, "pages of wizards left open, broadcasts and proposals never shown")
    invites: int = _days(90, "invitations that ended")
    bells: int = _days(90, "bells that rang")
    tries: int = _days(1, "tries of codes, which count for an hour")
    updates: int = _days(90, "updates that failed")

    def __post_init__(self) -> None:
        """Refuse what would purge the present."""
        if any(getattr(self, kind) < 1 for kind, _ in self.kinds()):
            raise ValueError("everything is kept for a day at least")

    @classmethod
    def kinds(cls) -> Iterator[tuple[str, str]]:
        """Return every kind with what it is."""
        return ((each.name, each.metadata["what"]) for each in fields(cls))

    def before(self, kind: str, now: datetime) -> datetime:
        """Return the moment before which a kind has been kept long enough."""
        return now - timedelta(days=getattr(self, kind))
