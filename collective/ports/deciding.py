"""Proposals, ballots, and what follows decisions."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from collective.carrying_out import Task
from collective.decisions import Carried, Meeting, NextStep, Result, Stage, Tally
from collective.feelings import After, Feelings, Felt, Question
from collective.own_words import WaitingQuestion
from collective.people import Member
from collective.proposals import Ballot, Concern, Listed, NamedBallot, Proposal
from collective.terms import Terms


class Proposals(Protocol):
    """Proposals and what came of them."""

    async def add(
        self,
        *,
        draft: str,
        collective_id: int,
        author_id: int | None,
        terms: Terms,
        stage: Stage = Stage.DRAFT,
        follows_id: int | None = None,
        now: datetime,
    ) -> Proposal | None:
        """Add a proposal; None when this draft already became one."""
        ...

    async def by_draft(self, draft: str) -> Proposal | None:
        """Return the proposal that a wizard's draft became."""
        ...

    async def get(self, proposal_id: int) -> Proposal | None:
        """Return a proposal."""
        ...

    async def hold(self, proposal_id: int, *, alone: bool = False) -> Proposal | None:
        """Return a proposal; it cannot be changed or closed before this unit has ended.

        `alone`: nobody else holds it meanwhile, so no ballot is on its way.
        """
        ...

    async def put_terms(self, proposal_id: int, terms: Terms) -> None:
        """Keep its terms in place of the earlier ones."""
        ...

    async def discuss(self, proposal_id: int) -> None:
        """Put it to discussion."""
        ...

    async def open(self, proposal_id: int, now: datetime) -> None:
        """Put it to the vote."""
        ...

    async def withdraw(self, proposal_id: int, because: str | None) -> None:
        """Keep that it was withdrawn."""
        ...

    async def close(
        self, proposal_id: int, result: Result, *, entitled: int, turnout: int, now: datetime
    ) -> None:
        """Keep what came out."""
        ...

    async def settle(
        self, proposal_id: int, step: NextStep, closes_at: datetime | None = None
    ) -> None:
        """Keep what becomes of a vote without quorum; to extend it is to open it again."""
        ...

    async def remind_at(self, proposal_id: int, moment: datetime) -> None:
        """Keep when who has not voted is reminded."""
        ...

    async def meet(
        self, proposal_id: int, meeting: Meeting, sentence: str | None, met_at: datetime | None
    ) -> None:
        """Keep what the meeting decided, its sentence, and when that was said."""
        ...

    async def conclude(self, proposal_id: int, sentence: str, review_on: date | None) -> None:
        """Keep what was decided in one sentence, and when to look at it again."""
        ...

    async def set_carried(self, proposal_id: int, carried: Carried) -> None:
        """Keep how far it was carried out; there is no day to look at it again any more."""
        ...

    async def unfinished(self, member_id: int) -> list[Proposal]:
        """Return the votes on whose rolls she stands and whose ballots are not settled yet."""
        ...

    async def spoken_by(self, person_id: int) -> list[int]:
        """Return the proposals of hers that only her voice asks, and that have not come out."""
        ...

    async def forget_draft(self, proposal_id: int) -> None:
        """Forget a draft."""
        ...

    async def forget_drafts(self, person_id: int) -> None:
        """Forget what she began to propose and showed nobody."""
        ...

    async def add_concern(
        self, proposal_id: int, person_id: int, text: str, *, key: str, now: datetime
    ) -> Concern | None:
        """Keep a concern; None when the message of this key was kept before."""
        ...

    async def concern(self, concern_id: int) -> Concern | None:
        """Return a concern."""
        ...

    async def concerns(self, proposal_id: int) -> list[Concern]:
        """Return the concerns about a proposal, the oldest first."""
        ...


class Register(Protocol):
    """The proposals of collectives in their order, a page at a time."""

    async def page(
        self,
        person_id: int,
        collectives: Collection[int],
        *,
        now: datetime,
        offset: int,
        limit: int,
    ) -> list[Listed]:
        """Return some of what she sees of these: what waits for her first, then the newest."""
        ...

    async def count(self, person_id: int, collectives: Collection[int]) -> int:
        """Count what she sees of these."""
        ...

    async def waiting(self, person_id: int, now: datetime) -> list[Proposal]:
        """Return the votes that wait for her, the first to close first."""
        ...

    async def running(self, collective_id: int, now: datetime) -> list[Proposal]:
        """Return the votes under way that its group was told of, the newest first."""
        ...

    async def decided(self, collective_id: int, *, offset: int = 0, limit: int) -> list[Proposal]:
        """Return some of what came out and was told to its group, the newest first."""
        ...

    async def count_decided(self, collective_id: int) -> int:
        """Count those."""
        ...

    async def between(self, collective_id: int, first: datetime, end: datetime) -> list[Proposal]:
        """Return what was made or closed in [first, end), for figures."""
        ...

    async def ended(self, collective_id: int, first: datetime, end: datetime) -> list[Proposal]:
        """Return what closed, or was decided by a meeting afterwards, in [first, end)."""
        ...


