"""Everything the playground emits is read by aiogram, by python-telegram-bot and by the schema.

Each of the three misses errors that the others catch; fields that a library does not know are
errors too, but for the legacy ones that Telegram itself still sends.
"""

import aiogram.methods
import pytest
import telegram
from aiogram.client.session.base import Response
from aiogram.types import TelegramObject
from aiogram.types import Update as AiogramUpdate
from playground_client import PNG

from playground import schema
from playground.methods import OFFERED

LEGACY = set().union(*schema.LEGACY.values())
#: Fields of Bot API 10.3 that python-telegram-bot, which is at 10.0, does not know yet.
NEWER = {"can_send_welcome_messages"}


class Recorded:
    """What one long scene made the playground say."""

    def __init__(self, api):
        self.api = api
        self.results = {}
        self.updates = []

    async def call(self, method, **params):
        body = await self.api.raw(method, **params)
        assert body["ok"], body
        self.results.setdefault(method, []).append(body)
        if method == "getUpdates":
            self.updates += body["result"]
        return body["result"]


@pytest.fixture
async def recorded(api, playground):
    scene = Recorded(api)
    mado = await playground.add_person("Mado", last_name="L.", username="mado", language_code="ln")
    aimee = await playground.add_person("Aimée")
    await playground.text(mado, "/start i_abc https://lisanga.example @LisangaPlaygroundBot #tag")
    await _account(scene, mado)
    await _messages(scene, playground, mado)
    await _group(scene, playground, mado, aimee)
    await playground.block(mado)
    await playground.block(mado, blocked=False)
    await playground.text(aimee, "/start")
    await playground.vanish(aimee)
    await scene.call("getChat", chat_id=aimee)
    await scene.call("getUpdates", limit=100)
    return scene


async def _account(scene, mado):
    await scene.call("getMe")
    for part, words in [("Name", "name"), ("Description", "description")]:
        await scene.call(f"setMy{part}", **{words: "Lisanga"})
        await scene.call(f"getMy{part}")
    await scene.call("setMyShortDescription", short_description="x")
    await scene.call("getMyShortDescription")
    scope = {"type": "chat", "chat_id": mado}
    commands = [{"command": "point", "description": "Le point"}]
    await scene.call("setMyCommands", commands=commands, scope=scope, language_code="ln")
    await scene.call("getMyCommands", scope=scope, language_code="ln")
    await scene.call("deleteMyCommands", scope=scope, language_code="ln")
    await scene.call("setWebhook", url="http://127.0.0.1:9/", secret_token="s")
    await scene.call("getWebhookInfo")
    await scene.call("deleteWebhook")
    await scene.call("getUpdates", allowed_updates=["message", "callback_query", "my_chat_member"])
    await scene.call("getWebhookInfo")


async def _messages(scene, playground, mado):
    html = '<b>Mbote</b> <i>😀</i> <u>a</u><s>b</s><code>c</code> <a href="https://a.cd">d</a>'
    rows = [[{"text": "1", "callback_data": "m1"}, {"text": "Go", "url": "https://a.cd"}]]
    there = {"chat_id": mado, "reply_markup": {"inline_keyboard": rows}, "parse_mode": "HTML"}
    options = {"is_disabled": True}
    sent = await scene.call(
        "sendMessage", **there, text=html, protect_content=True, link_preview_options=options
    )
    number = {"chat_id": mado, "message_id": sent["message_id"]}
    await playground.tap(mado, sent["message_id"], button="1")
    await playground.text(mado, "oui", reply_to=sent["message_id"])
    [*_, tap, _] = await scene.call("getUpdates")
    await scene.call("answerCallbackQuery", callback_query_id=tap["callback_query"]["id"], text="x")
    await scene.call("editMessageReplyMarkup", **number)
    await scene.call("editMessageText", **number, text="now")
    await scene.call("setMessageReaction", **number, reaction=[{"type": "emoji", "emoji": "👍"}])
    await scene.call("sendChatAction", chat_id=mado, action="typing")
    await _files(scene, playground, mado)
    await scene.call("deleteMessage", **number)
    await scene.call("deleteMessages", chat_id=mado, message_ids=[1])


async def _files(scene, playground, mado):
    picture = await scene.api.upload("sendPhoto", {"photo": ("a.png", PNG)}, chat_id=str(mado))
    table = await scene.api.upload("sendDocument", {"document": ("a.csv", b"1")}, chat_id=str(mado))
    photo, document = picture["photo"][-1]["file_id"], table["document"]["file_id"]
    await scene.call("sendPhoto", chat_id=mado, photo=photo, caption="/point")
    sent = await scene.call("sendDocument", chat_id=mado, document=document)
    number = {"chat_id": mado, "message_id": sent["message_id"]}
    await scene.call("editMessageCaption", **number, caption="<b>x</b>", parse_mode="HTML")
    await scene.call("editMessageMedia", **number, media={"type": "photo", "media": photo})
    await scene.call("getFile", file_id=photo)
    voice = await scene.api.upload("sendVoice", {"voice": ("a.ogg", b"1")}, chat_id=str(mado))
    await scene.call("sendVoice", chat_id=mado, voice=voice["voice"]["file_id"])
    for kind in ("voice", "photo", "document"):
        await playground.send(mado, kind, caption="<b>x</b> /point")
    [*_, update] = await scene.call("getUpdates")
    await scene.call("getFile", file_id=update["message"]["document"]["file_id"])


