"""Voting: one member, one ballot, changeable until the vote closes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from collective import access, decisions
from collective.actions import proposals, telling
from collective.decisions import Result
from collective.errors import AnsweredHerself, NotEntitled, OpenVotesOnly, Outdated, VoteClosed
from collective.events import Event
from collective.people import Member, clean_text
from collective.ports import Store
from collective.proposals import REASON_LIMIT, Ballot, NamedBallot, Proposal


@dataclass(frozen=True, kw_only=True)
class Poll:
    """A vote as one person may see it now."""

    proposal: Proposal
    #: How many can vote, and how many have: all that is known of it before it closes.
    entitled: int
    voted: int
    #: Whether she can vote, and her own ballot as long as it can be known.
    may_vote: bool
    hers: Ballot | None
    #: What came out; of a vote whose hour has come it is read from the ballots at once.
    result: Result | None


async def cast(
    store: Store,
    proposal_id: int,
    choice: str,
    *,
    reason: str | None = None,
    edition: str | None = None,
    by: int,
    now: datetime,
) -> Ballot:
    """Keep her ballot in place of an earlier one; it counts, or the vote has closed before.

    A reason stays while the choice does; secret votes take none: few words tell who wrote them.
    `edition` is that of the terms she saw; Outdated when they have changed since.

    Raises Outdated, VoteClosed, NotEntitled, NotAnAnswer, OpenVotesOnly, TextEmpty, TextTooLong.
    """
    proposal = await _open(store, proposal_id, now)
    if edition not in {None, proposal.terms.edition}:
        raise Outdated
    kept = decisions.ensure_choice(proposal.method, len(proposal.terms.options), choice)
    said = _reason(proposal, reason)
    member = await _voter(store, proposal, by)
    before = await store.ballots.of(proposal, member.id)
    own = before is not None and before.entered_by is None
    if said is None and own and before is not None and before.choice == kept:
        said = before.reason
    ballot = Ballot(choice=kept, reason=said)
    if not await store.ballots.put(proposal, member.id, ballot):
        raise NotEntitled
    return ballot


async def tokens(store: Store, proposal: Proposal, *, by: int) -> Mapping[str, str]:
    """Return what may be kept of a choice she only typed, by choice, until she confirms it.

    It belongs to the edition of the terms she saw. Raises NotEntitled.
    """
    member = await _voter(store, proposal, by)
    return await store.ballots.tokens(proposal, member.id)


async def take_back(store: Store, proposal_id: int, *, by: int, now: datetime) -> None:
    """Forget her ballot; she may cast another. Raises Outdated, VoteClosed, NotEntitled."""
    proposal = await _open(store, proposal_id, now)
    member = await _voter(store, proposal, by)
    await store.ballots.take_back(proposal, member.id)


async def cast_for(
    store: Store, proposal_id: int, member_id: int, choice: str, *, by: int, now: datetime
) -> Ballot:
    """Cast a ballot on behalf of an absent member, in an open vote; its facilitator may.

    It is marked, she is told where she can be, and she may change it.

    Raises Outdated, NotAllowed, OpenVotesOnly, VoteClosed, NotEntitled, NotAnAnswer,
    AnsweredHerself.
    """
    proposal = await _open(store, proposal_id, now)
    await access.ensure_facilitates(store, by, proposal.collective_id)
    if proposal.secret:
        raise OpenVotesOnly
    kept = decisions.ensure_choice(proposal.method, len(proposal.terms.options), choice)
    member = await _member(store, proposal, member_id)
    if member.person_id == by:
        raise AnsweredHerself
    before = await store.ballots.of(proposal, member_id)
    if before is not None and before.entered_by is None:
        raise AnsweredHerself
    ballot = Ballot(choice=kept, entered_by=by)
    if not await store.ballots.put(proposal, member_id, ballot):
        raise NotEntitled
    await telling.tell(store, proposal, [member.person_id], telling.BALLOT_ENTERED, now)
    await store.audit.append(Event.BALLOT_ENTERED, by=by, subject=proposal_id, now=now)
    return ballot


async def entitled(store: Store, proposal_id: int, *, by: int) -> list[Member]:
    """Return on whose behalf its facilitator may vote: who has no ballot of her own.

    Raises Outdated, NotAllowed, OpenVotesOnly.
    """
    proposal = await store.proposals.get(proposal_id)
    if proposal is None:
        raise Outdated
    await access.ensure_facilitates(store, by, proposal.collective_id)
    if proposal.secret:
        raise OpenVotesOnly
    roll = await store.ballots.roll(proposal_id)
    cast_ = await store.ballots.named(proposal_id)
    own = {each.member_id for each in cast_ if each.ballot.entered_by is None}
    members = await store.collectives.members(proposal.collective_id)
    return [m for m in members if m.id in roll.keys() - own and m.person_id != by]


async def look(store: Store, proposal_id: int, *, by: int, now: datetime) -> Poll:
    """Return a vote as she may see it; raise Outdated, NotAllowed."""
    proposal = await proposals.readable(store, proposal_id, by=by)
    roll = await store.ballots.roll(proposal_id)
    member = await store.collectives.member(proposal.collective_id, by)
    on_roll = member is not None and member.id in roll
    hers = await store.ballots.of(proposal, member.id) if member and on_roll else None
    result = proposal.result()
    if proposal.due(now):
        result = await count(store, proposal, entitled=len(roll))
    return Poll(
        proposal=proposal,
        entitled=len(roll) if proposal.entitled is None else proposal.entitled,
        voted=sum(roll.values()) if proposal.turnout is None else proposal.turnout,
        may_vote=on_roll and proposal.takes_ballots(now),
        hers=hers,
        result=result,
    )


async def count(store: Store, proposal: Proposal, *, entitled: int) -> Result:
    """Read the ballots of a vote whose hour has come, among so many who can vote now."""
    quorum = decisions.needed(
        proposal.terms.quorum,
        entitled=entitled,
        secrecy=proposal.terms.secrecy or decisions.Secrecy.OPEN,
    )
    return decisions.result(proposal.method, await store.ballots.tally(proposal), quorum=quorum)


async def named(store: Store, proposal_id: int, *, by: int) -> list[NamedBallot]:
    """Return who said what in an open vote that has come to an outcome; of any other nothing.

    Raises Outdated, NotAllowed.
    """
    proposal = await proposals.readable(store, proposal_id, by=by)
    told = proposal.counts is not None and not proposal.secret
    return await store.ballots.named(proposal_id) if told else []


async def strike(store: Store, person_id: int, collective_id: int) -> None:
    """Take a member who leaves off the rolls of what has not closed, with her ballots.

    A quorum comes down with her; a secret vote in which fewer than five are left finds none.
    Who comes back votes again from the next vote on.
    """
    member = await store.collectives.member(collective_id, person_id)
    for seen in await store.proposals.unfinished(member.id) if member else ():
        # Held: a vote that closes at this moment has counted her, or never saw her.
        proposal = await store.proposals.hold(seen.id)
        if proposal is not None and member is not None and proposal.unfinished:
            await store.ballots.strike(proposal, member.id)


async def _open(store: Store, proposal_id: int, now: datetime) -> Proposal:
    # Held: a ballot that meets the closing is in before it, or told that it came too late.
    proposal = await store.proposals.hold(proposal_id)
    if proposal is None:
        raise Outdated
    if not proposal.takes_ballots(now):
        raise VoteClosed
    return proposal


async def _voter(store: Store, proposal: Proposal, by: int) -> Member:
    """Return her membership; raise NotEntitled where she does not stand on the roll."""
    member = await store.collectives.member(proposal.collective_id, by)
    if member is None or member.id not in await store.ballots.roll(proposal.id):
        raise NotEntitled
    return member


async def _member(store: Store, proposal: Proposal, member_id: int) -> Member:
    members = await store.collectives.members(proposal.collective_id)
    found = next((each for each in members if each.id == member_id), None)
    if found is None:
        raise NotEntitled
    return found


def _reason(proposal: Proposal, reason: str | None) -> str | None:
    if reason is None:
        return None
    if proposal.secret:
        raise OpenVotesOnly
    return clean_text(reason, limit=REASON_LIMIT)
