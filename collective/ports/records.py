"""What is purged, who did what, and what failed every time."""

from datetime import datetime
from typing import Protocol

from collective.events import Event


class Purging(Protocol):
    """What has been kept long enough; its kinds are those of Retention."""

    async def count(self, kind: str, before: datetime) -> int:
        """Count the records of a kind that are past their time."""
        ...

    async def purge(self, kind: str, before: datetime, limit: int) -> int:
        """Let some of them go, so many rows at most; return how many records went."""
        ...

    async def departed(self, before: datetime, limit: int | None = None) -> list[int]:
        """Return who has left everything before then and holds no role, some of them or all."""
        ...

    async def uncounted(self, before: datetime) -> list[int]:
        """Return some closed rounds past their time that have no totals yet."""
        ...


class Audit(Protocol):
    """The append-only record of who did what to which record."""

    async def append(
        self, event: Event, *, by: int | None, subject: int | None, now: datetime
    ) -> None:
        """Add one fact. `by` is a person, None for the clock or the operator."""
        ...


class DeadUpdates(Protocol):
    """Updates that failed every time: what they were, never what they said."""

    async def add(self, update_id: int, kind: str, error: str, now: datetime) -> None:
        """Keep one, once."""
        ...
