"""What the library costs alone: aiogram behind a webhook, nothing kept.

Usage: peer_aiogram.py API PORT no-op|calls
"""

import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from line import PATH, SECRET, TOKEN


async def nothing(_query: CallbackQuery) -> None:
    """The ceiling."""


async def two_calls(query: CallbackQuery) -> None:
    """The two calls of a press, the same card each time."""
    await query.answer()
    await query.message.edit_text(query.message.text, reply_markup=query.message.reply_markup)


def main(api: str, port: str, how: str) -> None:
    """Serve until stopped."""
    dispatcher = Dispatcher()
    dispatcher.callback_query.register(two_calls if how == "calls" else nothing)
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    app = web.Application()
    # Answered once it is handled, as Lisanga does; the default answers before.
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET).register(
        app, path=f"/{PATH}"
    )
    web.run_app(app, host="127.0.0.1", port=int(port), print=None, access_log=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
