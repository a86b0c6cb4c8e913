"""How a collective decides: methods, choices, quorum, outcomes. Pure rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from collective.errors import NotAnAnswer

#: A secret vote needs so many who can vote, and its quorum is never under it: of four ballots
#: each is half known.
LEAST_SECRET = 5
#: How many options a choice is among.
FEWEST_OPTIONS, MOST_OPTIONS = 2, 8
#: How long a vote may last, and how long it does where nobody says otherwise.
SHORTEST, LONGEST, USUAL = timedelta(hours=1), timedelta(days=31), timedelta(days=3)
#: After a closing without quorum, how long it may still be extended; the ballots wait so long.
UNDECIDED = timedelta(days=3)
#: Who has not voted is reminded so long before closing, in short votes when half the time is over.
REMINDS_BEFORE = timedelta(hours=24)


class Method(StrEnum):
    """What kind of question it is, and so how the ballots are read."""

    #: Adopted unless somebody blocks, or at least as many disagree as agree.
    CONSENT = "consent"
    #: Yes or no; more ballots win.
    MAJORITY = "majority"
    #: One of 2 to 8 options; the most ballots win.
    CHOICE = "choice"
    #: How people feel about it. It binds nobody.
    SENSE = "sense"


class Choice(StrEnum):
    """What a ballot can say; the options of a choice are numbers instead, from "1"."""

    AGREE = "agree"
    DISAGREE = "disagree"
    BLOCK = "block"
    YES = "yes"
    UNSURE = "unsure"
    NO = "no"
    #: She takes part and leaves it to the others: it counts for the quorum only.
    ABSTAIN = "abstain"


_CHOICES: Mapping[Method, tuple[Choice, ...]] = {
    Method.CONSENT: (Choice.AGREE, Choice.ABSTAIN, Choice.DISAGREE, Choice.BLOCK),
    Method.MAJORITY: (Choice.YES, Choice.NO, Choice.ABSTAIN),
    Method.CHOICE: (Choice.ABSTAIN,),
    Method.SENSE: (Choice.YES, Choice.UNSURE, Choice.NO),
}


class Secrecy(StrEnum):
    """Whether it is known afterwards who voted what."""

    SECRET = "secret"  # noqa: S105 - no password
    OPEN = "open"


class Consulted(StrEnum):
    """Whether others whom it concerns were asked; every proposal says so."""

    YES = "yes"
    PLANNED = "planned"
    NO = "no"
    #: Nobody else is concerned.
    NOBODY = "nobody"


class Stage(StrEnum):
    """Where a proposal stands."""

    #: Only its author sees it.
    DRAFT = "draft"
    #: Concerns and questions are welcome, nobody votes.
    DISCUSSION = "discussion"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What a vote ended with."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    #: Somebody blocked: it goes back to discussion.
    BLOCKED = "blocked"
    TIE = "tie"
    NO_QUORUM = "no_quorum"
    #: A sense check: counts, and nothing follows from them.
    SENSED = "sensed"


class NextStep(StrEnum):
    """What becomes of a vote that found no quorum."""

    EXTEND = "extend"
    MEETING = "meeting"
    DROP = "drop"


class Meeting(StrEnum):
    """What a meeting decided where the vote did not."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    #: It was put off to another meeting.
    LATER = "later"


class Carried(StrEnum):
    """How far a decision was carried out."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"


#: How many ballots each choice got. Choices that nobody made may be missing.
Tally = Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came out."""

    outcome: Outcome
    #: The number of the option that won a choice, None elsewhere.
    winner: str | None = None
    #: None without quorum: what few said stays unsaid, and may still change.
    counts: Tally | None = None


def choices(method: Method, options: int = 0) -> tuple[str, ...]:
    """Return what a ballot may say, in the order of the card; a typed number n means the nth.

    `options` is how many a choice is among.
    """
    named = tuple(each.value for each in _CHOICES[method])
    if method is not Method.CHOICE:
        return named
    return (*(str(number) for number in range(1, options + 1)), *named)


def ensure_choice(method: Method, options: int, choice: str) -> str:
    """Return the choice; raise NotAnAnswer where this vote does not have it."""
    if choice not in choices(method, options):
        raise NotAnAnswer(question=method.value)
    return choice


def read_typed(method: Method, options: int, text: str) -> str | None:
    """Return the choice whose place on the card was typed; None where it is no such number.

    Words ("yes") depend on the language and are read at the border.
    """
    if not re.fullmatch(r"[0-9]{1,2}", text.strip()):
        return None
    offered, place = choices(method, options), int(text)
    return offered[place - 1] if 1 <= place <= len(offered) else None


def needed(quorum: int | None, *, entitled: int, secrecy: Secrecy) -> int:
    """Return how many ballots make a quorum among those entitled at this moment.

    None: half of them, rounded up. A number that was chosen comes down with them when somebody
    leaves. In a secret vote it is never under LEAST_SECRET: fewer than five who may vote can have
    no quorum then. Nobody's ballot is no decision: it is 1 at least.
    """
    wanted = (entitled + 1) // 2 if quorum is None else min(quorum, entitled)
    return max(wanted, LEAST_SECRET if secrecy is Secrecy.SECRET else 1)


def result(method: Method, tally: Tally, *, quorum: int) -> Result:
    """Read the ballots; `quorum` is what `needed` says. Abstaining counts for the quorum only."""
    if sum(tally.values()) < quorum:
        return Result(outcome=Outcome.NO_QUORUM)
    counts = {choice: number for choice, number in tally.items() if number}
    if method is Method.CHOICE:
        winner = _most(counts)
        outcome = Outcome.TIE if winner is None else Outcome.ADOPTED
        return Result(outcome=outcome, winner=winner, counts=counts)
    return Result(outcome=_outcome(method, counts), counts=counts)


def _outcome(method: Method, counts: Tally) -> Outcome:
    if method is Method.SENSE:
        return Outcome.SENSED
    return _consent(counts) if method is Method.CONSENT else _majority(counts)


def _consent(counts: Tally) -> Outcome:
    """One block stops it. Without one, disagreeing does not, while more agree than disagree."""
    if counts.get(Choice.BLOCK):
        return Outcome.BLOCKED
    agree, disagree = counts.get(Choice.AGREE, 0), counts.get(Choice.DISAGREE, 0)
    return Outcome.ADOPTED if agree > disagree else Outcome.NOT_ADOPTED


def _majority(counts: Tally) -> Outcome:
    yes, no = counts.get(Choice.YES, 0), counts.get(Choice.NO, 0)
    if yes == no:
        return Outcome.TIE
    return Outcome.ADOPTED if yes > no else Outcome.NOT_ADOPTED


def _most(counts: Tally) -> str | None:
    """Return the option with more ballots than any other, None where there is none."""
    options = {choice: n for choice, n in counts.items() if choice != Choice.ABSTAIN}
    most = max(options.values(), default=0)
    leading = [choice for choice, number in options.items() if number == most]
    return leading[0] if len(leading) == 1 else None


def usual_secrecy(*, about_a_person: bool) -> Secrecy:
    """Return what is proposed first: elections and what concerns a person are secret."""
    return Secrecy.SECRET if about_a_person else Secrecy.OPEN


def reminds_at(opened_at: datetime, closes_at: datetime) -> datetime:
    """Return when those who have not voted are reminded, once."""
    early = closes_at - REMINDS_BEFORE
    halfway = opened_at + (closes_at - opened_at) / 2
    return max(early, halfway)
