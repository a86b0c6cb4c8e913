"""The real dispatcher and intake at the edge, with a place to make handlers slow or broken."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from delivery.pace import Limits, Pace
from handlers import dispatcher
from handlers import intake as module
from handlers.intake import Intake
from handlers.isolation import Isolation
from scheduler.calendar import TriggerCalendar
from storage.conversation import ConversationStorage
from tests.delivery.edge import edge


@pytest.fixture
async def side(ledger, now):
    async with edge(ledger, now, Pace(Limits.of(0))) as opened:
        yield opened


class Desk:
    """The dispatcher; `before` is called with each message's text before its handler."""

    def __init__(self, side) -> None:
        self.side = side
        self.seen: list[str] = []
        self.before: Callable[[str], Awaitable[Any]] = self._nothing
        self.dispatcher = dispatcher(
            side.database,
            side.clock,
            storage=ConversationStorage(side.database),
            isolation=Isolation(),
            screen=side.screen,
            forms=side.screen._forms,
            calendar=TriggerCalendar(),
            zone="Africa/Lubumbashi",
            username="LisangaPlaygroundBot",
        )
        self.dispatcher.message.outer_middleware(self._first)

    async def _nothing(self, text: str) -> None:
        """Let it pass."""

    async def _first(self, handler, message, data):
        self.seen.append(message.text)
        await self.before(message.text)
        return await handler(message, data)

    def intake(self) -> Intake:
        """A new one, as after a restart."""
        return Intake(
            self.side.bot, self.dispatcher, self.side.database, self.side.screen, self.side.clock
        )


@pytest.fixture
def desk(side, monkeypatch):
    monkeypatch.setattr(module, "PAUSE", 0.01)
    monkeypatch.setattr(module, "BREATH", 0.05)
    return Desk(side)


@pytest.fixture
def intake(desk):
    return desk.intake()


@pytest.fixture
async def mado(side):
    return await side.person("Mado", language_code="ln")


@pytest.fixture
async def nadine(side):
    return await side.person("Nadine")
