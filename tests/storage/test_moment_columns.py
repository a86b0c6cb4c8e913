"""Moments are aware and come back as the same moment in UTC, whatever the zone they came in."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from ledger_rows import collective, round_of
from sqlalchemy.exc import StatementError


async def test_a_naive_moment_is_refused(store):
    with pytest.raises(StatementError, match="a moment needs a zone"):
        await store.people.ensure_account(1, datetime(2026, 11, 26, 15))  # noqa: DTZ001 - the fault


async def test_a_moment_of_any_zone_comes_back_in_utc(store, now):
    made = await collective(store, now)
    local = datetime(2026, 11, 26, 17, 0, 0, 123456, tzinfo=ZoneInfo("Africa/Lubumbashi"))
    await round_of(store, made, local)
    found = await store.rounds.open_of(made.id, local)
    assert found.opens_at == local
    assert found.opens_at.utcoffset() == UTC.utcoffset(None)


async def test_moments_of_different_zones_are_compared_as_moments(store, now):
    made = await collective(store, now)
    await round_of(
        store, made, datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Paris"))
    )
    early = datetime(2026, 10, 25, 2, 30, fold=0, tzinfo=ZoneInfo("Europe/Paris"))
    assert await store.rounds.open_of(made.id, early) is None
    assert await store.rounds.open_of(made.id, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
