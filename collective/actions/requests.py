"""Asking to come in, and the answer: who has a code waits for somebody's yes."""

from dataclasses import replace
from datetime import datetime

from collective import access, requests
from collective.actions import codes, joining
from collective.actions.joining import Said
from collective.collectives import Collective
from collective.errors import (
    AlreadyJoined,
    ConsentMissing,
    NotAllowed,
    RequestOver,
)
from collective.events import Event
from collective.outbox import Ids, Lane, Parcel
from collective.people import Account, Person, Role, clean_name
from collective.ports import Store
from collective.requests import JoinRequest
from collective.schedules import Bell

#: Which renderers ask who may say yes, show her what she waits for, and tell her the end of it.
ASKED = "join_request"
WAITING = "join_waiting"
REFUSED = "join_refused"
UNANSWERED = "join_unanswered"


async def ask(
    store: Store,
    invite_id: int,
    account: Account,
    said: Said,
    *,
    draft: str,
    now: datetime,
) -> None:
    """Ask to come in; who may say yes is told. The same draft asks once.

    Raises ConsentMissing, TextEmpty, TextTooLong, AlreadyJoined and what `codes.look_at` raises.
    """
    invite, collective = await codes.look_at(store, invite_id, now=now)
    person = await store.people.person_of(account.id, now)
    if not said.agreed and await joining.must_agree(store, person, invite.role):
        raise ConsentMissing
    if person is not None:
        await joining.ensure_new(store, invite, person)
    request = await store.requests.add(
        draft=draft,
        invite_id=invite.id,
        account_id=account.id,
        person_id=person.id if person else None,
        name=None if person else clean_name(said.name or ""),
        choices=said.choices,
        expires_at=now + requests.LIFETIME,
    )
    if request is None or collective is None:
        return
    await store.schedules.add(Bell.END_REQUEST, request.id, request.expires_at)
    card: Ids = {"request": request.id}
    told = [
        replace(_parcel(chat_id, ASKED, card, collective, now), person=person_id)
        for person_id in await _deciders(store, request)
        if (chat_id := await store.people.chat_of(person_id)) is not None
    ]
    await store.outbox.add(told, now)


async def waiting(store: Store, collective_id: int, role: Role, *, by: int) -> list[JoinRequest]:
    """Return who asks to come into a collective in a role, to who decides. Raises NotAllowed."""
    await _ensure_decides(store, role, collective_id, by)
    return await store.requests.to_join(collective_id, role)


async def admit(store: Store, request_id: int, *, by: int, now: datetime) -> Person:
    """Say yes: she is in, and told so. Raises RequestOver, NotAllowed."""
    request, collective = await _take(store, request_id, by, now)
    invite = await store.invites.get(request.invite_id)
    account = await store.people.account(request.chat_id)
    person = await store.people.person(request.person_id) if request.person_id else None
    if invite is None or account is None:
        raise RequestOver
    asked = person is None or request.choices is not None
    said = Said(name=request.name, agreed=asked, choices=request.choices)
    try:
        came = await joining.come_in(store, invite, account, person, said, now=now)
    except AlreadyJoined:
        # She has come in by the link meanwhile.
        if person is None:
            raise RequestOver from None
        return person
    await store.invites.consume(invite.id)
    await store.audit.append(Event.ADMITTED, by=by, subject=came.person.id, now=now)
    told = joining.greeting(came, said)
    parcels = [_parcel(request.chat_id, kind, told[kind], collective, now) for kind in told]
    await store.outbox.add(parcels, now)
    return came.person


async def refuse(store: Store, request_id: int, *, by: int, now: datetime) -> None:
    """Say no: she is told, and a stranger is forgotten. Raises RequestOver, NotAllowed."""
    request, collective = await _take(store, request_id, by, now)
    await _turn_away(store, request, collective, REFUSED, now)
    await store.audit.append(Event.TURNED_AWAY, by=by, subject=collective.id, now=now)


async def end(store: Store, request_id: int, *, now: datetime) -> None:
    """End a request that nobody has answered in time: the same as a no, and said so."""
    request = await store.requests.get(request_id)
    if request is None or now < request.expires_at:
        return
    collective = await access.existing(store, request.collective_id)
    if await store.requests.remove(request_id):
        await _turn_away(store, request, collective, UNANSWERED, now)


async def withdraw(store: Store, request_id: int, account: Account) -> None:
    """Take it back, as if she had never asked. Raises RequestOver, NotAllowed."""
    request = await store.requests.get(request_id)
    if request is None:
        raise RequestOver
    if request.account_id != account.id:
        raise NotAllowed
    await store.requests.remove(request_id)
    await store.people.forget_account(account.id)


async def forget_stranger(store: Store, account: Account) -> None:
    """Take back everything asked for by an account that is nobody, and forget it."""
    for request in await store.requests.of_account(account.id):
        if request.person_id is None:
            await store.requests.remove(request.id)
    await store.traces.erase_account(account)


async def _take(
    store: Store, request_id: int, by: int, now: datetime
) -> tuple[JoinRequest, Collective]:
    """Return a request that only this unit answers."""
    request = await store.requests.get(request_id)
    if request is None:
        raise RequestOver
    await _ensure_decides(store, request.role, request.collective_id, by)
    if now >= request.expires_at or not await store.requests.remove(request_id):
        raise RequestOver
    return request, await access.existing(store, request.collective_id)


async def _ensure_decides(store: Store, role: Role, collective_id: int, by: int) -> None:
    if role is Role.MEMBER:
        await access.ensure_facilitates(store, by, collective_id)
    else:
        await access.ensure_coordinator(store, by)


async def _deciders(store: Store, request: JoinRequest) -> list[int]:
    """Return the persons who may say yes: who could have given her the link."""
    if request.role is not Role.MEMBER:
        return await store.people.coordinators()
    found = await store.collectives.facilitators(request.collective_id)
    return [each.person_id for each in found]


async def _turn_away(
    store: Store, request: JoinRequest, collective: Collective, kind: str, now: datetime
) -> None:
    """Tell her, in the language that is forgotten with her."""
    if request.person_id is None:
        await store.people.forget_account(request.account_id)
    ids: dict[str, int | str] = {"collective": collective.id, "known": bool(request.person_id)}
    if request.language:
        ids["language"] = request.language
    await store.outbox.add([_parcel(request.chat_id, kind, ids, collective, now)], now)


def _parcel(chat_id: int, kind: str, ids: Ids, collective: Collective, now: datetime) -> Parcel:
    return Parcel(
        chat_id=chat_id,
        kind=kind,
        ids=ids,
        lane=Lane.REMINDER,
        not_before=now,
        collective=collective.id,
    )
