"""An activity: what the collective does together, when and where, and what it leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from collective.calendar import Cadence
from collective.people import clean_text

#: Longest texts, in characters: a title, a place, with whom.
TITLE_LIMIT, PLACE_LIMIT, WITH_LIMIT = 120, 60, 120
#: Nobody says how long one lasts: from then on it is over, and looked back on.
LASTS = timedelta(hours=2)
#: How often one may come again.
CADENCES = (Cadence.WEEKLY, Cadence.FORTNIGHTLY, Cadence.MONTHLY)


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
        """Name the moment that was announced: who saw another one is shown this."""
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


def _cleaned(text: str | None, limit: int) -> str | None:
    return clean_text(text, limit=limit) if text and text.strip() else None
