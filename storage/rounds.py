"""Queries about rounds of check-ins."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, select, update

from collective.figures import Totals
from collective.rounds import CRISIS, Round
from storage import tables as t
from storage.prepared import Prepared
from storage.unit import Noun

#: Ordinary rounds: a crisis check-in stands beside them.
_ORDINARY = t.rounds.c.form != CRISIS
_ROUND = Prepared(select(t.rounds).where(t.rounds.c.id == bindparam("id")))
_HELD_ROUND = Prepared(
    select(t.rounds).where(t.rounds.c.id == bindparam("id")).with_for_update(read=True)
)


class SqlRounds(Noun):
    """Rounds of check-ins."""

    async def add(
        self,
        *,
        collective_id: int,
        form: str,
        rotating: str | None = None,
        opens_at: datetime,
        closes_at: datetime,
    ) -> Round | None:
        """Add a round; None when the collective has one that opened at that moment."""
        made = (
            self._insert(t.rounds)
            .values(
                collective_id=collective_id,
                form=form,
                rotating=rotating,
                opens_at=opens_at,
                closes_at=closes_at,
            )
            .on_conflict_do_nothing(index_elements=["collective_id", "opens_at"])
            .returning(t.rounds)
        )
        row = await self._first(made)
        return _round(row) if row else None

    async def get(self, round_id: int) -> Round | None:
        """Return a round."""
        row = await self._first(_ROUND, id=round_id)
        return _round(row) if row else None

    async def hold(self, round_id: int) -> Round | None:
        """Return a round; it cannot be closed by others before this unit has ended."""
        row = await self._first(_HELD_ROUND, id=round_id)
        return _round(row) if row else None

    async def open_of(self, collective_id: int, now: datetime) -> Round | None:
        """Return the ordinary round that takes answers now."""
        row = await self._first(_open(collective_id, now).where(_ORDINARY))
        return _round(row) if row else None

    async def crisis_of(self, collective_id: int, now: datetime) -> Round | None:
        """Return the crisis check-in that takes answers now."""
        row = await self._first(_open(collective_id, now).where(~_ORDINARY))
        return _round(row) if row else None

    async def last_crisis(self, collective_id: int) -> Round | None:
        """Return the crisis check-in that was closed last."""
        row = await self._first(
            select(t.rounds)
            .where(
                t.rounds.c.collective_id == collective_id,
                t.rounds.c.closed_at.is_not(None),
                ~_ORDINARY,
            )
            .order_by(t.rounds.c.opens_at.desc())
            .limit(1)
        )
        return _round(row) if row else None

    async def newest(self, collective_id: int) -> Round | None:
        """Return the ordinary round that opened last, open or closed."""
        row = await self._first(
            select(t.rounds)
            .where(t.rounds.c.collective_id == collective_id, _ORDINARY)
            .order_by(t.rounds.c.opens_at.desc())
            .limit(1)
        )
        return _round(row) if row else None

    async def last_closed(
        self, collective_id: int, *, before: datetime | None = None
    ) -> Round | None:
        """Return the newest ordinary round that was closed; only of those that opened `before`."""
        chosen = select(t.rounds).where(
            t.rounds.c.collective_id == collective_id,
            t.rounds.c.closed_at.is_not(None),
            _ORDINARY,
        )
        if before is not None:
            chosen = chosen.where(t.rounds.c.opens_at < before)
        row = await self._first(chosen.order_by(t.rounds.c.opens_at.desc()).limit(1))
        return _round(row) if row else None

    async def turns(self, collective_id: int, limit: int) -> list[str | None]:
        """Return which rotating questions its newest rounds asked, the newest first."""
        rows = await self._all(
            select(t.rounds.c.rotating)
            .where(t.rounds.c.collective_id == collective_id, _ORDINARY)
            .order_by(t.rounds.c.opens_at.desc())
            .limit(limit)
        )
        return [row.rotating for row in rows]

    async def history(self, collective_id: int, question: str) -> list[tuple[Round, Totals]]:
        """Return every ordinary round that was counted, with one question; oldest first."""
        chosen = select(t.rounds).where(
            t.rounds.c.collective_id == collective_id, t.rounds.c.expected.is_not(None), _ORDINARY
        )
        rounds = await self._all(chosen.order_by(t.rounds.c.opens_at))
        counts: dict[int, dict[str, int]] = {row.id: {} for row in rounds}
        of = t.rounds.c.id == t.round_totals.c.round_id
        for row in await self._all(
            select(t.round_totals)
            .join(t.rounds, of)
            .where(
                t.rounds.c.collective_id == collective_id,
                t.round_totals.c.question == question,
                _ORDINARY,
            )
        ):
            counts.get(row.round_id, {})[row.value] = row.people
        return [
            (
                _round(row),
                Totals(
                    expected=row.expected,
                    answered=row.answered,
                    counts={question: counts[row.id]} if counts[row.id] else {},
                ),
            )
            for row in rounds
        ]

    async def end(self, round_id: int, now: datetime) -> None:
        """Let a round that is open take answers until now only."""
        await self._run(update(t.rounds).where(t.rounds.c.id == round_id).values(closes_at=now))

    async def mark_closed(self, round_id: int, now: datetime) -> bool:
        """Close it; False when it was closed before."""
        closing = (
            update(t.rounds)
            .where(t.rounds.c.id == round_id, t.rounds.c.closed_at.is_(None))
            .values(closed_at=now)
        )
        return await self._count(closing) == 1

    async def totals(self, round_id: int) -> Totals | None:
        """Return what was counted when it closed, None before that."""
        round_ = await self._first(select(t.rounds).where(t.rounds.c.id == round_id))
        if round_ is None or round_.expected is None:
            return None
        counts: dict[str, dict[str, int]] = {}
        rows = select(t.round_totals).where(t.round_totals.c.round_id == round_id)
        for row in await self._all(rows):
            counts.setdefault(row.question, {})[row.value] = row.people
        return Totals(expected=round_.expected, answered=round_.answered, counts=counts)

    async def keep_totals(self, round_id: int, totals: Totals) -> None:
        """Keep what was counted; the first count stands."""
        counting = (
            update(t.rounds)
            .where(t.rounds.c.id == round_id, t.rounds.c.expected.is_(None))
            .values(expected=totals.expected, answered=totals.answered)
        )
        if await self._count(counting):
            await self._put_totals(round_id, totals)

    async def replace_totals(self, round_id: int, totals: Totals) -> None:
        """Keep this count in place of the earlier one."""
        await self._run(
            update(t.rounds)
            .where(t.rounds.c.id == round_id)
            .values(expected=totals.expected, answered=totals.answered)
        )
        await self._run(delete(t.round_totals).where(t.round_totals.c.round_id == round_id))
        await self._put_totals(round_id, totals)

    async def _put_totals(self, round_id: int, totals: Totals) -> None:
        rows = [
            {"round_id": round_id, "question": question, "value": value, "people": people}
            for question, counts in totals.counts.items()
            for value, people in counts.items()
        ]
        if rows:
            await self._run(self._insert(t.round_totals).values(rows))


def _open(collective_id: int, now: datetime) -> Select[Any]:
    return (
        select(t.rounds)
        .where(
            t.rounds.c.collective_id == collective_id,
            t.rounds.c.closed_at.is_(None),
            t.rounds.c.opens_at <= now,
            t.rounds.c.closes_at > now,
        )
        .order_by(t.rounds.c.opens_at.desc())
        .limit(1)
    )


def _round(row: Row[Any]) -> Round:
    return Round(
        id=row.id,
        collective_id=row.collective_id,
        form=row.form,
        rotating=row.rotating,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        closed_at=row.closed_at,
    )
