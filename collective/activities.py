"""An activity: what the collective does together, when and where, and what it leaves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

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
from collective.people import clean_text

#: Longest texts, in characters: a title, a place, with whom.
TITLE_LIMIT, PLACE_LIMIT, WITH_LIMIT = 120, 60, 120
#: How far ahead one may be planned.
AHEAD = timedelta(days=366)
#: Nobody says how long one lasts: from then on it is over, and looked back on.
LASTS = timedelta(hours=2)
#: How often one may come again.
CADENCES = (Cadence.WEEKLY, Cadence.FORTNIGHTLY, Cadence.MONTHLY)

_DAY = timedelta(days=1)
#: Local times: of the reminder the day before, and of the evening on which it is looked back on.
_REMINDED, _EVENING = time(17), time(18)
#: Who was told of it less than this before the reminder needs none.
_FRESH = timedelta(hours=6)
#: When a look-back that is missing is asked for, counted from the first time; then never.
_ASKED_AGAIN = (timedelta(0), _DAY, 3 * _DAY)


class Kind(StrEnum):
    """What is done together."""

    PRODUCTION = "production"
    SALE = "sale"
    MEETING = "meeting"
    TRAINING = "training"
    REFRESHER = "refresher"
    EXCHANGE = "exchange"
    #: To or from another collective.
    VISIT = "visit"
    OPEN_DAY = "open_day"
    WORKSHOP = "workshop"
    MUTUAL_HELP = "mutual_help"


#: Kinds that are contact with people outside, whatever else is said of them.
OUTWARD = frozenset({Kind.EXCHANGE, Kind.VISIT, Kind.OPEN_DAY})


class Coming(StrEnum):
    """What a member says before it."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


#: Who is reminded of it.
REMINDED = frozenset({Coming.YES, Coming.MAYBE})


class Stage(StrEnum):
    """Where an activity stands; read from the clock."""

    PLANNED = "planned"
    OVER = "over"
    CANCELLED = "cancelled"


class FileKind(StrEnum):
    """What may come with what was learned."""

    VOICE = "voice"
    PHOTO = "photo"


@dataclass(frozen=True, kw_only=True)
class Details:
    """What is said of it by whoever plans it; `dataclasses.replace` says it anew."""

    kind: Kind
    title: str
    #: By the clocks of the collective.
    day: date
    at: time
    place: str | None = None
    #: To people from outside.
    open_to_others: bool = False
    #: Who else takes part, in words.
    with_whom: str | None = None
    #: None: it comes once.
    repeats: Cadence | None = None
    #: The person in charge; None: nobody yet.
    in_charge: int | None = None


@dataclass(frozen=True, kw_only=True)
class Regular:
    """The local day and hour at which a series has one of its activities."""

    day: date
    at: time


@dataclass(frozen=True, kw_only=True)
class Activity:
    """One activity. Each occurrence of a series is an activity of its own."""

    id: int
    collective_id: int
    #: None when she has had everything about her erased, and for the next one of a series then.
    planned_by: int | None
    details: Details
    #: In UTC.
    starts_at: datetime
    planned_at: datetime
    #: When it was to begin before it was put off.
    was_at: datetime | None = None
    #: When its series has it, wherever it was put off to.
    regular: Regular
    #: The first activity of its series, which is its own number there; None: it never repeated.
    series_id: int | None = None
    cancelled_at: datetime | None = None
    #: When its look-back was finished; then `attended` of `members` were there.
    finished_at: datetime | None = None
    attended: int | None = None
    members: int | None = None
    #: What was learned, in words.
    learned: str | None = None

    def over(self, now: datetime) -> bool:
        """Tell whether it is behind us, looked back on or not."""
        return self.finished_at is not None or now >= self.starts_at + LASTS

    def stage(self, now: datetime) -> Stage:
        """Say where it stands."""
        if self.cancelled_at is not None:
            return Stage.CANCELLED
        return Stage.OVER if self.over(now) else Stage.PLANNED

    def takes_answers(self, now: datetime) -> bool:
        """Tell whether members may say that they come."""
        return self.stage(now) is Stage.PLANNED

    def changeable(self) -> bool:
        """Tell whether it may be changed, put off or cancelled: also when nobody came to it."""
        return self.cancelled_at is None and self.finished_at is None

    @property
    def edition(self) -> str:
        """Name the moment and place that were announced: who saw others is told."""
        return f"{self.starts_at:%y%m%d%H%M}"


@dataclass(frozen=True, kw_only=True)
class GivenFile:
    """A voice note or a photo of an activity; `content` is None until it was fetched."""

    kind: FileKind
    file_id: str
    #: Of a voice note.
    seconds: int | None = None
    content: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class WaitingPiece:
    """A voice note or a photo that has to be fetched."""

    activity_id: int
    kind: FileKind
    file_id: str
    #: How often fetching it has failed.
    attempts: int


#: What members said before an activity, by membership.
Comers = Mapping[int, Coming]


def outward(activity: Activity) -> bool:
    """Tell whether it is contact with people from outside."""
    return activity.details.open_to_others or activity.details.kind in OUTWARD


def cleaned(details: Details) -> Details:
    """Return what is kept of it; raise TextEmpty or TextTooLong. Empty is the same as unsaid."""
    return replace(
        details,
        title=clean_text(details.title, limit=TITLE_LIMIT),
        place=_cleaned(details.place, PLACE_LIMIT),
        with_whom=_cleaned(details.with_whom, WITH_LIMIT),
    )


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


def _cleaned(text: str | None, limit: int) -> str | None:
    return clean_text(text, limit=limit) if text and text.strip() else None
