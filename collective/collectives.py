"""A collective: its name, trade, place, zone and the language of its group."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, available_timezones

from collective.calendar import ALLOWED_HOURS, Cadence, Hours, Rule, local_day, local_moment
from collective.errors import RhythmUnfit, ZoneUnknown
from collective.rounds import WINDOW

#: The longest name and place of a collective, in characters.
TITLE_LIMIT = 60


class Trade(StrEnum):
    """What the artisans of a collective do."""

    DYEING = "dyeing"
    EMBROIDERY = "embroidery"
    SEWING = "sewing"
    OTHER = "other"


class GroupLanguage(StrEnum):
    """What a group is spoken to in; BOTH is Lingala, then French, in one message."""

    FRENCH = "fr"
    LINGALA = "ln"
    BOTH = "both"

    @property
    def languages(self) -> tuple[str, ...]:
        """Language codes, in the order they stand in a message."""
        return ("ln", "fr") if self is GroupLanguage.BOTH else (self.value,)


#: The zones of DR Congo, offered as buttons; the operator may set any other.
CONGO_ZONES = ("Africa/Kinshasa", "Africa/Lubumbashi")


#: What a collective may choose from: how often it checks in, and for how long.
CADENCES = (Cadence.WEEKLY, Cadence.FORTNIGHTLY, Cadence.MONTHLY)
WINDOWS = tuple(timedelta(hours=hours) for hours in (24, 48, 72, 96, 120, 144))


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """When a collective's check-in opens, for how long, and when the bot may write of itself."""

    cadence: Cadence = Cadence.WEEKLY
    #: 0 = Monday.
    weekday: int
    #: Local time.
    at: time
    #: How long a round takes answers.
    window: timedelta = WINDOW
    #: Nothing that the bot starts arrives outside.
    hours: Hours = ALLOWED_HOURS

    def rule(self, zone: str, after: datetime) -> Rule:
        """Return the rule of its openings; the first is on the next such weekday after `after`."""
        day = local_day(after, zone)
        while day.weekday() != self.weekday or local_moment(day, self.at, zone) <= after:
            day += timedelta(days=1)
        return Rule(cadence=self.cadence, weekday=self.weekday, at=self.at, zone=zone, first=day)


#: Thursday, 17:00: before the evening, after the market.
DEFAULT_RHYTHM = Rhythm(weekday=3, at=time(17))


@dataclass(frozen=True, kw_only=True)
class Collective:
    """A group of artisans that the supporting organisation accompanies."""

    id: int
    name: str
    trade: Trade
    place: str
    #: IANA zone name; every local time of the collective is read in it.
    zone: str
    language: GroupLanguage
    #: How long its rounds take answers, and when the bot may start something in it.
    window: timedelta = WINDOW
    hours: Hours = ALLOWED_HOURS

    @property
    def tzinfo(self) -> ZoneInfo:
        """The zone, ready for arithmetic."""
        return ZoneInfo(self.zone)


@dataclass(frozen=True, kw_only=True)
class GroupChat:
    """The Telegram group of a collective."""

    collective_id: int
    chat_id: int
    #: Why messages do not arrive there ("kicked", "no_rights"), None while they do.
    unreachable: str | None = None


def ensure_rhythm(rhythm: Rhythm) -> Rhythm:
    """Return the rhythm; raise RhythmUnfit where a round would meet the next, or open unheard."""
    hours = rhythm.hours
    if rhythm.cadence not in CADENCES or not timedelta(0) < rhythm.window < rhythm.cadence.span:
        raise RhythmUnfit
    if not hours.first <= rhythm.at < hours.last:
        raise RhythmUnfit
    return rhythm


def ensure_zone(zone: str) -> str:
    """Return the zone; raise ZoneUnknown for a name the IANA list does not hold."""
    if zone not in available_timezones():
        raise ZoneUnknown(zone=zone)
    return zone
