"""Lifting a veil: by its button, or by writing at it before anything was seen."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from collective.actions import speakers
from collective.errors import Outdated, PinNeeded
from collective.outbox import Ids, Row
from collective.ports import Clock, Ledger
from collective.shown import ShownCard
from dialogs.cards.pins import ASKED
from dialogs.cards.veil import VEIL, VeilPress
from dialogs.screen import Screen
from handlers.filters import Private
from handlers.middlewares import AnswerFirst, Visitor
from handlers.who import ask_whose


class ToVeil(Filter):
    """The message replies to a veil."""

    async def __call__(self, message: Message, ledger: Ledger) -> bool | dict[str, Any]:
        """Hand over `card`."""
        if message.reply_to_message is None or not _said(message):
            return False
        async with ledger.reading() as store:
            card = await store.shown.at(message.chat.id, message.reply_to_message.message_id)
        return _veil(card)


class AtVeil(Filter):
    """The newest card of hers in this chat is under a veil."""

    async def __call__(
        self, message: Message, visitor: Visitor, ledger: Ledger
    ) -> bool | dict[str, Any]:
        """Hand over `card`."""
        if not _said(message) or (visitor.persons and visitor.person is None):
            return False
        person = visitor.person.id if visitor.person else None
        async with ledger.reading() as store:
            return _veil(await store.shown.focus(message.chat.id, person))


def build() -> Router:
    """Return the router of presses on veils, and of replies to them."""
    router = Router(name="veils")
    router.callback_query.middleware(AnswerFirst())
    router.callback_query.register(pressed, VeilPress.filter(), Private())
    router.message.register(written, Private(), ToVeil())
    return router


def build_typed() -> Router:
    """Return the router of messages written or spoken while a veil waits."""
    router = Router(name="typed at a veil")
    router.message.register(written, Private(), AtVeil())
    return router


async def pressed(
    query: CallbackQuery,
    callback_data: VeilPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Show what is under it."""
    if query.message is not None:
        row = await covered(ledger, callback_data.row, query.message.chat.id)
        await _lift(row, query.message.message_id, visitor, ledger, screen, clock)


async def written(
    message: Message,
    card: ShownCard,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Show what is under it: she has seen nothing yet that she could answer."""
    row = await covered(ledger, int(card.asks or 0), message.chat.id)
    await _lift(row, card.message_id, visitor, ledger, screen, clock)


async def covered(ledger: Ledger, row_id: int, chat_id: int) -> Row:
    """Return what a veil of this chat covers; raise Outdated.

    A button can be written by anybody: only what was sent to this very chat is found.
    """
    async with ledger.reading() as store:
        row = await store.outbox.sent(row_id, chat_id)
    if row is None:
        raise Outdated
    return row


async def _lift(
    row: Row,
    message_id: int,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Lift it for the person it is for; first ask for her code if she has one."""
    alone = visitor.persons[0].id if len(visitor.persons) == 1 else None
    owner = row.person or alone
    if owner is None and visitor.unknown and all(each.has_pin for each in visitor.persons):
        await ask_whose(visitor, screen)
        return
    try:
        if owner is not None and (visitor.person is None or visitor.person.id != owner):
            async with ledger.writing() as store:
                await speakers.choose(store, visitor.account, owner, now=clock.now())
    except PinNeeded as refusal:
        then: Ids = {"then": VEIL, "row": row.id, "message": message_id}
        await screen.reply(row.chat_id, ASKED, {**then, "person": refusal.person})
        return
    await screen.lift(row, message_id)


def _said(message: Message) -> bool:
    """Tell words and voice from commands."""
    return message.voice is not None or not (message.text or "/").startswith("/")


def _veil(card: ShownCard | None) -> bool | dict[str, Any]:
    return {"card": card} if card is not None and card.kind == VEIL else False
