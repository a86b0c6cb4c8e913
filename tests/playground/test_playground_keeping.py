"""A playground kept in a file goes on after a restart where it was."""

import pytest
from playground_client import PNG, Api

from playground import Playground, states


@pytest.fixture
def path(tmp_path):
    return tmp_path / "world.json"


async def test_everything_is_there_after_a_restart(http, path):
    first = await Playground.start(path=path)
    api = Api(first, http)
    person = await first.add_person("Mado", sample=True)
    group = await first.add_group("Bana Mboka", person)
    await first.text(person, "/start")
    await first.move_bot(group, present=True)
    keys = {"inline_keyboard": [[{"text": "1", "callback_data": "m1"}]]}
    sent = await api("sendMessage", chat_id=person, text="?", reply_markup=keys)
    await first.tap(person, sent["message_id"], button="1")
    picture = await api.upload("sendPhoto", {"photo": ("a.png", PNG)}, chat_id=str(group))
    await api("setMyCommands", commands=[{"command": "point", "description": "x"}])
    await first.move_clock(advance_seconds=60)
    keys = {"keyboard": [["Leka"]], "one_time_keyboard": True}
    await api("sendMessage", chat_id=person, text="?", reply_markup=keys)
    await first.press(person, "Leka")
    await first.migrate(group)
    before = states.of_world(first.world)
    messages = [await first.messages(chat) for chat in first.world.chats]
    waiting = await api("getUpdates")
    await first.stop()

    second = await Playground.start(path=path)
    api = Api(second, http)
    assert states.of_world(second.world) == before
    assert [await second.messages(chat) for chat in second.world.chats] == messages
    assert await api("getUpdates") == waiting
    assert second.token == first.token
    assert second.world.clock.offset_seconds == 60
    assert second.world.events.last == first.world.events.last
    [number] = [each["callback_query"]["id"] for each in waiting if "callback_query" in each]
    assert await api("answerCallbackQuery", callback_query_id=number) is True
    file = await api("getFile", file_id=picture["photo"][-1]["file_id"])
    async with http.get(f"{second.base_url}/playground/api/files/{file['file_path']}") as answer:
        assert await answer.read() == PNG
    await second.stop()


async def test_a_change_is_written_soon_without_a_stop(http, path, monkeypatch):
    monkeypatch.setattr("playground.keeping.PAUSE_SECONDS", 0)
    running = await Playground.start(path=path)
    async with http.post(f"{running.base_url}/playground/api/people", json={"first_name": "M"}):
        pass
    async with http.get(f"{running.base_url}/playground/api/state"):
        assert '"first_name": "M"' in path.read_text()
    await running.stop()


async def test_without_a_path_nothing_is_left_behind(http, mado, playground, api):
    await api.upload("sendPhoto", {"photo": ("a.png", PNG)}, chat_id=str(mado))
    folder = playground.world.files.folder
    assert folder.exists()
    await playground.stop()
    assert not folder.exists()
