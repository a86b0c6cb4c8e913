"""A setback: something that struck a collective, what was learned, and how long recovery took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from statistics import median

from collective.errors import DayUnfit, WeightUnfit
from collective.own_words import VoiceNote

#: How heavy a setback weighs, from bearable to everything at stake.
WEIGHTS = range(1, 6)
#: How long ago it may lie when it is told.
FAR = timedelta(days=366)
#: How long summaries tell of one: half a year, and once the collective has recovered so long.
RECENT, RECOVERED = timedelta(weeks=26), timedelta(weeks=4)
#: The longest lesson, in characters; how many are shown at the next setback of that kind.
LESSON_LIMIT, LESSONS_SHOWN = 300, 5
#: Rounds before it that say how things were.
BASE = 3


class Kind(StrEnum):
    """What struck."""

    DEPARTURE = "departure"
    #: Somebody uses the group for politics.
    POLITICS = "politics"
    CONFLICT = "conflict"
    THEFT = "theft"
    #: A market or an order was lost.
    MARKET = "market"
    #: Insecurity, or people had to flee.
    INSECURITY = "insecurity"
    #: Illness or death.
    ILLNESS = "illness"
    FUNDING = "funding"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a member or a facilitator tells of a setback."""

    kind: Kind
    #: One of WEIGHTS.
    weight: int
    #: A local date of the collective.
    happened_on: date
    #: In her words, typed or spoken; both None when she said no more, or it was kept long enough.
    text: str | None = None
    voice: VoiceNote | None = None


@dataclass(frozen=True, kw_only=True)
class Setback(Told):
    """The same on record."""

    id: int
    collective_id: int
    #: None: she is erased.
    author_id: int | None


@dataclass(frozen=True, kw_only=True)
class WaitingTelling:
    """A voice note that tells of a setback and has to be fetched."""

    setback_id: int
    file_id: str
    #: How often fetching it has failed.
    attempts: int


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What was learned from a setback."""

    id: int
    setback_id: int
    happened_on: date
    text: str


@dataclass(frozen=True, kw_only=True)
class Measure:
    """How one round went: what share of those asked answered, and their mean motivation."""

    #: None where nobody was asked.
    participation: Fraction | None
    #: None under five answers.
    motivation: Decimal | None
    closed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Recovered:
    """Both are back to what they were: so many rounds after it, when that round closed."""

    rounds: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NotYet:
    """They are not, after so many rounds."""

    rounds: int


@dataclass(frozen=True, kw_only=True)
class TooFew:
    """Too few rounds or answers to tell."""


Recovery = Recovered | NotYet | TooFew


def recovery(before: Sequence[Measure], after: Sequence[Measure]) -> Recovery:
    """Tell when participation and mean motivation were back to the median of three rounds before.

    Both lists are in the order of time: rounds that closed before the day it happened, and rounds
    that opened from that day on. In the first round after it that has both, they are back. Without
    such a round the newest one decides: when its participation is back and its motivation is not
    known, nobody can tell. A round in which nobody was asked says nothing.
    """
    base = [each for each in before if each.participation is not None][-BASE:]
    participation = [each.participation for each in base if each.participation is not None]
    motivation = [each.motivation for each in base if each.motivation is not None]
    if len(participation) < BASE or len(motivation) < BASE:
        return TooFew()
    wanted, mood = median(participation), median(motivation)
    counted = [each for each in after if each.participation is not None]
    unclear = False
    for number, each in enumerate(counted, 1):
        answered = each.participation is not None and each.participation >= wanted
        unclear = answered and each.motivation is None
        if answered and each.motivation is not None and each.motivation >= mood:
            return Recovered(rounds=number, at=each.closed_at)
    return TooFew() if unclear else NotYet(rounds=len(counted))


def is_news(found: Recovery, now: datetime) -> bool:
    """Tell whether a summary still says it: a recovery is told for some weeks."""
    return not isinstance(found, Recovered) or now - found.at <= RECOVERED


def ensure_weight(weight: int) -> int:
    """Return it; raise WeightUnfit unless it is one of WEIGHTS."""
    if weight not in WEIGHTS:
        raise WeightUnfit(least=WEIGHTS[0], most=WEIGHTS[-1])
    return weight


def ensure_day(day: date, today: date) -> date:
    """Return it; raise DayUnfit for one that has not come yet or is too long ago."""
    if not today - FAR <= day <= today:
        raise DayUnfit
    return day
