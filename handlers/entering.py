"""Presses of a facilitator who enters a member's answers."""

from collections.abc import Mapping

from aiogram import Router
from aiogram.types import CallbackQuery

from collective.actions import entering
from collective.forms import Form
from collective.ports import Clock, Ledger
from dialogs.cards import asking
from dialogs.cards.asking import EntryPress
from dialogs.screen import Screen
from handlers.filters import Private
from handlers.middlewares import AnswerFirst, Visitor, person_of


def build() -> Router:
    """Return the router. The member is not who answers here, so her phone's rules do not apply."""
    router = Router(name="entering answers")
    router.callback_query.middleware(AnswerFirst())
    router.callback_query.register(pressed, EntryPress.filter(), Private())
    return router


async def pressed(
    query: CallbackQuery,
    callback_data: EntryPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    forms: Mapping[str, Form],
    clock: Clock,
) -> None:
    """Keep the answer in her name, or only show what is marked so far."""
    press, message, by = callback_data, query.message, person_of(visitor).id
    ids: dict[str, int | str] = {"checkin": press.checkin}
    if press.do == asking.SET:
        ids["noted"] = press.question
        async with ledger.writing() as store:
            value = await asking.read_press(store, forms, press)
            await entering.enter(
                store,
                forms,
                press.checkin,
                press.question,
                value,
                by=by,
                now=clock.now(),
            )
    else:
        ids["asks"] = press.question
    if press.do == asking.MARK:
        ids["marks"] = asking.read_marks(press)
    if message is not None:
        await screen.redraw(message.chat.id, message.message_id, entering.CARD, ids)
