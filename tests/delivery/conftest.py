"""A sender at the edge; nothing slows it but what Telegram says."""

import pytest

from delivery.pace import Limits, Pace
from delivery.sender import Sender
from tests.delivery.edge import ZONE, edge


@pytest.fixture
def engine():
    """SQLite, unless a test asks for more."""
    return "sqlite"


@pytest.fixture
def limits():
    return Limits.of(0)


@pytest.fixture
async def side(database, now, limits):
    async with edge(database, now, Pace(limits)) as opened:
        yield opened


@pytest.fixture
def sender(side):
    return Sender(side.database, side.screen, side.turnstile, side.clock, zone=ZONE)


@pytest.fixture
async def mado(side):
    return await side.person("Mado")
