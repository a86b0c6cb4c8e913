"""Invitations: a random token in a link, of which only the hash is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from collective.errors import InviteExpired, InviteUsed
from collective.people import Role

#: Deep-link payloads of invitations start with this; Telegram allows 64 of A-Za-z0-9_- in all.
PREFIX = "i_"

#: How long a link lives, and how many people it may bring, by the role it gives.
LIFETIME = {
    Role.COORDINATOR: timedelta(days=7),
    Role.FACILITATOR: timedelta(days=14),
    Role.MEMBER: timedelta(days=60),
}
USES = {Role.COORDINATOR: 1, Role.FACILITATOR: 1, Role.MEMBER: 60}
#: How long a link lives that opens the record of one woman, once.
OWN_LIFETIME = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Invite:
    """A stored invitation. The token itself is shown once and never stored."""

    id: int
    role: Role
    collective_id: int | None
    expires_at: datetime
    uses_left: int
    revoked_at: datetime | None
    #: Until when its human code works, None when it has none.
    code_expires_at: datetime | None = None
    #: Whose record it opens, of those whom a facilitator wrote down; None: it makes a new one.
    person_id: int | None = None


def new_token() -> str:
    """192 random bits, safe in a link."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> bytes:
    """What is stored: SHA-256 is enough for 192 random bits, which cannot be guessed."""
    return hashlib.sha256(token.encode()).digest()


def link(username: str, token: str) -> str:
    """The address that opens the bot with this invitation."""
    return f"https://t.me/{username}?start={PREFIX}{token}"


def ensure_usable(invite: Invite, now: datetime) -> None:
    """Raise InviteExpired or InviteUsed when it can bring nobody any more."""
    if invite.revoked_at is not None or now >= invite.expires_at:
        raise InviteExpired
    if invite.uses_left <= 0:
        raise InviteUsed
