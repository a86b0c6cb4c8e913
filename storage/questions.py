"""Queries about spoken questions: their sound, kept for a change of bot and encrypted."""

from datetime import datetime

from sqlalchemy import and_, or_, select, update

from collective.decisions import Stage
from collective.own_words import WaitingQuestion
from storage import tables as t
from storage.unit import Noun

#: In these the members can hear what is asked; a draft may still be spoken anew.
_HEARD = (Stage.DISCUSSION.value, Stage.OPEN.value)


class SqlQuestions(Noun):
    """The sounds of questions that were asked by voice."""

    async def to_fetch(self, now: datetime, limit: int) -> list[WaitingQuestion]:
        """Return questions that the members hear and whose turn to be fetched has come."""
        asked, kept = t.proposals, t.spoken_questions
        new = or_(kept.c.proposal_id.is_(None), kept.c.file_id != asked.c.voice)
        rows = await self._all(
            select(asked.c.id, asked.c.voice, kept.c.attempts, new.label("new"))
            .outerjoin(kept, kept.c.proposal_id == asked.c.id)
            .where(
                asked.c.voice.is_not(None),
                asked.c.stage.in_(_HEARD),
                or_(new, kept.c.fetch_at <= now),
            )
            .order_by(asked.c.id)
            .limit(limit)
        )
        return [
            WaitingQuestion(
                proposal_id=row.id, file_id=row.voice, attempts=0 if row.new else row.attempts
            )
            for row in rows
        ]

    async def keep_sound(self, question: WaitingQuestion, sound: bytes) -> None:
        """Keep what was fetched, unless something else is asked by now."""
        await self._settle(question, sound=sound, sent_as=None, attempts=0, fetch_at=None)

    async def miss(self, question: WaitingQuestion, again: datetime | None) -> None:
        """Keep that fetching failed, and when it is tried again; None: never."""
        attempts = question.attempts + 1
        await self._settle(question, sound=None, sent_as=None, attempts=attempts, fetch_at=again)

    async def sound(self, proposal_id: int) -> bytes | None:
        """Return the sound, None where it is not kept."""
        kept = t.spoken_questions
        row = await self._first(select(kept.c.sound).where(kept.c.proposal_id == proposal_id))
        return row.sound if row else None

    async def sent_as(self, proposal_id: int) -> str | None:
        """Return the id under which another bot than the one that heard it has sent it last."""
        kept = t.spoken_questions
        row = await self._first(select(kept.c.sent_as).where(kept.c.proposal_id == proposal_id))
        return row.sent_as if row else None

    async def keep_sent_as(self, proposal_id: int, file_id: str) -> None:
        """Keep that id."""
        kept = t.spoken_questions
        await self._run(
            update(kept).where(kept.c.proposal_id == proposal_id).values(sent_as=file_id)
        )

    async def _settle(self, question: WaitingQuestion, **kept: object) -> None:
        asked = select(t.proposals.c.id).where(
            and_(t.proposals.c.id == question.proposal_id, t.proposals.c.voice == question.file_id)
        )
        if await self._first(asked) is None:
            return
        values = {"file_id": question.file_id, **kept}
        await self._run(
            self._insert(t.spoken_questions)
            .values(proposal_id=question.proposal_id, **values)
            .on_conflict_do_update(index_elements=["proposal_id"], set_=values)
        )
