"""Queries about what waits to leave."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, literal, or_, select, union_all, update

from collective.deliveries import UNCLEAR
from collective.outbox import LIVES, Lane, Parcel, Row, State
from storage import tables as t
from storage.prepared import Prepared
from storage.unit import Noun

#: Lanes are kept as numbers so that an index can order them.
_RANK = {lane: rank for rank, lane in enumerate(Lane)}
_OPEN = (State.QUEUED.value, State.SENDING.value)
#: Rows beyond which what is due is not counted any further.
MANY = 1000


def _batches() -> Prepared:
    """Name the batches of broadcasts that are due, hopping from one to the next in the index."""
    queued = (t.outbox.c.state == State.QUEUED.value, t.outbox.c.lane == _RANK[Lane.BROADCAST])
    first = select(func.min(t.outbox.c.batch).label("batch")).where(*queued)
    found = first.cte("found", recursive=True)
    after = select(func.min(t.outbox.c.batch)).where(*queued, t.outbox.c.batch > found.c.batch)
    found = found.union_all(select(after.scalar_subquery()).where(found.c.batch.is_not(None)))
    due = exists().where(
        *queued, t.outbox.c.batch == found.c.batch, t.outbox.c.not_before <= bindparam("now")
    )
    return Prepared(select(found.c.batch).where(due))


def _lanes() -> Prepared:
    """Name the lanes in which something is due, by a look into the index for each."""
    queued = (t.outbox.c.state == State.QUEUED.value, t.outbox.c.not_before <= bindparam("now"))
    found = [
        select(literal(rank).label("lane")).where(exists().where(*queued, t.outbox.c.lane == rank))
        for rank in _RANK.values()
    ]
    return Prepared(union_all(*found))


_BATCHES = _batches()
_LANES = _lanes()
_SETTLE = Prepared(
    update(t.outbox)
    .where(t.outbox.c.id == bindparam("row"))
    .values(
        state=bindparam("ended"),
        settled_at=bindparam("now"),
        reason=bindparam("why"),
        message_id=bindparam("message"),
    )
)


class SqlOutbox(Noun):
    """What waits to leave, and what became of what left."""

    async def add(self, parcels: Iterable[Parcel], now: datetime) -> int:
        """Queue parcels, a key once; return how many were new."""
        rows = [
            {
                "key": parcel.key,
                "chat_id": parcel.chat_id,
                "kind": parcel.kind,
                "ids": parcel.ids,
                "lane": _RANK[parcel.lane],
                "collective_id": parcel.collective,
                "person_id": parcel.person,
                "batch": parcel.batch,
                "not_before": parcel.not_before,
                "state": State.QUEUED.value,
                "attempts": 0,
                "queued_at": now,
            }
            for parcel in parcels
        ]
        if not rows:
            return 0
        made = self._insert(t.outbox).on_conflict_do_nothing(index_elements=["key"])
        new = await self._unit.execute_each(made.returning(t.outbox.c.id), rows)
        return len(new.all())

    async def due(
        self,
        now: datetime,
        limit: int,
        busy: Sequence[int] = (),
        *,
        after: str = "",
    ) -> list[int]:
        """Return queued rows whose time has come: one a chat, not of busy chats, lanes in order.

        Broadcasts take turns, beginning behind the batch `after`.
        """
        found: dict[int, int] = {}
        ranks = {row.lane for row in await self._all(_LANES, now=now)}
        for lane in [each for each in Lane if _RANK[each] in ranks]:
            waiting = (
                self._in_turns(now, limit, busy, after)
                if lane is Lane.BROADCAST
                else self._waiting(lane, now, limit, busy)
            )
            for row in await waiting:
                found.setdefault(row.chat_id, row.id)
            if len(found) >= limit:
                break
        return list(found.values())[:limit]

    async def _waiting(
        self, lane: Lane, now: datetime, limit: int, busy: Sequence[int], *queue: Any
    ) -> Sequence[Any]:
        return await self._all(
            select(t.outbox.c.id, t.outbox.c.chat_id)
            .where(
                t.outbox.c.state == State.QUEUED.value,
                t.outbox.c.lane == _RANK[lane],
                t.outbox.c.not_before <= now,
                t.outbox.c.chat_id.not_in(busy),
                *queue,
            )
            .order_by(t.outbox.c.not_before, t.outbox.c.id)
            .limit(limit)
        )

    async def _in_turns(
        self, now: datetime, limit: int, busy: Sequence[int], after: str
    ) -> list[Any]:
        """Return one row of each batch, then the next of each: a short one need not wait long."""
        # What belongs to no batch is one too, the first.
        batches = ["", *(row.batch for row in await self._all(_BATCHES, now=now))]
        batches.sort(key=lambda batch: (batch <= after, batch))
        # Twice its part of each, as another may have less.
        part = min(limit, -(-2 * limit // len(batches)))
        queues: list[Sequence[Any]] = []
        while batches and len(queues) < limit:
            batch = batches.pop(0)
            of_batch = t.outbox.c.batch == batch if batch else t.outbox.c.batch.is_(None)
            if rows := await self._waiting(Lane.BROADCAST, now, part, busy, of_batch):
                queues.append(rows)
        return [row for rows in zip_longest(*queues) for row in rows if row is not None]

    async def bring_forward(self, collective_id: int, due: datetime, now: datetime) -> None:
        """Let a collective's queued rows of the reminders' lane that wait for `due` leave now."""
        await self._run(
            update(t.outbox)
            .where(
                t.outbox.c.state == State.QUEUED.value,
                t.outbox.c.lane == _RANK[Lane.REMINDER],
                t.outbox.c.not_before == due,
                t.outbox.c.collective_id == collective_id,
            )
            .values(not_before=now)
        )

    async def claim(self, ids: Sequence[int]) -> list[Row]:
        """Begin to send rows that are still queued, in this order."""
        if not ids:
            return []
        claimed = (
            update(t.outbox)
            .where(t.outbox.c.id.in_(ids), t.outbox.c.state == State.QUEUED.value)
            .values(state=State.SENDING.value, attempts=t.outbox.c.attempts + 1)
            .returning(t.outbox)
        )
        rows = {row.id: _row(row) for row in await self._all(claimed)}
        return [rows[each] for each in ids if each in rows]

    async def sent(self, row_id: int, chat_id: int) -> Row | None:
        """Return a row that has left, or is leaving, to this very chat."""
        found = await self._first(
            select(t.outbox).where(
                t.outbox.c.id == row_id,
                t.outbox.c.chat_id == chat_id,
                t.outbox.c.state.in_((State.SENT.value, State.SENDING.value)),
            )
        )
        return _row(found) if found else None

    async def settle(
        self,
        row_id: int,
        state: State,
        now: datetime,
        *,
        reason: str | None = None,
        message_id: int | None = None,
    ) -> None:
        """Record what became of a row."""
        await self._run(
            _SETTLE, row=row_id, ended=state.value, now=now, why=reason, message=message_id
        )

    async def requeue(
        self,
        row_id: int,
        not_before: datetime | None,
        *,
        counts: bool,
        doubtful: bool = False,
    ) -> None:
        """Put a row back, at its old place when no moment is given; `counts`: so does this try.

        `doubtful`: it may have arrived.
        """
        again: dict[str, Any] = {"state": State.QUEUED.value}
        if doubtful:
            again["doubtful"] = True
        if not_before is not None:
            again["not_before"] = not_before
        if not counts:
            again["attempts"] = t.outbox.c.attempts - 1
        await self._run(update(t.outbox).where(t.outbox.c.id == row_id).values(again))

    async def recover(self, now: datetime) -> tuple[int, int]:
        """Put back what a sender that died was sending, or end it; return how many of each.

        Of a batch each may arrive twice, no more: its report tells of what is unclear. Of other
        rows nobody would be told, and a card sent once more does no harm; but what may be the
        reason why the bot dies must not kill it for ever.
        """
        held = update(t.outbox).where(t.outbox.c.state == State.SENDING.value)
        spent = or_(
            and_(t.outbox.c.batch.is_not(None), t.outbox.c.doubtful), t.outbox.c.attempts >= LIVES
        )
        unclear = {"state": State.FAILED.value, "reason": UNCLEAR, "settled_at": now}
        ended = await self._count(held.where(spent).values(unclear))
        again = await self._count(held.values(state=State.QUEUED.value, doubtful=True))
        return again, ended

    async def give_back(self, row_ids: Collection[int]) -> None:
        """Put back rows that were claimed and never sent; that does not count as a try."""
        if not row_ids:
            return
        await self._run(
            update(t.outbox)
            .where(t.outbox.c.id.in_(row_ids), t.outbox.c.state == State.SENDING.value)
            .values(state=State.QUEUED.value, attempts=t.outbox.c.attempts - 1)
        )

    async def move_chat(self, old_chat_id: int, new_chat_id: int) -> None:
        """Send to the new id what was queued for a group that became a supergroup, or failed."""
        again = (*_OPEN, State.FAILED.value, State.BLOCKED.value)
        await self._run(
            update(t.outbox)
            # Only groups move; these have an index.
            .where(t.outbox.c.chat_id == old_chat_id, t.outbox.c.chat_id < 0)
            .where(t.outbox.c.state.in_(again))
            .values(chat_id=new_chat_id)
        )

    async def batch_open(self, batch: str) -> bool:
        """Tell whether rows of a batch are still queued or being sent."""
        row = await self._first(
            select(t.outbox.c.id)
            .where(t.outbox.c.batch == batch, t.outbox.c.state.in_(_OPEN))
            .limit(1)
        )
        return row is not None

    async def due_count(self, now: datetime) -> int:
        """Count open rows whose time has come, up to MANY: nobody needs to wait for more."""
        due = t.outbox.c.not_before <= now
        rows = 0
        for state in _OPEN:
            some = select(t.outbox.c.id).where(t.outbox.c.state == state, due).limit(MANY - rows)
            counted = select(func.count()).select_from(some.subquery())
            rows += int((await self._run(counted)).scalar_one())
        return rows

    async def upcoming(self, limit: int) -> list[tuple[datetime, str, int]]:
        """Return what is queued, soonest first: the moment, the kind, how many rows."""
        rows = await self._all(
            select(t.outbox.c.not_before, t.outbox.c.kind, func.count().label("rows"))
            .where(t.outbox.c.state == State.QUEUED.value)
            .group_by(t.outbox.c.not_before, t.outbox.c.kind)
            .order_by(t.outbox.c.not_before, t.outbox.c.kind)
            .limit(limit)
        )
        return [(row.not_before, row.kind, row.rows) for row in rows]

    async def next_moment(self, after: datetime) -> datetime | None:
        """Return the earliest moment after `after` for which something is queued."""
        earliest = select(func.min(t.outbox.c.not_before)).where(
            t.outbox.c.state == State.QUEUED.value, t.outbox.c.not_before > after
        )
        # Lane by lane, as the index has them.
        found = [
            (await self._run(earliest.where(t.outbox.c.lane == rank))).scalar_one()
            for rank in _RANK.values()
        ]
        return min((moment for moment in found if moment is not None), default=None)


def _row(row: Any) -> Row:
    return Row(
        id=row.id,
        chat_id=row.chat_id,
        kind=row.kind,
        ids=row.ids,
        lane=list(Lane)[row.lane],
        collective=row.collective_id,
        person=row.person_id,
        batch=row.batch,
        attempts=row.attempts,
        doubtful=row.doubtful,
    )
