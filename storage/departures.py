"""Queries about departures."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, update

from collective.departures import Contact, Departure
from storage import tables as t
from storage.unit import Noun


class SqlDepartures(Noun):
    """Who left which collective, and what she said about it."""

    async def add(self, member_id: int, now: datetime) -> Departure:
        """Keep that a member left; the same moment is the same departure again."""
        made = (
            self._insert(t.departures)
            .values(member_id=member_id, left_at=now)
            .on_conflict_do_update(index_elements=["member_id", "left_at"], set_={"left_at": now})
            .returning(t.departures.c.id)
        )
        number = (await self._run(made)).scalar_one()
        row = await self._first(_departures().where(t.departures.c.id == number))
        if row is None:
            raise LookupError(number)
        return _departure(row)

    async def get(self, departure_id: int) -> Departure | None:
        """Return a departure."""
        row = await self._first(_departures().where(t.departures.c.id == departure_id))
        return _departure(row) if row else None

    async def of(self, person_id: int) -> list[Departure]:
        """Return her departures, the newest first."""
        rows = await self._all(
            _departures()
            .where(t.members.c.person_id == person_id)
            .order_by(t.departures.c.left_at.desc(), t.departures.c.id.desc())
        )
        return [_departure(row) for row in rows]

    async def settle(
        self,
        departure_id: int,
        contact: Contact,
        *,
        why: str | None = None,
        missed: str | None = None,
    ) -> None:
        """Keep who may stay in touch, and her words for them."""
        kept = {"contact": contact.value, "why": why, "missed": missed}
        await self._run(update(t.departures).where(t.departures.c.id == departure_id).values(kept))


def _departures() -> Select[Any]:
    return select(
        t.departures,
        t.members.c.person_id,
        t.members.c.collective_id,
        t.members.c.left_at.label("away_since"),
    ).join(t.members, t.members.c.id == t.departures.c.member_id)


def _departure(row: Row[Any]) -> Departure:
    return Departure(
        id=row.id,
        person_id=row.person_id,
        collective_id=row.collective_id,
        left_at=row.left_at,
        why=row.why,
        missed=row.missed,
        contact=Contact(row.contact) if row.contact else None,
        away=row.away_since is not None,
    )
