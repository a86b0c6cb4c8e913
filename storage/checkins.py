"""Queries about check-ins and their answers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, or_, select, update
from sqlalchemy.dialects import postgresql

from collective.checkins import Answers, CheckIn
from collective.people import Member
from collective.rounds import CRISIS, Round
from storage import tables as t
from storage.prepared import Prepared
from storage.unit import Noun

_CHECKINS = (
    select(t.checkins, t.members.c.person_id, t.members.c.left_at, t.rounds.c.collective_id)
    .join(t.members, t.members.c.id == t.checkins.c.member_id)
    .join(t.rounds, t.rounds.c.id == t.checkins.c.round_id)
)
_CHECKIN = Prepared(_CHECKINS.where(t.checkins.c.id == bindparam("id")))
_FINISH = Prepared(
    update(t.checkins)
    .where(t.checkins.c.id == bindparam("checkin"), t.checkins.c.finished_at.is_(None))
    .values(finished_at=bindparam("now"))
)
_ANSWERS = Prepared(
    select(t.answers.c.question, t.answers.c.value).where(
        t.answers.c.checkin_id == bindparam("checkin")
    )
)
# PostgreSQL's INSERT: SQLite reads the same ON CONFLICT.
_put = postgresql.insert(t.answers).values(
    checkin_id=bindparam("checkin"),
    round_id=bindparam("round"),
    question=bindparam("question"),
    value=bindparam("value"),
    answered_at=bindparam("now"),
)
_PUT_ANSWER = Prepared(
    _put.on_conflict_do_update(
        index_elements=["checkin_id", "question"],
        set_={
            "value": _put.excluded.value,
            "answered_at": _put.excluded.answered_at,
            "entered_by": None,
            "entered_at": None,
        },
    )
)


class SqlCheckIns(Noun):
    """Check-ins and their answers."""

    async def expect(self, round_: Round, members: Iterable[Member]) -> list[CheckIn]:
        """Add a check-in for each member that has none in this round; return the new ones."""
        rows = [{"round_id": round_.id, "member_id": member.id} for member in members]
        if not rows:
            return []
        made = (
            self._insert(t.checkins)
            .values(rows)
            .on_conflict_do_nothing(index_elements=["round_id", "member_id"])
            .returning(t.checkins.c.id)
        )
        new = [row.id for row in await self._all(made)]
        chosen = _CHECKINS.where(t.checkins.c.id.in_(new)).order_by(t.checkins.c.id)
        return [_checkin(row) for row in await self._all(chosen)]

    async def get(self, checkin_id: int) -> CheckIn | None:
        """Return a check-in."""
        row = await self._first(_CHECKIN, id=checkin_id)
        return _checkin(row) if row else None

    async def open_for(self, person_id: int, now: datetime) -> list[CheckIn]:
        """Return her check-ins whose rounds take answers now, oldest first."""
        chosen = _CHECKINS.where(
            t.members.c.person_id == person_id,
            t.members.c.left_at.is_(None),
            t.rounds.c.closed_at.is_(None),
            t.rounds.c.opens_at <= now,
            t.rounds.c.closes_at > now,
        ).order_by(t.rounds.c.opens_at)
        return [_checkin(row) for row in await self._all(chosen)]

    async def newest_of(
        self, person_id: int, collective_id: int, now: datetime, limit: int
    ) -> list[CheckIn]:
        """Return her newest ordinary check-ins in a collective that have opened, newest first."""
        chosen = (
            _CHECKINS.where(
                t.members.c.person_id == person_id,
                t.members.c.collective_id == collective_id,
                t.rounds.c.opens_at <= now,
                t.rounds.c.form != CRISIS,
            )
            .order_by(t.rounds.c.opens_at.desc())
            .limit(limit)
        )
        return [_checkin(row) for row in await self._all(chosen)]

    async def unfinished(self, round_id: int) -> list[tuple[CheckIn, int]]:
        """Return the check-ins neither finished nor ever stopped, with their chats.

        Of members who are missed and can be reached.
        """
        chosen = (
            _CHECKINS.add_columns(t.accounts.c.telegram_id)
            .join(t.persons, t.persons.c.id == t.members.c.person_id)
            .join(t.accounts, t.accounts.c.id == t.persons.c.account_id)
            .where(
                t.checkins.c.round_id == round_id,
                t.checkins.c.finished_at.is_(None),
                t.checkins.c.excused_at.is_(None),
                t.checkins.c.stopped_at.is_(None),
                t.accounts.c.unreachable.is_(None),
            )
            .order_by(t.checkins.c.id)
        )
        return [(_checkin(row), row.telegram_id) for row in await self._all(chosen)]

    async def answers(self, checkin_id: int) -> Answers:
        """Return the answers of one check-in."""
        rows = await self._all(_ANSWERS, checkin=checkin_id)
        return {row.question: row.value for row in rows}

    async def put_answer(self, checkin: CheckIn, question: str, value: str, now: datetime) -> None:
        """Keep an answer in place of an earlier one to the same question."""
        await self._run(
            _PUT_ANSWER,
            checkin=checkin.id,
            round=checkin.round_id,
            question=question,
            value=value,
            now=now,
        )

    async def drop_answer(self, checkin_id: int, question: str) -> None:
        """Forget the answer to a question."""
        hers = and_(t.answers.c.checkin_id == checkin_id, t.answers.c.question == question)
        await self._run(delete(t.answers).where(hers))

    async def enter(
        self, checkin: CheckIn, question: str, value: str, by: int, now: datetime
    ) -> bool:
        """Keep an answer that somebody gives on her behalf; False when she has given her own."""
        kept = {"value": value, "answered_at": now, "entered_by": by, "entered_at": now}
        made = (
            self._insert(t.answers)
            .values(checkin_id=checkin.id, round_id=checkin.round_id, question=question, **kept)
            .on_conflict_do_update(
                index_elements=["checkin_id", "question"],
                set_=kept,
                where=t.answers.c.entered_at.is_not(None),
            )
            .returning(t.answers.c.question)
        )
        return await self._first(made) is not None

    async def entered(self, checkin_id: int) -> dict[str, datetime]:
        """Return when answers were given on her behalf, by question."""
        rows = await self._all(
            select(t.answers.c.question, t.answers.c.entered_at).where(
                t.answers.c.checkin_id == checkin_id, t.answers.c.entered_at.is_not(None)
            )
        )
        return {row.question: row.entered_at for row in rows}

    async def take_typed(self, checkin_id: int, message_id: int) -> bool:
        """Note a typed message; False when it, or a newer one, was taken before."""
        before = t.checkins.c.typed_message
        taking = (
            update(t.checkins)
            .where(t.checkins.c.id == checkin_id, or_(before.is_(None), before < message_id))
            .values(typed_message=message_id)
        )
        return await self._count(taking) == 1

    async def finish(self, checkin_id: int, now: datetime) -> None:
        """Keep when the last question was answered; the first time counts."""
        await self._run(_FINISH, checkin=checkin_id, now=now)

    async def stop(self, checkin_id: int, now: datetime) -> None:
        """Keep that she wants no more of it for now."""
        await self._run(
            update(t.checkins)
            .where(t.checkins.c.id == checkin_id)
            .values(stopped_at=now, resumed_at=None)
        )

    async def resume(self, checkin_id: int, now: datetime) -> None:
        """Keep that she goes on with it."""
        await self._run(
            update(t.checkins)
            .where(t.checkins.c.id == checkin_id, t.checkins.c.stopped_at.is_not(None))
            .values(resumed_at=now)
        )

    async def of_round(self, round_id: int) -> list[Answers]:
        """Return the answers of everyone expected, an empty mapping for silence.

        Who was excused is expected only if she answered after all.
        """
        return [
            answers
            for checkin, answers in await self.everyone(round_id)
            if answers or checkin.excused_at is None
        ]

    async def everyone(self, round_id: int) -> list[tuple[CheckIn, Answers]]:
        """Return the check-ins of everyone asked, with the answers so far."""
        asked = _CHECKINS.where(t.checkins.c.round_id == round_id).order_by(t.checkins.c.id)
        found = [_checkin(row) for row in await self._all(asked)]
        given: dict[int, dict[str, str]] = {checkin.id: {} for checkin in found}
        for row in await self._all(
            select(t.answers.c.checkin_id, t.answers.c.question, t.answers.c.value).where(
                t.answers.c.round_id == round_id
            )
        ):
            given[row.checkin_id][row.question] = row.value
        return [(checkin, given[checkin.id]) for checkin in found]

    async def excuse(self, person_id: int, now: datetime, collective_id: int | None = None) -> None:
        """Stop missing her in the rounds that take answers now, of one collective or of all."""
        open_ = select(t.rounds.c.id).where(
            t.rounds.c.closed_at.is_(None), t.rounds.c.closes_at > now
        )
        hers = select(t.members.c.id).where(t.members.c.person_id == person_id)
        if collective_id is not None:
            hers = hers.where(t.members.c.collective_id == collective_id)
        await self._run(
            update(t.checkins)
            .where(
                t.checkins.c.member_id.in_(hers),
                t.checkins.c.round_id.in_(open_),
                t.checkins.c.excused_at.is_(None),
            )
            .values(excused_at=now)
        )


def _checkin(row: Row[Any]) -> CheckIn:
    return CheckIn(
        id=row.id,
        round_id=row.round_id,
        collective_id=row.collective_id,
        member_id=row.member_id,
        person_id=row.person_id,
        finished_at=row.finished_at,
        excused_at=row.excused_at,
        stopped=row.stopped_at is not None and row.resumed_at is None,
        active=row.left_at is None,
    )
