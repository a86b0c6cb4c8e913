"""The real dispatcher and intake at the edge, with a place to make handlers slow or broken."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from delivery.pace import Limits, Pace
from handlers import dispatcher, polling
from handlers import intake as module
from handlers.intake import Intake
from handlers.isolation import Isolation
from handlers.polling import Polling
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
            storage=ConversationStorage(side.database, side.clock),
            isolation=Isolation(),
            screen=side.screen,
            forms=side.screen._forms,
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

    def polling(self) -> Polling:
        """A new one, as after a restart."""
        return Polling(self.side.bot, self.intake())


class Gate:
    """Holds messages of one text until it is opened."""

    def __init__(self, text="wait"):
        self.text = text
        self.reached = asyncio.Event()
        self.opened = asyncio.Event()
        self.cut = 0

    async def __call__(self, text):
        if text == self.text:
            self.reached.set()
            try:
                await self.opened.wait()
            except asyncio.CancelledError:
                self.cut += 1
                raise


@pytest.fixture
def desk(side, monkeypatch):
    monkeypatch.setattr(module, "PAUSE", 0.01)
    monkeypatch.setattr(polling, "BREATH", 0.05)
    return Desk(side)


@pytest.fixture
def gate(desk):
    desk.before = Gate()
    return desk.before


@pytest.fixture
def source(desk):
    return desk.polling()


@pytest.fixture
async def mado(side):
    return await side.person("Mado", language_code="ln")


@pytest.fixture
async def nadine(side):
    return await side.person("Nadine")
