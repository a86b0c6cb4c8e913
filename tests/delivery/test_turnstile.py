"""Every call leaves through one door: people first, then bulk lane by lane."""

import asyncio

import pytest
from aiogram.exceptions import TelegramRetryAfter

from collective.outbox import Lane
from delivery.pace import Limits
from delivery.turnstile import BRIEFLY, NotNow, Ticket, counted, leave_as

limited = pytest.mark.parametrize("limits", [Limits()], ids=["telegram's limits"])
slow = pytest.mark.parametrize("limits", [Limits(per_second=10)], ids=["ten a second"])


@pytest.fixture
async def people(side):
    return [await side.person(name) for name in ("Aline", "Mado", "Nadine", "Sifa")]


async def bulk(side, chat, text, lane=Lane.BROADCAST):
    """One message on a ticket, in a task of its own."""
    leave_as(Ticket(lane=lane))
    await side.bot.send_message(chat, text)


async def sent_away(side, chat):
    with pytest.raises(NotNow):
        await bulk(side, chat, "bulk")


def texts(side):
    return [call["params"]["text"] for call in side.calls("sendMessage")]


@pytest.mark.parametrize("kind", ["Message", "Voice", "Photo", "Document", "MediaGroup"])
def test_every_way_to_send_counts(kind):
    assert counted(f"send{kind}")


@pytest.mark.parametrize("kind", ["Text", "Caption", "Media", "ReplyMarkup"])
def test_every_way_to_edit_counts(kind):
    assert counted(f"editMessage{kind}")


@pytest.mark.parametrize("method", ["copyMessage", "copyMessages", "forwardMessage"])
def test_a_copy_counts(method):
    assert counted(method)


@pytest.mark.parametrize(
    "method", ["answerCallbackQuery", "sendChatAction", "deleteMessage", "getMe", "setMyCommands"]
)
def test_what_nobody_sees_as_a_message_does_not_count(method):
    assert not counted(method)


@limited
async def test_every_message_and_edit_books_a_slot_and_nothing_else_does(side, mado):
    message = await side.bot.send_message(mado, "x")
    await side.bot.edit_message_text("y", chat_id=mado, message_id=message.message_id)
    await side.bot.send_chat_action(mado, "typing")
    await side.bot.get_me()
    assert len(side.turnstile.pace._log) == 2


@limited
async def test_a_ticket_serves_one_call_and_knows_when_that_left(side, mado):
    ticket = Ticket(lane=Lane.BROADCAST)
    leave_as(ticket)
    await side.bot.send_message(mado, "on the ticket")
    await side.bot.send_message(mado, "a reply")
    assert [ticket.departure.at, len(side.turnstile.pace._log)] == [
        side.turnstile.pace._log[0].at,
        2,
    ]


@slow
async def test_lanes_leave_in_their_order_whoever_came_first(side, people):
    await side.bot.send_message(people[0], "first")
    lanes = (Lane.TIDY, Lane.BROADCAST, Lane.REPLY)
    sends = [bulk(side, chat, lane, lane) for chat, lane in zip(people[1:], lanes, strict=True)]
    await asyncio.gather(*sends)
    assert texts(side) == ["first", "reply", "broadcast", "tidy"]


@slow
async def test_a_person_is_answered_before_bulk_that_waits(side, people):
    await side.bot.send_message(people[0], "first")
    async with asyncio.TaskGroup() as nursery:
        for chat in people[1:3]:
            nursery.create_task(bulk(side, chat, "bulk"))
        await asyncio.sleep(0)
        await side.bot.send_message(people[3], "answer")
    assert texts(side) == ["first", "answer", "bulk", "bulk"]


@pytest.mark.parametrize("limits", [Limits(per_second=2)], ids=["two a second"])
async def test_an_answer_waits_briefly_for_its_place_and_then_leaves_all_the_same(side, people):
    loop = asyncio.get_running_loop()
    for chat in people[:2]:
        await side.bot.send_message(chat, "fills the second")
    began = loop.time()
    await side.bot.send_message(people[2], "answer")
    assert BRIEFLY <= loop.time() - began < 0.9


@limited
async def test_what_would_wait_long_is_sent_away_and_has_not_left(side, mado):
    side.turnstile.pace.book(mado)
    side.turnstile.pace._chats[mado][-1] += 60
    await sent_away(side, mado)
    assert texts(side) == []


@slow
async def test_once_it_is_closed_bulk_is_sent_away_and_people_are_answered(side, people):
    await side.bot.send_message(people[0], "first")
    async with asyncio.TaskGroup() as nursery:
        nursery.create_task(sent_away(side, people[1]))
        await asyncio.sleep(0)
        side.turnstile.close()
    await sent_away(side, people[2])
    await side.bot.send_message(people[3], "answer")
    assert texts(side) == ["first", "answer"]


@slow
async def test_whoever_gives_up_waiting_leaves_the_way_free(side, people):
    await side.bot.send_message(people[0], "first")
    async with asyncio.TaskGroup() as nursery:
        waiting = nursery.create_task(bulk(side, people[1], "given up"))
        await asyncio.sleep(0)
        waiting.cancel()
        await bulk(side, people[2], "bulk")
    assert texts(side) == ["first", "bulk"]


@pytest.mark.parametrize("method", ["sendMessage", "setMyCommands"])
async def test_a_chat_that_telegram_paused_is_left_alone(side, mado, method):
    side.playground.world.faults.arm({"kind": "429", "method": method, "retry_after": 30})
    kind = "languages" if method == "sendMessage" else "menu"
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter):
            await side.screen.send(mado, kind, {})
    assert len(side.calls(method)) == 1
