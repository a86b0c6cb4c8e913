"""When an activity is, when it is reminded of and looked back on, when its series comes again."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from collective.activities import LASTS, Activity, Details, Regular
from collective.calendar import (
    Cadence,
    Hours,
    allowed_from,
    ensure_ahead,
    free_day,
    local_day,
    local_moment,
)
from collective.errors import HourMissing

#: How far ahead one may be planned.
AHEAD = timedelta(days=366)

_DAY = timedelta(days=1)
#: Local times: of the reminder the day before, and of the evening on which it is looked back on.
_REMINDED, _EVENING = time(17), time(18)
#: Who was told of it less than this before the reminder needs none.
_FRESH = timedelta(hours=6)
#: When a look-back that is missing is asked for, counted from the first time; then never.
_ASKED_AGAIN = (timedelta(0), _DAY, 3 * _DAY)


def ensure_moment(day: date, at: time, zone: str, now: datetime) -> datetime:
    """Return in UTC when an activity begins by the clocks of a zone.

    An hour that comes twice is the first of both. Raises HourMissing for one that a clock change
    leaves out, MomentPast, and MomentTooFar for more than a year ahead.
    """
    moment = local_moment(day, at, zone)
    if not _exists(day, at, zone):
        raise HourMissing(at=f"{at:%H:%M}", next_at=f"{next_hour(day, at, zone):%H:%M}")
    return ensure_ahead(moment, now, AHEAD)


def next_hour(day: date, at: time, zone: str) -> time:
    """Return the first time from `at` on, to the minute, that the clocks of a day show."""
    moment = datetime.combine(day, at)
    while not _exists(moment.date(), moment.time(), zone):
        moment += timedelta(minutes=1)
    return moment.time()


def next_regular(regular: Regular, repeats: Cadence) -> Regular:
    """Return when a series comes next.

    A monthly one keeps its place among the weekdays of a month: the second Saturday. Not every
    month has a fifth, so a fifth one becomes the fourth.
    """
    if repeats is not Cadence.MONTHLY:
        return replace(regular, day=regular.day + repeats.span)
    place = min((regular.day.day - 1) // 7, 3)
    first = (regular.day.replace(day=1) + timedelta(days=32)).replace(day=1)
    offset = (regular.day.weekday() - first.weekday()) % 7 + 7 * place
    return replace(regular, day=first + timedelta(days=offset))


def following(
    activity: Activity, zone: str, now: datetime, feasts: Collection[date] = ()
) -> tuple[Regular, Details] | None:
    """Return the next one of its series that is still to come: its regular moment, and its details.

    One on a feast day comes on the next free day. None: it does not repeat.
    """
    details, regular = activity.details, activity.regular
    if details.repeats is None:
        return None
    while True:
        regular = next_regular(regular, details.repeats)
        day = free_day(regular.day, feasts)
        moment = local_moment(day, regular.at, zone)
        if moment > max(now, activity.starts_at):
            # Where a clock change leaves its hour out, it is that much later.
            return regular, replace(details, day=day, at=moment.astimezone(ZoneInfo(zone)).time())


def reminds_at(
    starts_at: datetime,
    zone: str,
    hours: Hours,
    feasts: Collection[date] = (),
    *,
    told_at: datetime,
) -> datetime | None:
    """Return when who comes is reminded: the day before, at an hour at which the bot may write.

    On a feast day it is silent, so it says it on the free day before that. None: whoever would be
    reminded was told just now.
    """
    day = local_day(starts_at, zone) - _DAY
    while day in feasts:
        day -= _DAY
    at = _REMINDED if hours.first <= _REMINDED < hours.last else hours.first
    moment = local_moment(day, at, zone)
    return moment if moment - told_at >= _FRESH else None


def asks_at(
    starts_at: datetime, zone: str, hours: Hours, feasts: Collection[date] = ()
) -> list[datetime]:
    """Return when a look-back that is missing is asked for: that evening, or the next morning.

    Then after one and after three days; after that there is silence.
    """
    evening = local_moment(local_day(starts_at, zone), _EVENING, zone)
    first = max(starts_at + LASTS, evening)
    return [allowed_from(first + later, zone, hours, feasts) for later in _ASKED_AGAIN]


def _exists(day: date, at: time, zone: str) -> bool:
    shown = local_moment(day, at, zone).astimezone(ZoneInfo(zone))
    return (shown.date(), shown.time()) == (day, at)
