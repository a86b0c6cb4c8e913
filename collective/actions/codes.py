"""Trying the code of an invitation: five times an hour, while the invitation lasts."""

from collections.abc import Iterable
from datetime import datetime

from collective import codes, invites
from collective.actions import joining
from collective.collectives import Collective
from collective.errors import CodeUnknown, InviteExpired, Outdated, TooManyTries
from collective.invites import Invite
from collective.people import Account
from collective.ports import Store


async def spend_try(
    store: Store, account: Account, who: bytes, message_id: int, *, now: datetime
) -> None:
    """Count the try of a code; the same message counts once. Raises TooManyTries.

    `who` is what `codes.tried_by` makes of the account. Commit it before the code is looked up.
    """
    # Held: of two tries at once, the second counts the first.
    await store.people.hold(account.id)
    await store.requests.forget_tries(now - codes.SPAN)
    tries = await store.requests.tries(who)
    if message_id in tries:
        return
    if len(tries) >= codes.TRIES:
        wait = min(tries.values()) + codes.SPAN - now
        raise TooManyTries(minutes=max(1, -(-int(wait.total_seconds()) // 60)))
    await store.requests.add_try(who, message_id, now)


async def opened_by(store: Store, code_hashes: Iterable[bytes], *, now: datetime) -> Invite:
    """Return the usable invitation of a code; raise CodeUnknown, InviteExpired or InviteUsed."""
    invite = await store.invites.by_code(code_hashes)
    if invite is None:
        raise CodeUnknown
    _ensure_usable(invite, now)
    return invite


async def look_at(
    store: Store, invite_id: int, *, now: datetime
) -> tuple[Invite, Collective | None]:
    """Return the invitation that a code has opened; raise InviteExpired or InviteUsed."""
    invite = await store.invites.get(invite_id)
    if invite is None:
        raise Outdated
    _ensure_usable(invite, now)
    return invite, await joining.where(store, invite)


def _ensure_usable(invite: Invite, now: datetime) -> None:
    invites.ensure_usable(invite, now)
    if invite.code_expires_at is None or now >= invite.code_expires_at:
        raise InviteExpired
