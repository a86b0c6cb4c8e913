"""Stopping in all its ways, coming back, and what is kept about somebody."""

from collections.abc import Mapping

import structlog
from aiogram import Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message

from collective.actions import erasing, leaving, pausing, requests
from collective.errors import NotAllowed, Outdated
from collective.forms import Form
from collective.ports import Clock, Ledger
from collective.stopping import Wish, read_wish
from dialogs import commands
from dialogs.cards.my_data import STRANGER, ForgetPress
from dialogs.cards.stopping import PausePress, ReturnPress, StopPress
from dialogs.screen import Screen
from handlers import hearing
from handlers.answers import candidates
from handlers.filters import Private
from handlers.middlewares import AnswerFirst, Visitor, person_of

log = structlog.get_logger()


def build() -> Router:
    """Return the router of commands and presses."""
    router = Router(name="stopping")
    router.message.filter(Private())
    router.callback_query.middleware(AnswerFirst())
    router.message.register(stop, Command(commands.STOP))
    router.message.register(pause, Command(commands.PAUSE))
    router.message.register(back, Command(commands.BACK))
    router.message.register(my_data, Command(*commands.names_of(commands.MY_DATA)))
    router.callback_query.register(stop_pressed, StopPress.filter(), Private())
    router.callback_query.register(pause_pressed, PausePress.filter(), Private())
    router.callback_query.register(return_pressed, ReturnPress.filter(), Private())
    router.callback_query.register(forget_pressed, ForgetPress.filter(), Private())
    return router


def build_words() -> Router:
    """Return the router of stop words, and of the words that call me back."""
    router = Router(name="stop words")
    router.message.filter(Private())
    router.message.register(stop, Wished(Wish.STOP))
    router.message.register(maybe_stop, Wished(Wish.MAYBE_STOP))
    router.message.register(back, Wished(Wish.BACK))
    return router


class Wished(Filter):
    """A whole message asks for this, and no button that she sees is called so."""

    def __init__(self, wish: Wish) -> None:
        self._wish = wish

    async def __call__(
        self,
        message: Message,
        visitor: Visitor,
        ledger: Ledger,
        screen: Screen,
        forms: Mapping[str, Form],
        clock: Clock,
    ) -> bool:
        """Look at the cards only for a word that could be one."""
        text = message.text or ""
        if read_wish(text) is not self._wish:
            return False
        async with ledger.reading() as store:
            cards = await candidates(store, message.chat.id, visitor)
            waiting = [await hearing.asked_by(store, forms, card, clock.now()) for card in cards]
        # Where words are awaited, a word like "stop" is one of them; "stop" itself never is.
        words = any(asked is not None and asked.takes_words for asked in waiting)
        if words and self._wish is not Wish.STOP:
            return False
        named = [await screen.named(message.chat.id, card, text) for card in cards]
        return not any(named)


async def stop(
    message: Message, visitor: Visitor, ledger: Ledger, screen: Screen, clock: Clock
) -> None:
    """Fall silent at once, then ask what she wants."""
    await _hush(visitor, ledger, clock)
    await screen.reply(message.chat.id, "stop", {})


async def maybe_stop(message: Message, screen: Screen) -> None:
    """Ask whether that was meant."""
    await screen.reply(message.chat.id, "maybe_stop", {})


async def pause(message: Message, visitor: Visitor, ledger: Ledger, screen: Screen) -> None:
    """Offer a pause to a member; what comes to her other roles has none."""
    async with ledger.reading() as store:
        standing = await store.people.standing(visitor.person.id) if visitor.person else None
    if standing is None or not standing.member_of:
        raise NotAllowed
    await screen.reply(message.chat.id, "pause", {})


async def back(
    message: Message, visitor: Visitor, ledger: Ledger, screen: Screen, clock: Clock
) -> None:
    """End her pause; home shows the way back into what she has left."""
    if visitor.person is not None:
        async with ledger.writing() as store:
            await pausing.resume(store, by=visitor.person.id, now=clock.now())
    await screen.reply(message.chat.id, "home", {})


async def my_data(
    message: Message, visitor: Visitor, ledger: Ledger, screen: Screen, clock: Clock
) -> None:
    """Show her everything that is kept about her."""
    if visitor.person is None:
        await screen.reply(message.chat.id, "forget", {})
        return
    async with ledger.writing() as store:
        await erasing.asked(store, by=visitor.person.id, now=clock.now())
    await screen.reply(message.chat.id, "my_data", {})


async def stop_pressed(
    query: CallbackQuery, visitor: Visitor, ledger: Ledger, screen: Screen, clock: Clock
) -> None:
    """It was meant."""
    await _hush(visitor, ledger, clock)
    await screen.turn(query, "stop", {})


async def pause_pressed(
    query: CallbackQuery,
    callback_data: PausePress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Begin a pause, or end it."""
    weeks, by = callback_data.weeks, person_of(visitor).id
    async with ledger.writing() as store:
        if weeks:
            await pausing.pause(store, weeks, by=by, now=clock.now())
        else:
            await pausing.resume(store, by=by, now=clock.now())
    await screen.turn(query, "pause" if weeks else "home", {})


async def return_pressed(
    query: CallbackQuery,
    callback_data: ReturnPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Be a member again."""
    by = person_of(visitor).id
    async with ledger.writing() as store:
        await leaving.come_back(store, callback_data.departure, by=by, now=clock.now())
    await screen.reply(query.from_user.id, "menu", {})
    await screen.turn(query, "home", {})


async def forget_pressed(
    query: CallbackQuery,
    callback_data: ForgetPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    forms: Mapping[str, Form],
    clock: Clock,
) -> None:
    """Erase her, take the buttons away, and say goodbye."""
    chat_id, person = visitor.account.telegram_id, visitor.person
    if (person.id if person else STRANGER) != callback_data.person:
        raise Outdated
    async with ledger.writing() as store:
        if person is None:
            await requests.forget_stranger(store, visitor.account)
        else:
            await erasing.erase(store, forms, by=person.id, now=clock.now())
        coordinated = person is None or bool(await store.people.coordinators())
    if not coordinated:
        log.warning("no_coordinator")
    if query.message is not None:
        await screen.strip(chat_id, query.message.message_id)
    await screen.reply(chat_id, "farewell", {"language": visitor.words.lang})


async def _hush(visitor: Visitor, ledger: Ledger, clock: Clock) -> None:
    if visitor.person is not None:
        async with ledger.writing() as store:
            await pausing.hush(store, by=visitor.person.id, now=clock.now())
