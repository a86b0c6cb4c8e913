"""What every card of a proposal is drawn from: the proposal as one person may see it."""

from dataclasses import dataclass, replace
from datetime import datetime

from collective.actions import ballots, telling
from collective.actions.ballots import Poll
from collective.collectives import Collective
from collective.errors import Refusal
from collective.ports import Store
from collective.proposals import Proposal


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A proposal, where it stands at this moment, and what she is in it."""

    proposal: Proposal
    poll: Poll
    collective: Collective
    #: Her number.
    person: int
    member: bool
    facilitates: bool
    #: Whether she looks after it: its author, or the facilitators once she is gone.
    runs: bool
    #: The author's name, None when she is gone.
    author: str | None
    #: The id under which its spoken question has been sent since the bot has changed.
    sent_as: str | None

    @property
    def judges(self) -> bool:
        """Whether she may say how far it was carried out, as `carrying_out.judge` checks."""
        return self.runs or self.facilitates


async def find(store: Store, proposal_id: int, person_id: int, now: datetime) -> Matter | None:
    """Return a proposal as she sees it; None when it is gone or not hers to see."""
    try:
        poll = await ballots.look(store, proposal_id, by=person_id, now=now)
    except Refusal:
        return None
    proposal = poll.proposal
    collective = await store.collectives.get(proposal.collective_id)
    if collective is None:
        return None
    standing = await store.people.standing(person_id)
    author = await store.people.person(proposal.author_id) if proposal.author_id else None
    return Matter(
        proposal=_read(poll),
        poll=poll,
        collective=collective,
        person=person_id,
        member=collective.id in standing.member_of,
        facilitates=collective.id in standing.facilitates,
        runs=person_id in await telling.runners(store, proposal),
        author=author.name if author else None,
        sent_as=await store.questions.sent_as(proposal.id) if proposal.terms.voice else None,
    )


def _read(poll: Poll) -> Proposal:
    """Return the proposal with what came out, also while its closing waits to be worked through."""
    if poll.result is None:
        return poll.proposal
    result = poll.result
    return replace(
        poll.proposal,
        outcome=result.outcome,
        winner=result.winner,
        counts=result.counts,
        entitled=poll.entitled,
        turnout=poll.voted,
    )
