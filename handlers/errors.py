"""The border where refusals become sentences. Everything unknown goes on to the intake."""

import structlog
from aiogram import Router
from aiogram.exceptions import TelegramForbiddenError
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import Chat, ErrorEvent
from aiogram_dialog.api.exceptions import DialogsError

from collective.errors import PinNeeded, Refusal
from collective.ports import Ledger
from dialogs.cards import refusals
from dialogs.cards.pins import ASKED
from dialogs.screen import Screen
from handlers.middlewares import answer_tap

log = structlog.get_logger()


def build() -> Router:
    """Return the router of errors that have a sentence."""
    router = Router(name="errors")
    router.error.register(code_needed, ExceptionTypeFilter(PinNeeded))
    router.error.register(refused, ExceptionTypeFilter(Refusal))
    router.error.register(not_taken, ExceptionTypeFilter(TelegramForbiddenError))
    router.error.register(page_gone, ExceptionTypeFilter(DialogsError))
    return router


async def code_needed(event: ErrorEvent, screen: Screen, ledger: Ledger, event_chat: Chat) -> None:
    """Ask for the code of the person whose card was pressed, and show the card afterwards."""
    await _stop_spinner(event)
    query, message = event.update.callback_query, event.update.message
    on = query.message if query else message.reply_to_message if message else None
    async with ledger.reading() as store:
        card = await store.shown.at(event_chat.id, on.message_id) if on else None
    if isinstance(event.exception, PinNeeded):
        ids = card.drawn_from if card else {}
        asked = {**ids, "person": event.exception.person, "then": card.kind if card else ""}
        await screen.reply(event_chat.id, ASKED, asked)


async def refused(event: ErrorEvent, screen: Screen, event_chat: Chat | None = None) -> None:
    """Say why not, in the language of the chat."""
    log.info("refused", update=event.update.update_id, reason=type(event.exception).__name__)
    await _stop_spinner(event)
    if event_chat is not None and isinstance(event.exception, Refusal):
        await screen.reply(event_chat.id, "refusal", refusals.ids_of(event.exception))


async def not_taken(event: ErrorEvent) -> None:
    """Leave in peace who blocked the bot while her page was on its way."""
    log.info("reply_refused", update=event.update.update_id, kind="page")


async def page_gone(event: ErrorEvent, screen: Screen, event_chat: Chat | None = None) -> None:
    """Say that a wizard's page is old: it was left, or the bot learned new pages since."""
    log.info("page_gone", update=event.update.update_id, reason=type(event.exception).__name__)
    await _stop_spinner(event)
    if event_chat is not None:
        await screen.reply(event_chat.id, "refusal", {"refusal": refusals.PAGE_OLD})


async def _stop_spinner(event: ErrorEvent) -> None:
    if event.update.callback_query is not None:
        await answer_tap(event.update.callback_query)
