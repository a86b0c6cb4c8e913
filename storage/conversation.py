"""aiogram's storage of states and dialogs, on our table; each change is a short unit."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey

from collective.ports import Clock


class _Stores(Protocol):
    def writing(self) -> AbstractAsyncContextManager[Any]: ...
    def reading(self) -> AbstractAsyncContextManager[Any]: ...


class ConversationStorage(BaseStorage):
    """Wizards and menus keep their page here: losing a row loses a page, never a record."""

    def __init__(self, database: _Stores, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._keys = DefaultKeyBuilder(with_destiny=True, with_bot_id=False)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Keep the state of a conversation."""
        name = state.state if isinstance(state, State) else state
        place = self._place(key)
        async with self._database.writing() as store:
            _, data = await store.conversation.read(place)
            await store.conversation.write(place, name, data, self._clock.now())

    async def get_state(self, key: StorageKey) -> str | None:
        """Return the state of a conversation."""
        async with self._database.reading() as store:
            state: str | None = (await store.conversation.read(self._place(key)))[0]
        return state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Keep the data of a conversation; an empty mapping deletes them."""
        place = self._place(key)
        async with self._database.writing() as store:
            state, before = await store.conversation.read(place)
            if before != data:
                await store.conversation.write(place, state, data, self._clock.now())

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Return the data of a conversation."""
        async with self._database.reading() as store:
            data: dict[str, Any] = (await store.conversation.read(self._place(key)))[1]
        return data

    async def close(self) -> None:
        """The database is closed by who opened it."""

    def _place(self, key: StorageKey) -> str:
        return self._keys.build(key)
