"""Queries about broadcasts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, or_, select, update

from collective.audiences import Audience
from collective.broadcasts import Broadcast, Kind, Version, WaitingFile
from storage import tables as t
from storage.prepared import Prepared
from storage.unit import Noun

_CHOSEN = select(t.broadcasts).where(t.broadcasts.c.id == bindparam("broadcast"))
_BROADCAST, _HELD = Prepared(_CHOSEN), Prepared(_CHOSEN.with_for_update())


def _versions() -> Prepared:
    """Select what is said in each language, without the files."""
    held = t.broadcast_versions.c
    there = and_(held.file_id.is_not(None), held.content.is_(None), held.fetch_at.is_(None))
    said = (held.language, held.kind, held.text, held.file_id, held.file_name, held.mime)
    return Prepared(
        select(*said, there.label("only_there"))
        .where(held.broadcast_id == bindparam("broadcast"))
        .order_by(held.language)
    )


_VERSIONS = _versions()


class SqlBroadcasts(Noun):
    """Broadcasts, their versions, and what became of them."""

    async def add(
        self, *, draft: str, author_id: int, language: str, audience: Audience, now: datetime
    ) -> Broadcast:
        """Add a draft; the same draft is the same broadcast again."""
        made = (
            self._insert(t.broadcasts)
            .values(
                draft=draft,
                author_id=author_id,
                language=language,
                collective_id=audience.one,
                audience=audience.written(),
                created_at=now,
            )
            .on_conflict_do_nothing(index_elements=["draft"])
        )
        await self._run(made)
        return _broadcast(await self._first(select(t.broadcasts).filter_by(draft=draft)))

    async def get(self, broadcast_id: int) -> Broadcast | None:
        """Return a broadcast."""
        row = await self._first(_BROADCAST, broadcast=broadcast_id)
        return _broadcast(row) if row else None

    async def hold(self, broadcast_id: int) -> Broadcast | None:
        """Return a broadcast; other units that hold it wait until this one has ended."""
        row = await self._first(_HELD, broadcast=broadcast_id)
        return _broadcast(row) if row else None

    async def by(self, author_id: int, limit: int) -> list[Broadcast]:
        """Return what she has sent or planned, the newest first; no drafts."""
        mine = select(t.broadcasts).where(
            t.broadcasts.c.author_id == author_id, t.broadcasts.c.leaves_at.is_not(None)
        )
        newest = mine.order_by(t.broadcasts.c.created_at.desc(), t.broadcasts.c.id.desc())
        return [_broadcast(row) for row in await self._all(newest.limit(limit))]

    async def leaving_of(self, author_id: int) -> list[int]:
        """Return those of hers of which not every row has ended."""
        held = t.broadcasts.c
        rows = await self._all(
            select(held.id).where(
                held.author_id == author_id,
                held.counted.is_(None),
                or_(held.queued_at.is_not(None), held.reached.is_not(None)),
            )
        )
        return [row.id for row in rows]

    async def set_audience(self, broadcast_id: int, audience: Audience) -> None:
        """Keep whom it is for."""
        kept = {"audience": audience.written(), "collective_id": audience.one}
        await self._change(broadcast_id, **kept)

    async def set_asks_heard(self, broadcast_id: int, *, asks: bool) -> None:
        """Keep whether who gets it is asked to press that she has heard."""
        await self._change(broadcast_id, asks_heard=asks)

    async def plan(self, broadcast_id: int, leaves_at: datetime | None) -> None:
        """Keep when it leaves; None: it is a draft again."""
        await self._change(broadcast_id, leaves_at=leaves_at)

    async def reach(
        self, broadcast_id: int, reached: int | None, queued_at: datetime | None
    ) -> None:
        """Keep how far its rows lie in the outbox, and since when all of them do."""
        await self._change(broadcast_id, reached=reached, queued_at=queued_at)

    async def cancel(self, broadcast_id: int, now: datetime) -> None:
        """Keep that it was taken back; the first time counts."""
        await self._run(
            update(t.broadcasts)
            .where(t.broadcasts.c.id == broadcast_id, t.broadcasts.c.cancelled_at.is_(None))
            .values(cancelled_at=now)
        )

    async def discard(self, broadcast_id: int) -> None:
        """Forget one that was never sent."""
        await self._discard([broadcast_id])

    async def discard_unsent(self, author_id: int) -> None:
        """Forget her drafts, and what she had planned."""
        held = t.broadcasts.c
        unsent = select(held.id).where(
            held.author_id == author_id, held.queued_at.is_(None), held.reached.is_(None)
        )
        await self._discard([row.id for row in await self._all(unsent)])

    async def _discard(self, ids: Sequence[int]) -> None:
        for table in (t.broadcast_heard, t.broadcast_replies, t.broadcast_versions):
            await self._run(delete(table).where(table.c.broadcast_id.in_(ids)))
        await self._run(delete(t.broadcasts).where(t.broadcasts.c.id.in_(ids)))

    async def keep_file_id(self, broadcast_id: int, language: str, old: str, new: str) -> None:
        """Keep under which id this bot sends the file of a version; `old` is another bot's."""
        place = {"broadcast_id": broadcast_id, "language": language, "file_id": old}
        await self._run(update(t.broadcast_versions).filter_by(**place).values(file_id=new))

    async def put_version(
        self, broadcast_id: int, version: Version, fetch_at: datetime | None, now: datetime
    ) -> None:
        """Keep what is said in one language, in place of what was; when to fetch its file."""
        kept = {
            "kind": version.kind.value,
            "text": version.text,
            "file_id": version.file_id,
            "file_name": version.file_name,
            "mime": version.mime,
            "content": None,
            "attempts": 0,
            "fetch_at": fetch_at,
            "written_at": now,
        }
        await self._run(
            self._insert(t.broadcast_versions)
            .values(broadcast_id=broadcast_id, language=version.language, **kept)
            .on_conflict_do_update(index_elements=["broadcast_id", "language"], set_=kept)
        )

    async def remove_version(self, broadcast_id: int, language: str) -> None:
        """Forget what is said in one language."""
        place = {"broadcast_id": broadcast_id, "language": language}
        await self._run(delete(t.broadcast_versions).filter_by(**place))

    async def versions(self, broadcast_id: int) -> list[Version]:
        """Return what is said in each language, in a fixed order; without the files."""
        rows = await self._all(_VERSIONS, broadcast=broadcast_id)
        return [_version(row) for row in rows]

    async def content(self, broadcast_id: int, language: str) -> bytes | None:
        """Return the file of one version, None where it is not kept here."""
        place = {"broadcast_id": broadcast_id, "language": language}
        held = select(t.broadcast_versions.c.content).filter_by(**place)
        row = await self._first(held)
        return row.content if row else None

    async def to_fetch(self, now: datetime, limit: int) -> list[WaitingFile]:
        """Return files whose turn to be fetched has come, the longest waiting first."""
        columns = ("broadcast_id", "language", "file_id", "attempts")
        rows = await self._all(
            select(*(t.broadcast_versions.c[name] for name in columns))
            .where(t.broadcast_versions.c.fetch_at <= now)
            .order_by(t.broadcast_versions.c.fetch_at)
            .limit(limit)
        )
        return [WaitingFile(**row._asdict()) for row in rows]

    async def keep_content(self, file: WaitingFile, content: bytes) -> bool:
        """Keep what was fetched; False when its author has changed it since."""
        return await self._settle(file, content=content, fetch_at=None) == 1

    async def miss(self, file: WaitingFile, again: datetime | None) -> None:
        """Keep that fetching failed, and when it is tried again; None: never."""
        await self._settle(file, attempts=file.attempts + 1, fetch_at=again)

    async def _settle(self, file: WaitingFile, **kept: object) -> int:
        # The file's id too: its author may have changed it while the first one was fetched.
        place = {
            "broadcast_id": file.broadcast_id,
            "language": file.language,
            "file_id": file.file_id,
        }
        return await self._count(update(t.broadcast_versions).filter_by(**place).values(kept))

    async def _change(self, broadcast_id: int, **kept: object) -> None:
        await self._run(update(t.broadcasts).where(t.broadcasts.c.id == broadcast_id).values(kept))


def _broadcast(row: Row[Any]) -> Broadcast:
    kept = row._asdict()
    del kept["draft"]
    return Broadcast(**kept | {"audience": Audience.read(row.audience)})


def _version(row: Row[Any]) -> Version:
    return Version(**row._asdict() | {"kind": Kind(row.kind), "only_there": bool(row.only_there)})
