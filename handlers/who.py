"""Who answers: on a phone of several persons nothing of theirs is done before one is chosen."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from aiogram import BaseMiddleware, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject, User

from collective import codes, pins
from collective.actions import speakers
from collective.errors import PinNeeded
from collective.invites import PREFIX
from collective.people import Person
from collective.ports import Clock, Ledger, Store
from collective.stopping import Wish, read_wish
from dialogs import commands
from dialogs.broom import REPLY_PATIENCE
from dialogs.cards import owners
from dialogs.cards.people import LanguagePress
from dialogs.cards.pins import ASKED
from dialogs.cards.practice import PracticePress
from dialogs.cards.veil import VEIL, VeilPress
from dialogs.cards.who import ASK, NOBODY, WhoPress
from dialogs.screen import Screen
from handlers.filters import Private
from handlers.middlewares import AnswerFirst, Visitor

#: What is carried out once it is known who wrote it: a command, or what a link in a group says.
_COMMAND = re.compile(r"/\w+|/start \w+")
#: Words that are as good as a command: they are obeyed once it is known whose they are.
_WISHES = {Wish.STOP: f"/{commands.STOP}", Wish.BACK: f"/{commands.BACK}"}
#: Presses of which it does not matter whose they are, or that say so themselves.
_CLEAR = {kind.__prefix__ for kind in (LanguagePress, PracticePress, VeilPress, WhoPress)}
_NOTHING: Mapping[str, str] = {}


class Unknown(Filter):
    """Somebody has to be asked who she is; also who opens an invitation on a phone in use."""

    async def __call__(
        self, event: Message | CallbackQuery, visitor: Visitor, *, asked: bool = False
    ) -> bool:
        """Not a second time for the same words."""
        if isinstance(event, CallbackQuery):
            return visitor.unknown and (event.data or "").split(":")[0] not in _CLEAR
        known = visitor.person is not None and invitation(event.text or "") is not None
        return (visitor.unknown or known) and not asked


def invitation(text: str) -> str | None:
    """Return what opens an invitation in the shape a button can carry, None when nothing does."""
    return text if text.startswith(f"/start {PREFIX}") else codes.read(text, exact=True)


def build() -> Router:
    """Return the router that asks."""
    router = Router(name="who answers")
    router.callback_query.middleware(AnswerFirst())
    router.message.register(ask, Private(), Unknown())
    router.callback_query.register(ask_first, Private(), Unknown())
    router.callback_query.register(chosen, WhoPress.filter())
    return router


async def ask(message: Message, visitor: Visitor, screen: Screen) -> None:
    """Ask, and carry out her command afterwards; other words she writes once more."""
    chat_id, then = message.chat.id, message.text or ""
    if pins.read(then) is not None:
        # Perhaps her code, typed where nobody asked for it.
        await screen.erase(chat_id, message.message_id)
    if (invited := invitation(then)) is not None:
        # Not by the outbox: what opens an invitation is stored nowhere.
        await screen.send(chat_id, "who", {"then": invited, "invited": 1}, REPLY_PATIENCE)
        return
    wish = read_wish(then)
    command = then if _COMMAND.fullmatch(then) else _WISHES.get(wish) if wish else None
    await ask_whose(visitor, screen, {"then": command} if command else {})


async def ask_first(query: CallbackQuery, visitor: Visitor, screen: Screen) -> None:
    """Ask whose press it was; she presses again."""
    await ask_whose(visitor, screen)


async def ask_whose(visitor: Visitor, screen: Screen, wanted: Mapping[str, str] = _NOTHING) -> None:
    """Ask which of several it is; who is alone is asked for her code at once."""
    chat_id = visitor.account.telegram_id
    if len(visitor.persons) > 1:
        await screen.reply(chat_id, "who", wanted)
        return
    [alone] = visitor.persons
    await screen.reply(chat_id, ASKED, {"person": alone.id, "then": "home", **wanted})


async def chosen(
    query: CallbackQuery,
    callback_data: WhoPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
    **data: Any,
) -> None:
    """Let her answer, and carry out what she had asked for; else show what she can do."""
    then, chat_id = callback_data.then, query.from_user.id
    if callback_data.person == ASK:
        await screen.reply(chat_id, "who", {})
        return
    try:
        async with ledger.writing() as store:
            person = await _choose(store, visitor, callback_data.person, now=clock.now())
    except PinNeeded as refusal:
        await _ask_code(query, refusal.person, then, screen)
        return
    if not isinstance(query.message, Message):
        return
    await screen.erase(chat_id, query.message.message_id)
    async with ledger.reading() as store:
        focus = await store.shown.focus(chat_id)
    if focus is not None and focus.kind == ASKED:
        # Nobody waits for that code any more: the next digits typed here are none.
        await screen.erase(chat_id, focus.message_id)
    if then:
        said = as_written(query.message, query.from_user, then)
        data |= {"ledger": ledger, "screen": screen, "clock": clock, "asked": True}
        await carry_out(said, visitor, person, data)
    else:
        await screen.reply(chat_id, "home", {})


async def carry_out(
    said: Message, visitor: Visitor, person: Person | None, data: dict[str, Any]
) -> None:
    """Do what she had written before it was known who she is."""
    data["visitor"] = replace(visitor, person=person, unknown=False)
    await data["dispatcher"].propagate_event("message", said, **data)


def as_written(page: Message, person: User | None, text: str) -> Message:
    """Return what a press on a page stands for: a message, written by who pressed."""
    return page.model_copy(update={"text": text, "from_user": person, "entities": None})


async def _choose(
    store: Store, visitor: Visitor, person_id: int, *, now: datetime
) -> Person | None:
    if person_id != NOBODY:
        return await speakers.choose(store, visitor.account, person_id, now=now)
    await speakers.choose_newcomer(store, visitor.account, now=now)
    return None


async def _ask_code(query: CallbackQuery, person_id: int, then: str, screen: Screen) -> None:
    """Ask for her code; what opens an invitation stays in the button, which she presses again."""
    ids: dict[str, int | str] = {"person": person_id, "then": then or "home"}
    if invitation(then) is not None:
        ids["then"] = ""
    elif query.message is not None:
        await screen.erase(query.from_user.id, query.message.message_id)
    await screen.reply(query.from_user.id, ASKED, ids)


class OwnerSpeaks(BaseMiddleware):
    """A press on a card, or a reply to it, is its owner's: from now on it is she who answers.

    Of a card of somebody who is not on this phone nothing is decided here: the action refuses.
    """

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Put her into `visitor`; raise PinNeeded. Phones of one person pay nothing for it."""
        visitor: Visitor | None = data.get("visitor")
        if visitor is not None and visitor.persons and visitor.persons != (visitor.person,):
            ledger: Ledger = data["ledger"]
            async with ledger.reading() as store:
                owner = await _owner(store, event)
            others = {each.id for each in visitor.persons if each != visitor.person}
            if owner in others:
                now = data["clock"].now()
                async with ledger.writing() as store:
                    person = await speakers.choose(store, visitor.account, owner, now=now)
                data["visitor"] = replace(visitor, person=person, unknown=False)
        return await handler(event, data)


async def _owner(store: Store, event: TelegramObject) -> int | None:
    """Return whose card is pressed or replied to; a veil asks for her code in its own way."""
    if isinstance(event, CallbackQuery):
        on = event.message
    else:
        command = isinstance(event, Message) and (event.text or "").startswith("/")
        on = event.reply_to_message if isinstance(event, Message) and not command else None
    card = await store.shown.at(on.chat.id, on.message_id) if on is not None else None
    if card is not None and card.person is not None:
        return card.person if card.kind != VEIL else None
    return owners.owner_of(event.data or "") if isinstance(event, CallbackQuery) else None
