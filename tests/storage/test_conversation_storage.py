"""aiogram's contract for states and dialogs, kept on our table."""

from contextlib import asynccontextmanager

import pytest
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey
from ledger_rows import rows

from storage import tables as t
from storage.conversation import ConversationStorage


class Steps(StatesGroup):
    name = State()


KEY = StorageKey(bot_id=1, chat_id=10, user_id=10)
STACK = StorageKey(bot_id=1, chat_id=10, user_id=10, destiny="aiogd:stack:")


class Noon:
    """Always the moment of the test."""

    def __init__(self, now):
        self.now = lambda: now


@pytest.fixture
def storage(database, now):
    return ConversationStorage(database, Noon(now))


async def kept(database):
    async with database.reading() as store:
        return await rows(store, t.conversation)


async def test_nothing_is_known_of_a_new_conversation(storage):
    assert await storage.get_state(KEY) is None
    assert await storage.get_data(KEY) == {}
    assert await storage.get_value(KEY, "name", "nobody") == "nobody"


async def test_a_state_is_kept_by_name(storage):
    await storage.set_state(KEY, Steps.name)
    assert await storage.get_state(KEY) == "Steps:name"
    await storage.set_state(KEY, "plain")
    assert await storage.get_state(KEY) == "plain"
    await storage.set_state(KEY)
    assert await storage.get_state(KEY) is None


async def test_data_are_replaced_and_updated(storage):
    await storage.set_data(KEY, {"a": 1, "b": {"c": [1, None, "é"]}})
    assert await storage.get_data(KEY) == {"a": 1, "b": {"c": [1, None, "é"]}}
    assert await storage.update_data(KEY, {"a": 2}) == {"a": 2, "b": {"c": [1, None, "é"]}}
    await storage.set_data(KEY, {"z": 0})
    assert await storage.get_data(KEY) == {"z": 0}


async def test_what_was_read_can_be_changed_without_changing_what_is_kept(storage):
    await storage.set_data(KEY, {"a": [1]})
    (await storage.get_data(KEY))["a"].append(2)
    assert await storage.get_data(KEY) == {"a": [1]}


async def test_state_and_data_do_not_disturb_each_other(storage):
    await storage.set_data(KEY, {"a": 1})
    await storage.set_state(KEY, Steps.name)
    await storage.set_data(KEY, {})
    assert await storage.get_state(KEY) == "Steps:name"
    await storage.set_data(KEY, {"a": 1})
    await storage.set_state(KEY, None)
    assert await storage.get_data(KEY) == {"a": 1}


async def test_destinies_chats_and_topics_are_conversations_of_their_own(storage):
    keys = [
        KEY,
        STACK,
        StorageKey(bot_id=1, chat_id=10, user_id=11),
        StorageKey(bot_id=1, chat_id=11, user_id=10),
        StorageKey(bot_id=1, chat_id=10, user_id=10, thread_id=3),
    ]
    for number, key in enumerate(keys):
        await storage.set_data(key, {"n": number})
    assert [(await storage.get_data(key))["n"] for key in keys] == [0, 1, 2, 3, 4]


async def test_a_row_that_says_nothing_is_deleted(storage, database):
    await storage.set_data(KEY, {"a": 1})
    await storage.set_state(KEY, Steps.name)
    await storage.set_data(KEY, {})
    assert len(await kept(database)) == 1
    await storage.set_state(KEY, None)
    assert await kept(database) == []


async def test_unchanged_data_write_nothing(database, now):
    wrote = []

    class Watched:
        reading = database.reading

        @asynccontextmanager
        async def writing(self):
            async with database.writing() as store:
                write = store.conversation.write

                async def noted(*row):
                    wrote.append(row)
                    await write(*row)

                store.conversation.write = noted
                yield store

    storage = ConversationStorage(Watched(), Noon(now))
    for data in ({}, {"a": [1]}, {"a": [1]}, {"a": [2]}):
        await storage.set_data(KEY, data)
    assert [data for _, _, data, _ in wrote] == [{"a": [1]}, {"a": [2]}]


async def test_closing_it_leaves_the_database_open(storage):
    await storage.close()
    await storage.set_state(KEY, Steps.name)
    assert await storage.get_state(KEY) == "Steps:name"
