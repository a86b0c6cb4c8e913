"""Waiting for something to happen, but not for ever."""

import asyncio


async def either(event: asyncio.Event, seconds: float) -> bool:
    """Wait for the event, at most so long; tell whether it came."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
