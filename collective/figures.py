"""The numbers behind every summary. They know nothing of names."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TypeVar

from collective.activities import Activity, outward
from collective.activities import Kind as ActivityKind
from collective.activities import Stage as ActivityStage
from collective.checkins import Answers, counted
from collective.feelings import Feelings
from collective.follow_ups import PROMPT, FollowUp
from collective.forms import PASSED, Form, Kind, Question
from collective.retention import MOTIVATION
from collective.rounds import Round
from collective.setbacks import Measure

_Key = TypeVar("_Key")

#: No average and no breakdown stands on fewer answers than this.
FEWEST = 5
#: Among the counts of a question: how many people said anything at all. No choice has this key.
SAID = "*"


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What a round leaves when it closes: how many, never who. It outlives erasure."""

    expected: int
    answered: int
    #: How many people gave each value, by question key; questions under five are missing.
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """How often each choice was given, in form order; only choices that were given."""

    respondents: int
    counts: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class RoundFigures:
    """One round in numbers. None stands for "too few to show", which is not zero."""

    expected: int
    answered: int
    #: Mean of the scale answers, one decimal, by question key.
    means: Mapping[str, Decimal | None]
    #: Counts of the other questions, by question key.
    breakdowns: Mapping[str, Breakdown | None]


@dataclass(frozen=True, kw_only=True)
class FollowUpFigures:
    """Follow-ups of a collective in numbers."""

    total: int
    #: Those that still wait.
    waiting: int
    #: Those closed within two weeks; of what waits for less nothing is known yet.
    prompt: int
    due: int


@dataclass(frozen=True, kw_only=True)
class ActivityFigures:
    """Activities of a collective in numbers, for summaries, figures and exports."""

    #: Those that are over and were not cancelled, looked back on or not.
    held: int = 0
    cancelled: int = 0
    #: Of those held.
    kinds: Mapping[ActivityKind, int] = field(default_factory=dict)
    #: Contact with people outside; in charge was a member, and no facilitator.
    outward: int = 0
    without_facilitator: int = 0
    #: Those that were looked back on: summed over them, who was there of how many members.
    looked_back: int = 0
    attended: int = 0
    members: int = 0

    @property
    def share(self) -> Decimal | None:
        """Who was there of all who could have been, two decimals; None: nobody has said."""
        if not self.members:
            return None
        return (Decimal(self.attended) / self.members).quantize(Decimal("0.01"), ROUND_HALF_UP)


def count(form: Form, checkins: Collection[Answers]) -> Totals:
    """Count a round; `form` is the form as that round asked it.

    A check-in without a single answer is silence. What fewer than five people said is not
    counted: a total of three is nearly a name. Neither are words: that somebody said something
    is no figure.
    """
    given = [counted(form, answers) for answers in checkins if answers]
    chosen = [question.key for question in form.questions if question.kind is not Kind.WORDS]
    counts = {
        key: _counted([answers[key] for answers in given if key in answers]) for key in chosen
    }
    enough = {key: each for key, each in counts.items() if each[SAID] >= FEWEST}
    return Totals(expected=len(checkins), answered=len(given), counts=enough)


def by_fives(told: int, now: int) -> bool:
    """Tell whether a figure that stood on `told` people may be told anew on `now`.

    Who reads it before and after knows what made the difference: at least five people must stand
    behind that. What stood on fewer than five was not told at all.
    """
    known = told if told >= FEWEST else 0
    return now - known >= FEWEST


def with_late(form: Form, told: Totals, now: Totals) -> Totals:
    """Take in what was entered after a round had closed, where that gives nobody's answer away.

    A question takes its new count only `by_fives`.
    """
    counts = dict(told.counts)
    for question in form.questions:
        key = question.key
        before = _behind(question, told.counts.get(key, {}))
        if key in now.counts and by_fives(before, _behind(question, now.counts[key])):
            counts[key] = now.counts[key]
    return Totals(
        expected=max(told.expected, now.expected),
        answered=max(told.answered, now.answered),
        counts=counts,
    )


