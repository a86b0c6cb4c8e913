"""The roll and the ballots of votes. The only file that knows whose a secret ballot is.

While a secret vote is open, a ballot is kept under the member's number and a secret of that vote:
she can change it, and the rows alone name nobody. `seal` ends that for good. What deleted rows
leave in the database's files is taken out by `scrub` (sqlite.py, postgres.py).
"""

import hmac
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, select, update

from collective.decisions import Tally
from collective.people import Member
from collective.proposals import Ballot, NamedBallot, Proposal
from storage import tables as t
from storage.unit import Noun

#: A choice fills so many bytes before it is sealed, however long its name.
_PADDED = 16


class SqlBallots(Noun):
    """The roll of each vote, and its ballots."""

    async def enrol(self, proposal: Proposal, members: Iterable[Member]) -> None:
        """Make the roll, and the secret that ballots are kept under where the vote is secret."""
        rows = [
            {"proposal_id": proposal.id, "member_id": member_id, "voted": False}
            for member_id in sorted(member.id for member in members)
        ]
        if rows:
            await self._run(self._insert(t.entitled).values(rows).on_conflict_do_nothing())
        kept = t.proposal_secrets
        if proposal.secret:
            key = {"proposal_id": proposal.id, "secret": secrets.token_bytes(32)}
            await self._run(self._insert(kept).values(key).on_conflict_do_nothing())
        else:
            await self._run(delete(kept).where(kept.c.proposal_id == proposal.id))

    async def roll(self, proposal_id: int) -> Mapping[int, bool]:
        """Return who can vote, by member, and whether she has."""
        rows = await self._all(
            select(t.entitled)
            .where(t.entitled.c.proposal_id == proposal_id)
            .order_by(t.entitled.c.member_id)
        )
        return {row.member_id: row.voted for row in rows}

    async def put(self, proposal: Proposal, member_id: int, ballot: Ballot) -> bool:
        """Keep her ballot in place of an earlier one; False when she is not on the roll."""
        # First the roll: two ballots of hers wait for each other there, on both engines.
        if not await self._mark(proposal.id, member_id, voted=True):
            return False
        if proposal.secret:
            await self._put(
                t.ballots_secret,
                {"proposal_id": proposal.id, "voter": await self._voter(proposal.id, member_id)},
                {"choice": ballot.choice.ljust(_PADDED).encode()},
            )
        else:
            await self._put(
                t.ballots,
                {"proposal_id": proposal.id, "member_id": member_id},
                {
                    "choice": ballot.choice,
                    "reason": ballot.reason,
                    "entered_by": ballot.entered_by,
                },
            )
        return True

    async def of(self, proposal: Proposal, member_id: int) -> Ballot | None:
        """Return her ballot; None when there is none, or it cannot be known any more."""
        table, hers = await self._hers(proposal, member_id)
        row = await self._first(select(table).where(hers))
        if row is None:
            return None
        return Ballot(choice=_read(row.choice)) if proposal.secret else _named(row)

    async def tokens(self, proposal: Proposal, member_id: int) -> Mapping[str, str]:
        """Return what stands for each choice she may type; once a secret vote is sealed, noise."""
        said = {choice: f"{proposal.terms.edition}{choice}" for choice in proposal.choices}
        if not proposal.secret:
            return said
        key = await self._secret(proposal.id)
        return {
            choice: hmac.digest(key, f"{member_id} {each}".encode(), "sha256")[:8].hex()
            for choice, each in said.items()
        }

    async def take_back(self, proposal: Proposal, member_id: int) -> None:
        """Forget her ballot; she stays on the roll."""
        if await self._mark(proposal.id, member_id, voted=False):
            await self._forget(proposal, member_id)

    async def strike(self, proposal: Proposal, member_id: int) -> None:
        """Take her off the roll, with her ballot."""
        struck = delete(t.entitled).where(_on_roll(proposal.id, member_id))
        if await self._count(struck):
            await self._forget(proposal, member_id)

    async def tally(self, proposal: Proposal) -> Tally:
        """Count the ballots of a vote whose ballots are not settled yet."""
        return Counter(await self._choices(proposal))

    async def named(self, proposal_id: int) -> list[NamedBallot]:
        """Return the ballots of an open vote."""
        rows = await self._all(
            select(t.ballots, t.persons.c.name)
            .join(t.members, t.members.c.id == t.ballots.c.member_id)
            .join(t.persons, t.persons.c.id == t.members.c.person_id)
            .where(t.ballots.c.proposal_id == proposal_id)
            .order_by(t.ballots.c.member_id)
        )
        return [
            NamedBallot(member_id=row.member_id, name=row.name, ballot=_named(row)) for row in rows
        ]

    async def seal(self, proposal: Proposal, *, counts: bool) -> None:
        """End a vote: of a secret one nobody can ever tell again who voted what, or who voted.

        Its choices stay, in no order. Where they do not count nothing stays of any vote.
        """
        if counts and not proposal.secret:
            return
        if counts:
            await self._shuffle(proposal)
        for table in (t.ballots, t.ballots_secret, t.proposal_secrets, t.entitled):
            await self._run(delete(table).where(table.c.proposal_id == proposal.id))
        if proposal.secret:
            mark = self._insert(t.unscrubbed).values(proposal_id=proposal.id)
            await self._run(mark.on_conflict_do_nothing())

    async def unscrubbed(self) -> list[int]:
        """Return the votes whose deleted rows may still be in the database's files."""
        return [row.proposal_id for row in await self._all(select(t.unscrubbed))]

    async def scrubbed(self, proposal_ids: Collection[int]) -> None:
        """Keep that nothing of these is left there."""
        table = t.unscrubbed
        await self._run(delete(table).where(table.c.proposal_id.in_(proposal_ids)))

    async def _shuffle(self, proposal: Proposal) -> None:
        choices = await self._choices(proposal)
        # The order of writing must tell nothing: not where a row lies, not which key it has.
        secrets.SystemRandom().shuffle(choices)
        rows = [
            {"key": secrets.token_bytes(16), "proposal_id": proposal.id, "choice": choice}
            for choice in choices
        ]
        if rows:
            await self._run(self._insert(t.ballots_closed).values(rows))

    async def _choices(self, proposal: Proposal) -> list[str]:
        table: Table = t.ballots_secret if proposal.secret else t.ballots
        rows = await self._all(select(table.c.choice).where(table.c.proposal_id == proposal.id))
        return [_read(row.choice) if proposal.secret else row.choice for row in rows]

    async def _mark(self, proposal_id: int, member_id: int, *, voted: bool) -> bool:
        marking = update(t.entitled).where(_on_roll(proposal_id, member_id)).values(voted=voted)
        return await self._count(marking) == 1

    async def _put(self, table: Table, key: Mapping[str, Any], kept: Mapping[str, Any]) -> None:
        putting = self._insert(table).values({**key, **kept})
        await self._run(putting.on_conflict_do_update(index_elements=list(key), set_=kept))

    async def _forget(self, proposal: Proposal, member_id: int) -> None:
        table, hers = await self._hers(proposal, member_id)
        await self._run(delete(table).where(hers))

    async def _hers(self, proposal: Proposal, member_id: int) -> tuple[Table, ColumnElement[bool]]:
        if not proposal.secret:
            table = t.ballots
            return table, and_(table.c.proposal_id == proposal.id, table.c.member_id == member_id)
        voter = await self._voter(proposal.id, member_id)
        table = t.ballots_secret
        return table, and_(table.c.proposal_id == proposal.id, table.c.voter == voter)

    async def _voter(self, proposal_id: int, member_id: int) -> bytes:
        """Return what a member is called in a secret vote; once sealed it finds nothing."""
        secret = await self._secret(proposal_id)
        return hmac.digest(secret, str(member_id).encode(), "sha256")

    async def _secret(self, proposal_id: int) -> bytes:
        """Return the secret of a vote; once sealed, a new one that nothing was kept under."""
        kept = select(t.proposal_secrets).where(t.proposal_secrets.c.proposal_id == proposal_id)
        row = await self._first(kept)
        return row.secret if row else secrets.token_bytes(32)


def _on_roll(proposal_id: int, member_id: int) -> ColumnElement[bool]:
    return and_(t.entitled.c.proposal_id == proposal_id, t.entitled.c.member_id == member_id)


def _read(padded: bytes) -> str:
    return padded.decode().rstrip()


def _named(row: Any) -> Ballot:
    return Ballot(choice=row.choice, reason=row.reason, entered_by=row.entered_by)
