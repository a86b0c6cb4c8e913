"""Campaigns: small in every run, whole when asked for; a printed seed, a table at the end."""

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from mortal import mortal
from tally import SIZE, SIZES, Size, Tally, write

_tally: list[Tally] = []


@pytest.fixture
def size() -> Size:
    """How many members, rounds and kills."""
    return SIZES[SIZE]


@pytest.fixture
def tally() -> list[Tally]:
    """Where a campaign puts its row."""
    return _tally


@pytest.fixture
async def house(tmp_path: Path, database_url: str, now, door: Path):
    """A playground, a database of each engine, and a bot to be killed."""
    async with mortal(tmp_path, database_url, now - timedelta(minutes=15), door) as made:
        yield made


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker found, where the campaigns run side by side."""
    _tally.extend(Tally(**row) for row in getattr(node, "workeroutput", {}).get("tally", ()))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep what the whole campaign found."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["tally"] = [asdict(row) for row in _tally]
    elif SIZE == "whole" and _tally:
        write(sorted(_tally, key=lambda row: row.engine != "sqlite"))
