"""Proposing: a draft, a discussion, a vote; amending and withdrawing; what others say about it."""

from dataclasses import replace
from datetime import datetime

from collective import access, terms
from collective.actions import hours, telling
from collective.decisions import Stage, reminds_at
from collective.errors import BallotsCast, NotAllowed, Outdated, VoteClosed
from collective.events import Event
from collective.people import clean_text
from collective.ports import Store
from collective.proposals import CONCERN_LIMIT, REASON_LIMIT, Concern, Proposal
from collective.schedules import Bell
from collective.terms import Terms


async def draft(
    store: Store, collective_id: int, said: Terms, *, draft: str, by: int, now: datetime
) -> Proposal:
    """Keep what a member begins to propose; nobody else sees it. The same draft is the same one.

    Its facilitator may propose too. Raises NotAllowed, and what `terms.cleaned` raises.
    """
    await access.ensure_belongs(store, by, collective_id)
    kept = terms.cleaned(said)
    made = await store.proposals.add(
        draft=draft, collective_id=collective_id, author_id=by, terms=kept, now=now
    )
    proposal = made or await store.proposals.by_draft(draft)
    if proposal is None or proposal.author_id != by:
        raise NotAllowed
    return proposal


async def amend(store: Store, proposal_id: int, said: Terms, *, by: int, now: datetime) -> Proposal:
    """Change what its author says; while it is voted on, only before the first ballot.

    Who can vote is told then, and the group, so all that changes is given at once. Raises Outdated,
    NotAllowed, VoteClosed, BallotsCast, ClosingUnheard, and what makes the terms unfit.
    """
    proposal = await _authored(store, proposal_id, by)
    kept = terms.cleaned(said)
    if kept == proposal.terms:
        return proposal
    voters = await _ensure_open_to_change(store, proposal, now)
    if proposal.stage is Stage.OPEN:
        await _ensure_ready(store, proposal, kept, voters, now)
    await store.proposals.put_terms(proposal_id, kept)
    amended = await _existing(store, proposal_id)
    if proposal.stage is Stage.OPEN:
        amended = await wind(store, amended, now)
        await store.ballots.enrol(amended, ())
        await telling.voters(store, amended, telling.VOTE_AMENDED, now=now)
        await telling.group(store, amended, telling.GROUP_AMENDED, now=now)
    if proposal.stage is not Stage.DRAFT:
        await store.audit.append(Event.PROPOSAL_AMENDED, by=by, subject=proposal_id, now=now)
    return amended


async def ensure_amendable(store: Store, proposal_id: int, *, by: int, now: datetime) -> None:
    """Refuse before she is asked for anything; see `amend`. Raises what that raises first."""
    proposal = await _existing(store, proposal_id)
    if by not in await telling.runners(store, proposal):
        raise NotAllowed
    await _ensure_open_to_change(store, proposal, now)


async def throw_away(store: Store, proposal_id: int, *, by: int) -> None:
    """Forget a draft of hers; nobody else has seen it.

    Raises Outdated (also when it was put to the others: that is withdrawn), NotAllowed.
    """
    proposal = await _authored(store, proposal_id, by)
    if proposal.author_id != by:
        raise NotAllowed
    if proposal.stage is not Stage.DRAFT:
        raise Outdated
    await store.proposals.forget_draft(proposal_id)


async def discuss(store: Store, proposal_id: int, *, by: int, now: datetime) -> Proposal:
    """Put a draft to discussion: all members see it, nobody votes yet.

    Raises Outdated, NotAllowed, ProposalIncomplete, VoteClosed.
    """
    proposal = await _authored(store, proposal_id, by)
    if proposal.stage is Stage.DISCUSSION:
        return proposal
    if proposal.stage is not Stage.DRAFT:
        raise VoteClosed
    terms.ensure_asked(proposal.terms)
    await store.proposals.discuss(proposal_id)
    await telling.members(store, proposal, telling.DISCUSSION, now=now, but=by)
    await telling.group(store, proposal, telling.GROUP_DISCUSSION, now=now)
    await store.audit.append(Event.PROPOSAL_DISCUSSED, by=by, subject=proposal_id, now=now)
    return await _existing(store, proposal_id)


async def open_vote(store: Store, proposal_id: int, *, by: int, now: datetime) -> Proposal:
    """Put it to the vote: who is a member now can vote, nobody who comes later.

    Raises Outdated, NotAllowed, VoteClosed, ClosingUnheard, and what `terms.ensure_ready` raises.
    """
    seen = await _existing(store, proposal_id)
    # Held: who joins or leaves at this moment is on the roll, or comes too late for it.
    await store.collectives.hold(seen.collective_id)
    proposal = await _authored(store, proposal_id, by)
    if proposal.stage is Stage.OPEN:
        return proposal
    if proposal.stage not in {Stage.DRAFT, Stage.DISCUSSION}:
        raise VoteClosed
    members = await store.collectives.members(proposal.collective_id)
    await _ensure_ready(store, proposal, proposal.terms, len(members), now)
    await store.proposals.open(proposal_id, now)
    opened = await wind(store, await _existing(store, proposal_id), now)
    await store.ballots.enrol(opened, members)
    await telling.voters(store, opened, telling.VOTE_OPENED, now=now)
    await telling.group(store, opened, telling.GROUP_VOTE, now=now)
    await store.audit.append(Event.VOTE_OPENED, by=by, subject=proposal_id, now=now)
    return opened


