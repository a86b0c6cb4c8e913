"""Presses about proposals, and how it was to decide."""

from enum import StrEnum
from typing import TypeVar

from aiogram import F, Router
from aiogram.types import CallbackQuery

from collective.actions import carrying_out, closing
from collective.actions.telling import VOTE_RESULT
from collective.decisions import Carried, NextStep
from collective.errors import Outdated
from collective.outbox import Ids
from collective.ports import Clock, Ledger
from dialogs.cards import outcome, steps
from dialogs.cards.outcome import FeltPress
from dialogs.cards.proposal import PROPOSAL, SPOKEN
from dialogs.cards.steps import MatterPress
from dialogs.screen import Screen
from handlers.filters import Private
from handlers.middlewares import AnswerFirst, Visitor, person_of

#: What a button may say by name.
Kind = TypeVar("Kind", bound=StrEnum)


def build() -> Router:
    """Return the router of presses."""
    router = Router(name="deciding")
    router.callback_query.middleware(AnswerFirst())
    router.callback_query.register(
        matter_pressed, MatterPress.filter(F.do.in_(steps.AT_ONCE)), Private()
    )
    router.callback_query.register(felt_pressed, FeltPress.filter(), Private())
    return router


async def matter_pressed(
    query: CallbackQuery,
    callback_data: MatterPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Play the question, say what becomes of it, or note what is done; then show its steps."""
    press, message, by, now = callback_data, query.message, person_of(visitor).id, clock.now()
    if message is None:
        return
    if press.do == steps.LISTEN:
        ids = {"proposal": press.proposal, "person": by}
        await screen.reply(message.chat.id, SPOKEN, ids)
        return
    async with ledger.writing() as store:
        if press.do == steps.STEP:
            step = one_of(NextStep, press.value)
            await closing.settle(store, press.proposal, step, by=by, now=now)
        elif press.do == steps.CARRIED:
            carried = one_of(Carried, press.value)
            await carrying_out.judge(store, press.proposal, carried, by=by, now=now)
        elif press.do == steps.TASK and press.value.isdecimal():
            await carrying_out.finish(store, int(press.value), by=by, now=now)
    await screen.redraw(message.chat.id, message.message_id, PROPOSAL, {"number": press.proposal})


async def felt_pressed(
    query: CallbackQuery,
    callback_data: FeltPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Keep how it was to decide, and ask the other question."""
    press, message, by = callback_data, query.message, person_of(visitor).id
    async with ledger.writing() as store:
        await carrying_out.feel(
            store, press.proposal, press.question, press.felt, by=by, now=clock.now()
        )
    if message is not None:
        asks = outcome.following(press.question)
        ids: Ids = {"proposal": press.proposal, "person": by, "asks": asks}
        await screen.redraw(message.chat.id, message.message_id, VOTE_RESULT, ids)


def one_of(kind: type[Kind], value: str) -> Kind:
    """Read what a button says; raise Outdated for what no button of ours says."""
    try:
        return kind(value)
    except ValueError:
        raise Outdated from None
