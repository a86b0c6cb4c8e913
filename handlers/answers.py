"""Typed answers: to the card a message replies to, else to the card shown last."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import Message

from collective import checkins
from collective.actions import checkins as actions
from collective.errors import RoundClosed
from collective.forms import Form, Question
from collective.ports import Clock, Ledger, Store
from collective.shown import ShownCard
from dialogs.cards import refusals
from dialogs.screen import Screen
from handlers.middlewares import Visitor
from handlers.who import OwnerSpeaks

_TYPED = (F.chat.type == ChatType.PRIVATE) & F.text & ~F.text.startswith("/")


class ToCard(Filter):
    """The message replies to a check-in card."""

    async def __call__(self, message: Message, ledger: Ledger) -> bool | dict[str, Any]:
        """Hand over `checkin_id`."""
        if message.reply_to_message is None:
            return False
        async with ledger.reading() as store:
            card = await store.shown.at(message.chat.id, message.reply_to_message.message_id)
        return _checkin_of(card)


class ToFocus(Filter):
    """The card last shown to her in this chat is a check-in that still asks something."""

    async def __call__(
        self,
        message: Message,
        visitor: Visitor,
        ledger: Ledger,
        forms: Mapping[str, Form],
        clock: Clock,
    ) -> bool | dict[str, Any]:
        """Hand over `checkin_id`."""
        async with ledger.reading() as store:
            person = visitor.person.id if visitor.person else None
            focus = await store.shown.focus(message.chat.id, person)
            found = _checkin_of(focus)
            if isinstance(found, bool):
                return False
            asked = await _asked(store, forms, found["checkin_id"], clock.now())
        return found if asked else False


def build_replies() -> Router:
    """Return the router of messages that reply to a card."""
    router = Router(name="replies to a card")
    router.message.middleware(OwnerSpeaks())
    router.message.register(typed, _TYPED, ToCard())
    return router


def build_typed() -> Router:
    """Return the router of messages typed while a card waits."""
    router = Router(name="typed to the last card")
    router.message.register(typed, _TYPED, ToFocus())
    return router


async def typed(
    message: Message,
    checkin_id: int,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    forms: Mapping[str, Form],
    clock: Clock,
) -> None:
    """Keep what the digits mean and show the next question, which names what was recorded."""
    person = visitor.person
    async with ledger.writing() as store:
        question = await _asked(store, forms, checkin_id, clock.now())
        value = checkins.read_typed(question, message.text or "") if question else None
        # Telegram may send a message again; by then it would answer the question that follows.
        if value is not None and not await store.checkins.take_typed(
            checkin_id, message.message_id
        ):
            question = value = None
        if question is not None and value is not None and person is not None:
            try:
                await actions.answer(
                    store, forms, checkin_id, question.key, value, by=person.id, now=clock.now()
                )
            except RoundClosed:
                # The card, drawn again, says kindly that it has closed.
                question = None
    if question is not None and value is None:
        await screen.reply(message.chat.id, "refusal", {"refusal": refusals.NOT_A_CHOICE})
    await screen.reply(message.chat.id, actions.CARD, {"checkin": checkin_id})


async def _asked(
    store: Store, forms: Mapping[str, Form], checkin_id: int, now: datetime
) -> Question | None:
    checkin = await store.checkins.get(checkin_id)
    round_ = await store.rounds.get(checkin.round_id) if checkin else None
    if round_ is None or not round_.takes_answers(now):
        return None
    form = round_.form_of(forms)
    return checkins.next_question(form, await store.checkins.answers(checkin_id))


def _checkin_of(card: ShownCard | None) -> bool | dict[str, Any]:
    if card is None or card.kind != actions.CARD:
        return False
    return {"checkin_id": int(card.ids["checkin"])}
