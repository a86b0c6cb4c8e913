"""A collective: its name, trade, place, zone and the language of its group."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from zoneinfo import ZoneInfo, available_timezones

from collective.errors import ZoneUnknown

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


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """When a collective's check-in opens: a weekday (0 = Monday) and an hour, local time."""

    weekday: int
    at: time


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

    @property
    def tzinfo(self) -> ZoneInfo:
        """The zone, ready for arithmetic."""
        return ZoneInfo(self.zone)


@dataclass(frozen=True, kw_only=True)
class GroupChat:
    """The Telegram group of a collective."""

    collective_id: int
    chat_id: int


def ensure_zone(zone: str) -> str:
    """Return the zone; raise ZoneUnknown for a name the IANA list does not hold."""
    if zone not in available_timezones():
        raise ZoneUnknown(zone=zone)
    return zone
