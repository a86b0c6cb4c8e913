"""Queries about what is said back to a broadcast's author, and by her."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from collective.broadcasts import Kind, Reply
from storage import tables as t
from storage.unit import Noun


class SqlReplies(Noun):
    """Replies to broadcasts, and to each other."""

    async def add(self, reply: Reply, key: str, now: datetime) -> Reply:
        """Keep a reply; the same key is the same reply again."""
        said = {
            "broadcast_id": reply.broadcast_id,
            "person_id": reply.person_id,
            "answers": reply.answers,
            "kind": reply.kind.value,
            "text": reply.text,
            "file_id": reply.file_id,
            "said_at": now,
            "key": key,
        }
        made = self._insert(t.broadcast_replies).values(said)
        await self._run(made.on_conflict_do_nothing(index_elements=["key"]))
        row = await self._first(select(t.broadcast_replies).filter_by(key=key))
        return _reply(row)

    async def get(self, reply_id: int) -> Reply | None:
        """Return a reply."""
        row = await self._first(select(t.broadcast_replies).filter_by(id=reply_id))
        return _reply(row) if row else None


def _reply(row: Row[Any] | None) -> Reply:
    if row is None:
        raise LookupError("a reply that was just kept")
    return Reply(
        id=row.id,
        broadcast_id=row.broadcast_id,
        person_id=row.person_id,
        answers=row.answers,
        kind=Kind(row.kind),
        text=row.text,
        file_id=row.file_id,
    )