class Ballots(Protocol):
    """The roll of each vote, and its ballots. Only here is it known whose a secret one is."""

    async def enrol(self, proposal: Proposal, members: Iterable[Member]) -> None:
        """Make the roll, and the secret that ballots are kept under where the vote is secret."""
        ...

    async def roll(self, proposal_id: int) -> Mapping[int, bool]:
        """Return who can vote, by member, and whether she has."""
        ...

    async def put(self, proposal: Proposal, member_id: int, ballot: Ballot) -> bool:
        """Keep her ballot in place of an earlier one; False when she is not on the roll."""
        ...

    async def of(self, proposal: Proposal, member_id: int) -> Ballot | None:
        """Return her ballot; None when there is none, or it cannot be known any more."""
        ...

    async def tokens(self, proposal: Proposal, member_id: int) -> Mapping[str, str]:
        """Return what stands for each choice she may type, by choice, in 16 characters at most.

        In a secret vote it is hers alone, and once that is sealed it tells nothing.
        """
        ...

    async def take_back(self, proposal: Proposal, member_id: int) -> None:
        """Forget her ballot; she stays on the roll."""
        ...

    async def strike(self, proposal: Proposal, member_id: int) -> None:
        """Take her off the roll, with her ballot."""
        ...

    async def tally(self, proposal: Proposal) -> Tally:
        """Count the ballots of a vote whose ballots are not settled yet."""
        ...

    async def named(self, proposal_id: int) -> list[NamedBallot]:
        """Return the ballots of an open vote."""
        ...

    async def seal(self, proposal: Proposal, *, counts: bool) -> None:
        """End a vote: of a secret one nobody can ever tell again who voted what, or who voted.

        Its choices stay, in no order. Where they do not count nothing stays of any vote.
        """
        ...


class Questions(Protocol):
    """The sounds of questions that were asked by voice, kept for a change of bot; encrypted."""

    async def to_fetch(self, now: datetime, limit: int) -> list[WaitingQuestion]:
        """Return questions that the members hear and whose turn to be fetched has come."""
        ...

    async def keep_sound(self, question: WaitingQuestion, sound: bytes) -> None:
        """Keep what was fetched, unless something else is asked by now."""
        ...

    async def miss(self, question: WaitingQuestion, again: datetime | None) -> None:
        """Keep that fetching failed, and when it is tried again; None: never."""
        ...

    async def sound(self, proposal_id: int) -> bytes | None:
        """Return the sound, None where it is not kept."""
        ...

    async def sent_as(self, proposal_id: int) -> str | None:
        """Return the id under which another bot than the one that heard it has sent it last."""
        ...

    async def keep_sent_as(self, proposal_id: int, file_id: str) -> None:
        """Keep that id."""
        ...


class Aftermath(Protocol):
    """What follows decisions and meetings: tasks, and how it was to decide or to meet."""

    async def add_task(
        self,
        proposal_id: int,
        text: str,
        *,
        draft: str,
        person_id: int | None,
        due_on: date | None,
        now: datetime,
    ) -> Task | None:
        """Add a task; None when this draft already became one."""
        ...

    async def task(self, task_id: int) -> Task | None:
        """Return a task."""
        ...

    async def tasks(self, proposal_id: int) -> list[Task]:
        """Return the tasks of a decision, in the order they were given."""
        ...

    async def tasks_of(self, person_id: int, collective_id: int) -> list[Task]:
        """Return what she still has to do in a collective."""
        ...

    async def give_task(self, task_id: int, person_id: int | None) -> None:
        """Keep whose task it is now."""
        ...

    async def set_done(self, task_id: int) -> None:
        """Keep that a task is done."""
        ...

    async def put_felt(
        self, after: After, number: int, member_id: int, question: Question, felt: Felt
    ) -> None:
        """Keep her answer to one of the two questions until it is counted, not one after that.

        `number` is that of the proposal or the activity.
        """
        ...

    async def felt(self, after: After, number: int) -> Feelings:
        """Count the answers that wait to be counted; nobody is shown these."""
        ...

    async def told(self, after: After, number: int) -> Feelings:
        """Return the counts that may be shown; a question of which nothing may is missing."""
        ...

    async def tell(
        self, after: After, number: int, told: Feelings, counted: Collection[Question]
    ) -> None:
        """Keep the counts that may be shown, and forget who answered what to the questions counted.

        That somebody has answered stays, so that nobody is counted twice.
        """
        ...