async def withdraw(
    store: Store, proposal_id: int, because: str, *, by: int, now: datetime
) -> Proposal:
    """Withdraw it, with a reason that all are told; an open vote ends without an outcome.

    Raises Outdated, NotAllowed, VoteClosed, TextEmpty, TextTooLong.
    """
    proposal = await _authored(store, proposal_id, by)
    if proposal.stage is Stage.WITHDRAWN:
        return proposal
    if proposal.stage is Stage.CLOSED or proposal.due(now):
        raise VoteClosed
    kept = clean_text(because, limit=REASON_LIMIT)
    await _withdraw(store, proposal, kept, by=by, now=now)
    return await _existing(store, proposal_id)


async def withdraw_spoken(store: Store, *, by: int, now: datetime) -> None:
    """Withdraw what only the voice of somebody asks who is erased: it cannot be heard any more."""
    for proposal_id in await store.proposals.spoken_by(by):
        proposal = await held(store, proposal_id)
        if proposal.stage in {Stage.DISCUSSION, Stage.OPEN} and not proposal.due(now):
            await _withdraw(store, proposal, None, by=by, now=now)


async def say(
    store: Store, proposal_id: int, text: str, *, key: str, by: int, now: datetime
) -> Concern | None:
    """Keep a concern or a question; its author is told. None: this message was kept before.

    `key` names the message. Raises Outdated, NotAllowed, VoteClosed, TextEmpty, TextTooLong.
    """
    proposal = await store.proposals.hold(proposal_id)
    if proposal is None or proposal.stage is Stage.DRAFT:
        raise Outdated
    await access.ensure_belongs(store, by, proposal.collective_id)
    if proposal.stage is not Stage.DISCUSSION and not proposal.takes_ballots(now):
        raise VoteClosed
    kept = clean_text(text, limit=CONCERN_LIMIT)
    concern = await store.proposals.add_concern(proposal_id, by, kept, key=key, now=now)
    if concern is not None:
        told = [each for each in await telling.runners(store, proposal) if each != by]
        ids = {"concern": concern.id}
        await telling.tell(store, proposal, told, telling.CONCERN, now, ids=ids)
    return concern


async def concerns(store: Store, proposal_id: int, *, by: int) -> list[Concern]:
    """Return what was said about it, oldest first. Raises Outdated, NotAllowed."""
    proposal = await readable(store, proposal_id, by=by)
    return await store.proposals.concerns(proposal.id)


async def readable(store: Store, proposal_id: int, *, by: int) -> Proposal:
    """Return a proposal for who belongs to its collective; a draft for its author only.

    Raises Outdated, NotAllowed.
    """
    proposal = await _existing(store, proposal_id)
    await access.ensure_belongs(store, by, proposal.collective_id)
    if proposal.stage is Stage.DRAFT and proposal.author_id != by:
        raise NotAllowed
    return proposal


async def _withdraw(
    store: Store, proposal: Proposal, because: str | None, *, by: int, now: datetime
) -> None:
    await store.proposals.withdraw(proposal.id, because)
    if proposal.stage is Stage.OPEN:
        await telling.voters(store, proposal, telling.WITHDRAWN, now=now)
        await store.ballots.seal(proposal, counts=False)
    elif proposal.stage is Stage.DISCUSSION:
        await telling.members(store, proposal, telling.WITHDRAWN, now=now, but=by)
    if proposal.stage is not Stage.DRAFT:
        await telling.group(store, proposal, telling.GROUP_WITHDRAWN, now=now)
    await store.audit.append(Event.PROPOSAL_WITHDRAWN, by=by, subject=proposal.id, now=now)


async def _existing(store: Store, proposal_id: int) -> Proposal:
    proposal = await store.proposals.get(proposal_id)
    if proposal is None:
        raise Outdated
    return proposal


async def held(store: Store, proposal_id: int) -> Proposal:
    """Return the proposal; nobody else changes it before this unit has ended. Raises Outdated."""
    proposal = await store.proposals.hold(proposal_id, alone=True)
    if proposal is None:
        raise Outdated
    return proposal


async def _authored(store: Store, proposal_id: int, by: int) -> Proposal:
    """Return the proposal, held alone, for its author; for a facilitator once she is gone."""
    proposal = await held(store, proposal_id)
    if by not in await telling.runners(store, proposal):
        raise NotAllowed
    return proposal


async def _ensure_ready(
    store: Store, proposal: Proposal, said: Terms, voters: int, now: datetime
) -> None:
    terms.ensure_ready(said, voters=voters, now=now)
    collective = await access.existing(store, proposal.collective_id)
    await hours.ensure_closing(store, collective, said.closes_at or now, now=now)


async def _ensure_open_to_change(store: Store, proposal: Proposal, now: datetime) -> int:
    """Return how many can vote, 0 before it is voted on; raise VoteClosed, BallotsCast."""
    if proposal.stage in {Stage.DRAFT, Stage.DISCUSSION}:
        return 0
    if not proposal.takes_ballots(now):
        raise VoteClosed
    roll = await store.ballots.roll(proposal.id)
    if any(roll.values()):
        raise BallotsCast
    return len(roll)


async def wind(store: Store, proposal: Proposal, now: datetime) -> Proposal:
    """Wind the bells of the closing that stands now; those of an earlier one ring for nothing."""
    closes_at = proposal.terms.closes_at or now
    reminds = reminds_at(now, closes_at)
    await store.proposals.remind_at(proposal.id, reminds)
    await store.schedules.add(Bell.REMIND_VOTE, proposal.id, reminds)
    await store.schedules.add(Bell.CLOSE_VOTE, proposal.id, closes_at)
    return replace(proposal, reminds_at=reminds)
