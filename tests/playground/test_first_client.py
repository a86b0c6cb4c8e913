"""An unmodified aiogram bot, told only another address, works on the playground."""

import asyncio

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiogram.filters import CommandStart
from aiogram.types import BufferedInputFile, InputMediaPhoto
from aiogram.utils.keyboard import InlineKeyboardBuilder
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from playground_client import PNG


@pytest.fixture
async def bot(playground):
    server = TelegramAPIServer.from_base(playground.base_url)
    async with Bot(playground.token, session=AiohttpSession(api=server)) as client:
        yield client


async def test_a_dispatcher_polls_talks_and_edits(bot, playground):
    dispatcher = Dispatcher()
    keys = InlineKeyboardBuilder().button(text="1", callback_data="m1").as_markup()

    @dispatcher.message(CommandStart())
    async def start(message):
        await message.answer("How are you?", reply_markup=keys)

    @dispatcher.callback_query(F.data == "m1")
    async def tapped(query):
        await query.answer()
        await query.message.edit_text("Thanks")

    person = await playground.add_person("Mado")
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(
            dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False)
        )
        await playground.link(person, "https://t.me/LisangaPlaygroundBot?start=i_abc")
        await playground.tap(person, (await said(playground, person, "How are you?")), button="1")
        await said(playground, person, "Thanks")
        await dispatcher.stop_polling()


async def test_a_dispatcher_behind_a_webhook_answers_in_its_response(bot, playground):
    dispatcher, app = Dispatcher(), web.Application()

    @dispatcher.message(F.voice)
    async def heard(message):
        sound = await bot.download(message.voice)
        voice = BufferedInputFile(sound.read(), "back.ogg")
        return message.answer_voice(voice, caption="Back", duration=message.voice.duration)

    hook = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token="s")
    hook.register(app, path="/hook")
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s")
        person = await playground.add_person("Mado")
        await playground.send(person, "voice", duration=4, wait=True)
        said, back = await playground.messages(person)
        assert (back["text"], back["media"]["duration"]) == ("Back", 4)
        assert back["media"]["size"] == said["media"]["size"]
    finally:
        await runner.cleanup()


async def said(playground, person, words):
    """Wait for these words of the bot; answers their message id."""
    chat = playground.world.chats[person]

    def numbers():
        return [message.message_id for message in chat.values() if message.text == words]

    assert await playground.world.bell.until(lambda: bool(numbers()), 10)
    return numbers()[-1]


async def test_files_go_as_attachments(bot, mado):
    picture = BufferedInputFile(PNG, "a.png")
    sent = await bot.send_document(mado, BufferedInputFile(b"a;b", "état.csv"))
    photo = InputMediaPhoto(media=picture, caption="QR")
    edited = await bot.edit_message_media(photo, chat_id=mado, message_id=sent.message_id)
    fetched = await bot.download(edited.photo[-1])
    assert sent.document.file_name == "état.csv"
    assert fetched.read() == PNG


async def test_faults_become_its_own_exceptions(bot, playground, mado, group):
    playground.world.faults.arm({"kind": "429", "retry_after": 7})
    with pytest.raises(TelegramRetryAfter) as refused:
        await bot.send_message(mado, "x")
    playground.world.faults.arm({"kind": "timeout_after"})
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(mado, "x")
    await playground.block(mado)
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(mado, "x")
    fresh = await playground.migrate(group)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(group, "x")
    assert moved.value.migrate_to_chat_id == fresh
    assert refused.value.retry_after == 7
