"""Joining: what an invitation promises, and coming in with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from collective import invites
from collective.actions import checkins, people, speakers
from collective.collectives import Collective
from collective.errors import AlreadyJoined, ConsentMissing, InviteUnknown, InviteUsed
from collective.events import Event
from collective.invites import Invite
from collective.outbox import Ids
from collective.people import CHOICES, CONSENT_TEXT, Account, Consent, Person, Role, clean_name
from collective.ports import Store

#: Which renderers greet her where she has come in, and let a new member practise.
WELCOME = "welcome"
PRACTICE = "practice"


@dataclass(frozen=True, kw_only=True)
class Welcome:
    """Where a person has come in, and as what."""

    role: Role
    collective: Collective | None
    person: Person


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody says at the door."""

    #: What she wants to be called; None of who is known already.
    name: str | None
    agreed: bool
    #: Those of CHOICES she said yes to, None when she was not asked.
    choices: Collection[Consent] | None = None


async def find(store: Store, token: str) -> tuple[Invite, Collective | None]:
    """Return an invitation, usable or not, and where it leads; raise InviteUnknown."""
    invite = await store.invites.by_hash(invites.token_hash(token))
    if invite is None:
        raise InviteUnknown
    return invite, await where(store, invite)


async def where(store: Store, invite: Invite) -> Collective | None:
    """Return the collective an invitation is to, None for the installation."""
    if invite.collective_id is None:
        return None
    return await store.collectives.get(invite.collective_id)


async def look_at(store: Store, token: str, *, now: datetime) -> tuple[Invite, Collective | None]:
    """Return a usable invitation; raise InviteUnknown, InviteExpired or InviteUsed."""
    invite, collective = await find(store, token)
    invites.ensure_usable(invite, now)
    return invite, collective


async def ensure_new(store: Store, invite: Invite, person: Person) -> None:
    """Raise AlreadyJoined when she holds what the invitation gives."""
    standing = await store.people.standing(person.id)
    held = {
        Role.COORDINATOR: standing.coordinator,
        Role.FACILITATOR: invite.collective_id in standing.facilitates,
        Role.MEMBER: invite.collective_id in standing.member_of,
    }
    if held[invite.role]:
        collective = await where(store, invite)
        raise AlreadyJoined(collective=collective.name if collective else None)


async def must_agree(store: Store, person: Person | None, role: Role) -> bool:
    """Tell whether she is asked what may be kept: a newcomer, or who becomes a member.

    What is kept about a member is more than what is kept about a facilitator.
    """
    if person is None:
        return True
    return role is Role.MEMBER and not (await store.people.standing(person.id)).member_of


async def join(
    store: Store,
    token: str,
    account: Account,
    *,
    name: str | None,
    agreed: bool,
    choices: Collection[Consent] | None = None,
    now: datetime,
) -> Welcome:
    """Come in with an invitation; `name` is None when the person is known already.

    `choices` are those of CHOICES she said yes to, None when she was not asked. Raises
    ConsentMissing, TextEmpty, TextTooLong, AlreadyJoined and what `look_at` raises.
    """
    invite, _ = await find(store, token)
    person = await store.people.person_of(account.id, now)
    said = Said(name=name, agreed=agreed, choices=choices)
    # Who presses twice has used her link already: that she is in is the better answer.
    welcome = await come_in(store, invite, account, person, said, now=now)
    if person is None:
        await speakers.introduce(store, account, welcome.person, now=now)
    invites.ensure_usable(invite, now)
    if not await store.invites.consume(invite.id):
        raise InviteUsed
    return welcome


async def come_in(
    store: Store,
    invite: Invite,
    account: Account,
    person: Person | None,
    said: Said,
    *,
    now: datetime,
) -> Welcome:
    """Take the role that an invitation gives; the invitation itself is not looked at.

    Raises ConsentMissing, TextEmpty, TextTooLong, AlreadyJoined, InviteUsed.
    """
    if not said.agreed and await must_agree(store, person, invite.role):
        raise ConsentMissing
    if person is None:
        person = await _person(store, invite, account, clean_name(said.name or ""), now)
        await speakers.send_away(store, account, now=now)
    collective = await where(store, invite)
    standing = await store.people.standing(person.id)
    if person.id == invite.person_id and invite.collective_id in standing.member_of:
        await checkins.show_open(store, account, person, now=now)
    else:
        await _take_role(store, invite.role, collective, person, now)
    if said.agreed:
        await store.people.add_consent(person.id, Consent.KEEP, CONSENT_TEXT, now)
    for choice in CHOICES if said.choices is not None else ():
        given = choice in (said.choices or ())
        await people.set_consent(store, person.id, choice, given=given, by=person.id, now=now)
    await store.audit.append(Event.JOINED, by=person.id, subject=invite.collective_id, now=now)
    return Welcome(role=invite.role, collective=collective, person=person)


def greeting(came: Welcome, said: Said) -> Mapping[str, Ids]:
    """Return what tells her that she is in: her commands, a welcome, to a new member a practice.

    In order, by renderer.
    """
    collective = came.collective.id if came.collective else 0
    told: dict[str, Ids] = {
        "menu": {},
        WELCOME: {"role": came.role.value, "collective": collective},
    }
    if said.choices is not None:
        told[PRACTICE] = {"person": came.person.id}
    return told


async def decline(store: Store, account: Account, *, now: datetime) -> None:
    """Keep nothing about who said no; a person who came in earlier stays."""
    await speakers.send_away(store, account, now=now)
    await store.people.forget_account(account.id)


async def _person(
    store: Store, invite: Invite, account: Account, name: str, now: datetime
) -> Person:
    """Return a new person, or her whose record the invitation opens."""
    if invite.person_id is None:
        return await store.people.add_person(account.id, name, now)
    person = await store.people.give_account(invite.person_id, account.id, name)
    if person is None:
        raise InviteUsed
    return person


async def _take_role(
    store: Store, role: Role, collective: Collective | None, person: Person, now: datetime
) -> None:
    if role is Role.COORDINATOR or collective is None:
        if (await store.people.standing(person.id)).coordinator:
            raise AlreadyJoined(collective=None)
        await store.people.add_coordinator(person.id, now)
    elif role is Role.FACILITATOR:
        if not await store.collectives.add_facilitator(collective.id, person.id, now):
            raise AlreadyJoined(collective=collective.name)
    else:
        member = await store.collectives.add_member(collective.id, person.id, now)
        if member is None:
            raise AlreadyJoined(collective=collective.name)
        await checkins.expect_newcomer(store, member, now=now)
