"""What became of one broadcast: what the people have, held against what the bot believes."""

from dataclasses import dataclass
from typing import Self

from mortal import Mortal
from sqlalchemy import select

from collective.broadcasts import batch
from collective.outbox import State
from storage import tables as t

#: Ends that the author's report names.
_TOLD = {State.FAILED.value, State.BLOCKED.value}
_OPEN = {State.QUEUED.value, State.SENDING.value}


@dataclass(frozen=True, kw_only=True)
class Fate:
    """Counts of messages."""

    arrived: int = 0
    #: Copies beyond the first.
    twice: int = 0
    #: Rows whose end nobody knows.
    unclear: int = 0
    #: Refused by Telegram for good.
    refused: int = 0
    #: Neither arrived nor told of.
    lost: int = 0

    def __add__(self, other: Self) -> "Fate":
        """Of both."""
        return Fate(**{name: value + getattr(other, name) for name, value in vars(self).items()})


async def fate(house: Mortal, number: int, text: str) -> Fate:
    """Count a broadcast that has left: its number, and a text nobody else wrote."""
    rows = await _rows(house, number)
    seen = [(row, _times(house, row.chat_id, text)) for row in rows]
    unclear = sum(row.reason == "unclear" for row in rows)
    return Fate(
        arrived=sum(times > 0 for _, times in seen),
        twice=sum(max(0, times - 1) for _, times in seen),
        unclear=unclear,
        refused=sum(row.state in _TOLD for row in rows) - unclear,
        lost=sum(not times and row.state not in _TOLD for row, times in seen),
    )


async def is_under_way(house: Mortal, number: int) -> bool:
    """Whether something of it still has to leave."""
    return any(row.state in _OPEN for row in await _rows(house, number))


async def _rows(house: Mortal, number: int):
    async with house.database.reading() as store:
        wanted = select(t.outbox).where(t.outbox.c.batch == batch(number))
        return (await store._unit.execute(wanted)).all()


def _times(house: Mortal, chat: int, text: str) -> int:
    """How often a text stands in a chat."""
    return sum(text in (each.text or "") for each in house.playground.world.messages(chat))
