"""The calendar's time: the system's, or one that a playground moves."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import aiohttp
import structlog

from collective.faults import severity

log = structlog.get_logger()

#: How often a moved clock is asked for its offset, in seconds.
POLL = 0.05
_TIMEOUT = aiohttp.ClientTimeout(total=5)


class SystemClock:
    """The time it is."""

    def now(self) -> datetime:
        """Return the moment, aware, UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the clock


class MovedClock:
    """The system's time and an offset that is read from an address.

    The address answers {"offset_seconds": n}. While it is silent the last offset holds.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._offset = timedelta()

    def now(self) -> datetime:
        """Return the moment, aware, UTC."""
        return datetime.now(UTC) + self._offset  # noqa: TID251 - this is the clock

    async def follow(self, changed: Callable[[], Awaitable[object]]) -> None:
        """Read the offset again and again; call `changed` when it is another one."""
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            while True:
                if await self._read(session):
                    await _told(changed)
                await asyncio.sleep(POLL)

    async def read(self) -> None:
        """Read the offset once, before anything rings."""
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            await self._read(session)

    async def _read(self, session: aiohttp.ClientSession) -> bool:
        """Read the offset; tell whether it is another one."""
        before = self._offset
        try:
            async with session.get(self._url) as answer:
                seconds = (await answer.json())["offset_seconds"]
            self._offset = timedelta(seconds=float(seconds))
        except (
            aiohttp.ClientError,
            TimeoutError,
            LookupError,
            TypeError,
            ValueError,
            OverflowError,
        ) as fault:
            log.warning("clock_silent", error=type(fault).__name__)
        return self._offset != before


async def _told(changed: Callable[[], Awaitable[object]]) -> None:
    try:
        await changed()
    except Exception as fault:  # noqa: BLE001 - the next sweep catches up
        log.log(severity(fault), "clock_not_followed", error=fault)
