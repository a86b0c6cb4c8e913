"""A departure: who left a collective, and what she said about it if she wanted to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: How long she can come back by herself; later she needs an invitation.
RETURN = timedelta(days=30)
#: The longest answer to one of the questions, in characters.
WORDS_LIMIT = 500


class Contact(StrEnum):
    """Who may stay in touch with her, and so reads her words."""

    FACILITATOR = "facilitator"
    COORDINATOR = "coordinator"
    NOBODY = "nobody"


@dataclass(frozen=True, kw_only=True)
class Departure:
    """One leaving of a collective. Her words are kept only for whom she named."""

    id: int
    person_id: int
    collective_id: int
    left_at: datetime
    #: In her words: why, and what would have kept her.
    why: str | None
    missed: str | None
    #: None while she has not said.
    contact: Contact | None
    #: Whether she is still away.
    away: bool

    def may_return(self, now: datetime) -> bool:
        """She comes back by one tap while this holds."""
        return self.away and now - self.left_at < RETURN
