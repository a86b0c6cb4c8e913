"""Answers that go wrong on purpose, and Telegram's published limits."""

import aiohttp
import pytest

from playground import Playground
from playground.limits import Pace


def arm(playground, **fault):
    playground.world.faults.arm(fault)


async def test_429_comes_as_telegram_sends_it_and_as_often_as_armed(http, playground, mado):
    arm(playground, kind="429", method="sendMessage", retry_after=2, count=2)
    url = f"{playground.base_url}/bot{playground.token}/sendMessage"
    for _ in range(2):
        async with http.post(url, json={"chat_id": mado, "text": "x"}) as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (429, "2")
            assert await answer.json() == {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 2",
                "parameters": {"retry_after": 2},
            }
    async with http.post(url, json={"chat_id": mado, "text": "x"}) as answer:
        assert answer.status == 200
    assert [record["text"] for record in await playground.messages(mado)] == ["/start", "x"]


async def test_a_fault_strikes_only_what_it_names(api, playground, mado):
    arm(playground, kind="429", chat_id=5)
    assert (await api.raw("sendMessage", chat_id=mado, text="x"))["ok"]
    assert (await api.raw("sendMessage", chat_id=5, text="x"))["error_code"] == 429


async def test_a_fault_without_a_method_lets_polling_be(api, playground):
    arm(playground, kind="429")
    assert await api("getUpdates") == []
    assert (await api.raw("getMe"))["error_code"] == 429


async def test_after_a_timeout_the_effect_is_there_and_the_answer_is_not(api, playground, mado):
    arm(playground, kind="timeout_after", method="sendMessage")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await api("sendMessage", chat_id=mado, text="x")
    assert [record["text"] for record in await playground.messages(mado)] == ["/start", "x"]
    assert playground.world.faults.shown() == []


async def test_faults_can_be_cleared(playground):
    arm(playground, kind="429", count=5)
    playground.world.faults.clear()
    assert playground.world.faults.shown() == []


class Watch:
    now = 0.0

    def __call__(self):
        return self.now


def sent_until_refused(pace, chat):
    count = 0
    while not pace.retry_after("sendmessage", chat):
        count += 1
    return count


def test_a_chat_takes_three_at_once_and_then_one_a_second():
    watch = Watch()
    pace = Pace(watch)
    assert sent_until_refused(pace, 1) == 3
    assert pace.retry_after("sendmessage", 1) == 1
    watch.now = 1.0
    assert sent_until_refused(pace, 1) == 1


def test_a_group_takes_twenty_a_minute_edits_among_them():
    watch = Watch()
    pace = Pace(watch)
    for second in range(20):
        watch.now = float(second)
        assert pace.retry_after("editmessagetext", -1) == 0
    watch.now = 25.0
    assert pace.retry_after("sendmessage", -1) == 35


def test_all_chats_together_take_thirty_a_second_and_answers_are_free():
    pace = Pace(Watch())
    assert [pace.retry_after("sendmessage", chat) for chat in range(1, 32)] == [0] * 30 + [1]
    assert pace.retry_after("answercallbackquery", 1) == 0
    assert pace.retry_after("sendchataction", 1) == 0


async def test_the_documented_limits_can_be_turned_on(http):
    playground = await Playground.start(limits="documented")
    person = await playground.add_person("Mado")
    await playground.text(person, "/start")
    url = f"{playground.base_url}/bot{playground.token}/sendMessage"
    codes = []
    for _ in range(4):
        async with http.post(url, json={"chat_id": person, "text": "x"}) as answer:
            codes.append(answer.status)
    await playground.stop()
    assert codes == [200, 200, 200, 429]
