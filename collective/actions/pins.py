"""Choosing, entering and taking away the code that closes what is a person's."""

import asyncio
from datetime import datetime

from collective import pins
from collective.actions import speakers
from collective.errors import NotAllowed, PinWrong
from collective.events import Event
from collective.letters import fold
from collective.outbox import Lane, Parcel
from collective.people import Account, Member, Person
from collective.pins import Pin
from collective.ports import Ledger, Store

#: Which renderer tells her that her code was taken away.
REMOVED = "pin_removed"


async def keep(store: Store, account: Account, kept: str, *, by: int, now: datetime) -> None:
    """Close what is hers with a code, given as `pins.hashed` made it; open for her at once."""
    await store.people.set_pin(by, kept)
    await speakers.stay(store, account, by, now=now)
    await store.audit.append(Event.PIN_SET, by=by, subject=by, now=now)


async def remove(store: Store, *, by: int, now: datetime) -> None:
    """Take her own code away."""
    await store.people.set_pin(by, None)
    await store.audit.append(Event.PIN_REMOVED, by=by, subject=by, now=now)


async def enter(
    ledger: Ledger, account: Account, person_id: int, code: str, *, now: datetime
) -> Person:
    """Open what is hers: she is the one who answers from now on.

    Raises PinWrong, PinWaits, Outdated. Two units with the slow comparison between them: the try
    is counted before it is made, so that neither a crash nor two at once give one for nothing.
    """
    async with ledger.writing() as store:
        pin = await _take_try(store, person_id, now)
    if pin is not None and not await asyncio.to_thread(pins.matches, code, pin.hash):
        raise PinWrong
    async with ledger.writing() as store:
        await store.people.count_tries(person_id, 0, None)
        return await speakers.stay(store, account, person_id, now=now)


async def forgotten_by(store: Store, *, by: int) -> list[Member]:
    """Return whose codes she may take away, by name: those of the members she accompanies.

    A coordinator those of facilitators; nobody her own, which needs the code itself.
    """
    standing = await store.people.standing(by)
    found: dict[int, Member] = {}
    for collective_id in standing.facilitates:
        found |= {each.person_id: each for each in await store.collectives.members(collective_id)}
    if standing.coordinator:
        for collective in await store.collectives.all():
            led = await store.collectives.facilitators(collective.id)
            found |= {each.person_id: each for each in led}
    closed = [each for each in found.values() if each.has_pin and each.person_id != by]
    return sorted(closed, key=lambda each: fold(each.name))


async def reset(store: Store, person_id: int, *, by: int, now: datetime) -> None:
    """Take away a code that its owner forgot, and tell her; see `forgotten_by`. NotAllowed."""
    offered = {each.person_id: each for each in await forgotten_by(store, by=by)}
    if person_id not in offered:
        raise NotAllowed
    await store.people.set_pin(person_id, None)
    await store.audit.append(Event.PIN_REMOVED, by=by, subject=person_id, now=now)
    chat_id = offered[person_id].chat_id
    if chat_id is not None:
        told = Parcel(
            chat_id=chat_id,
            kind=REMOVED,
            ids={"person": person_id},
            lane=Lane.REPLY,
            not_before=now,
            person=person_id,
        )
        await store.outbox.add([told], now)


async def _take_try(store: Store, person_id: int, now: datetime) -> Pin | None:
    pin = await store.people.hold_pin(person_id)
    if pin is None:
        return None
    pin.ensure_open(now)
    tries = pin.tries + 1
    wait = pins.wait_after(tries)
    await store.people.count_tries(person_id, tries, now + wait if wait else None)
    return pin
