"""Asking to come in: who had the code of an invitation waits for a yes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from collective.people import Consent, Role

#: How long a request waits for an answer.
LIFETIME = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class JoinRequest:
    """A person, or an account that is nobody yet, at the door of a collective."""

    id: int
    invite_id: int
    #: What the invitation gives, and where.
    role: Role
    collective_id: int
    account_id: int
    #: The private chat she is told in, and in which language: her account may go with a no.
    chat_id: int
    language: str | None
    #: None: she is known to nobody yet and goes by `name`.
    person_id: int | None
    #: What she wants to be called; of who is known, her name.
    name: str
    #: What she chose of CHOICES, None when she was not asked.
    choices: frozenset[Consent] | None
    expires_at: datetime
