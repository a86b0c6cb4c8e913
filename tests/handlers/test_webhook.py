"""Telegram is answered after the update was handled; nobody else is listened to."""

import asyncio
import json
from io import BytesIO
from itertools import count

import pytest
from aiohttp import ClientSession
from ports import free_address

from handlers.webhook import LARGEST, SECRET, Webhook
from storage import tables as t
from tests.delivery.edge import at_work, until

PATH = "/hook/7"
TRUE = "s3cret_of-Telegram"
_numbers = count(1)


class Door:
    """The webhook and who posts to it."""

    def __init__(self, webhook, address, http):
        self.webhook = webhook
        self.http = http
        self.url = f"http://{address}{PATH}"

    async def post(self, body, *, secret=TRUE, url=None):
        """Status and headers of the answer."""
        data = BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        async with self.http.post(
            url or self.url, data=data, headers={SECRET: secret} if secret else {}
        ) as answer:
            return answer.status, answer.headers

    async def says(self, person, text, **fields):
        """Post a message; its status."""
        return (await self.post(message(person, text, **fields)))[0]


def message(person, text, **fields):
    """An update as Telegram posts it."""
    chat = {"id": person, "type": "private", "first_name": "Mado"}
    said = {"message_id": 1, "date": 1, "chat": chat, "from": {**chat, "is_bot": False}}
    return {"update_id": next(_numbers), "message": {**said, "text": text}} | fields


@pytest.fixture
async def door(desk):
    """Open, but not at work yet."""
    address = free_address()
    webhook = Webhook(desk.side.bot, desk.intake(), url=f"https://example.org{PATH}", secret=TRUE)
    server = await webhook.listen(address)
    async with ClientSession() as http:
        yield Door(webhook, address, http)
    await server.cleanup()


async def test_telegram_is_answered_only_after_the_update_was_handled(door, desk, gate, mado):
    async with at_work(door.webhook):
        answer = asyncio.ensure_future(door.says(mado, "wait"))
        await gate.reached.wait()
        assert not answer.done()
        gate.opened.set()
        assert await answer == 200
    assert desk.seen == ["wait"]


async def test_a_chat_is_handled_in_order_and_beside_the_others(door, desk, gate, mado, nadine):
    async with at_work(door.webhook):
        slow = [asyncio.ensure_future(door.says(mado, "wait"))]
        await gate.reached.wait()
        slow.append(asyncio.ensure_future(door.says(mado, "second")))
        assert await door.says(nadine, "other") == 200
        gate.opened.set()
        assert await asyncio.gather(*slow) == [200, 200]
    assert desk.seen == ["wait", "other", "second"]


async def test_what_comes_twice_at_once_is_handled_once_and_answered_twice(door, desk, gate, mado):
    update = message(mado, "wait")
    async with at_work(door.webhook):
        answers = [asyncio.ensure_future(door.post(update)) for _ in range(2)]
        await gate.reached.wait()
        gate.opened.set()
        assert [status for status, _ in await asyncio.gather(*answers)] == [200, 200]
        assert (await door.post(update))[0] == 200
    assert desk.seen == ["wait"]


async def test_a_poison_update_is_answered_once_it_is_on_record(door, desk, mado):
    async def poisoned(_text):
        raise ZeroDivisionError

    desk.before = poisoned
    async with at_work(door.webhook):
        assert await door.says(mado, "poison", update_id=2**40) == 200
    [dead] = await desk.side.rows(t.dead_updates)
    assert (dead.update_id, dead.error) == (2**40, "ZeroDivisionError")


async def test_who_hangs_up_does_not_stop_the_handling(door, desk, gate, mado):
    async with at_work(door.webhook):
        answer = asyncio.ensure_future(door.says(mado, "wait"))
        await gate.reached.wait()
        answer.cancel()
        gate.opened.set()
        assert await door.says(mado, "next") == 200
    assert (desk.seen, gate.cut) == (["wait", "next"], 0)


@pytest.mark.parametrize("secret", [None, "", TRUE + "x", TRUE.swapcase(), "sécret", "\udce9"])
async def test_who_cannot_prove_to_be_telegram_is_not_listened_to(door, desk, mado, secret):
    async with at_work(door.webhook):
        assert (await door.post(message(mado, "x"), secret=secret))[0] == 401
    assert desk.seen == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b"[1]", 400),
        (b"{}", 400),
        (b'{"update_id": true}', 400),
        (b'{"update_id": 9223372036854775808}', 400),
        (b'{"update_id": ' + b"9" * 10_000 + b"}", 400),
        (b" " * (LARGEST + 1), 413),
    ],
)
async def test_what_is_no_update_is_refused(door, body, status):
    async with at_work(door.webhook):
        assert (await door.post(body))[0] == status


async def test_there_is_one_address_and_one_method(door, mado):
    async with at_work(door.webhook):
        assert (await door.post(message(mado, "x"), url=door.url + "/8"))[0] == 404
        async with door.http.get(door.url, headers={SECRET: TRUE}) as answer:
            assert answer.status == 405


async def test_before_it_works_and_once_it_stops_telegram_is_asked_to_come_again(
    door, desk, gate, mado
):
    assert await door.says(mado, "early") == 503
    async with at_work(door.webhook):
        answer = asyncio.ensure_future(door.says(mado, "wait"))
        await gate.reached.wait()
        door.webhook.stop()
        status, headers = await door.post(message(mado, "late"))
        assert (status, int(headers["Retry-After"]) > 0) == (503, True)
        gate.opened.set()
        assert await answer == 200
    assert desk.seen == ["wait"]


async def test_while_the_database_is_away_telegram_gets_no_yes(door, desk, mado, monkeypatch):
    def away():
        raise ConnectionError

    desk.before = lambda _text: asyncio.sleep(0, away())
    async with at_work(door.webhook):
        with monkeypatch.context() as patch:
            patch.setattr(desk.side.database, "writing", away)
            answer = asyncio.ensure_future(door.says(mado, "x"))
            await until(lambda: len(desk.seen) > 3)
            door.webhook.stop()
            assert await answer == 503
