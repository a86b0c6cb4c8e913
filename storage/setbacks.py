"""Queries about setbacks and what was learned from them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, update

from collective.own_words import VoiceNote
from collective.setbacks import Kind, Lesson, Setback, Told, WaitingTelling
from storage import tables as t
from storage.unit import Noun

#: A setback without its sound, which is heavy and asked for by itself.
_TOLD = [each for each in t.setbacks.columns if each is not t.setbacks.c.sound]


class SqlSetbacks(Noun):
    """What struck collectives, and what was learned."""

    async def add(
        self,
        *,
        draft: str,
        collective_id: int,
        author_id: int,
        told: Told,
        now: datetime,
    ) -> Setback | None:
        """Add a setback; None when this draft already became one."""
        made = (
            self._insert(t.setbacks)
            .values(
                draft=draft,
                collective_id=collective_id,
                author_id=author_id,
                kind=told.kind.value,
                weight=told.weight,
                happened_on=told.happened_on,
                text=told.text,
                voice=told.voice.file_id if told.voice else None,
                voice_seconds=told.voice.seconds if told.voice else None,
                fetch_at=now if told.voice else None,
                told_at=now,
            )
            .on_conflict_do_nothing(index_elements=["draft"])
            .returning(*_TOLD)
        )
        row = await self._first(made)
        return _setback(row) if row else None

    async def get(self, setback_id: int) -> Setback | None:
        """Return a setback."""
        row = await self._first(select(*_TOLD).where(t.setbacks.c.id == setback_id))
        return _setback(row) if row else None

    async def by_draft(self, draft: str) -> Setback | None:
        """Return the setback that a wizard's draft became."""
        row = await self._first(select(*_TOLD).where(t.setbacks.c.draft == draft))
        return _setback(row) if row else None

    async def of(self, collective_id: int) -> list[Setback]:
        """Return what struck a collective, the newest first."""
        chosen = select(*_TOLD).where(t.setbacks.c.collective_id == collective_id)
        newest = (t.setbacks.c.happened_on.desc(), t.setbacks.c.id.desc())
        return [_setback(row) for row in await self._all(chosen.order_by(*newest))]

    async def unasked(self, collective_id: int) -> list[Setback]:
        """Return those of a collective of which nobody was asked yet what was learned."""
        chosen = select(*_TOLD).where(
            t.setbacks.c.collective_id == collective_id, t.setbacks.c.asked_at.is_(None)
        )
        return [_setback(row) for row in await self._all(chosen.order_by(t.setbacks.c.id))]

    async def asked(self, setback_id: int, now: datetime) -> None:
        """Keep that those concerned were asked what was learned."""
        await self._run(
            update(t.setbacks).where(t.setbacks.c.id == setback_id).values(asked_at=now)
        )

    async def to_fetch(self, now: datetime, limit: int) -> list[WaitingTelling]:
        """Return voice notes whose turn to be fetched has come, the longest waiting first."""
        columns = t.setbacks.c.id, t.setbacks.c.voice, t.setbacks.c.attempts
        due = t.setbacks.c.fetch_at <= now, t.setbacks.c.voice.is_not(None)
        chosen = select(*columns).where(*due).order_by(t.setbacks.c.fetch_at).limit(limit)
        return [
            WaitingTelling(setback_id=row.id, file_id=row.voice, attempts=row.attempts)
            for row in await self._all(chosen)
        ]

    async def keep_sound(self, due: WaitingTelling, sound: bytes) -> None:
        """Keep what was fetched, unless the note is gone since."""
        await self._settle(due, sound=sound, fetch_at=None)

    async def miss(self, due: WaitingTelling, again: datetime | None) -> None:
        """Keep that fetching failed, and when it is tried again; None: never."""
        await self._settle(due, attempts=due.attempts + 1, fetch_at=again)

    async def sound(self, setback_id: int) -> bytes | None:
        """Return what was fetched, None where it is not kept."""
        row = await self._first(select(t.setbacks.c.sound).where(t.setbacks.c.id == setback_id))
        return row.sound if row else None

    async def _settle(self, due: WaitingTelling, **kept: object) -> None:
        there = t.setbacks.c.id == due.setback_id, t.setbacks.c.voice.is_not(None)
        await self._run(update(t.setbacks).where(*there).values(kept))

    async def add_lesson(
        self, setback_id: int, text: str, *, person_id: int, key: str, now: datetime
    ) -> bool:
        """Keep what was learned; False when this message said it before."""
        made = (
            self._insert(t.lessons)
            .values(setback_id=setback_id, person_id=person_id, text=text, said_at=now, key=key)
            .on_conflict_do_nothing(index_elements=["key"])
            .returning(t.lessons.c.id)
        )
        return await self._first(made) is not None

    async def lessons(self, setback_id: int) -> list[Lesson]:
        """Return what was learned from one setback, in the order it was said."""
        chosen = _lessons().where(t.lessons.c.setback_id == setback_id).order_by(t.lessons.c.id)
        return [_lesson(row) for row in await self._all(chosen)]

    async def lessons_of_kind(
        self, collective_id: int, kind: Kind, *, but: int | None, limit: int
    ) -> list[Lesson]:
        """Return what a collective learned from setbacks of a kind, all `but` one; newest first."""
        chosen = _lessons().where(
            t.setbacks.c.collective_id == collective_id, t.setbacks.c.kind == kind.value
        )
        if but is not None:
            chosen = chosen.where(t.setbacks.c.id != but)
        newest = chosen.order_by(t.lessons.c.id.desc()).limit(limit)
        return [_lesson(row) for row in await self._all(newest)]


def _lessons() -> Select[Any]:
    of = t.setbacks.c.id == t.lessons.c.setback_id
    return select(t.lessons, t.setbacks.c.happened_on).join(t.setbacks, of)


def _lesson(row: Row[Any]) -> Lesson:
    return Lesson(id=row.id, setback_id=row.setback_id, happened_on=row.happened_on, text=row.text)


def _setback(row: Row[Any]) -> Setback:
    voice = None
    if row.voice is not None:
        voice = VoiceNote(file_id=row.voice, seconds=row.voice_seconds)
    return Setback(
        id=row.id,
        collective_id=row.collective_id,
        author_id=row.author_id,
        kind=Kind(row.kind),
        weight=row.weight,
        happened_on=row.happened_on,
        text=row.text,
        voice=voice,
    )
