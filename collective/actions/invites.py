"""Inviting: coordinators by the operator, facilitators by coordinators, members by facilitators."""

from datetime import datetime

from collective import access, codes, invites
from collective.errors import InviteUnknown, NotAllowed
from collective.events import Event
from collective.people import Member, Role
from collective.ports import Store


async def invite_coordinator(store: Store, *, now: datetime) -> str:
    """Return a one-time token that makes its user coordinator. Who has the shell may."""
    return await _invite(store, Role.COORDINATOR, None, by=None, now=now)


async def invite_facilitator(store: Store, collective_id: int, *, by: int, now: datetime) -> str:
    """Return a one-time token to accompany a collective; coordinators may. See `shown`."""
    await access.ensure_coordinator(store, by)
    await access.existing(store, collective_id)
    return await _invite(store, Role.FACILITATOR, collective_id, by=by, now=now)


async def invite_members(store: Store, collective_id: int, *, by: int, now: datetime) -> str:
    """Return a token for the members of a collective; its facilitator may. See `shown`."""
    await access.ensure_facilitates(store, by, collective_id)
    return await _invite(store, Role.MEMBER, collective_id, by=by, now=now)


async def invite_written_down(store: Store, member: Member, *, by: int, now: datetime) -> str:
    """Return a one-time token to the record of a member without Telegram, for her. See `shown`.

    Her facilitator may. Raises NotAllowed, also when she has Telegram.
    """
    await access.ensure_facilitates(store, by, member.collective_id)
    if member.chat_id is not None:
        raise NotAllowed
    place, whose = member.collective_id, member.person_id
    return await _invite(store, Role.MEMBER, place, whose=whose, by=by, now=now)


async def give_code(store: Store, token: str, code_hash: bytes, *, now: datetime) -> bool:
    """Give an invitation its human code; False when another invitation has that code."""
    found = await store.invites.by_hash(invites.token_hash(token))
    if found is None:
        raise InviteUnknown
    ends = min(found.expires_at, now + codes.LIFETIME)
    return await store.invites.set_code(invites.token_hash(token), code_hash, ends)


async def shown(store: Store, token: str, *, now: datetime) -> None:
    """End the earlier invitations to the same, now that this one has been seen.

    Not before: were the message lost, nobody would hold a link that works.
    """
    await store.invites.revoke_others(invites.token_hash(token), now)


async def _invite(
    store: Store,
    role: Role,
    collective_id: int | None,
    *,
    whose: int | None = None,
    by: int | None,
    now: datetime,
) -> str:
    token = invites.new_token()
    await store.invites.add(
        token_hash=invites.token_hash(token),
        role=role,
        collective_id=collective_id,
        created_by=by,
        expires_at=now + (invites.OWN_LIFETIME if whose else invites.LIFETIME[role]),
        uses=1 if whose else invites.USES[role],
        now=now,
        person_id=whose,
    )
    await store.audit.append(Event.INVITED, by=by, subject=collective_id, now=now)
    return token
