"""Votes in a village, made through the same actions as real ones."""

from datetime import timedelta

from collective.actions import ballots, closing, proposals
from collective.decisions import Consulted, Method, Secrecy
from collective.terms import Terms

DAY = timedelta(days=1)


def terms(now, **changes) -> Terms:
    """Terms with nothing missing: yes or no in the open, for three days."""
    said = {
        "question": "On achète une machine ?",
        "method": Method.MAJORITY,
        "consulted": Consulted.NOBODY,
        "secrecy": Secrecy.OPEN,
        "closes_at": now + 3 * DAY,
    }
    return Terms(**(said | changes))


def secret(now, **changes) -> Terms:
    """The same in secret."""
    return terms(now, secrecy=Secrecy.SECRET, **changes)


def by(village, place=0):
    """Who acts, and when: the member of that place."""
    return {"by": village.members[place].person_id, "now": village.now}


async def opened(village, said=None, *, draft="d", by=None):
    """A vote that a member of the village has opened."""
    said = said or terms(village.now)
    author = by or village.members[0].person_id
    made = await proposals.draft(
        village.store, village.collective.id, said, draft=draft, by=author, now=village.now
    )
    return await proposals.open_vote(village.store, made.id, by=author, now=village.now)


async def vote(village, proposal, *choices, now=None):
    """Let the first members say these, in their order; "" says nothing."""
    for member, choice in zip(village.members, choices, strict=False):
        if choice:
            await ballots.cast(
                village.store,
                proposal.id,
                choice,
                by=member.person_id,
                now=now or village.now,
            )


async def closed(village, proposal):
    """The vote after its hour."""
    at = proposal.terms.closes_at
    await closing.close(village.store, proposal.id, now=at)
    return await village.store.proposals.get(proposal.id)


def restated(method, ballots, entitled, quorum, secrecy):
    """What ballots come to, the rule of decisions.py said in another way."""
    enough = len(ballots) >= 1 and len(ballots) * 2 >= entitled
    if quorum is not None:
        enough = len(ballots) >= 1 and (len(ballots) >= quorum or len(ballots) == entitled)
    if not enough or (secrecy == "secret" and len(ballots) < 5):
        return "no_quorum"
    if method == "sense":
        return "sensed"
    if method == "choice":
        ranks = sorted((ballots.count(each) for each in set(ballots) - {"abstain"}), reverse=True)
        return "adopted" if ranks and ranks[0] not in ranks[1:] else "tie"
    if "block" in ballots:
        return "blocked"
    balance = sum({"yes": 1, "agree": 1, "no": -1, "disagree": -1}.get(each, 0) for each in ballots)
    if method == "majority" and balance == 0:
        return "tie"
    return "adopted" if balance > 0 else "not_adopted"