def round_figures(form: Form, totals: Totals) -> RoundFigures:
    """Read the figures of a round from what was counted."""
    scales = [q for q in form.questions if q.kind is Kind.SCALE]
    means = {q.key: mean(totals.counts.get(q.key, {})) for q in scales}
    chosen = [q for q in form.questions if q.kind in {Kind.ONE, Kind.SEVERAL}]
    breakdowns = {q.key: _breakdown(q, totals) for q in chosen}
    return RoundFigures(
        expected=totals.expected, answered=totals.answered, means=means, breakdowns=breakdowns
    )


def _counted(values: list[str]) -> dict[str, int]:
    said = [value for value in values if value != PASSED]
    chosen = Counter(key for value in said for key in value.split(","))
    return {SAID: len(said), PASSED: len(values) - len(said), **chosen}


def _digits(counts: Mapping[str, int]) -> dict[Decimal, int]:
    return {Decimal(value): people for value, people in counts.items() if value.isdigit()}


def _behind(question: Question, counts: Mapping[str, int]) -> int:
    """Return how many people stand behind what is shown of a question."""
    return sum(_digits(counts).values()) if question.kind is Kind.SCALE else counts.get(SAID, 0)


def mean(counts: Mapping[str, int]) -> Decimal | None:
    """Return the mean of a scale's answers, one decimal; None under five of them."""
    digits = _digits(counts)
    respondents = sum(digits.values())
    if respondents < FEWEST:
        return None
    found = sum((digit * people for digit, people in digits.items()), Decimal()) / respondents
    return found.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def measure(round_: Round, totals: Totals) -> Measure:
    """Read from a closed round what recovery from a setback is told by."""
    participation = Fraction(totals.answered, totals.expected) if totals.expected else None
    return Measure(
        participation=participation,
        motivation=mean(totals.counts.get(MOTIVATION, {})),
        closed_at=round_.closed_at or round_.closes_at,
    )


def _breakdown(question: Question, totals: Totals) -> Breakdown | None:
    counts = totals.counts.get(question.key)
    if counts is None:
        return None
    ordered = {c.key: counts[c.key] for c in question.choices if counts.get(c.key)}
    return Breakdown(respondents=counts[SAID], counts=ordered)


def activity_figures(
    activities: Collection[Activity], facilitators: Collection[int], now: datetime
) -> ActivityFigures:
    """Count activities; `facilitators` are the persons who accompany the collective."""
    held = [each for each in activities if each.stage(now) is ActivityStage.OVER]
    looked_back = [each for each in held if each.finished_at is not None]
    led = [each.details.in_charge for each in held if each.details.in_charge is not None]
    return ActivityFigures(
        held=len(held),
        cancelled=sum(each.cancelled_at is not None for each in activities),
        kinds=_numbered(each.details.kind for each in held),
        outward=sum(outward(each) for each in held),
        without_facilitator=sum(person not in facilitators for person in led),
        looked_back=len(looked_back),
        attended=sum(each.attended or 0 for each in looked_back),
        members=sum(each.members or 0 for each in looked_back),
    )


def feelings(told: Feelings, waiting: Feelings) -> Feelings:
    """Return the questions about a decision that may be told anew, with all that was said to them.

    A question takes in the answers that wait when they are five: of fewer, the difference to what
    was told before would say who gave which.
    """
    return {
        question: Counter(told.get(question, {})) + Counter(counts)
        for question, counts in waiting.items()
        if sum(counts.values()) >= FEWEST
    }


def _numbered(values: Iterable[_Key | None]) -> dict[_Key, int]:
    return dict(Counter(value for value in values if value is not None))


def follow_up_figures(follow_ups: Collection[FollowUp], now: datetime) -> FollowUpFigures:
    """Count follow-ups: `prompt` of those `due`, closed or older than two weeks."""
    due = [each for each in follow_ups if not each.open or now - each.since > PROMPT]
    return FollowUpFigures(
        total=len(follow_ups),
        waiting=sum(1 for each in follow_ups if each.open),
        prompt=sum(1 for each in due if each.prompt),
        due=len(due),
    )
