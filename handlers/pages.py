"""Wizards' pages against trembling fingers: a press counts once, a lost page is shown again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import structlog
from aiogram import BaseMiddleware, F, Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject
from aiogram_dialog import DialogManager
from aiogram_dialog.api.exceptions import DialogsError, UnknownIntent
from aiogram_dialog.api.internal import CONTEXT_KEY
from aiogram_dialog.utils import remove_intent_id

from collective.errors import Refusal
from dialogs import again
from dialogs.cards import refusals
from dialogs.text import hers
from handlers.answers import ToFocus
from handlers.filters import Private
from handlers.middlewares import answer_tap
from handlers.veils import AtVeil

log = structlog.get_logger()

#: Seconds within which the same press means the same.
SAME = 3.0


class PageOpen(Filter):
    """A wizard is open in this chat."""

    async def __call__(self, _message: Message, **data: Any) -> bool:
        """Ask aiogram-dialog, which has looked already."""
        return data.get(CONTEXT_KEY) is not None


def build() -> Router:
    """Return the router of words written where a page has only buttons."""
    router = Router(name="pages")
    words = ~F.text.startswith("/")
    router.message.register(show_again, Private(), words, PageOpen(), ~ToFocus(), ~AtVeil())
    return router


async def without_stray_reply(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
    event: TelegramObject,
    data: dict[str, Any],
) -> Any:
    """Forget that she replies to a message of nobody: aiogram-dialog asks whose it is."""
    replied = event.reply_to_message if isinstance(event, Message) else None
    if replied is not None and replied.from_user is None:
        event = event.model_copy(update={"reply_to_message": None})
    return await handler(event, data)


async def show_again(_message: Message, dialog_manager: DialogManager) -> None:
    """Say that the page wants a press, and bring it below what she wrote."""
    if not hers(dialog_manager):
        raise SkipHandler
    log.info("not_understood", kind="page")
    await again.show(dialog_manager, {"refusal": refusals.NOT_A_BUTTON})


@dataclass(frozen=True, kw_only=True)
class _Press:
    """A press, and what the page looked like: two pages can have a button of the same name."""

    message_id: int
    data: str
    page: tuple[str | None, object]
    at: float

    def repeats(self, last: "_Press | None", *, offered: bool) -> bool:
        """Whether a finger pressed twice: the page is the same, or has gone on without it."""
        if last is None or self.at - last.at > SAME:
            return False
        if (self.message_id, self.data) != (last.message_id, last.data):
            return False
        return self.page == last.page or not offered


class PressOnce(BaseMiddleware):
    """Lets a press on a page through once, and only of a button that the page has.

    A second press would answer the page that follows where it has a button of the same name, and
    where none follows she would read that the page is old, right after it did what she wanted.
    """

    def __init__(self) -> None:
        self._last: dict[int, _Press] = {}

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Stop the spinner of a press that counts no more."""
        if not isinstance(event, CallbackQuery) or remove_intent_id(event.data or "")[0] is None:
            return await handler(event, data)
        if event.message is not None and event.message.chat.type != ChatType.PRIVATE:
            return UNHANDLED
        if not isinstance(event.message, Message):
            raise UnknownIntent
        press, offered = _read(event.message, event.data or "")
        if press.repeats(self._last.get(event.from_user.id), offered=offered):
            return await answer_tap(event)
        if not offered:
            raise UnknownIntent
        try:
            result = await handler(event, data)
        except (Refusal, DialogsError):
            self._keep(event.from_user.id, press)
            raise
        self._keep(event.from_user.id, press)
        return result

    def _keep(self, person: int, press: _Press) -> None:
        """Keep each person's last press, in the order of time, while it can be repeated."""
        self._last.pop(person, None)
        self._last[person] = replace(press, at=monotonic())
        for oldest in list(self._last):
            if press.at - self._last[oldest].at <= SAME:
                return
            del self._last[oldest]


def _read(message: Message, data: str) -> tuple[_Press, bool]:
    keyboard = message.reply_markup.inline_keyboard if message.reply_markup else []
    offered = any(button.callback_data == data for row in keyboard for button in row)
    page = (message.text or message.caption, keyboard)
    return _Press(message_id=message.message_id, data=data, page=page, at=monotonic()), offered
