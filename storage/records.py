"""Queries about cards shown, wizards, the audit trail and updates given up on."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, delete, or_, select, update
from sqlalchemy.dialects import postgresql

from collective.events import Event
from collective.outbox import Ids
from collective.shown import ShownCard
from storage import tables as t
from storage.prepared import Prepared
from storage.unit import Noun

_whose = bindparam("person", type_=t.shown.c.person_id.type)
_which = bindparam("kind", type_=t.shown.c.kind.type)
_FOCUS = Prepared(
    select(t.shown)
    .where(
        t.shown.c.chat_id == bindparam("chat"),
        or_(_whose.is_(None), t.shown.c.person_id.is_(None), t.shown.c.person_id == _whose),
        or_(_which.is_(None), t.shown.c.kind == _which),
    )
    .order_by(t.shown.c.shown_at.desc(), t.shown.c.message_id.desc())
    .limit(1)
)
_ASK = Prepared(
    update(t.shown)
    .where(t.shown.c.chat_id == bindparam("chat"), t.shown.c.message_id == bindparam("message"))
    .values(asks=bindparam("asked"))
)
_BURIED = Prepared(
    update(t.shown).where(t.shown.c.chat_id == bindparam("chat"), t.shown.c.last).values(last=False)
)
_FIND = Prepared(
    select(t.shown.c.message_id).where(
        t.shown.c.chat_id == bindparam("chat"),
        t.shown.c.kind == bindparam("of_kind"),
        t.shown.c.ids == bindparam("of_ids"),
    )
)
_SEEN: dict[str, BindParameter[Any]] = {
    "kind": bindparam("of_kind"),
    "ids": bindparam("of_ids"),
    "person_id": bindparam("person"),
    "asks": bindparam("asked"),
    "last": bindparam("is_last"),
    "shown_at": bindparam("now"),
}
# PostgreSQL's INSERT: SQLite reads the same ON CONFLICT.
_show = postgresql.insert(t.shown).values(
    chat_id=bindparam("chat"), message_id=bindparam("message"), **_SEEN
)
_SHOW = Prepared(
    _show.on_conflict_do_update(
        index_elements=["chat_id", "message_id"],
        set_={name: _show.excluded[name] for name in _SEEN},
    )
)
_CONVERSATION = Prepared(select(t.conversation).where(t.conversation.c.key == bindparam("key")))


class SqlShown(Noun):
    """Which messages in which chats are cards."""

    async def put(
        self,
        *,
        chat_id: int,
        message_id: int,
        kind: str,
        ids: Ids,
        person_id: int | None,
        asks: str | None = None,
        last: bool = True,
        now: datetime,
    ) -> None:
        """Keep that this message shows this card of hers, and whether it is the chat's last."""
        if last:
            await self.buried(chat_id)
        await self._run(
            _SHOW,
            chat=chat_id,
            message=message_id,
            of_kind=kind,
            of_ids=ids,
            person=person_id,
            asked=asks,
            is_last=last,
            now=now,
        )

    async def ask(self, chat_id: int, message_id: int, asks: str | None) -> None:
        """Keep what the card asks now."""
        await self._run(_ASK, chat=chat_id, message=message_id, asked=asks)

    async def buried(self, chat_id: int) -> None:
        """Keep that another message came after the chat's last card."""
        await self._run(_BURIED, chat=chat_id)

    async def retire(self, chat_id: int, message_id: int) -> None:
        """Forget a card whose keyboard was taken off."""
        await self._run(
            delete(t.shown).where(t.shown.c.chat_id == chat_id, t.shown.c.message_id == message_id)
        )

    async def at(self, chat_id: int, message_id: int) -> ShownCard | None:
        """Return the card a message shows."""
        row = await self._first(
            select(t.shown).where(t.shown.c.chat_id == chat_id, t.shown.c.message_id == message_id)
        )
        return _shown(row) if row else None

    async def focus(
        self, chat_id: int, person_id: int | None = None, kind: str | None = None
    ) -> ShownCard | None:
        """Return the newest card of a chat.

        With `person_id` another person's cards are passed over, with `kind` those of other kinds.
        """
        row = await self._first(_FOCUS, chat=chat_id, person=person_id, kind=kind)
        return _shown(row) if row else None

    async def find(self, chat_id: int, kind: str, ids: Ids) -> list[int]:
        """Return the messages of a chat that show this very card."""
        rows = await self._all(_FIND, chat=chat_id, of_kind=kind, of_ids=ids)
        return [row.message_id for row in rows]


def _shown(row: Row[Any]) -> ShownCard:
    return ShownCard(
        message_id=row.message_id,
        kind=row.kind,
        ids=row.ids,
        person=row.person_id,
        asks=row.asks,
        last=row.last,
    )


class SqlAudit(Noun):
    """The append-only record of who did what to which record."""

    async def append(
        self, event: Event, *, by: int | None, subject: int | None, now: datetime
    ) -> None:
        """Add one fact. `by` is a person, None for the clock or the operator."""
        await self._run(
            self._insert(t.audit).values(at=now, event=event.value, by=by, subject=subject)
        )


class SqlDeadUpdates(Noun):
    """Updates that failed every time: what they were, never what they said."""

    async def add(self, update_id: int, kind: str, error: str, now: datetime) -> None:
        """Keep one, once."""
        await self._run(
            self._insert(t.dead_updates)
            .values(update_id=update_id, kind=kind, error=error, at=now)
            .on_conflict_do_nothing()
        )


class SqlConversation(Noun):
    """Rows of states and data, by aiogram's key."""

    async def read(self, key: str) -> tuple[str | None, dict[str, Any]]:
        """Return the state and the data, (None, {}) when there is no row."""
        row = await self._first(_CONVERSATION, key=key)
        return (row.state, json.loads(row.data) if row.data else {}) if row else (None, {})

    async def write(
        self, key: str, state: str | None, data: Mapping[str, Any], now: datetime
    ) -> None:
        """Keep both; a row that says nothing is deleted."""
        if state is None and not data:
            await self._run(delete(t.conversation).where(t.conversation.c.key == key))
            return
        kept = {"state": state, "data": json.dumps(dict(data)) if data else None, "kept_at": now}
        await self._run(
            self._insert(t.conversation)
            .values(key=key, **kept)
            .on_conflict_do_update(index_elements=["key"], set_=kept)
        )
