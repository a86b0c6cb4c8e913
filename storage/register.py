"""Queries about the register: the proposals of collectives in their order, a page at a time."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, case, func, or_, select

from collective.decisions import Stage
from collective.proposals import Listed, Part, Proposal
from collective.terms import Announced
from storage import tables as t
from storage.prepared import Prepared
from storage.proposal_rows import ProposalRows

_P = t.proposals.c


class SqlRegister(ProposalRows):
    """What waits for a vote, what is under way, what was decided."""

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
        waits = _waits(person_id, now)
        part = case((waits, Part.TO_VOTE.value), (_runs(now), Part.RUNNING.value), else_=Part.PAST)
        soonest = case((waits, _P.closes_at))
        chosen = select(_P.id, part.label("part")).where(_seen(person_id, collectives))
        rows = await self._all(
            chosen.order_by(part, soonest, _P.id.desc()).offset(offset).limit(limit)
        )
        parts = {row.id: Part(row.part) for row in rows}
        found = {each.id: each for each in await self._found(_among(parts))}
        return [Listed(part=parts[each], proposal=found[each]) for each in parts]

    async def count(self, person_id: int, collectives: Collection[int]) -> int:
        """Count what she sees of these."""
        return await self._number(_seen(person_id, collectives))

    async def waiting(self, person_id: int, now: datetime) -> list[Proposal]:
        """Return the votes that wait for her, the first to close first."""
        return await self._found(_WAITING, person=person_id, now=now)

    async def running(self, collective_id: int, now: datetime) -> list[Proposal]:
        """Return the votes under way that its group was told of, the newest first."""
        voting = and_(_P.stage == Stage.OPEN.value, _P.closes_at > now)
        chosen = select(t.proposals).where(_told(collective_id), voting)
        return await self._found(chosen.order_by(_P.id.desc()))

    async def decided(self, collective_id: int, *, offset: int = 0, limit: int) -> list[Proposal]:
        """Return some of what came out and was told to its group, the newest first."""
        chosen = select(t.proposals).where(_told(collective_id), _closed())
        return await self._found(chosen.order_by(_P.id.desc()).offset(offset).limit(limit))

    async def count_decided(self, collective_id: int) -> int:
        """Count those."""
        return await self._number(and_(_told(collective_id), _closed()))

    async def between(self, collective_id: int, first: datetime, end: datetime) -> list[Proposal]:
        """Return what was made or closed in [first, end), for figures."""
        made, closed = _P.created_at, _P.closed_at
        then = or_(and_(made >= first, made < end), and_(closed >= first, closed < end))
        chosen = select(t.proposals).where(_P.collective_id == collective_id, then)
        return await self._found(chosen.order_by(_P.id))

    async def ended(self, collective_id: int, first: datetime, end: datetime) -> list[Proposal]:
        """Return what closed, or was decided by a meeting afterwards, in [first, end)."""
        closed, met = _P.closed_at, _P.met_at
        then = or_(and_(closed >= first, closed < end), and_(met >= first, met < end))
        chosen = select(t.proposals).where(_P.collective_id == collective_id, _closed(), then)
        return await self._found(chosen.order_by(_P.id))

    async def _number(self, which: ColumnElement[bool]) -> int:
        counted = select(func.count()).select_from(t.proposals).where(which)
        return int((await self._run(counted)).scalar_one())


def _seen(person_id: int, collectives: Collection[int]) -> ColumnElement[bool]:
    """What was put to the others, and her own drafts."""
    shown = or_(_P.stage != Stage.DRAFT.value, _P.author_id == person_id)
    return and_(_P.collective_id.in_(collectives), shown)


def _waits(
    person_id: int | BindParameter[int], now: datetime | BindParameter[datetime]
) -> ColumnElement[bool]:
    """Votes that take ballots, on whose rolls she stands without one of hers."""
    hers = (
        select(t.entitled.c.proposal_id)
        .join(t.members, t.members.c.id == t.entitled.c.member_id)
        .where(t.members.c.person_id == person_id, t.entitled.c.voted.is_(False))
    )
    return and_(_P.stage == Stage.OPEN.value, _P.closes_at > now, _P.id.in_(hers))


_WAITING = Prepared(
    select(t.proposals)
    .where(_waits(bindparam("person"), bindparam("now")))
    .order_by(_P.closes_at, _P.id)
)


def _runs(now: datetime) -> ColumnElement[bool]:
    before = _P.stage.in_([Stage.DRAFT.value, Stage.DISCUSSION.value])
    return or_(before, and_(_P.stage == Stage.OPEN.value, _P.closes_at > now))


def _told(collective_id: int) -> ColumnElement[bool]:
    group = Announced.GROUP.value
    return and_(_P.collective_id == collective_id, _P.announced == group)


def _closed() -> ColumnElement[bool]:
    return and_(_P.stage == Stage.CLOSED.value, _P.outcome.is_not(None))


def _among(ids: Collection[int]) -> Any:
    return select(t.proposals).where(_P.id.in_(ids))
