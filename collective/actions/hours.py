"""When something may leave: asked when it is queued, and again at the moment it leaves."""

from datetime import datetime

from collective.calendar import allowed_from
from collective.collectives import Collective
from collective.outbox import Lane
from collective.ports import Store


async def leaves_at(
    store: Store, collective: Collective, *, now: datetime, lane: Lane = Lane.REMINDER
) -> datetime:
    """Return `now`, or when the hours and the feast days of the collective next allow it."""
    if not lane.bound:
        return now
    # On a feast day the bot is silent; what a person has to say is hers to time.
    feasts = await store.collectives.feast_days(collective.id) if lane is Lane.REMINDER else ()
    return allowed_from(now, collective.zone, collective.hours, feasts)
