"""python-telegram-bot drives the playground too: another client, another reading of the API."""

import asyncio
import io

import pytest
import telegram
from playground_client import PNG
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import Application, CallbackQueryHandler, CommandHandler


@pytest.fixture
async def bot(playground):
    base = playground.base_url
    client = telegram.Bot(
        playground.token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot"
    )
    async with client:
        yield client


KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("1", callback_data="m1")]])


async def test_a_card_goes_out_is_tapped_answered_and_edited(bot, playground, mado):
    sent = await bot.send_message(mado, "<b>Mbote</b>", parse_mode="HTML", reply_markup=KEYS)
    await playground.tap(mado, sent.message_id, button="1")
    [update] = await bot.get_updates()
    await update.callback_query.answer("ok")
    edited = await update.callback_query.edit_message_text("Thanks")
    assert (update.callback_query.data, edited.text, edited.reply_markup) == ("m1", "Thanks", None)
    assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_pictures_and_documents_go_and_come_back(bot, mado):
    picture = await bot.send_photo(mado, PNG, caption="QR", filename="a.png")
    table = await bot.send_document(mado, io.BytesIO(b"a;b"), filename="a.csv")
    again = await bot.send_photo(mado, picture.photo[-1].file_id)
    file = await bot.get_file(table.document)
    assert await file.download_as_bytearray() == b"a;b"
    assert again.photo[-1].file_unique_id == picture.photo[-1].file_unique_id
    assert (picture.photo[-1].width, picture.photo[-1].height) == (300, 200)


async def test_menus_and_the_account_are_set_and_read(bot, mado):
    scope = telegram.BotCommandScopeChat(mado)
    await bot.set_my_commands([("point", "Le point")], scope=scope, language_code="fr")
    [command] = await bot.get_my_commands(scope=scope, language_code="fr")
    await bot.set_my_description("Lisanga", language_code="fr")
    described = await bot.get_my_description("fr")
    assert (command.command, described.description) == ("point", "Lisanga")
    assert (await bot.get_me()).username == "LisangaPlaygroundBot"


async def test_refusals_become_its_own_exceptions(bot, playground, mado, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # its old way of saying seconds only warns
    with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
        await bot.send_message(5, "x")
    await playground.block(mado)
    with pytest.raises(telegram.error.Forbidden, match="bot was blocked by the user"):
        await bot.send_message(mado, "x")
    playground.world.faults.arm({"kind": "429", "retry_after": 3})
    with pytest.raises(telegram.error.RetryAfter):
        await bot.send_message(mado, "x")


async def test_a_whole_application_polls_and_talks(playground):
    base = playground.base_url
    app = (
        Application.builder()
        .token(playground.token)
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .build()
    )

    async def start(update, _):
        await update.message.reply_text("How are you?", reply_markup=KEYS)

    async def tapped(update, _):
        await update.callback_query.edit_message_text("Thanks")

    app.add_handlers([CommandHandler("start", start), CallbackQueryHandler(tapped)])
    person = await playground.add_person("Mado")
    async with asyncio.timeout(20), app:
        await app.start()
        await app.updater.start_polling(poll_interval=0)
        await playground.text(person, "/start", wait=True)
        await said(playground, person, "How are you?")
        [_, card] = await playground.messages(person)
        await playground.tap(person, card["message_id"], button="1", wait=True)
        await said(playground, person, "Thanks")
        await app.updater.stop()
        await app.stop()


async def said(playground, person, words):
    """PTB confirms before it handles, so the answer is waited for, not the confirmation."""
    chat = playground.world.chats[person]
    assert await playground.world.bell.until(
        lambda: any(message.text == words for message in chat.values()), 10
    )