async def _group(scene, playground, mado, aimee):
    for kind in ("group", "supergroup"):
        group = await playground.add_group("Bana Mboka", mado, type=kind)
        link = "https://t.me/LisangaPlaygroundBot?startgroup=c_1"
        await playground.link(mado, link, group_id=group)
        await playground.move_person(group, aimee, present=True)
        await playground.move_person(group, aimee, present=False)
        for method in ("getChat", "getChatAdministrators", "getChatMemberCount"):
            await scene.call(method, chat_id=group)
        for user in (mado, aimee, scene.api.playground.world.bot.id):
            await scene.call("getChatMember", chat_id=group, user_id=user)
        await playground.move_bot(group, present=False)
        await playground.move_bot(group, present=True)
        await scene.call("leaveChat", chat_id=group)
    await scene.call("getChat", chat_id=mado)
    await _supergroup(scene, playground, mado)
    await _choices(scene, playground, mado, aimee)


async def _supergroup(scene, playground, mado):
    old = await playground.add_group("Bana Mboka", mado)
    await playground.move_bot(old, present=True, admin=True)
    group = await playground.migrate(old)
    await playground.text(mado, "mbote", chat_id=group, anonymous=True)
    await scene.call("getUpdates")


async def _choices(scene, playground, mado, aimee):
    group = await playground.add_group("Bana Mboka", mado)
    rights = {"can_manage_chat": True}
    chat = {"request_id": 1, "chat_is_channel": False, "bot_administrator_rights": rights}
    users = {"request_id": 2, "request_name": True, "request_username": True}
    chat |= {"request_title": True}
    keys = [[{"text": "A", "request_chat": chat}], [{"text": "B", "request_users": users}, "C"]]
    await scene.call("sendMessage", chat_id=mado, text="x", reply_markup={"keyboard": keys})
    await playground.share(mado, 1, chat_id=group)
    await playground.share(mado, 2, people=[aimee])
    await playground.press(mado, "C")
    await scene.call("getUpdates")
    await scene.call("getChatAdministrators", chat_id=group)


def test_every_method_and_update_kind_is_in_the_scene(recorded):
    kinds = {kind for update in recorded.updates for kind in update} - {"update_id"}
    assert recorded.results.keys() == OFFERED.keys()
    assert kinds == {"message", "callback_query", "my_chat_member"}


def test_the_schema_knows_all_of_it(recorded):
    for update in recorded.updates:
        assert not list(schema.problems(update, "Update"))
    for method, bodies in recorded.results.items():
        returns = schema.published()["methods"][method]["returns"]
        for body in bodies:
            assert not list(schema.problems(body["result"], returns, method))


def test_aiogram_reads_all_of_it(recorded):
    for update in recorded.updates:
        assert not set(unknown_to_aiogram(AiogramUpdate.model_validate(update))) - LEGACY
    for method, bodies in recorded.results.items():
        returns = getattr(aiogram.methods, method[0].upper() + method[1:]).__returning__
        for body in bodies:
            read = Response[returns].model_validate(body)
            assert read.result is not None
            assert not set(unknown_to_aiogram(read.result)) - LEGACY, method


def test_python_telegram_bot_reads_all_of_it(recorded, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # as it will read durations from now on
    for update in recorded.updates:
        assert not set(unknown_to_ptb(telegram.Update.de_json(update))) - LEGACY - NEWER
    for method, bodies in recorded.results.items():
        returns = schema.published()["methods"][method]["returns"].removesuffix(" or Boolean")
        reader = getattr(telegram, returns.removeprefix("Array of "), None)
        for body in bodies if reader else []:
            many = body["result"] if returns.startswith("Array") else [body["result"]]
            for value in many:
                assert not set(unknown_to_ptb(reader.de_json(value))) - LEGACY - NEWER, method


def unknown_to_aiogram(value):
    if isinstance(value, list):
        for item in value:
            yield from unknown_to_aiogram(item)
    elif isinstance(value, TelegramObject):
        yield from value.model_extra or {}
        for name in type(value).model_fields:
            yield from unknown_to_aiogram(getattr(value, name))


def unknown_to_ptb(value):
    if isinstance(value, list | tuple):
        for item in value:
            yield from unknown_to_ptb(item)
    elif isinstance(value, telegram.TelegramObject):
        yield from value.api_kwargs
        for name in value.to_dict(recursive=False):
            yield from unknown_to_ptb(getattr(value, name, None))


def test_the_checks_can_fail():
    assert list(schema.problems({"update_id": 1, "massage": {}}, "Update"))
    assert list(schema.problems({"id": 1, "type": "privat"}, "Chat"))
    assert list(schema.problems({"id": True, "type": "private"}, "Chat"))
    extra = {"id": 1, "is_bot": False, "first_name": "x", "shoe": 41}
    assert list(unknown_to_aiogram(aiogram.types.User.model_validate(extra))) == ["shoe"]
    assert list(unknown_to_ptb(telegram.User.de_json(extra))) == ["shoe"]
