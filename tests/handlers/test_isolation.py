"""One update at a time in a conversation, and nothing kept of those that are over."""

import asyncio
import gc

import pytest
from aiogram.fsm.storage.base import StorageKey

from handlers.isolation import Isolation

MADO, NADINE = (StorageKey(bot_id=1, chat_id=chat, user_id=chat) for chat in (1, 2))


async def test_a_conversation_is_held_by_one_at_a_time():
    isolation = Isolation()
    async with isolation.lock(MADO):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01), isolation.lock(MADO):
                pass
        async with asyncio.timeout(1), isolation.lock(NADINE):
            pass


async def test_who_waits_gets_the_lock_that_was_released():
    isolation, order = Isolation(), []

    async def hold(name):
        async with isolation.lock(MADO):
            order.append(name)
            await asyncio.sleep(0)
            order.append(name)

    async with asyncio.timeout(1), asyncio.TaskGroup() as tasks:
        for name in ("first", "second", "third"):
            tasks.create_task(hold(name))
    assert order == ["first", "first", "second", "second", "third", "third"]


async def test_a_lock_is_released_and_forgotten_also_after_a_fault():
    isolation = Isolation()
    with pytest.raises(ZeroDivisionError):
        async with isolation.lock(MADO):
            raise ZeroDivisionError
    gc.collect()
    assert not isolation._locks
    async with asyncio.timeout(1), isolation.lock(MADO):
        pass
