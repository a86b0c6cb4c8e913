"""May this happen at that moment: rules of recurrence, feast days, allowed hours, lateness."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from collective.errors import MomentPast, MomentTooFar

_DAY = timedelta(days=1)


class Cadence(StrEnum):
    """How often something recurs."""

    #: The bot's own housekeeping; no collective's check-in comes every day.
    DAILY = "daily"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"

    @property
    def span(self) -> timedelta:
        """The shortest time from one occurrence to the next."""
        days = {Cadence.DAILY: 1, Cadence.WEEKLY: 7, Cadence.FORTNIGHTLY: 14, Cadence.MONTHLY: 28}
        return timedelta(days=days[self])


@dataclass(frozen=True, kw_only=True)
class Rule:
    """On which local days something recurs, and at which local time."""

    cadence: Cadence = Cadence.WEEKLY
    #: 0 = Monday; a daily rule looks at none.
    weekday: int = 0
    at: time
    zone: str
    #: Nothing on a day before this one; fortnights are counted from it.
    first: date = date.min

    def falls_on(self, day: date) -> bool:
        """Tell whether it recurs on a local day, feast or not."""
        if day < self.first:
            return False
        match self.cadence:
            case Cadence.DAILY:
                return True
            case Cadence.WEEKLY:
                return day.weekday() == self.weekday
            case Cadence.FORTNIGHTLY:
                weeks = (day - self.first).days // 7
                return day.weekday() == self.weekday and weeks % 2 == 0
            case Cadence.MONTHLY:
                return day.weekday() == self.weekday and day.day <= 7


@dataclass(frozen=True, kw_only=True)
class Hours:
    """The part of a day in which the bot may start something, half-open: [first, last)."""

    first: time
    last: time


#: Nobody's phone rings outside these local hours unless she asked for it.
ALLOWED_HOURS = Hours(first=time(7), last=time(20))


def local_moment(day: date, at: time, zone: str) -> datetime:
    """Return in UTC when the clocks of a zone show that time on that day.

    A time that a clock change leaves out is read as before the change (02:30 becomes 03:30); of
    one that comes twice the first counts. So every day has every time exactly once.
    """
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def local_day(moment: datetime, zone: str) -> date:
    """Return which day it is in a zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def ensure_ahead(moment: datetime, now: datetime, at_most: timedelta) -> datetime:
    """Return a moment that is to come and not too far. Raises MomentPast, MomentTooFar."""
    if moment <= now:
        raise MomentPast
    if moment > now + at_most:
        raise MomentTooFar(days=at_most.days)
    return moment


def free_day(day: date, feasts: Collection[date]) -> date:
    """Return the day itself, or the first one after it that is no feast day."""
    while day in feasts:
        day += _DAY
    return day


def moments(
    rule: Rule, after: datetime, count: int = 1, feasts: Collection[date] = ()
) -> list[datetime]:
    """Return the next `count` moments of a rule, in UTC.

    They belong to the days of the rule whose own moment lies after `after`. One on a feast day
    waits for the next free day, at the same hour; where it meets the next one there, the two are
    one. Asked again with what it answered, it moves on: nothing comes twice and no day is lost.
    """
    found: list[datetime] = []
    day = local_day(after, rule.zone)
    while len(found) < count:
        if rule.falls_on(day) and local_moment(day, rule.at, rule.zone) > after:
            day = free_day(day, feasts)
            found.append(local_moment(day, rule.at, rule.zone))
        day += _DAY
    return found


def moved(
    rule: Rule,
    due: datetime,
    *,
    before: Collection[date],
    feasts: Collection[date],
    earliest: datetime,
) -> datetime:
    """Return when the moment that waits for `due` comes, now that the feast days are others.

    `before` are the feast days by which `due` was found. Nothing is moved to before `earliest`:
    a day that is past cannot be had back, and what waited for `due` stays there.
    """
    day = local_day(due, rule.zone)
    waiting = [day]
    while (day := day - _DAY) in before:
        waiting.append(day)
    again = [
        local_moment(free_day(each, feasts), rule.at, rule.zone)
        for each in waiting
        if rule.falls_on(each)
    ]
    return min((moment for moment in again if moment >= earliest), default=due)


def allowed_from(
    moment: datetime, zone: str, hours: Hours = ALLOWED_HOURS, feasts: Collection[date] = ()
) -> datetime:
    """Return `moment` if it lies in the allowed hours of a free day, else when those begin, UTC."""
    local = moment.astimezone(ZoneInfo(zone))
    day = local.date()
    if day not in feasts and hours.first <= local.time() < hours.last:
        return moment
    next_day = day + _DAY if local.time() >= hours.last else day
    return local_moment(free_day(next_day, feasts), hours.first, zone)


@dataclass(frozen=True, kw_only=True)
class Lateness:
    """How late a bell may still ring; None: always, because a record must be put right."""

    grace: timedelta | None

    def forgives(self, due: datetime, now: datetime) -> bool:
        """True while ringing still makes sense."""
        return self.grace is None or now - due <= self.grace
