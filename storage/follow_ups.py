"""Queries about follow-ups: who is to be seen, called or visited."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, delete, or_, select, update

from collective.follow_ups import WAITING, FollowUp, Reason, State
from storage import tables as t
from storage.prepared import Prepared
from storage.unit import Noun

_WAITS = t.follow_ups.c.state.in_([state.value for state in WAITING])
_TAKE_BACK = Prepared(
    delete(t.follow_ups).where(
        t.follow_ups.c.checkin_id == bindparam("checkin"), t.follow_ups.c.state == State.OPEN.value
    )
)


class SqlFollowUps(Noun):
    """Who is to be seen, called or visited."""

    async def add(
        self,
        *,
        collective_id: int,
        person_id: int,
        checkin_id: int,
        reason: Reason,
        now: datetime,
    ) -> FollowUp | None:
        """Add a follow-up, or open that of this check-in again; None when it waits as it is."""
        held = t.follow_ups.c
        anew = {"reason": reason.value, "state": State.OPEN.value}
        made = (
            self._insert(t.follow_ups)
            .values(
                collective_id=collective_id,
                person_id=person_id,
                checkin_id=checkin_id,
                since=now,
                **anew,
            )
            .on_conflict_do_update(
                index_elements=["checkin_id"],
                set_={
                    **anew,
                    "since": case((_WAITS, held.since), else_=now),
                    "noted_by": None,
                    "noted_at": None,
                },
                where=or_(~_WAITS, held.reason != reason.value),
            )
            .returning(held.id)
        )
        row = await self._first(made)
        return await self.get(row.id) if row else None

    async def get(self, follow_up_id: int) -> FollowUp | None:
        """Return a follow-up."""
        row = await self._first(_chosen().where(t.follow_ups.c.id == follow_up_id))
        return _follow_up(row) if row else None

    async def waiting(self, collectives: Collection[int]) -> list[FollowUp]:
        """Return those of some collectives that wait, the longest waiting first."""
        chosen = _chosen().where(t.follow_ups.c.collective_id.in_(collectives), _WAITS)
        oldest = chosen.order_by(t.follow_ups.c.since, t.follow_ups.c.id)
        return [_follow_up(row) for row in await self._all(oldest)]

    async def of(self, collective_id: int, since: datetime) -> list[FollowUp]:
        """Return those of a collective from a moment on, the oldest first."""
        chosen = _chosen().where(
            t.follow_ups.c.collective_id == collective_id, t.follow_ups.c.since >= since
        )
        oldest = chosen.order_by(t.follow_ups.c.since, t.follow_ups.c.id)
        return [_follow_up(row) for row in await self._all(oldest)]

    async def note(self, follow_up_id: int, state: State, by: int, now: datetime) -> None:
        """Keep what came of it in place of an earlier note."""
        kept = {"state": state.value, "noted_by": by, "noted_at": now}
        await self._run(update(t.follow_ups).where(t.follow_ups.c.id == follow_up_id).values(kept))

    async def take_back(self, checkin_id: int) -> None:
        """Forget the one from a check-in if nothing was noted: she asks for it no more."""
        await self._run(_TAKE_BACK, checkin=checkin_id)

    async def forget(self, person_id: int, collective_id: int) -> None:
        """Forget those about her in a collective that wait."""
        hers = t.follow_ups.c.person_id == person_id
        there = t.follow_ups.c.collective_id == collective_id
        await self._run(delete(t.follow_ups).where(hers, there, _WAITS))


def _chosen() -> Select[Any]:
    of = t.persons.c.id == t.follow_ups.c.person_id
    return select(t.follow_ups, t.persons.c.name).join(t.persons, of)


def _follow_up(row: Row[Any]) -> FollowUp:
    return FollowUp(
        id=row.id,
        collective_id=row.collective_id,
        person_id=row.person_id,
        name=row.name,
        checkin_id=row.checkin_id,
        reason=Reason(row.reason),
        since=row.since,
        state=State(row.state),
        noted_by=row.noted_by,
        noted_at=row.noted_at,
    )
