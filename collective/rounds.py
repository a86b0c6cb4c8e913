"""A round: one occurrence of a collective's check-in. It opens, reminds, closes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from collective.forms import Form

#: How long a round takes answers where its collective chose nothing else, and when it reminds,
#: counted from its opening.
WINDOW = timedelta(hours=72)
REMINDERS = (timedelta(hours=24), timedelta(hours=48))
#: Who joins this soon after the opening is still expected to answer.
LATE_JOIN = timedelta(hours=24)
#: Her first card comes a little later than she: she practises before.
PRACTICE_TIME = timedelta(minutes=2)


#: The form of a crisis check-in: a round of its own, beside the ordinary ones. How long it takes
#: answers, and when it reminds.
CRISIS = "crisis"
CRISIS_WINDOW = timedelta(hours=48)
CRISIS_REMINDER = timedelta(hours=12)


@dataclass(frozen=True, kw_only=True)
class Round:
    """A round of a collective. Times are aware, UTC; it takes answers in [opens_at, closes_at)."""

    id: int
    collective_id: int
    #: Which form it asks, by key; the form's questions are data.
    form: str
    #: Whose turn it was among the form's rotating questions, None where it has none.
    rotating: str | None = None
    opens_at: datetime
    closes_at: datetime
    #: When its closing was worked through (summary queued), None before.
    closed_at: datetime | None

    @property
    def crisis(self) -> bool:
        """Whether it is a crisis check-in, which counts in no ordinary figure."""
        return self.form == CRISIS

    def takes_answers(self, now: datetime) -> bool:
        """Read from the clock, so a late bell keeps no round open and shuts none early."""
        return self.closed_at is None and self.opens_at <= now < self.closes_at

    def form_of(self, forms: Mapping[str, Form]) -> Form:
        """The form as this round asks it."""
        return forms[self.form].asking(self.rotating)


def reminders(opens_at: datetime, closes_at: datetime) -> list[datetime]:
    """Return when a round reminds; one too short for any of REMINDERS does so half way."""
    moments = [opens_at + delay for delay in REMINDERS if opens_at + delay < closes_at]
    return moments or [opens_at + (closes_at - opens_at) / 2]


def next_turn(form: Form, before: Sequence[str | None]) -> str | None:
    """Return which rotating question comes next: each comes once before any comes again.

    `before` are those of the collective's earlier rounds, the newest first.
    """
    keys = [question.key for question in form.rotation]
    recent = before[: len(keys) - 1] if keys else []
    return next((key for key in keys if key not in recent), None)
