"""Queries about what members said in their own words."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, Table, delete, select, update

from collective.own_words import Said, VoiceNote, Waiting
from storage import tables as t
from storage.unit import Noun


class SqlOwnWords(Noun):
    """What members said in their own words, typed or spoken; encrypted."""

    async def put_text(self, checkin_id: int, question: str, text: str, now: datetime) -> None:
        """Keep a text in place of whatever she said to this question before."""
        await self._forget(t.voices, checkin_id, question)
        kept = {"text": text, "said_at": now}
        await self._run(
            self._insert(t.words)
            .values(checkin_id=checkin_id, question=question, **kept)
            .on_conflict_do_update(index_elements=["checkin_id", "question"], set_=kept)
        )

    async def put_voice(
        self, checkin_id: int, question: str, note: VoiceNote, now: datetime
    ) -> None:
        """Keep a voice note, to be fetched now, in place of whatever she said before."""
        await self.forget(checkin_id, question)
        await self._run(
            self._insert(t.voices).values(
                checkin_id=checkin_id,
                question=question,
                file_id=note.file_id,
                seconds=note.seconds,
                attempts=0,
                fetch_at=now,
                said_at=now,
            )
        )

    async def get(self, checkin_id: int, question: str) -> Said | None:
        """Return what she said to a question."""
        text = await self._first(_of(t.words, checkin_id, question))
        if text is not None:
            return Said(text=text.text, said_at=text.said_at)
        voice = await self._first(_of(t.voices, checkin_id, question))
        if voice is None:
            return None
        return Said(sound=voice.sound, seconds=voice.seconds, said_at=voice.said_at)

    async def forget(self, checkin_id: int, question: str) -> None:
        """Forget what she said to a question."""
        for table in (t.words, t.voices):
            await self._forget(table, checkin_id, question)

    async def to_fetch(self, now: datetime, limit: int) -> list[Waiting]:
        """Return voice notes whose turn to be fetched has come, the longest waiting first."""
        columns = ("checkin_id", "question", "file_id", "attempts")
        rows = await self._all(
            select(*(t.voices.c[name] for name in columns))
            .where(t.voices.c.fetch_at <= now)
            .order_by(t.voices.c.fetch_at)
            .limit(limit)
        )
        return [Waiting(**row._asdict()) for row in rows]

    async def keep_sound(self, voice: Waiting, sound: bytes) -> bool:
        """Keep what was fetched; False when she has said something else since."""
        return await self._settle(voice, sound=sound, fetch_at=None) == 1

    async def miss(self, voice: Waiting, again: datetime | None) -> None:
        """Keep that fetching failed, and when it is tried again; None: never."""
        await self._settle(voice, attempts=voice.attempts + 1, fetch_at=again)

    async def _settle(self, voice: Waiting, **kept: object) -> int:
        # The file's id too: she may have spoken again while the first note was fetched.
        changing = (
            update(t.voices)
            .where(
                t.voices.c.checkin_id == voice.checkin_id,
                t.voices.c.question == voice.question,
                t.voices.c.file_id == voice.file_id,
            )
            .values(kept)
        )
        return await self._count(changing)

    async def _forget(self, table: Table, checkin_id: int, question: str) -> None:
        await self._run(
            delete(table).where(table.c.checkin_id == checkin_id, table.c.question == question)
        )


def _of(table: Table, checkin_id: int, question: str) -> Select[Any]:
    return select(table).where(table.c.checkin_id == checkin_id, table.c.question == question)
