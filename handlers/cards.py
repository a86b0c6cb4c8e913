"""Presses on cards: translate the button, act, draw the card again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram import Dispatcher, Router
from aiogram.types import CallbackQuery, Message

from collective.actions import checkins, collectives, requests
from collective.actions.joining import PRACTICE
from collective.errors import RoundClosed
from collective.forms import Form
from collective.outbox import Ids
from collective.ports import Clock, Ledger, Store
from dialogs.cards import asking
from dialogs.cards.answered import WHICH
from dialogs.cards.asking import CheckInPress
from dialogs.cards.groups import GroupPress
from dialogs.cards.practice import PracticePress
from dialogs.cards.requests import TAKE_BACK, YES, RequestPress
from dialogs.cards.sheets import CommandPress
from dialogs.screen import Screen
from handlers.filters import Private
from handlers.middlewares import AnswerFirst, Visitor, person_of
from handlers.who import as_written

_WRITING = {asking.SET, asking.STOP, asking.GO_ON}


def build() -> Router:
    """Return the router of everything a card can ask."""
    router = Router(name="cards")
    router.callback_query.middleware(AnswerFirst())
    router.callback_query.register(check_in_pressed, CheckInPress.filter(), Private())
    router.callback_query.register(practised, PracticePress.filter(), Private())
    router.callback_query.register(request_pressed, RequestPress.filter(), Private())
    router.callback_query.register(group_pressed, GroupPress.filter(), Private())
    router.callback_query.register(command_pressed, CommandPress.filter(), Private())
    return router


async def check_in_pressed(
    query: CallbackQuery,
    callback_data: CheckInPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    forms: Mapping[str, Form],
    clock: Clock,
) -> None:
    """Do what the button says, then draw the card as it stands."""
    press, now = callback_data, clock.now()
    if visitor.person is not None and press.do in _WRITING:
        async with ledger.writing() as store:
            await _do(store, forms, press, by=visitor.person.id, now=now)
    if query.message is not None:
        await screen.redraw(
            query.message.chat.id, query.message.message_id, checkins.CARD, _shows(press)
        )


async def _do(
    store: Store, forms: Mapping[str, Form], press: CheckInPress, *, by: int, now: datetime
) -> None:
    try:
        if press.do == asking.SET:
            value = await asking.read_press(store, forms, press)
            number, question = press.checkin, press.question
            await checkins.answer(store, forms, number, question, value, by=by, now=now)
        elif press.do == asking.STOP:
            await checkins.stop(store, press.checkin, by=by, now=now)
        elif press.do == asking.GO_ON:
            await checkins.go_on(store, press.checkin, by=by, now=now)
    except RoundClosed:
        # The card, drawn again, says kindly that it has closed.
        return


def _shows(press: CheckInPress) -> Ids:
    """Return what the card is drawn from after a press."""
    ids: dict[str, int | str] = {"checkin": press.checkin}
    if press.do == asking.SET:
        ids["noted"] = press.question
    elif press.do == asking.CHANGE:
        ids["asks"] = WHICH
    elif press.do in {asking.AGAIN, asking.MARK, asking.HELP}:
        ids["asks"] = press.question
    if press.do in {asking.MARK, asking.HELP}:
        ids["marks"] = asking.read_marks(press)
    if press.do == asking.HELP:
        ids["help"] = 1
    return ids


async def group_pressed(
    query: CallbackQuery,
    callback_data: GroupPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Link the group to the collective its facilitator named."""
    if visitor.person is None or query.message is None:
        return
    async with ledger.writing() as store:
        await collectives.link_group(
            store,
            callback_data.collective,
            callback_data.chat,
            by=visitor.person.id,
            now=clock.now(),
        )
    await screen.strip(query.message.chat.id, query.message.message_id)


async def command_pressed(
    query: CallbackQuery, callback_data: CommandPress, dispatcher: Dispatcher, **data: Any
) -> None:
    """Do what the command does, as if she had written it."""
    if isinstance(query.message, Message):
        said = as_written(query.message, query.from_user, f"/{callback_data.command}")
        await dispatcher.propagate_event("message", said, dispatcher=dispatcher, **data)


async def practised(
    query: CallbackQuery,
    callback_data: PracticePress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
) -> None:
    """Keep nothing; go on to what she can do. A card that was practised on is silent."""
    message = query.message
    if message is None:
        return
    chat_id, message_id = message.chat.id, message.message_id
    async with ledger.reading() as store:
        card = await store.shown.at(chat_id, message_id)
    if card is None or card.kind != PRACTICE:
        return
    if callback_data.do == asking.HELP:
        await screen.redraw(chat_id, message_id, card.kind, {**card.ids, "help": 1})
        return
    await screen.redraw(chat_id, message_id, "practised", {"value": callback_data.value})
    async with ledger.writing() as store:
        await store.shown.retire(chat_id, message_id)
    await screen.reply(chat_id, "home", {})


async def request_pressed(
    query: CallbackQuery,
    callback_data: RequestPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Let her in, or not; or take her own request back."""
    press, message = callback_data, query.message
    if message is None:
        return
    if press.do == TAKE_BACK:
        await _take_back(press.request, visitor, ledger, screen)
        await screen.strip(message.chat.id, message.message_id)
        return
    by, now = person_of(visitor).id, clock.now()
    ids: dict[str, int | str] = {}
    async with ledger.writing() as store:
        if press.do == YES:
            came = await requests.admit(store, press.request, by=by, now=now)
            ids = {"person": came.id}
        else:
            await requests.refuse(store, press.request, by=by, now=now)
    await screen.redraw(message.chat.id, message.message_id, "join_answered", ids)
    async with ledger.writing() as store:
        await store.shown.retire(message.chat.id, message.message_id)


async def _take_back(request_id: int, visitor: Visitor, ledger: Ledger, screen: Screen) -> None:
    async with ledger.writing() as store:
        await requests.withdraw(store, request_id, visitor.account)
    ids: dict[str, int | str] = {
        "known": visitor.person is not None,
        "language": visitor.words.lang,
    }
    await screen.reply(visitor.account.telegram_id, "join_taken_back", ids)
