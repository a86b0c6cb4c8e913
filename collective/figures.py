"""The numbers behind every summary. They know nothing of names."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from collective.checkins import Answers
from collective.forms import PASSED, Form, Kind, Question

#: No average and no breakdown stands on fewer answers than this.
FEWEST = 5


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


def round_figures(form: Form, expected: int, checkins: Iterable[Answers]) -> RoundFigures:
    """Count a closed round. A check-in without a single answer is silence and not counted."""
    given = [answers for answers in checkins if answers]
    means = {q.key: _mean(q, given) for q in form.questions if q.kind is Kind.SCALE}
    counted = {q.key: _breakdown(q, given) for q in form.questions if q.kind is not Kind.SCALE}
    return RoundFigures(expected=expected, answered=len(given), means=means, breakdowns=counted)


def _mean(question: Question, given: list[Answers]) -> Decimal | None:
    values = [Decimal(answers[question.key]) for answers in given if _is_digit(answers, question)]
    if len(values) < FEWEST:
        return None
    return (sum(values, Decimal()) / len(values)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _is_digit(answers: Answers, question: Question) -> bool:
    return answers.get(question.key, "").isdigit()


def _breakdown(question: Question, given: list[Answers]) -> Breakdown | None:
    said = [answers[question.key] for answers in given if question.key in answers]
    said = [value for value in said if value != PASSED]
    if len(said) < FEWEST:
        return None
    counts = Counter(key for value in said for key in value.split(","))
    ordered = {choice.key: counts[choice.key] for choice in question.choices if counts[choice.key]}
    return Breakdown(respondents=len(said), counts=ordered)
