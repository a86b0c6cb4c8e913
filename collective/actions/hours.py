"""When something may leave: asked when it is queued, and again at the moment it leaves.

And when a vote may close, so that what came out can be told at once; and what a crisis check-in
puts off.
"""

from datetime import datetime

from collective.calendar import allowed_from
from collective.collectives import Collective
from collective.decisions import SHORTEST
from collective.errors import ClosingUnheard
from collective.outbox import Lane
from collective.ports import Store
from collective.schedules import Bell


async def leaves_at(
    store: Store, collective: Collective, *, now: datetime, lane: Lane = Lane.REMINDER
) -> datetime:
    """Return `now`, or when the hours and the feast days of the collective next allow it."""
    if not lane.bound:
        return now
    # On a feast day the bot is silent; what a person has to say is hers to time.
    feasts = await store.collectives.feast_days(collective.id) if lane is Lane.REMINDER else ()
    return allowed_from(now, collective.zone, collective.hours, feasts)


async def calm_at(store: Store, collective: Collective, *, now: datetime) -> datetime:
    """Return when the ordinary leaves: as its hours allow, once an open crisis check-in closed."""
    leaves = await leaves_at(store, collective, now=now)
    crisis = await store.rounds.crisis_of(collective.id, now)
    return max(leaves, crisis.closes_at) if crisis is not None else leaves


async def rests(
    store: Store, collective_id: int, bell: Bell, subject: int, *, now: datetime
) -> bool:
    """While a crisis check-in is open, have a bell ring when it has closed; False: none is open."""
    crisis = await store.rounds.crisis_of(collective_id, now)
    if crisis is not None:
        await store.schedules.add(bell, subject, crisis.closes_at)
    return crisis is not None


async def wake(store: Store, collective_id: int, due: datetime, *, now: datetime) -> None:
    """Let what was put off to `due`, when a crisis check-in was to close, ring and leave now."""
    await store.schedules.bring_forward(collective_id, due, now)
    await store.outbox.bring_forward(collective_id, due, now)


async def closing_from(
    store: Store, collective: Collective, wanted: datetime, *, now: datetime
) -> datetime:
    """Return `wanted`, or the first moment after it at which a vote that opens now may close.

    Those who can vote are told of it an hour before at least, and of what came out at once.
    """
    told = await leaves_at(store, collective, now=now)
    return await leaves_at(store, collective, now=max(wanted, told + SHORTEST))


async def ensure_closing(
    store: Store, collective: Collective, closes_at: datetime, *, now: datetime
) -> None:
    """Raise ClosingUnheard unless a vote that opens or changes now may close then."""
    if await closing_from(store, collective, closes_at, now=now) != closes_at:
        first, last = collective.hours.first, collective.hours.last
        raise ClosingUnheard(first=f"{first:%H:%M}", last=f"{last:%H:%M}")
