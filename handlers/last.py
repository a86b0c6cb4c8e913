"""What nobody else took: a short clear answer, never silence in a private chat."""

import structlog
from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message

from dialogs.cards import refusals
from dialogs.screen import Screen
from handlers.middlewares import answer_tap

log = structlog.get_logger()


def build() -> Router:
    """Return the router that comes last."""
    router = Router(name="last")
    router.message.register(not_understood, F.chat.type == ChatType.PRIVATE)
    router.callback_query.register(old_button, F.message.chat.type == ChatType.PRIVATE)
    router.callback_query.register(stray_button)
    return router


async def not_understood(message: Message, screen: Screen) -> None:
    """Say where help is."""
    command = (message.text or "").startswith("/")
    log.info("not_understood", kind="command" if command else message.content_type)
    which = refusals.UNKNOWN_COMMAND if command else refusals.NOT_UNDERSTOOD
    await screen.reply(message.chat.id, "refusal", {"refusal": which})


async def old_button(query: CallbackQuery, screen: Screen) -> None:
    """Say that the button belongs to a page that is gone."""
    log.info("not_understood", kind="button")
    await answer_tap(query)
    if query.message is not None:
        await screen.reply(query.message.chat.id, "refusal", {"refusal": refusals.PAGE_OLD})


async def stray_button(query: CallbackQuery) -> None:
    """Stop the spinner of a button in a group that means nothing any more."""
    await answer_tap(query)
