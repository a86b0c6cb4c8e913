"""Each fault of the switchboard, as two client libraries see it: aiogram, python-telegram-bot."""

import asyncio

import aiogram.exceptions as a
import pytest
import telegram.error as p
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Update
from telegram import Bot as OtherBot
from telegram import Update as OtherUpdate
from telegram.request import HTTPXRequest

from playground.fault_kinds import KINDS, Moment

#: What each library raises for a fault of a call, and a word of what it says.
SEEN = {
    "429": (a.TelegramRetryAfter, p.RetryAfter, "retry"),
    "429_bare": (a.TelegramAPIError, p.TelegramError, "retry later"),
    "401": (a.TelegramUnauthorizedError, p.InvalidToken, "unauthorized"),
    "403_blocked": (a.TelegramForbiddenError, p.Forbidden, "blocked by the user"),
    "403_deactivated": (a.TelegramForbiddenError, p.Forbidden, "deactivated"),
    "403_kicked": (a.TelegramForbiddenError, p.Forbidden, "kicked"),
    "400_chat_not_found": (a.TelegramBadRequest, p.BadRequest, "chat not found"),
    "400_old_query": (a.TelegramBadRequest, p.BadRequest, "too old"),
    "409": (a.TelegramConflictError, p.Conflict, "terminated by other"),
    "500": (a.TelegramServerError, p.NetworkError, "internal server error"),
    "500_restart": (a.RestartingTelegram, p.NetworkError, "restart"),
    "502_html": (a.ClientDecodeError, p.NetworkError, "gateway"),
    "504_html": (a.ClientDecodeError, p.NetworkError, "gateway"),
    "504_empty": (a.ClientDecodeError, p.NetworkError, ""),
    "413_html": (a.ClientDecodeError, p.NetworkError, ""),
    "reset": (a.TelegramNetworkError, p.NetworkError, ""),
    "timeout": (a.TelegramNetworkError, p.NetworkError, ""),
    "timeout_after": (a.TelegramNetworkError, p.NetworkError, ""),
    "truncated": (a.TelegramNetworkError, p.NetworkError, ""),
}
CASES = [(kind, when) for kind in SEEN for when in KINDS[kind].moments]


@pytest.fixture
async def bot(playground):
    server = TelegramAPIServer.from_base(playground.base_url)
    async with Bot(playground.token, session=AiohttpSession(api=server)) as client:
        yield client


