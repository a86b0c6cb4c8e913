"""Leaving a collective or a role, saying why if she likes, and coming back."""

from dataclasses import dataclass
from datetime import datetime

from collective.actions import activities, ballots, carrying_out, checkins, hours, setbacks
from collective.collectives import Collective
from collective.departures import WORDS_LIMIT, Contact, Departure
from collective.errors import LastCoordinator, NotAllowed, Outdated, ReturnTooLate
from collective.events import Event
from collective.letters import fold
from collective.outbox import Ids, Lane, Parcel
from collective.people import Role, clean_text
from collective.ports import Store

#: Which renderers tell a facilitator that somebody left or came back, whoever may stay in touch
#: what she said, and coordinators that a collective has lost its facilitator.
MEMBER_LEFT = "member_left"
MEMBER_BACK = "member_back"
STAYS_IN_TOUCH = "stays_in_touch"
FACILITATOR_GONE = "facilitator_gone"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Something a person can leave: a role, and the collective it belongs to."""

    role: Role
    collective: Collective | None


async def places(store: Store, *, by: int) -> list[Place]:
    """Return everything she can leave: as member first, collectives by name."""
    standing = await store.people.standing(by)
    found = []
    for role, held in (
        (Role.MEMBER, standing.member_of),
        (Role.FACILITATOR, standing.facilitates),
    ):
        collectives = [await store.collectives.get(key) for key in held]
        by_name = sorted((c for c in collectives if c), key=lambda c: fold(c.name))
        found += [Place(role=role, collective=collective) for collective in by_name]
    return found + [Place(role=Role.COORDINATOR, collective=None)] * standing.coordinator


async def leave(
    store: Store, role: Role, collective_id: int | None, *, by: int, now: datetime
) -> Departure | None:
    """Leave at once and hand over; return a member's departure, None for the other roles.

    Raises NotAllowed when she does not hold the role, LastCoordinator.
    """
    if role is Role.MEMBER:
        return await _leave_as_member(store, collective_id or 0, by, now)
    if role is Role.FACILITATOR:
        await _leave_as_facilitator(store, collective_id or 0, by, now)
    else:
        await _leave_as_coordinator(store, by, now)
    return None


async def answer(
    store: Store,
    departure_id: int,
    contact: Contact,
    *,
    why: str | None = None,
    missed: str | None = None,
    by: int,
    now: datetime,
) -> None:
    """Keep who may stay in touch, with her words for them; for nobody no word is kept.

    The first answer counts. Raises NotAllowed, TextTooLong.
    """
    departure = await _hers(store, departure_id, by)
    collective = await store.collectives.get(departure.collective_id)
    if departure.contact is not None or collective is None:
        return
    if contact is Contact.NOBODY:
        await store.departures.settle(departure_id, contact)
        return
    await store.departures.settle(
        departure_id,
        contact,
        why=clean_text(why, limit=WORDS_LIMIT) if why else None,
        missed=clean_text(missed, limit=WORDS_LIMIT) if missed else None,
    )
    readers = {
        Contact.FACILITATOR: await _facilitators(store, collective),
        Contact.COORDINATOR: await _coordinators(store),
    }
    ids = {"departure": departure_id}
    await _tell(store, readers[contact], STAYS_IN_TOUCH, ids, collective, now)


async def come_back(store: Store, departure_id: int, *, by: int, now: datetime) -> Collective:
    """Be a member again, as she was, within 30 days; raise ReturnTooLate after that."""
    departure = await _hers(store, departure_id, by)
    collective = await store.collectives.get(departure.collective_id)
    if collective is None:
        raise Outdated
    if departure.away and not departure.may_return(now):
        raise ReturnTooLate(collective=collective.name)
    member = await store.collectives.add_member(collective.id, by, now)
    if member is not None:
        await checkins.expect_newcomer(store, member, now=now)
        await store.audit.append(Event.JOINED, by=by, subject=collective.id, now=now)
        ids = {"departure": departure_id}
        told = await _facilitators(store, collective, but=by)
        await _tell(store, told, MEMBER_BACK, ids, collective, now)
    return collective


async def hand_over(store: Store, person_id: int, collective_id: int, *, now: datetime) -> None:
    """Hand over what was hers to do, take her off the rolls of votes and the list of follow-ups.

    Where it was something, who accompanies the collective is offered to note it as a setback.
    """
    await ballots.strike(store, person_id, collective_id)
    tasks = await carrying_out.release(store, person_id, collective_id, now=now)
    tasks += await activities.release(store, person_id, collective_id, Role.MEMBER, now=now)
    await store.follow_ups.forget(person_id, collective_id)
    if tasks:
        await setbacks.offer_departure(store, collective_id, tasks=tasks, now=now)


async def _leave_as_member(store: Store, collective_id: int, by: int, now: datetime) -> Departure:
    # Held: a round that opens at this moment misses her, or finds her gone.
    collective = await store.collectives.hold(collective_id)
    await checkins.excuse(store, by, now=now, collective_id=collective_id)
    await hand_over(store, by, collective_id, now=now)
    member_id = await store.collectives.remove_member(collective_id, by, now)
    if collective is None or member_id is None:
        raise NotAllowed
    departure = await store.departures.add(member_id, now)
    await store.audit.append(Event.LEFT, by=by, subject=collective_id, now=now)
    told = await _facilitators(store, collective, but=by)
    await _tell(store, told, MEMBER_LEFT, {"departure": departure.id}, collective, now)
    return departure


async def _leave_as_facilitator(store: Store, collective_id: int, by: int, now: datetime) -> None:
    collective = await store.collectives.hold(collective_id)
    await activities.release(store, by, collective_id, Role.FACILITATOR, now=now)
    if collective is None or not await store.collectives.remove_facilitator(collective_id, by):
        raise NotAllowed
    await store.audit.append(Event.LEFT, by=by, subject=collective_id, now=now)
    if not await store.collectives.facilitators(collective_id):
        told = await _coordinators(store, but=by)
        ids = {"collective": collective_id}
        await _tell(store, told, FACILITATOR_GONE, ids, collective, now)


async def _leave_as_coordinator(store: Store, by: int, now: datetime) -> None:
    coordinators = await store.people.coordinators()
    if by not in coordinators:
        raise NotAllowed
    if coordinators == [by]:
        raise LastCoordinator
    await store.people.remove_coordinator(by)
    await store.audit.append(Event.LEFT, by=by, subject=None, now=now)


async def _hers(store: Store, departure_id: int, by: int) -> Departure:
    departure = await store.departures.get(departure_id)
    if departure is None:
        raise Outdated
    if departure.person_id != by:
        raise NotAllowed
    return departure


async def _facilitators(store: Store, collective: Collective, but: int | None = None) -> list[int]:
    found = await store.collectives.facilitators(collective.id)
    return [each.person_id for each in found if each.person_id != but]


async def _coordinators(store: Store, but: int | None = None) -> list[int]:
    return [each for each in await store.people.coordinators() if each != but]


async def _tell(
    store: Store, persons: list[int], kind: str, ids: Ids, collective: Collective, now: datetime
) -> None:
    leaves = await hours.leaves_at(store, collective, now=now)
    parcels = [
        Parcel(
            chat_id=chat_id,
            kind=kind,
            ids=ids,
            lane=Lane.REMINDER,
            not_before=leaves,
            collective=collective.id,
            person=person_id,
        )
        for person_id in persons
        if (chat_id := await store.people.chat_of(person_id)) is not None
    ]
    await store.outbox.add(parcels, now)
