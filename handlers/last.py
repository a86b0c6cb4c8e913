"""What nobody else took: a short clear answer, never silence in a private chat."""

import re

import structlog
from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from collective.actions.broadcasts import MESSAGE
from collective.ports import Ledger
from dialogs import commands
from dialogs.cards import refusals
from dialogs.screen import Screen
from handlers.filters import Private
from handlers.middlewares import Visitor, answer_tap

log = structlog.get_logger()

#: What may have been meant as a command: one word, with the bot's name or words behind it.
_COMMAND = re.compile(r"/(\w+)")


def build() -> Router:
    """Return the router that comes last."""
    router = Router(name="last")
    router.message.filter(Private())
    router.message.register(unknown_command, F.text.regexp(_COMMAND))
    router.message.register(not_understood)
    router.callback_query.register(old_button, Private())
    router.callback_query.register(stray_button)
    return router


async def unknown_command(
    message: Message, visitor: Visitor, ledger: Ledger, screen: Screen
) -> None:
    """Offer the command that is nearest, else help."""
    log.info("not_understood", kind="command")
    written = _COMMAND.match(message.text or "")
    async with ledger.reading() as store:
        standing = await store.people.standing(visitor.person.id) if visitor.person else None
    roles = standing.roles if standing else ()
    found = commands.nearest(written[1] if written else "", roles) or commands.HELP
    await screen.reply(message.chat.id, "suggestion", {"command": found})


async def not_understood(
    message: Message, screen: Screen, visitor: Visitor, ledger: Ledger
) -> None:
    """Say where help is, below a broadcast how to answer it; a stranger is asked for a code."""
    log.info("not_understood", kind=message.content_type)
    if visitor.person is None:
        await screen.reply(message.chat.id, "home", {})
        return
    async with ledger.reading() as store:
        last = await store.shown.focus(message.chat.id, visitor.person.id)
    told = last is not None and last.kind == MESSAGE
    why = refusals.NO_REPLY if told else refusals.NOT_UNDERSTOOD
    await screen.reply(message.chat.id, "refusal", {"refusal": why})


async def old_button(query: CallbackQuery, screen: Screen) -> None:
    """Say that the button belongs to a page that is gone."""
    log.info("not_understood", kind="button")
    await answer_tap(query)
    if query.message is not None:
        await screen.reply(query.message.chat.id, "refusal", {"refusal": refusals.PAGE_OLD})


async def stray_button(query: CallbackQuery) -> None:
    """Stop the spinner of a button in a group that means nothing any more."""
    await answer_tap(query)
