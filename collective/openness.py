"""Openness: how much a collective does with people outside, beside what it does by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from collective import activities
from collective.activities import LASTS, Activity
from collective.decisions import Consulted
from collective.proposals import Proposal


@dataclass(frozen=True, kw_only=True)
class Act:
    """One thing that a collective did: an activity it held, a decision it took."""

    #: When the activity was over, when a vote or a meeting decided.
    at: datetime
    #: Contact with people outside: an outward activity, a decision they were consulted on.
    outward: bool


@dataclass(frozen=True, kw_only=True)
class Openness:
    """The acts of some time in numbers."""

    outward: int = 0
    inward: int = 0

    @property
    def ratio(self) -> Fraction | None:
        """Outward acts for each inward one; None where there is nothing to compare with."""
        return Fraction(self.outward, self.inward) if self.inward else None


def acts(held: Iterable[Activity], decided: Iterable[Proposal], now: datetime) -> list[Act]:
    """Return what was done by now, oldest first; what is only planned, or asked, is no act."""
    found = [
        Act(at=each.starts_at + LASTS, outward=activities.outward(each))
        for each in held
        if each.cancelled_at is None and each.starts_at + LASTS <= now
    ]
    found += [
        Act(at=each.settled_at, outward=each.terms.consulted is Consulted.YES)
        for each in decided
        if each.settled_at is not None
    ]
    return sorted(found, key=lambda act: act.at)


def openness(done: Sequence[Act], first: datetime, end: datetime) -> Openness:
    """Count the acts of [first, end)."""
    outward = [act.outward for act in done if first <= act.at < end]
    return Openness(outward=outward.count(True), inward=outward.count(False))


def quarter(day: date) -> date:
    """Return the first day of the quarter of a day."""
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def quarter_before(day: date) -> date:
    """Return the first day of the quarter before that of a day."""
    return quarter(quarter(day) - timedelta(days=1))
