"""Wizards' pages as messages: sent, edited and tidied up in spite of what Telegram refuses."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import replace

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import ShowMode
from aiogram_dialog.api.entities import NewMessage, OldMessage
from aiogram_dialog.manager.message_manager import MessageManager

from dialogs.files import is_strange

log = structlog.get_logger()

#: Whether what was pressed keeps its buttons when the page it opened is sent below it.
pressed_stays: ContextVar[bool] = ContextVar("pressed_stays", default=False)


class PatientManager(MessageManager):
    """Wizards' messages; what only tidies up may fail, or a done deed would be tried again.

    `tidy` sees to it that a page goes again from a chat that others may look into.
    """

    def __init__(self, tidy: Callable[[int, int], Awaitable[None]]) -> None:
        self._tidy = tidy

    async def send_message(self, bot: Bot, new_message: NewMessage) -> Message:
        """Send a page anew; without its file where Telegram no longer knows that."""
        try:
            sent = await super().send_message(bot, new_message)
        except TelegramBadRequest as fault:
            sent = await super().send_message(bot, _without_file(new_message, fault))
        await self._tidy(sent.chat.id, sent.message_id)
        return sent

    async def edit_media(
        self, bot: Bot, new_message: NewMessage, old_message: OldMessage
    ) -> Message:
        """Put a page with a file in the place of one; anew and without it where that fails."""
        try:
            return await super().edit_media(bot, new_message, old_message)
        except TelegramBadRequest as fault:
            plain = _without_file(new_message, fault)
        await self.remove_message_safe(bot, old_message, plain)
        return await self.send_message(bot, plain)

    async def remove_inline_kbd(self, bot: Bot, old_message: OldMessage | None) -> Message | None:
        """Take the buttons off the page before the one that is sent."""
        if pressed_stays.get():
            return None
        return await super().remove_inline_kbd(bot, old_message)

    async def remove_kbd(
        self, bot: Bot, show_mode: ShowMode, old_message: OldMessage | None
    ) -> Message | None:
        """Take the buttons off the page that is left."""
        try:
            return await super().remove_kbd(bot, show_mode, old_message)
        except AiogramError as fault:
            log.info("page_not_tidied", error=type(fault).__name__)
            return None

    async def answer_callback(self, bot: Bot, callback_query: CallbackQuery) -> None:
        """Stop a button's spinner."""
        try:
            await bot.answer_callback_query(callback_query.id)
        except AiogramError as fault:
            log.info("tap_unanswered", error=type(fault).__name__)


def _without_file(page: NewMessage, fault: TelegramBadRequest) -> NewMessage:
    """Return a page without its file; raise the fault again when that is not what it is about."""
    if page.media is None or not is_strange(fault):
        raise fault
    log.warning("page_without_file", error=type(fault).__name__)
    return replace(page, media=None)
