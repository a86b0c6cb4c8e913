"""Who answers: on a phone of several persons nothing of theirs is done before one is chosen."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from aiogram import BaseMiddleware, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject, User

from collective.actions import speakers
from collective.invites import PREFIX
from collective.ports import Clock, Ledger
from dialogs.cards.asking import CheckInPress
from dialogs.cards.people import LanguagePress
from dialogs.cards.who import ASK, NOBODY, WhoPress
from dialogs.screen import REPLY_PATIENCE, Screen
from handlers.middlewares import AnswerFirst, Visitor

_PRIVATE = F.chat.type == ChatType.PRIVATE
#: What a button can carry: a command as it was written, with the token of an invitation.
_COMMAND = re.compile(r"/\w+(?: [\w-]+)?")
#: Presses that say themselves whose they are, or that it does not matter.
_CLEAR = {kind.__prefix__ for kind in (CheckInPress, LanguagePress, WhoPress)}


class Unknown(Filter):
    """Somebody has to be asked who she is; also who opens an invitation on a phone in use."""

    async def __call__(
        self, event: Message | CallbackQuery, visitor: Visitor, *, asked: bool = False
    ) -> bool:
        """Not a second time for the same words."""
        if isinstance(event, CallbackQuery):
            return visitor.unknown and (event.data or "").split(":")[0] not in _CLEAR
        invited = (event.text or "").startswith(f"/start {PREFIX}")
        known = visitor.person is not None and invited
        return (visitor.unknown or known) and not asked


def build() -> Router:
    """Return the router that asks."""
    router = Router(name="who answers")
    router.callback_query.middleware(AnswerFirst())
    router.message.register(ask, _PRIVATE, Unknown())
    router.callback_query.register(ask_first, F.message.chat.type == ChatType.PRIVATE, Unknown())
    router.callback_query.register(chosen, WhoPress.filter())
    return router


async def ask(message: Message, screen: Screen) -> None:
    """Ask, and carry out her command afterwards; other words she writes once more."""
    then = message.text or ""
    if then.startswith(f"/start {PREFIX}"):
        # Not by the outbox: a token is stored nowhere.
        await screen.send(message.chat.id, "who", {"then": then}, REPLY_PATIENCE)
        return
    ids = {"then": then} if _COMMAND.fullmatch(then) else {}
    await screen.reply(message.chat.id, "who", ids)


async def ask_first(query: CallbackQuery, screen: Screen) -> None:
    """Ask whose press it was; she presses again."""
    await screen.reply(query.from_user.id, "who", {})


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
    if callback_data.person == ASK:
        await screen.reply(query.from_user.id, "who", {})
        return
    async with ledger.writing() as store:
        if callback_data.person == NOBODY:
            person = None
            await speakers.choose_newcomer(store, visitor.account, now=clock.now())
        else:
            person = await speakers.choose(
                store, visitor.account, callback_data.person, now=clock.now()
            )
    if not isinstance(query.message, Message):
        return
    await screen.erase(query.message.chat.id, query.message.message_id)
    if not callback_data.then:
        await screen.reply(query.from_user.id, "home", {})
        return
    said = as_written(query.message, query.from_user, callback_data.then)
    data |= {"ledger": ledger, "screen": screen, "clock": clock, "asked": True}
    data["visitor"] = replace(visitor, person=person, unknown=False)
    await data["dispatcher"].propagate_event("message", said, **data)


def as_written(page: Message, person: User, text: str) -> Message:
    """Return what a press on a page stands for: a message, written by who pressed."""
    return page.model_copy(update={"text": text, "from_user": person, "entities": None})


class OwnerSpeaks(BaseMiddleware):
    """A press on a check-in, or a reply to it, is its owner's: from now on it is she who answers.

    Of a check-in of somebody who is not on this phone nothing is decided here: the action refuses.
    """

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Put her into `visitor`. Phones of one person pay nothing for it."""
        visitor: Visitor = data["visitor"]
        number = data.get("checkin_id", getattr(data.get("callback_data"), "checkin", None))
        if number is not None and len(visitor.persons) > 1:
            data["visitor"] = await self._owner(visitor, number, data["ledger"], data["clock"])
        return await handler(event, data)

    async def _owner(self, visitor: Visitor, number: int, ledger: Ledger, clock: Clock) -> Visitor:
        async with ledger.reading() as store:
            checkin = await store.checkins.get(number)
        owner = checkin.person_id if checkin else None
        if owner not in {each.id for each in visitor.persons if each != visitor.person}:
            return visitor
        async with ledger.writing() as store:
            person = await speakers.choose(store, visitor.account, owner, now=clock.now())
        return replace(visitor, person=person, unknown=False)
