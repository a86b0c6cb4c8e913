"""A proposal: what is asked, how it is voted on, what came out and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from collective import decisions
from collective.decisions import (
    Carried,
    Consulted,
    Meeting,
    Method,
    NextStep,
    Outcome,
    Result,
    Secrecy,
    Stage,
    Tally,
)
from collective.terms import Terms

#: Longest texts, in characters: a concern, a reason for a ballot or for withdrawing.
CONCERN_LIMIT, REASON_LIMIT = 500, 300


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One proposal with its vote. One that is voted on again is a new one, that follows it."""

    id: int
    collective_id: int
    #: None when she has had everything about her erased.
    author_id: int | None
    terms: Terms
    stage: Stage
    created_at: datetime
    opened_at: datetime | None = None
    #: When who has not voted is reminded of the closing that stands now.
    reminds_at: datetime | None = None
    #: When its closing was worked through, None before.
    closed_at: datetime | None = None
    #: It was given more time once.
    extended: bool = False
    outcome: Outcome | None = None
    winner: str | None = None
    counts: Tally | None = None
    #: When it closed: how many could vote, and how many did.
    entitled: int | None = None
    turnout: int | None = None
    next_step: NextStep | None = None
    #: What the meeting decided, where the vote did not, and when that was said; an older record
    #: may not know when.
    meeting: Meeting | None = None
    met_at: datetime | None = None
    #: Why its author withdrew it.
    withdrawn_because: str | None = None
    #: The proposal that was blocked, and that this one takes up again.
    follows_id: int | None = None
    #: Afterwards: what was decided in one sentence, when to look at it again (until that was done),
    #: what became of it.
    sentence: str | None = None
    review_on: date | None = None
    carried: Carried | None = None

    @property
    def method(self) -> Method:
        """The method; a draft that has none yet is asked for it before anything else."""
        return self.terms.method or Method.CONSENT

    @property
    def secret(self) -> bool:
        """Whether nobody may ever know who voted what."""
        return self.terms.secrecy is Secrecy.SECRET

    @property
    def choices(self) -> tuple[str, ...]:
        """What a ballot may say, in the order of the card."""
        return decisions.choices(self.method, len(self.terms.options))

    @property
    def unconsulted(self) -> bool:
        """Whether it must carry that others whom it concerns were not asked."""
        return self.terms.consulted is Consulted.NO

    @property
    def adopted(self) -> bool:
        """Whether it was decided to do it, by the vote or by the meeting."""
        return self.outcome is Outcome.ADOPTED or self.meeting is Meeting.ADOPTED

    @property
    def settled_at(self) -> datetime | None:
        """When it was decided to do it or not; a block, a tie, too few votes leave it open."""
        if self.meeting in {Meeting.ADOPTED, Meeting.NOT_ADOPTED}:
            return self.met_at or self.closed_at
        decided = self.outcome in {Outcome.ADOPTED, Outcome.NOT_ADOPTED}
        return self.closed_at if decided else None

    @property
    def meets(self) -> bool:
        """Whether a meeting decides it: it was a tie, or was taken there without quorum."""
        return self.outcome is Outcome.TIE or self.next_step is NextStep.MEETING

    def takes_ballots(self, now: datetime) -> bool:
        """Read from the clock, so a late bell keeps no vote open and shuts none early."""
        closes_at = self.terms.closes_at
        return self.stage is Stage.OPEN and closes_at is not None and now < closes_at

    def due(self, now: datetime) -> bool:
        """Tell whether its hour has come and its closing was not worked through yet."""
        return self.stage is Stage.OPEN and not self.takes_ballots(now)

    def undecided(self, now: datetime) -> bool:
        """Tell whether it found no quorum and somebody may still say what becomes of it."""
        closes_at = self.terms.closes_at
        return (
            self.outcome is Outcome.NO_QUORUM
            and self.next_step is None
            and closes_at is not None
            and now < closes_at + decisions.UNDECIDED
        )

    @property
    def unfinished(self) -> bool:
        """Whether its ballots may still change or count; read from the record alone."""
        waits = self.outcome is Outcome.NO_QUORUM and self.next_step is None
        return self.stage is Stage.OPEN or waits

    def extendable(self, now: datetime) -> bool:
        """Tell whether it may get more time: once, and while its ballots wait for that."""
        return self.undecided(now) and not self.extended

    def result(self) -> Result | None:
        """Return what came out, None before it closed."""
        if self.outcome is None:
            return None
        return Result(outcome=self.outcome, winner=self.winner, counts=self.counts)


class Part(IntEnum):
    """The parts of the register, in their order."""

    TO_VOTE = 0
    RUNNING = 1
    PAST = 2


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One line of the register, as one person sees it."""

    part: Part
    proposal: Proposal


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """What one member says in one vote. Who may see whose: `actions.ballots`."""

    choice: str
    #: In an open vote only, if she likes.
    reason: str | None = None
    #: Who cast it on her behalf, None: she herself.
    entered_by: int | None = None


@dataclass(frozen=True, kw_only=True)
class NamedBallot:
    """A ballot of an open vote, with her name at this moment."""

    member_id: int
    name: str
    ballot: Ballot


@dataclass(frozen=True, kw_only=True)
class Concern:
    """A concern or a question about a proposal; the collective reads it with her name."""

    id: int
    proposal_id: int
    person_id: int
    #: Her name at this moment.
    name: str
    text: str
    said_at: datetime
