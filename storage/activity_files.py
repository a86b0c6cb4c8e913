"""Queries about what activities leave: voice notes and photos, kept encrypted once fetched."""

from datetime import datetime

from sqlalchemy import delete, select, update

from collective.activities import FileKind, GivenFile, WaitingPiece
from storage import tables as t
from storage.unit import Noun


class SqlActivityFiles(Noun):
    """Voice notes and photos of activities."""

    async def put(
        self, activity_id: int, given: GivenFile, person_id: int, fetch_at: datetime
    ) -> None:
        """Keep a voice note or a photo, to be fetched then, in place of an earlier one."""
        kept = {
            "person_id": person_id,
            "file_id": given.file_id,
            "seconds": given.seconds,
            "content": None,
            "attempts": 0,
            "fetch_at": fetch_at,
            "given_at": fetch_at,
        }
        await self._run(
            self._insert(t.activity_files)
            .values(activity_id=activity_id, kind=given.kind.value, **kept)
            .on_conflict_do_update(index_elements=["activity_id", "kind"], set_=kept)
        )

    async def drop(self, activity_id: int, kind: FileKind) -> None:
        """Forget a voice note or a photo."""
        await self._run(
            delete(t.activity_files).filter_by(activity_id=activity_id, kind=kind.value)
        )

    async def get(self, activity_id: int, kind: FileKind) -> GivenFile | None:
        """Return a voice note or a photo with its bytes, as far as they were fetched."""
        held = t.activity_files
        columns = (held.c.file_id, held.c.seconds, held.c.content)
        chosen = select(*columns).filter_by(activity_id=activity_id, kind=kind.value)
        row = await self._first(chosen)
        return GivenFile(kind=kind, **row._asdict()) if row else None

    async def kinds(self, activity_id: int) -> frozenset[FileKind]:
        """Return which of them there are, fetched or not; their bytes are not read."""
        rows = await self._all(select(t.activity_files.c.kind).filter_by(activity_id=activity_id))
        return frozenset(FileKind(row.kind) for row in rows)

    async def to_fetch(self, now: datetime, limit: int) -> list[WaitingPiece]:
        """Return files whose turn to be fetched has come, the longest waiting first."""
        columns = ("activity_id", "kind", "file_id", "attempts")
        rows = await self._all(
            select(*(t.activity_files.c[name] for name in columns))
            .where(t.activity_files.c.fetch_at <= now)
            .order_by(t.activity_files.c.fetch_at)
            .limit(limit)
        )
        return [WaitingPiece(**row._asdict() | {"kind": FileKind(row.kind)}) for row in rows]

    async def keep_content(self, piece: WaitingPiece, content: bytes) -> bool:
        """Keep what was fetched; False when something else was given since."""
        return await self._settle(piece, content=content, fetch_at=None) == 1

    async def miss(self, piece: WaitingPiece, again: datetime | None) -> None:
        """Keep that fetching failed, and when it is tried again; None: never."""
        await self._settle(piece, attempts=piece.attempts + 1, fetch_at=again)

    async def _settle(self, piece: WaitingPiece, **kept: object) -> int:
        # The file's id too: another may have been given while the first one was fetched.
        place = {
            "activity_id": piece.activity_id,
            "kind": piece.kind.value,
            "file_id": piece.file_id,
        }
        return await self._count(update(t.activity_files).filter_by(**place).values(kept))
