"""Activities in a village, made through the same actions as real ones."""

from datetime import UTC, date, datetime, time, timedelta

from village import queued

from collective.actions import activities
from collective.activities import Details, Kind

DAY = timedelta(days=1)
#: Two days after the village's now, 15:00 in Lubumbashi.
SATURDAY, STARTS = date(2026, 11, 28), datetime(2026, 11, 28, 13, tzinfo=UTC)


def details(**changes) -> Details:
    """A meeting on Saturday at three, with nothing missing."""
    said = {"kind": Kind.MEETING, "title": "Likita", "day": SATURDAY, "at": time(15)}
    return Details(**(said | {"place": "Kadutu"} | changes))


async def planned(village, *, draft="d", by=None, **changes):
    """An activity that a member of the village has planned."""
    by = by or village.members[0].person_id
    place, said = village.collective.id, details(**changes)
    return await activities.plan(village.store, place, said, draft=draft, by=by, now=village.now)


async def told(store, kind):
    """Return the persons who are told, each as often as she is; None for a group."""
    return [row.person_id for row in await queued(store, kind)]
