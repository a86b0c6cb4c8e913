"""A facilitator's follow-ups: the list by its command, and what she notes."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from collective.actions import follow_ups
from collective.follow_ups import State
from collective.ports import Clock, Ledger
from dialogs import commands
from dialogs.cards.follow_ups import AGAIN, FOLLOW_UPS, SHOW, FollowPress
from dialogs.screen import Screen
from handlers.deciding import one_of
from handlers.filters import Private
from handlers.middlewares import AnswerFirst, Visitor, person_of


def build() -> Router:
    """Return the router."""
    router = Router(name="follow-ups")
    router.callback_query.middleware(AnswerFirst())
    names = commands.names_of(commands.FOLLOW_UPS)
    router.message.register(listed, Private(), Command(*names))
    router.callback_query.register(pressed, FollowPress.filter(), Private())
    return router


async def listed(
    message: Message, visitor: Visitor, ledger: Ledger, screen: Screen, clock: Clock
) -> None:
    """Show whom she has to see."""
    by = person_of(visitor).id
    async with ledger.writing() as store:
        await follow_ups.waiting(store, by=by, now=clock.now())
    await screen.reply(message.chat.id, FOLLOW_UPS, {"number": 0})


async def pressed(
    query: CallbackQuery,
    callback_data: FollowPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Show one, or keep what came of it."""
    press, message, by = callback_data, query.message, person_of(visitor).id
    if message is None:
        return
    ids: dict[str, int | str] = {"follow_up": press.follow_up}
    if press.do == SHOW:
        async with ledger.reading() as store:
            await follow_ups.look(store, press.follow_up, by=by)
        await screen.reply(message.chat.id, follow_ups.FOLLOW_UP, ids)
        return
    if press.do == AGAIN:
        ids["again"] = 1
    else:
        state = one_of(State, press.do)
        async with ledger.writing() as store:
            await follow_ups.note(store, press.follow_up, state, by=by, now=clock.now())
    await screen.redraw(message.chat.id, message.message_id, follow_ups.FOLLOW_UP, ids)
