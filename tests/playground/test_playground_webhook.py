"""Webhook delivery: in order within a queue, side by side across queues, again until taken."""

import asyncio
import json

import aiohttp
import pytest
from aiohttp import web
from playground_client import Api
from ports import free_address

from playground import Playground
from playground.courier import Patience, pause
from playground.methods import BY_NAME
from playground.updates import queue_of


class Door:
    """A bot's end of the webhook: keeps what comes and answers as told."""

    def __init__(self):
        self.seen = []
        self.headers = []
        self.open = 0
        self.most_open = 0
        self.answers = []
        self.arrived = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    async def take(self, request):
        self.seen.append(await request.json())
        self.headers.append(request.headers)
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        self.arrived.set()
        try:
            await self.gate.wait()
            return self.answers.pop(0)(request) if self.answers else web.Response()
        finally:
            self.open -= 1

    def texts(self):
        return [update["message"]["text"] for update in self.seen]

    async def until(self, count):
        async with asyncio.timeout(5):
            while len(self.seen) < count:
                self.arrived.clear()
                await self.arrived.wait()


def status(code, **headers):
    return lambda _: web.Response(status=code, headers=headers)


def hang_up(request):
    request.transport.abort()
    return web.Response()


@pytest.fixture
async def playground():
    """One that tries again at once, whatever the pauses it would keep."""
    waited, failed = [], asyncio.Event()

    def at_once(failures):
        waited.append(failures)
        failed.set()
        return 0.0

    running = await Playground.start(patience=Patience(answer_seconds=0.3, pause=at_once))
    running.waited, running.failed = waited, failed
    yield running
    await running.stop()


@pytest.fixture
async def door():
    made = Door()
    app = web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    made.gate.set()
    await runner.cleanup()


@pytest.fixture
async def hooked(api, door):
    await api("setWebhook", url=door.url, secret_token="s3cret", max_connections=2)


async def test_updates_are_posted_with_the_secret_and_confirmed_by_any_2xx(
    playground, hooked, door, mado
):
    door.answers = [status(204)]
    said = await playground.text(mado, "x", wait=True)
    [update] = door.seen
    assert (update["update_id"], update["message"]["text"]) == (said["update_id"], "x")
    assert door.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "s3cret"
    assert door.headers[0]["Content-Type"] == "application/json"
    assert not playground.world.updates


