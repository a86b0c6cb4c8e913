"""Wakes everyone who waits for the world to change."""

import asyncio
from collections.abc import Callable


class Bell:
    """Long polls, event streams and `?wait=1` all sleep here; any change rings it."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.closed = False

    def ring(self) -> None:
        """Wake all who wait; each looks again whether its condition holds."""
        self._event.set()
        self._event = asyncio.Event()

    def close(self) -> None:
        """Let every waiter go, now and from now on: the server is stopping."""
        self.closed = True
        self.ring()

    async def until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Wait at most that long; says whether the condition holds."""
        try:
            async with asyncio.timeout(seconds):
                while not (ready() or self.closed):
                    await self._event.wait()
        except TimeoutError:
            pass
        return ready()