@pytest.fixture
async def other(playground, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # its old way of saying seconds only warns
    base, request = f"{playground.base_url}/bot", HTTPXRequest()
    async with OtherBot(playground.token, base_url=base, request=request) as client:
        yield client


def arm(playground, kind, when=None, **fields):
    """Arm a fault of any method, so that one call of any kind meets it."""
    playground.world.faults.arm({"kind": kind, "when": when, "method": "*", **fields})


def test_every_fault_of_a_call_is_looked_at():
    calls = {name for name, kind in KINDS.items() if kind.refusal or kind.spoils}
    assert calls - set(SEEN) == {"slow"}, "what only takes long raises nothing"


@pytest.mark.parametrize(("kind", "when"), CASES)
async def test_both_clients_see_the_fault_and_the_chat_shows_the_effect(
    bot, other, playground, mado, kind, when
):
    first, second, words = SEEN[kind]
    arm(playground, kind, when)
    with pytest.raises(first) as seen:
        await bot.send_message(mado, "x", request_timeout=1)
    assert words in str(seen.value).lower()
    arm(playground, kind, when)
    with pytest.raises(second) as seen:
        await other.send_message(mado, "x")
    assert words in str(seen.value).lower()
    said = len(await playground.messages(mado, after=1))
    assert said == (2 if when is Moment.AFTER else 0)
    assert playground.world.faults.shown() == []


async def test_a_slow_answer_is_whole(bot, other, playground, mado):
    arm(playground, "slow", count=2, seconds=0.1)
    ours, theirs = await bot.send_message(mado, "x"), await other.send_message(mado, "y")
    assert (ours.text, theirs.text) == ("x", "y")


async def test_a_group_may_move_just_before_a_call(bot, playground, group, mado):
    arm(playground, "migrate", chat_id=group)
    await bot.send_message(mado, "to her it means nothing")
    with pytest.raises(a.TelegramMigrateToChat) as moved:
        await bot.send_message(group, "x")
    assert (await bot.send_message(moved.value.migrate_to_chat_id, "x")).chat.type == "supergroup"


async def test_chance_strikes_the_same_calls_with_the_same_seed(api, playground, mado):
    seen = []
    for _ in range(2):
        playground.world.faults.clear()
        arm(playground, "500", probability=0.5, seed=7, count=100)
        seen.append([(await api.raw("getMe"))["ok"] for _ in range(12)])
    assert seen[0] == seen[1]
    assert set(seen[0]) == {True, False}


async def test_a_confirmation_that_is_lost_brings_the_update_again(bot, playground, mado):
    arm(playground, "lost_ack")
    await playground.text(mado, "x")
    [first] = await bot.get_updates()
    [again] = await bot.get_updates(offset=first.update_id + 1, timeout=1)
    assert again.update_id == first.update_id
    assert await bot.get_updates(offset=first.update_id + 1) == []


async def test_a_confirmed_update_comes_once_more_under_its_id(other, playground, mado):
    arm(playground, "duplicate")
    await playground.text(mado, "x")
    [first] = await other.get_updates()
    [again] = await other.get_updates(offset=first.update_id + 1)
    assert again.to_dict() == first.to_dict()
    assert await other.get_updates(offset=first.update_id + 1) == ()


async def test_a_press_overtakes_the_message_before_it(bot, playground, mado, card):
    arm(playground, "reordered")
    await playground.text(mado, "first")
    assert await bot.get_updates() == []
    await playground.tap(mado, card["message_id"], button="1")
    press, message = await bot.get_updates()
    assert (press.callback_query.data, message.message.text) == ("m1", "first")
    assert press.update_id < message.update_id


async def test_what_waits_to_be_overtaken_comes_when_faults_are_cleared(http, playground, mado):
    arm(playground, "reordered")
    await playground.text(mado, "first")
    await http.delete(f"{playground.base_url}/playground/api/faults")
    assert len(playground.world.updates) == 1


async def test_both_clients_read_past_unknown_fields(bot, other, playground, mado):
    arm(playground, "unknown_fields")
    await playground.text(mado, "x")
    [raw] = playground.world.updates.take(1)
    assert {"also_of_tomorrow", "message"} < set(raw)
    assert Update.model_validate(raw).message.text == "x"
    assert OtherUpdate.de_json(raw, other).message.text == "x"


async def test_a_second_poller_ends_the_first(bot, playground):
    first = asyncio.ensure_future(bot.get_updates(timeout=5))
    await playground.world.bell.until(lambda: playground.world.updates.poll == 1, 5)
    assert await bot.get_updates() == []
    with pytest.raises(a.TelegramConflictError):
        await first


async def test_a_button_of_a_deleted_message_may_still_be_pressed(bot, other, playground, mado):
    sent = await bot.send_message(mado, "x")
    await bot.delete_message(mado, sent.message_id)
    await playground.tap(mado, sent.message_id, data="m1", forge=True)
    [raw] = playground.world.updates.take(1)
    ours, theirs = Update.model_validate(raw), OtherUpdate.de_json(raw, other)
    assert (ours.callback_query.message.date, ours.callback_query.data) == (0, "m1")
    assert not theirs.callback_query.message.is_accessible


async def test_what_is_written_in_a_topic_says_so(bot, other, playground, mado):
    forum = await playground.add_group("Bana Mboka", mado, type="supergroup", forum=True)
    await playground.move_bot(forum, present=True)
    playground.world.updates.drop()
    await playground.text(mado, "/aide", chat_id=forum, topic=7)
    [raw] = playground.world.updates.take(1)
    ours, theirs = Update.model_validate(raw).message, OtherUpdate.de_json(raw, other).message
    assert (ours.message_thread_id, ours.is_topic_message, ours.chat.is_forum) == (7, True, True)
    assert (theirs.message_thread_id, theirs.chat.is_forum) == (7, True)
    assert (await bot.send_message(forum, "x", message_thread_id=7)).is_topic_message
    with pytest.raises(a.TelegramBadRequest, match="thread not found"):
        await bot.send_message(forum, "x", message_thread_id=8)


@pytest.mark.parametrize("name", ["🧵🪡", "\u202eأمينة\u202c", "Ɛ\u0301lo", "א"])
async def test_names_of_any_script_arrive_and_nothing_else_need_be_told(bot, playground, name):
    person = await playground.add_person(name)
    await playground.text(person, "/start")
    [update] = await bot.get_updates()
    user = update.message.from_user
    assert (user.first_name, user.last_name, user.username) == (name, None, None)