async def test_an_update_comes_again_until_it_is_taken(api, playground, hooked, door, mado):
    door.answers = [status(500), hang_up, status(404)]
    await playground.text(mado, "x", wait=True)
    await playground.text(mado, "y", wait=True)
    assert door.texts() == ["x", "x", "x", "x", "y"]
    assert playground.waited == [0, 1, 2]
    info = await api("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 404 Not Found"


def test_the_first_try_again_is_at_once_then_pauses_double_up_to_a_cap():
    assert [pause(count) for count in range(6)] == [0, 2, 4, 8, 16, 32]
    assert 60 <= pause(7) <= 120
    assert 60 <= pause(2000 // 4) <= 120


async def test_a_retry_after_is_honoured(playground, hooked, door, mado):
    door.answers = [status(503, **{"Retry-After": "1"})]
    start = asyncio.get_running_loop().time()
    await playground.text(mado, "x", wait=True)
    assert asyncio.get_running_loop().time() - start >= 1
    assert playground.waited == []


async def test_what_would_come_too_late_is_dropped(playground, hooked, door, mado, card):
    door.answers = [status(503, **{"Retry-After": "200"})]
    await playground.tap(mado, card["message_id"], button="1", wait=True)
    assert len(door.seen) == 1


async def test_no_answer_in_time_is_a_failure_and_makes_a_duplicate(
    api, playground, hooked, door, mado
):
    door.gate.clear()
    await playground.text(mado, "x")
    await door.until(2)
    assert (await api("getWebhookInfo"))["last_error_message"] == "Read timeout expired"
    door.gate.set()
    await playground.text(mado, "y", wait=True)
    assert set(door.texts()) == {"x", "y"}


async def test_a_chat_is_in_order_and_other_queues_do_not_wait(
    api, playground, hooked, door, mado, card
):
    door.gate.clear()
    await playground.text(mado, "a")
    await playground.text(mado, "b")
    await door.until(1)
    await playground.tap(mado, card["message_id"], button="1")
    await door.until(2)
    assert [list(update)[1] for update in door.seen] == ["message", "callback_query"]
    assert (await api("getWebhookInfo"))["pending_update_count"] == 3
    door.gate.set()
    await playground.text(mado, "c", wait=True)
    assert [u["message"]["text"] for u in door.seen if "message" in u] == ["a", "b", "c"]


async def test_no_more_posts_at_once_than_max_connections(playground, hooked, door):
    door.gate.clear()
    people = [await playground.add_person(name) for name in "ABCD"]
    for person in people:
        await playground.text(person, "x")
    await door.until(2)
    door.gate.set()
    await door.until(4)
    assert door.most_open == 2


@pytest.mark.parametrize("form", ["json", "form", "multipart"])
async def test_the_answer_may_carry_a_call(playground, hooked, door, mado, form):
    call = {"method": "sendMessage", "chat_id": str(mado), "text": "mbote"}

    def answer(_):
        if form == "json":
            return web.json_response(call)
        if form == "form":
            body = "&".join(f"{name}={value}" for name, value in call.items())
            return web.Response(text=body, content_type="application/x-www-form-urlencoded")
        with aiohttp.MultipartWriter("form-data") as writer:
            for name, value in call.items():
                writer.append(value).set_content_disposition("form-data", name=name)
            document = writer.append(b"1;2", {"Content-Type": "text/csv"})
            document.set_content_disposition("form-data", name="file", filename="a.csv")
        return web.Response(body=writer)

    door.answers = [answer]
    await playground.text(mado, "x", wait=True)
    [*_, record] = await playground.messages(mado)
    assert (record["by_bot"], record["text"]) == (True, "mbote")
    assert playground.world.calls.after(0)[-1]["ok"]


@pytest.mark.parametrize(
    "body",
    [
        "{broken",
        "[]",
        "{}",
        '{"method": "getMe"}',
        '{"method": "deleteWebhook"}',
        '{"method": "dance"}',
        '{"method": "sendMessage", "chat_id": 5, "text": "x"}',
        '{"method": "sendPoll"}',
    ],
)
async def test_an_answer_that_calls_nothing_useful_still_confirms(
    api, playground, hooked, door, mado, body, monkeypatch
):
    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setitem(BY_NAME, "sendpoll", ("sendPoll", broken))
    door.answers = [lambda _: web.Response(text=body, content_type="application/json")]
    await playground.text(mado, "x", wait=True)
    assert len(door.seen) == 1
    assert (await api("getWebhookInfo"))["url"] == door.url


async def test_setting_deleting_and_looking(api, playground, door):
    url = {"url": door.url, "allowed_updates": ["message"]}
    assert (await api.raw("setWebhook", **url))["description"] == "Webhook was set"
    refused = await api.raw("setWebhook", **url)
    assert (refused["error_code"], refused["parameters"]) == (429, {"retry_after": 1})
    playground.world.webhook.settable_at = 0
    assert (await api.raw("setWebhook", **url))["description"] == "Webhook is already set"
    assert await api("getWebhookInfo") == {
        "url": door.url,
        "has_custom_certificate": False,
        "ip_address": "127.0.0.1",
        "max_connections": 40,
        "pending_update_count": 0,
        "allowed_updates": ["message"],
    }
    assert (await api.raw("deleteWebhook"))["description"] == "Webhook was deleted"
    assert (await api.raw("setWebhook"))["description"] == "Webhook is already deleted"
    assert (await api("getWebhookInfo"))["url"] == ""


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"url": "ftp://a.example"}, "invalid webhook URL specified"),
        ({"url": "http://[x"}, "invalid webhook URL specified"),
        ({"url": "https://a.example", "secret_token": "x" * 257}, "secret token is too long"),
        (
            {"url": "https://a.example", "secret_token": "é"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_a_webhook_that_cannot_be_is_refused(api, params, error):
    assert (await api.raw("setWebhook", **params))["description"] == f"Bad Request: {error}"


async def test_polling_and_webhook_exclude_each_other(api, playground, door):
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(api.raw("getUpdates", timeout=50))
        assert await playground.world.bell.until(lambda: playground.world.updates.poll > 0, 5)
        await api("setWebhook", url=door.url)
    assert poll.result()["error_code"] == 409
    assert poll.result()["description"] == "Conflict: terminated by setWebhook request"
    body = await api.raw("getUpdates")
    assert body["error_code"] == 409
    assert body["description"].startswith("Conflict: can't use getUpdates method while webhook is")


async def test_what_waits_may_be_dropped_and_what_failed_be_polled(api, playground, door, mado):
    await playground.text(mado, "old")
    await api("setWebhook", url=door.url, drop_pending_updates=True)
    door.gate.clear()
    await playground.text(mado, "new")
    await door.until(1)
    await api("deleteWebhook")
    door.gate.set()
    [update] = await api("getUpdates")
    assert update["message"]["text"] == "new"


async def test_a_bot_that_is_away_is_said_to_be(api, playground, mado):
    await api("setWebhook", url=f"http://{free_address()}/")
    await playground.text(mado, "x")
    async with asyncio.timeout(5):
        await playground.failed.wait()
    assert (await api("getWebhookInfo"))["last_error_message"] == "Connection refused"


async def test_the_clock_waits_for_the_webhook(api, playground, hooked, door, mado):
    door.gate.clear()
    await playground.text(mado, "x")
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        moved = tasks.create_task(playground.text(mado, "y", wait=True))
        await door.until(1)
        assert not moved.done()
        door.gate.set()
    assert not playground.world.updates


async def test_a_webhook_outlives_a_restart(tmp_path, http, door):
    kept = await Playground.start(path=tmp_path / "world.json")
    mado = await kept.add_person("Mado")
    await Api(kept, http)("setWebhook", url=door.url, secret_token="s")
    await kept.stop()
    again = await Playground.start(path=tmp_path / "world.json")
    await again.text(mado, "x", wait=True)
    await again.stop()
    assert (door.texts(), door.headers[0]["X-Telegram-Bot-Api-Secret-Token"]) == (["x"], "s")


def test_each_kind_has_its_queue():
    chat, user = {"chat": {"id": -5}}, {"from": {"id": 7}}
    keys = [
        queue_of("message", chat, 1),
        queue_of("edited_message", chat, 2),
        queue_of("my_chat_member", chat, 3),
        queue_of("callback_query", user, 4),
        queue_of("chat_member", {"new_chat_member": {"user": {"id": 7}}}, 5),
        queue_of("poll", {"id": "9"}, 6),
        queue_of("something_new", {}, 7),
        queue_of("message", "hostile", 8),
    ]
    assert keys == [
        "message -5", "message -5", "my_chat_member -5", "callback_query 7", "chat_member 7",
        "poll 9", "update 7", "update 8",
    ]  # fmt: skip


async def test_any_update_can_be_pushed_and_sent_again(http, playground, hooked, door):
    url = f"{playground.base_url}/playground/api/updates"
    strange = {"tea_party": {"guests": [None, 5, "x" * 10]}}
    async with http.post(f"{url}?wait=1", data=json.dumps(strange)) as answer:
        number = (await answer.json())["update_id"]
    async with http.post(f"{url}/{number}/again?wait=1") as answer:
        assert answer.status == 200
    assert door.seen == [{"update_id": number, **strange}] * 2
    async with http.post(f"{url}/5/again") as answer:
        assert answer.status == 404
