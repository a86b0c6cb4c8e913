"""A round: one occurrence of a collective's check-in. It opens, reminds, closes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: How long a round takes answers where its collective chose nothing else, and when it reminds,
#: counted from its opening.
WINDOW = timedelta(hours=72)
REMINDERS = (timedelta(hours=24), timedelta(hours=48))
#: Who joins this soon after the opening is still expected to answer.
LATE_JOIN = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class Round:
    """A round of a collective. Times are aware, UTC; it takes answers in [opens_at, closes_at)."""

    id: int
    collective_id: int
    #: Which form it asks, by key; the form's questions are data.
    form: str
    opens_at: datetime
    closes_at: datetime
    #: When its closing was worked through (summary queued), None before.
    closed_at: datetime | None

    def takes_answers(self, now: datetime) -> bool:
        """Read from the clock, so a late bell keeps no round open and shuts none early."""
        return self.closed_at is None and self.opens_at <= now < self.closes_at
