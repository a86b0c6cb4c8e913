"""Who may: every action asks here, whatever the menu showed."""

from collective.audiences import Audience
from collective.collectives import Collective
from collective.errors import NotAllowed, Outdated
from collective.people import Member, Role, Standing
from collective.ports import Store


async def ensure_coordinator(store: Store, by: int) -> Standing:
    """Raise NotAllowed unless the person coordinates the installation."""
    standing = await store.people.standing(by)
    if not standing.coordinator:
        raise NotAllowed
    return standing


async def ensure_facilitates(store: Store, by: int, collective_id: int) -> Collective:
    """Return the collective; raise NotAllowed unless the person accompanies it."""
    standing = await store.people.standing(by)
    if collective_id not in standing.facilitates:
        raise NotAllowed
    return await existing(store, collective_id)


async def ensure_may_read(store: Store, by: int, collective_id: int) -> Collective:
    """Return the collective; raise NotAllowed unless she coordinates or accompanies it."""
    standing = await store.people.standing(by)
    if not standing.coordinator and collective_id not in standing.facilitates:
        raise NotAllowed
    return await existing(store, collective_id)


async def ensure_may_broadcast(store: Store, by: int, audience: Audience) -> None:
    """Raise NotAllowed unless the person may write to them.

    A facilitator writes to the members of her collectives; she alone picks people one by one, for
    she knows them. A coordinator writes across all collectives.
    """
    standing = await store.people.standing(by)
    hers = bool(audience.collectives) and audience.collectives <= standing.facilitates
    if hers and audience.roles <= {Role.MEMBER}:
        return
    if not standing.coordinator or audience.picks:
        raise NotAllowed


async def ensure_belongs(store: Store, by: int, collective_id: int) -> Collective:
    """Return the collective; raise NotAllowed unless she is a member or accompanies it."""
    standing = await store.people.standing(by)
    if collective_id not in standing.member_of | standing.facilitates:
        raise NotAllowed
    return await existing(store, collective_id)


async def ensure_member(store: Store, by: int, collective_id: int) -> Member:
    """Return her membership; raise NotAllowed for who is no member of the collective."""
    member = await store.collectives.member(collective_id, by)
    if member is None:
        raise NotAllowed
    return member


async def existing(store: Store, collective_id: int) -> Collective:
    """Return the collective; raise Outdated when there is none."""
    collective = await store.collectives.get(collective_id)
    if collective is None:
        raise Outdated
    return collective
