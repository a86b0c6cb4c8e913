"""A stage for every story; the common openings of many stories."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from stage import Stage, staged


@pytest.fixture
async def stage(tmp_path: Path, new_database, now) -> AsyncIterator[Stage]:
    """The bot on SQLite, a quarter of an hour before Thursday, 17:00."""
    async with staged(tmp_path, new_database.url("sqlite"), now - timedelta(minutes=15)) as stage:
        yield stage
