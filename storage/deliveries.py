"""Queries about what became of broadcasts: their rows in the outbox, and who has heard them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, and_, case, func, or_, select, update

from collective.audiences import Audience
from collective.broadcasts import batch, key
from collective.deliveries import UNCLEAR, Again, Delivery, Missed
from collective.outbox import State
from storage import tables as t
from storage.audiences import meant
from storage.unit import Noun

_ROW = t.outbox.c
_UNCLEAR = and_(_ROW.state == State.FAILED.value, _ROW.reason == UNCLEAR)
_FAILED = and_(_ROW.state == State.FAILED.value, _ROW.reason.is_distinct_from(UNCLEAR))
_MISSED = _ROW.state.in_((State.FAILED.value, State.BLOCKED.value, State.DROPPED.value))
#: Blocked once, and reachable again since.
_BACK = and_(
    _ROW.state == State.BLOCKED.value,
    or_(
        select(t.accounts.c.id)
        .where(t.accounts.c.telegram_id == _ROW.chat_id, t.accounts.c.unreachable.is_(None))
        .exists(),
        select(t.group_chats.c.chat_id)
        .where(t.group_chats.c.chat_id == _ROW.chat_id, t.group_chats.c.unreachable.is_(None))
        .exists(),
    ),
)
#: What can be sent once more; that it names both states leads to the index.
_AGAIN = and_(_ROW.state.in_((State.FAILED.value, State.BLOCKED.value)), or_(_FAILED, _BACK))
_LEFT = (State.SENDING.value, State.SENT.value, State.FAILED.value)
#: How many rows are cancelled in one unit: for longer nobody else should have to wait.
SLICE = 5000


class SqlDeliveries(Noun):
    """What became of broadcasts, and who has heard them."""

    async def running(self) -> list[int]:
        """Return the broadcasts of which not every row has ended, the oldest first."""
        held = t.broadcasts.c
        rows = await self._all(
            select(held.id)
            .where(held.counted.is_(None), held.leaves_at.is_not(None))
            .where(or_(held.queued_at.is_not(None), held.reached.is_not(None)))
            .order_by(held.id)
        )
        return [row.id for row in rows]

    async def of(self, broadcast_id: int) -> Delivery:
        """Return the counts: those that were kept, before that as the rows stand."""
        kept = await self._first(
            select(t.broadcasts.c.counted).where(t.broadcasts.c.id == broadcast_id)
        )
        if kept is not None and kept.counted:
            return Delivery(**kept.counted)
        return await self.count(broadcast_id)

    async def count(self, broadcast_id: int) -> Delivery:
        """Count the rows as they stand."""
        rows = await self._all(
            select(_ROW.state, _ROW.reason, func.count().label("rows"))
            .where(_ROW.batch == batch(broadcast_id))
            .group_by(_ROW.state, _ROW.reason)
        )
        counts: Counter[str] = Counter()
        for row in rows:
            unclear = row.state == State.FAILED and row.reason == UNCLEAR
            counts["unclear" if unclear else row.state] += row.rows
        return Delivery(
            queued=counts[State.QUEUED] + counts[State.SENDING],
            sent=counts[State.SENT],
            failed=counts[State.FAILED],
            unclear=counts["unclear"],
            blocked=counts[State.BLOCKED],
            dropped=counts[State.DROPPED],
            cancelled=counts[State.CANCELLED],
        )

    async def keep(self, broadcast_id: int, delivery: Delivery) -> None:
        """Keep the counts for good: rows are purged earlier than broadcasts."""
        await self._counted(broadcast_id, asdict(delivery))

    async def cancel(self, broadcast_id: int, now: datetime) -> int:
        """Let queued rows stay here, SLICE at once; return how many. What is being sent goes on.

        What may have arrived when it was tried before is unclear.
        """
        queued = and_(_ROW.batch == batch(broadcast_id), _ROW.state == State.QUEUED.value)
        some = select(_ROW.id).where(queued).limit(SLICE)
        return await self._count(
            update(t.outbox)
            .where(_ROW.id.in_(some), queued)
            .values(
                state=case((_ROW.doubtful, State.FAILED.value), else_=State.CANCELLED.value),
                reason=case((_ROW.doubtful, UNCLEAR)),
                settled_at=now,
            )
        )

    async def again(self, broadcast_id: int) -> Again:
        """Count what could be sent once more."""
        return Again(
            failed=await self._among(broadcast_id, _AGAIN),
            unclear=await self._among(broadcast_id, _UNCLEAR),
        )

    async def send_again(self, broadcast_id: int, now: datetime, *, unclear: bool) -> int:
        """Queue once more what failed, or what is unclear; return how many rows."""
        chosen = _UNCLEAR if unclear else _AGAIN
        anew = {
            "state": State.QUEUED.value,
            "attempts": 0,
            "doubtful": False,
            "not_before": now,
            "reason": None,
            "message_id": None,
            "settled_at": None,
        }
        many = await self._count(
            update(t.outbox).where(_ROW.batch == batch(broadcast_id), chosen).values(anew)
        )
        if many:
            await self._counted(broadcast_id, None)
        return many

    async def missed(self, broadcast_id: int, named: Collection[int]) -> list[Missed]:
        """Return what did not arrive: by name in collectives of `named`, else in sums."""
        missed = and_(_ROW.batch == batch(broadcast_id), _MISSED)
        by_name = and_(_ROW.chat_id > 0, _ROW.collective_id.in_(named))
        order = (_ROW.collective_id, _ROW.id)
        rows = await self._all(select(t.outbox).where(missed, by_name).order_by(*order))
        whom = await self._meant(broadcast_id, named)
        people = await self._on_chats([row.chat_id for row in rows], whom)
        found = [
            Missed(
                collective=row.collective_id,
                state=State(row.state),
                reason=row.reason or "",
                names=_names(people[row.chat_id], row.person_id),
            )
            for row in rows
        ]
        group = (_ROW.chat_id < 0).label("group")
        others = or_(
            _ROW.chat_id < 0, _ROW.collective_id.is_(None), _ROW.collective_id.not_in(named)
        )
        kinds = (_ROW.collective_id, _ROW.state, _ROW.reason)
        sums = await self._all(
            select(*kinds, group, func.count().label("rows"))
            .where(missed, others)
            .group_by(*kinds, group)
            .order_by(*kinds)
        )
        return found + [
            Missed(
                collective=row.collective_id,
                state=State(row.state),
                reason=row.reason or "",
                group=bool(row.group),
                many=row.rows,
            )
            for row in sums
        ]

    async def went_to(self, broadcast_id: int, chat_id: int, *, group: int | None) -> bool:
        """Tell whether it left to a private chat, or to the group of a collective."""
        where = _ROW.key == key(broadcast_id, chat_id)
        if group is not None:
            # Its number may have changed since.
            of_group = and_(_ROW.collective_id == group, _ROW.chat_id < 0)
            where = and_(_ROW.batch == batch(broadcast_id), of_group)
        # Naming the states in the query would lead SQLite away from the index of groups.
        rows = await self._all(select(_ROW.state).where(where))
        return any(row.state in _LEFT for row in rows)

    async def hear(self, broadcast_id: int, person_id: int, now: datetime) -> None:
        """Keep that she has heard it; the first time counts."""
        heard = {"broadcast_id": broadcast_id, "person_id": person_id, "heard_at": now}
        await self._run(self._insert(t.broadcast_heard).values(heard).on_conflict_do_nothing())

    async def heard(self, broadcast_id: int) -> int:
        """Count who has heard it."""
        counted = select(func.count()).where(t.broadcast_heard.c.broadcast_id == broadcast_id)
        return int((await self._run(counted)).scalar_one())

    async def _among(self, broadcast_id: int, which: ColumnElement[bool]) -> int:
        counted = select(func.count()).where(_ROW.batch == batch(broadcast_id), which)
        return int((await self._run(counted)).scalar_one())

    async def _counted(self, broadcast_id: int, counts: Mapping[str, int] | None) -> None:
        await self._run(
            update(t.broadcasts).where(t.broadcasts.c.id == broadcast_id).values(counted=counts)
        )

    async def _meant(self, broadcast_id: int, named: Collection[int]) -> CompoundSelect[Any]:
        """Select for whom in these collectives it left."""
        columns = (t.broadcasts.c.audience, t.broadcasts.c.leaves_at, t.broadcasts.c.created_at)
        row = await self._first(select(*columns).where(t.broadcasts.c.id == broadcast_id))
        if row is None:
            raise LookupError("a broadcast with rows")
        return meant(Audience.read(row.audience), named, row.leaves_at or row.created_at)

    async def _on_chats(
        self, chats: Sequence[int], whom: CompoundSelect[Any]
    ) -> Mapping[int, list[Any]]:
        """Return who of those is on the accounts of these private chats."""
        found: dict[int, list[Any]] = defaultdict(list)
        for at in range(0, len(chats), 1000):
            rows = await self._all(
                select(t.accounts.c.telegram_id, t.persons.c.id, t.persons.c.name)
                .join(t.persons, t.persons.c.account_id == t.accounts.c.id)
                .where(t.accounts.c.telegram_id.in_(chats[at : at + 1000]))
                .where(t.persons.c.id.in_(whom))
                .order_by(t.persons.c.id)
            )
            for row in rows:
                found[row.telegram_id].append(row)
        return found


def _names(people: Sequence[Any], only: int | None) -> tuple[str, ...]:
    return tuple(each.name for each in people if only is None or each.id == only)
