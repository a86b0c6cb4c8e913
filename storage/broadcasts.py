"""Queries about broadcasts."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from collective.broadcasts import Broadcast, Delivery, batch
from collective.outbox import State
from storage import tables as t
from storage.unit import Noun


class SqlBroadcasts(Noun):
    """Broadcasts and what became of them."""

    async def add(
        self, *, draft: str, collective_id: int, author_id: int, text: str, now: datetime
    ) -> Broadcast | None:
        """Add a broadcast; None when this draft was already sent."""
        made = (
            self._insert(t.broadcasts)
            .values(
                draft=draft,
                collective_id=collective_id,
                author_id=author_id,
                text=text,
                created_at=now,
            )
            .on_conflict_do_nothing(index_elements=["draft"])
            .returning(t.broadcasts)
        )
        row = await self._first(made)
        return _broadcast(row) if row else None

    async def get(self, broadcast_id: int) -> Broadcast | None:
        """Return a broadcast."""
        row = await self._first(_chosen(broadcast_id))
        return _broadcast(row) if row else None

    async def hold(self, broadcast_id: int) -> Broadcast | None:
        """Return a broadcast; other units that hold it wait until this one has ended."""
        row = await self._first(_chosen(broadcast_id).with_for_update())
        return _broadcast(row) if row else None

    async def delivery(self, broadcast_id: int) -> Delivery:
        """Count its outbox rows by what became of them."""
        rows = await self._all(
            select(t.outbox.c.state, func.count().label("rows"))
            .where(t.outbox.c.batch == batch(broadcast_id))
            .group_by(t.outbox.c.state)
        )
        counts = Counter({row.state: row.rows for row in rows})
        return Delivery(
            queued=counts[State.QUEUED] + counts[State.SENDING],
            sent=counts[State.SENT],
            failed=counts[State.FAILED] + counts[State.DROPPED],
            blocked=counts[State.BLOCKED],
        )


def _chosen(broadcast_id: int) -> Select[Any]:
    return select(t.broadcasts).where(t.broadcasts.c.id == broadcast_id)


def _broadcast(row: Row[Any]) -> Broadcast:
    return Broadcast(
        id=row.id,
        collective_id=row.collective_id,
        author_id=row.author_id,
        text=row.text,
        created_at=row.created_at,
    )
