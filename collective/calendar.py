"""May this happen at that moment: rules of recurrence, allowed hours, lateness."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True)
class WeeklyRule:
    """Every week on a weekday (0 = Monday) at a local time of a zone."""

    weekday: int
    at: time
    zone: str


@dataclass(frozen=True, kw_only=True)
class Hours:
    """The part of a day in which the bot may start something, half-open: [first, last)."""

    first: time
    last: time


#: Nobody's phone rings outside these local hours unless she asked for it.
ALLOWED_HOURS = Hours(first=time(7), last=time(20))


def allowed_from(moment: datetime, zone: str, hours: Hours = ALLOWED_HOURS) -> datetime:
    """Return `moment` if it lies in the allowed hours of `zone`, else the next opening, in UTC."""
    local = moment.astimezone(ZoneInfo(zone))
    if hours.first <= local.time() < hours.last:
        return moment
    day = local.date() + timedelta(days=1 if local.time() >= hours.last else 0)
    opening = datetime.combine(day, hours.first, tzinfo=ZoneInfo(zone))
    return opening.astimezone(moment.tzinfo)


@dataclass(frozen=True, kw_only=True)
class Lateness:
    """How late a bell may still ring; None: always, because a record must be put right."""

    grace: timedelta | None

    def forgives(self, due: datetime, now: datetime) -> bool:
        """True while ringing still makes sense."""
        return self.grace is None or now - due <= self.grace
