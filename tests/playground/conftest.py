"""A playground, somebody in it, and a bare client for the Bot API."""

import aiohttp
import pytest
from playground_client import Api

from playground import Playground


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def playground():
    running = await Playground.start(hold_seconds=0.05)
    yield running
    await running.stop()


@pytest.fixture
async def api(playground, http):
    return Api(playground, http)


@pytest.fixture
async def mado(playground):
    """A person who has pressed START, her update confirmed."""
    person = await playground.add_person("Mado", language_code="ln", username="mado")
    await playground.text(person, "/start")
    playground.world.updates.drop()
    return person


@pytest.fixture
async def group(playground, mado):
    """A group of Mado and Espérance with the bot in it, its arrival confirmed."""
    esperance = await playground.add_person("Espérance", language_code="fr")
    number = await playground.add_group("Bana Mboka", mado, esperance)
    await playground.link(mado, "https://t.me/LisangaPlaygroundBot?startgroup=c_1", group_id=number)
    playground.world.updates.drop()
    return number


@pytest.fixture
async def card(api, mado):
    """A message of the bot with two buttons and a link."""
    rows = [
        [{"text": "1", "callback_data": "m1"}, {"text": "2", "callback_data": "m2"}],
        [{"text": "Join", "url": "https://t.me/LisangaPlaygroundBot?start=i_abc"}],
    ]
    return await api(
        "sendMessage", chat_id=mado, text="How are you?", reply_markup={"inline_keyboard": rows}
    )
