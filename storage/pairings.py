"""Queries about pairings: which two collectives were brought together, and when."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from collective.pairings import Pairing
from storage import tables as t
from storage.unit import Noun

_P = t.pairings.c


class SqlPairings(Noun):
    """Collectives that are to visit each other."""

    async def add(
        self, *, draft: str, first_id: int, second_id: int, paired_at: datetime
    ) -> Pairing | None:
        """Add a pairing; None when this draft already became one."""
        made = (
            self._insert(t.pairings)
            .values(draft=draft, first_id=first_id, second_id=second_id, paired_at=paired_at)
            .on_conflict_do_nothing(index_elements=["draft"])
            .returning(t.pairings)
        )
        return _pairing(await self._first(made))

    async def get(self, pairing_id: int) -> Pairing | None:
        """Return a pairing."""
        return _pairing(await self._first(select(t.pairings).where(_P.id == pairing_id)))

    async def newest(self, first_id: int, second_id: int) -> Pairing | None:
        """Return the newest pairing of two collectives, in whichever order they were named."""
        two = [first_id, second_id]
        both = select(t.pairings).where(_P.first_id.in_(two), _P.second_id.in_(two))
        newest = both.order_by(_P.paired_at.desc(), _P.id.desc()).limit(1)
        return _pairing(await self._first(newest))


def _pairing(row: Row[Any] | None) -> Pairing | None:
    if row is None:
        return None
    return Pairing(
        id=row.id, first_id=row.first_id, second_id=row.second_id, paired_at=row.paired_at
    )
