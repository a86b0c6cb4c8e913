"""Typed and spoken answers: to the card a message replies to, else to the card shown last."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import Message

from collective.actions import checkins
from collective.forms import Form
from collective.outbox import Ids
from collective.own_words import VoiceNote
from collective.ports import Clock, Ledger, Store
from collective.shown import ShownCard
from collective.stopping import Wish, read_wish
from dialogs import typed
from dialogs.cards import refusals
from dialogs.cards.answered import WHICH
from dialogs.screen import Screen
from handlers import hearing
from handlers.middlewares import Visitor


class Written(Filter):
    """Words in the private chat that are no command."""

    async def __call__(self, message: Message) -> bool:
        """Look at the text."""
        private = message.chat.type == ChatType.PRIVATE
        return private and bool(message.text) and not (message.text or "").startswith("/")


class Spoken(Filter):
    """A voice note in the private chat."""

    async def __call__(self, message: Message) -> bool:
        """Look for a voice."""
        return message.chat.type == ChatType.PRIVATE and message.voice is not None


class ToCard(Filter):
    """The message replies to a card."""

    async def __call__(self, message: Message, ledger: Ledger) -> bool | dict[str, Any]:
        """Hand over `card`, and `checkin_id` where it is a check-in's."""
        if message.reply_to_message is None:
            return False
        async with ledger.reading() as store:
            card = await store.shown.at(message.chat.id, message.reply_to_message.message_id)
        return _found(card)


class ToFocus(Filter):
    """The card last shown to her in this chat still asks something, or has a button so named."""

    async def __call__(
        self,
        message: Message,
        visitor: Visitor,
        ledger: Ledger,
        screen: Screen,
        forms: Mapping[str, Form],
        clock: Clock,
    ) -> bool | dict[str, Any]:
        """Hand over the same."""
        async with ledger.reading() as store:
            cards = await candidates(store, message.chat.id, visitor)
            waiting = [await hearing.asked_by(store, forms, card, clock.now()) for card in cards]
        for card, asked in zip(cards, waiting, strict=True):
            waits = asked is not None and asked.question is not None
            if waits or await screen.named(message.chat.id, card, message.text or ""):
                return _found(card)
        return False


async def addressed(
    store: Store, message: Message, person_id: int, *, replying: bool
) -> ShownCard | None:
    """Return the card a message is for: the one it replies to (`replying`), or her newest one."""
    replied = message.reply_to_message
    if not replying:
        return await store.shown.focus(message.chat.id, person_id)
    return await store.shown.at(message.chat.id, replied.message_id) if replied else None


async def candidates(store: Store, chat_id: int, visitor: Visitor) -> list[ShownCard]:
    """Return the cards a typed message may be for: the one shown last, then the last check-in.

    Home or settings in front of it do not take an answer away from the check-in behind.
    """
    if visitor.persons and visitor.person is None:
        # Somebody who is none of them: no card here is hers.
        return []
    person = visitor.person.id if visitor.person else None
    last = await store.shown.focus(chat_id, person)
    if last is None or last.kind == checkins.CARD:
        return [last] if last else []
    behind = await store.shown.focus(chat_id, person, checkins.CARD)
    return [last, behind] if behind else [last]


def build_replies() -> Router:
    """Return the router of messages that reply to a card."""
    router = Router(name="replies to a card")
    router.message.register(write, Written(), ToCard())
    router.message.register(speak, Spoken(), ToCard())
    return router


def build_typed() -> Router:
    """Return the router of messages written or spoken while a card waits."""
    router = Router(name="typed to the last card")
    router.message.register(write, Written(), ToFocus())
    router.message.register(speak, Spoken(), ToFocus())
    return router


async def write(
    message: Message,
    card: ShownCard,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    forms: Mapping[str, Form],
    clock: Clock,
    **data: Any,
) -> None:
    """Keep what was typed as an answer, or press the button that it names."""
    text, now = message.text or "", clock.now()
    pressed = await screen.named(message.chat.id, card, text)
    if pressed is None and read_wish(text) is Wish.STOP:
        raise SkipHandler
    shows: Ids | None = None
    if said := _said(message, card, visitor, now):
        async with ledger.writing() as store:
            shows = await hearing.write(store, forms, said, text, is_label=pressed is not None)
    if shows is not None:
        await screen.reply(message.chat.id, card.kind, {**card.ids, **shows})
    elif pressed is not None:
        data |= {"visitor": visitor, "ledger": ledger, "screen": screen, "forms": forms}
        query = typed.as_pressed(message, card.message_id, pressed)
        await data["dispatcher"].propagate_event("callback_query", query, clock=clock, **data)
    else:
        await _explain(message, card, ledger, screen, forms, now)


async def speak(
    message: Message,
    card: ShownCard,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    forms: Mapping[str, Form],
    clock: Clock,
) -> None:
    """Keep a voice note where words are asked."""
    voice, now = message.voice, clock.now()
    shows: Ids | None = None
    if voice is not None and (said := _said(message, card, visitor, now)):
        note = VoiceNote(file_id=voice.file_id, seconds=voice.duration, size=voice.file_size)
        async with ledger.writing() as store:
            shows = await hearing.speak(store, forms, said, note)
    if shows is not None:
        await screen.reply(message.chat.id, card.kind, {**card.ids, **shows})
    else:
        await _explain(message, card, ledger, screen, forms, now)


async def _explain(
    message: Message,
    card: ShownCard,
    ledger: Ledger,
    screen: Screen,
    forms: Mapping[str, Form],
    now: datetime,
) -> None:
    """Ask again what was asked; of a finished check-in, which of her answers she means."""
    if card.kind != checkins.CARD:
        raise SkipHandler
    async with ledger.reading() as store:
        asked = await hearing.asked_by(store, forms, card, now)
    ids = card.drawn_from
    if asked is not None and asked.question is not None:
        await screen.reply(message.chat.id, "refusal", {"refusal": refusals.NOT_A_CHOICE})
    elif asked is not None and asked.complete:
        ids = {**card.ids, "asks": WHICH}
    await screen.reply(message.chat.id, card.kind, ids)


def _said(
    message: Message, card: ShownCard, visitor: Visitor, now: datetime
) -> hearing.Said | None:
    if card.kind != checkins.CARD or visitor.person is None:
        return None
    return hearing.Said(
        card=card,
        message_id=message.message_id,
        by=visitor.person.id,
        now=now,
        large=visitor.account.large_buttons,
    )


def _found(card: ShownCard | None) -> bool | dict[str, Any]:
    if card is None:
        return False
    if card.kind == checkins.CARD:
        return {"card": card, "checkin_id": int(card.ids["checkin"])}
    return {"card": card}
