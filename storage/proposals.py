"""Queries about proposals: what is asked, where it stands, what came out."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, or_, select, update

from collective.decisions import (
    Carried,
    Meeting,
    NextStep,
    Outcome,
    Result,
    Stage,
)
from collective.proposals import Concern, Proposal
from collective.terms import Terms
from storage import tables as t
from storage.proposal_rows import ProposalRows


class SqlProposals(ProposalRows):
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
        made = (
            self._insert(t.proposals)
            .values(
                draft=draft,
                collective_id=collective_id,
                author_id=author_id,
                stage=stage.value,
                follows_id=follows_id,
                created_at=now,
                extended=False,
                **_written(terms),
            )
            .on_conflict_do_nothing(index_elements=["draft"])
            .returning(t.proposals.c.id)
        )
        row = await self._first(made)
        if row is None:
            return None
        await self._put_options(row.id, terms.options)
        return await self.get(row.id)

    async def by_draft(self, draft: str) -> Proposal | None:
        """Return the proposal that a wizard's draft became."""
        found = await self._found(select(t.proposals).where(t.proposals.c.draft == draft))
        return found[0] if found else None

    async def get(self, proposal_id: int) -> Proposal | None:
        """Return a proposal."""
        found = await self._found(_chosen(proposal_id))
        return found[0] if found else None

    async def hold(self, proposal_id: int, *, alone: bool = False) -> Proposal | None:
        """Return a proposal; it cannot be changed or closed before this unit has ended."""
        # NO KEY: ballots point here, and a lock of theirs must not meet this one.
        chosen = _chosen(proposal_id).with_for_update(key_share=alone, read=not alone)
        found = await self._found(chosen)
        return found[0] if found else None

    async def put_terms(self, proposal_id: int, terms: Terms) -> None:
        """Keep its terms in place of the earlier ones."""
        await self._change(proposal_id, **_written(terms))
        options = t.proposal_options
        await self._run(delete(options).where(options.c.proposal_id == proposal_id))
        await self._put_options(proposal_id, terms.options)

    async def discuss(self, proposal_id: int) -> None:
        """Put it to discussion."""
        await self._change(proposal_id, stage=Stage.DISCUSSION.value)

    async def open(self, proposal_id: int, now: datetime) -> None:
        """Put it to the vote."""
        await self._change(proposal_id, stage=Stage.OPEN.value, opened_at=now)

    async def withdraw(self, proposal_id: int, because: str | None) -> None:
        """Keep that it was withdrawn."""
        await self._change(proposal_id, stage=Stage.WITHDRAWN.value, withdrawn_because=because)

    async def close(
        self, proposal_id: int, result: Result, *, entitled: int, turnout: int, now: datetime
    ) -> None:
        """Keep what came out."""
        await self._change(
            proposal_id,
            stage=Stage.CLOSED.value,
            closed_at=now,
            outcome=result.outcome.value,
            winner=result.winner,
            counts=result.counts,
            entitled=entitled,
            turnout=turnout,
        )

    async def settle(
        self, proposal_id: int, step: NextStep, closes_at: datetime | None = None
    ) -> None:
        """Keep what becomes of a vote without quorum; to extend it is to open it again."""
        if closes_at is None:
            await self._change(proposal_id, next_step=step.value)
            return
        again = dict.fromkeys(("closed_at", "outcome", "entitled", "turnout"))
        stage = Stage.OPEN.value
        await self._change(proposal_id, stage=stage, extended=True, closes_at=closes_at, **again)

    async def remind_at(self, proposal_id: int, moment: datetime) -> None:
        """Keep when who has not voted is reminded."""
        await self._change(proposal_id, reminds_at=moment)

    async def meet(
        self, proposal_id: int, meeting: Meeting, sentence: str | None, met_at: datetime | None
    ) -> None:
        """Keep what the meeting decided, its sentence, and when that was said."""
        await self._change(proposal_id, meeting=meeting.value, sentence=sentence, met_at=met_at)

    async def conclude(self, proposal_id: int, sentence: str, review_on: date | None) -> None:
        """Keep what was decided in one sentence, and when to look at it again."""
        await self._change(proposal_id, sentence=sentence, review_on=review_on)

    async def set_carried(self, proposal_id: int, carried: Carried) -> None:
        """Keep how far it was carried out; there is no day to look at it again any more."""
        await self._change(proposal_id, carried=carried.value, review_on=None)

    async def unfinished(self, member_id: int) -> list[Proposal]:
        """Return the votes on whose rolls she stands and whose ballots are not settled yet."""
        on_roll = select(t.entitled.c.proposal_id).where(t.entitled.c.member_id == member_id)
        undecided = and_(
            t.proposals.c.outcome == Outcome.NO_QUORUM.value, t.proposals.c.next_step.is_(None)
        )
        chosen = select(t.proposals).where(
            t.proposals.c.id.in_(on_roll), or_(t.proposals.c.stage == Stage.OPEN.value, undecided)
        )
        return await self._found(chosen.order_by(t.proposals.c.id))

    async def spoken_by(self, person_id: int) -> list[int]:
        """Return the proposals of hers that only her voice asks, and that have not come out."""
        stages = (Stage.DISCUSSION.value, Stage.OPEN.value)
        rows = await self._all(
            select(t.proposals.c.id)
            .where(
                t.proposals.c.author_id == person_id,
                t.proposals.c.question.is_(None),
                t.proposals.c.stage.in_(stages),
            )
            .order_by(t.proposals.c.id)
        )
        return [row.id for row in rows]

    async def forget_draft(self, proposal_id: int) -> None:
        """Forget a draft."""
        await self._forget_drafts(t.proposals.c.id == proposal_id)

    async def forget_drafts(self, person_id: int) -> None:
        """Forget what she began to propose and showed nobody."""
        await self._forget_drafts(t.proposals.c.author_id == person_id)

    async def add_concern(
        self, proposal_id: int, person_id: int, text: str, *, key: str, now: datetime
    ) -> Concern | None:
        """Keep a concern; None when the message of this key was kept before."""
        made = (
            self._insert(t.concerns)
            .values(proposal_id=proposal_id, person_id=person_id, text=text, key=key, said_at=now)
            .on_conflict_do_nothing(index_elements=["key"])
            .returning(t.concerns.c.id)
        )
        row = await self._first(made)
        return await self.concern(row.id) if row else None

    async def concern(self, concern_id: int) -> Concern | None:
        """Return a concern."""
        row = await self._first(_concerns().where(t.concerns.c.id == concern_id))
        return _concern(row) if row else None

    async def concerns(self, proposal_id: int) -> list[Concern]:
        """Return the concerns about a proposal, the oldest first."""
        rows = await self._all(
            _concerns().where(t.concerns.c.proposal_id == proposal_id).order_by(t.concerns.c.id)
        )
        return [_concern(row) for row in rows]

    async def _forget_drafts(self, which: ColumnElement[bool]) -> None:
        drafts = and_(which, t.proposals.c.stage == Stage.DRAFT.value)
        options = t.proposal_options
        chosen = select(t.proposals.c.id).where(drafts)
        await self._run(delete(options).where(options.c.proposal_id.in_(chosen)))
        await self._run(delete(t.proposals).where(drafts))

    async def _change(self, proposal_id: int, **values: object) -> None:
        await self._run(update(t.proposals).where(t.proposals.c.id == proposal_id).values(values))

    async def _put_options(self, proposal_id: int, labels: Collection[str]) -> None:
        rows = [
            {"proposal_id": proposal_id, "number": number, "label": label}
            for number, label in enumerate(labels, 1)
        ]
        if rows:
            await self._run(self._insert(t.proposal_options).values(rows))


def _chosen(proposal_id: int) -> Select[Any]:
    return select(t.proposals).where(t.proposals.c.id == proposal_id)


def _concerns() -> Select[Any]:
    return select(t.concerns, t.persons.c.name).join(
        t.persons, t.persons.c.id == t.concerns.c.person_id
    )


def _concern(row: Row[Any]) -> Concern:
    return Concern(
        id=row.id,
        proposal_id=row.proposal_id,
        person_id=row.person_id,
        name=row.name,
        text=row.text,
        said_at=row.said_at,
    )


def _written(terms: Terms) -> Mapping[str, Any]:
    return {
        "question": terms.question,
        "voice": terms.voice.file_id if terms.voice else None,
        "voice_seconds": terms.voice.seconds if terms.voice else None,
        "method": terms.method,
        "concerned": terms.concerned,
        "consulted": terms.consulted,
        "secrecy": terms.secrecy,
        "quorum": terms.quorum,
        "closes_at": terms.closes_at,
        "announced": terms.announced.value,
    }
