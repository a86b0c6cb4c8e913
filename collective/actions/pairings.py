"""Pairing two collectives for a visit, and telling both."""

from dataclasses import dataclass
from datetime import datetime

from collective import access
from collective.actions import telling
from collective.collectives import Collective
from collective.errors import NobodyThere, Outdated
from collective.events import Event
from collective.pairings import Pairing, ensure_two
from collective.people import is_paused
from collective.ports import Store

#: Which renderer tells of it: facilitators, groups, and each member where there is no group.
#: Ids are {"pairing": n}, and {"person": n} in private chats.
PAIRED = "paired"


@dataclass(frozen=True, kw_only=True)
class Side:
    """A pairing as one of the two collectives sees it."""

    collective: Collective
    other: Collective
    #: Names of who accompanies the other one.
    led_by: tuple[str, ...]


async def pair(
    store: Store, first_id: int, second_id: int, *, draft: str, by: int, now: datetime
) -> Pairing:
    """Pair two collectives and tell both; the same two again soon are the same pairing.

    A coordinator may. Raises NotAllowed, PairedWithItself, NobodyThere, Outdated.
    """
    await access.ensure_coordinator(store, by)
    ensure_two(first_id, second_id)
    # Held in one order: two who pair the same two at once make one pairing.
    for each in sorted((first_id, second_id)):
        if await store.collectives.hold(each) is None:
            raise Outdated
    newest = await store.pairings.newest(first_id, second_id)
    if newest is not None and newest.fresh(now):
        return newest
    made = await store.pairings.add(
        draft=draft, first_id=first_id, second_id=second_id, paired_at=now
    )
    if made is None:
        raise Outdated
    for each in made.both:
        await _tell(store, made, each, now)
    await store.audit.append(Event.COLLECTIVES_PAIRED, by=by, subject=made.id, now=now)
    return made


async def side(store: Store, pairing_id: int, collective_id: int) -> Side | None:
    """Return a pairing as one of the two sees it; None when it is none of them."""
    pairing = await store.pairings.get(pairing_id)
    if pairing is None or collective_id not in pairing.both:
        return None
    other = pairing.other(collective_id)
    led = await store.collectives.facilitators(other)
    return Side(
        collective=await access.existing(store, collective_id),
        other=await access.existing(store, other),
        led_by=tuple(each.name for each in led),
    )


async def ensure_plans(store: Store, pairing_id: int, collective_id: int, *, by: int) -> Side:
    """Return her side for a facilitator who plans the visit; raise NotAllowed, Outdated."""
    await access.ensure_facilitates(store, by, collective_id)
    found = await side(store, pairing_id, collective_id)
    if found is None:
        raise Outdated
    return found


async def _tell(store: Store, pairing: Pairing, collective_id: int, now: datetime) -> None:
    told = list(await store.collectives.facilitators(collective_id))
    group = await store.collectives.group(collective_id)
    if group is None:
        told += await store.collectives.members(collective_id)
    reached = await telling.reached(store, dict.fromkeys(each.person_id for each in told))
    if not reached and group is None:
        raise NobodyThere(collective=(await access.existing(store, collective_id)).name)
    resting = {each.person_id for each in told if is_paused(each, now)}
    to = [each for each in reached if each[1] not in resting]
    if group is not None:
        to.append((group.chat_id, None))
    await telling.queue(store, collective_id, to, PAIRED, {"pairing": pairing.id}, mark="", now=now)
