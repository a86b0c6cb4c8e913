"""Broadcasts in chats: "I have heard", presses on the author's report, and replies."""

from typing import Any

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from collective.actions import broadcast_follow, replies
from collective.actions.broadcasts import MESSAGE, REPORT
from collective.broadcasts import Version
from collective.errors import NotAllowed, OwnMessage, Refusal
from collective.ports import Clock, Ledger
from collective.shown import ShownCard
from collective.stopping import Wish, read_wish
from dialogs.broadcast_content import read
from dialogs.cards import deliveries, refusals
from dialogs.cards.deliveries import DeliveryPress, HeardPress
from dialogs.screen import Screen
from handlers.filters import Private
from handlers.middlewares import AnswerFirst, Visitor, answer_tap, person_of
from locales.words import Words


class ToBroadcast(Filter):
    """The message replies to a broadcast, or to a reply to one, and is no command or stop word."""

    async def __call__(self, message: Message, ledger: Ledger) -> bool | dict[str, Any]:
        """Hand over `card`."""
        replied, text = message.reply_to_message, message.text or ""
        if replied is None or text.startswith("/") or read_wish(text) is Wish.STOP:
            return False
        if replied.from_user is None or not replied.from_user.is_bot:
            return False
        async with ledger.reading() as store:
            card = await store.shown.at(message.chat.id, replied.message_id)
        return {"card": card} if card and card.kind in {MESSAGE, replies.REPLY} else False


class InGroup(Filter):
    """In a Telegram group."""

    async def __call__(self, event: Message | CallbackQuery) -> bool:
        """Look at the chat; a press may come without its message."""
        held = event.message if isinstance(event, CallbackQuery) else event
        return held is not None and held.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}


def build_in_groups() -> Router:
    """Return the router of what is pressed under a broadcast in a group, and said to it."""
    router = Router(name="broadcasts in groups")
    router.callback_query.register(heard, HeardPress.filter(), InGroup())
    router.message.register(replied_in_group, InGroup(), ToBroadcast())
    return router


def build() -> Router:
    """Return the router of the same in private, and of presses on an author's report."""
    router = Router(name="broadcasts")
    router.message.register(replied, Private(), ToBroadcast())
    router.callback_query.register(heard, HeardPress.filter(), Private())
    report = Router(name="reports of broadcasts")
    report.callback_query.middleware(AnswerFirst())
    report.callback_query.register(pressed, DeliveryPress.filter(), Private())
    router.include_router(report)
    return router


async def heard(
    query: CallbackQuery,
    callback_data: HeardPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Count her once, and say so over the chat; in private the button has done its work."""
    message, number = query.message, callback_data.broadcast
    if message is None:
        return
    private = message.chat.type == ChatType.PRIVATE
    try:
        by, now = person_of(visitor).id, clock.now()
        async with ledger.writing() as store:
            await broadcast_follow.hear(store, number, chat_id=message.chat.id, by=by, now=now)
    except Refusal as refusal:
        await answer_tap(query, _no(refusal, visitor.words))
        return
    await answer_tap(query, visitor.words.plain.pgettext("toast", "Thank you, it is noted."))
    if private:
        await screen.bare(message.chat.id, message.message_id)


async def pressed(
    query: CallbackQuery,
    callback_data: DeliveryPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Do what the button says, and show how it stands."""
    press, by, now = callback_data, person_of(visitor).id, clock.now()
    if press.do in {deliveries.CANCEL, deliveries.AGAIN, deliveries.UNCLEAR}:
        async with ledger.writing() as store:
            if press.do == deliveries.CANCEL:
                await broadcast_follow.cancel(store, press.broadcast, by=by, now=now)
            else:
                unclear = press.do == deliveries.UNCLEAR
                number = press.broadcast
                await broadcast_follow.send_again(store, number, unclear=unclear, by=by, now=now)
    kind = deliveries.MISSED_PAGE if press.do == deliveries.MISSED else REPORT
    await screen.turn(query, kind, {"broadcast": press.broadcast, "page": press.page})


async def replied(
    message: Message,
    card: ShownCard,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Hand over what she says, and say to whom."""
    to = await _hand_over(message, card, visitor, ledger, clock)
    if to is None:
        await screen.reply(message.chat.id, "refusal", {"refusal": refusals.NOT_SENDABLE})
    else:
        await screen.reply(message.chat.id, "passed_on", {"person": to})


async def replied_in_group(
    message: Message,
    card: ShownCard,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
    visitor: Visitor | None = None,
) -> None:
    """Hand over what she says; the group has read it, and who it could not be handed is told alone.

    What a passer-by says, or the author herself, is said to the group and to nobody else.
    """
    if visitor is None or visitor.person is None:
        return
    try:
        await _hand_over(message, card, visitor, ledger, clock)
    except (NotAllowed, OwnMessage):
        return
    except Refusal as refusal:
        await screen.reply(visitor.account.telegram_id, "refusal", refusals.ids_of(refusal))


async def _hand_over(
    message: Message, card: ShownCard, visitor: Visitor, ledger: Ledger, clock: Clock
) -> int | None:
    """Return who gets it; None for what cannot be handed over."""
    said, by = _said(message), person_of(visitor).id
    if said is None:
        return None
    chat_id, now = message.chat.id, clock.now()
    key = f"{chat_id}:{message.message_id}"
    async with ledger.writing() as store:
        if card.kind == replies.REPLY:
            number = int(card.ids["reply"])
            return await replies.answer(store, number, said, key=key, by=by, now=now)
        number = int(card.ids["broadcast"])
        return await replies.reply(store, number, said, chat_id=chat_id, key=key, by=by, now=now)


def _said(message: Message) -> Version | None:
    """Return what a message says; None for what is neither words nor a voice, picture or file."""
    found = read(message, "")
    return found[0] if found else None


def _no(refusal: Refusal, words: Words) -> str:
    if isinstance(refusal, NotAllowed):
        return deliveries.for_members(words)
    return words.plain.pgettext("toast", "This message is no longer counted.")
