"""Activities: presses on their cards, whether she comes in words, and what a look-back is told."""

from contextlib import suppress
from typing import Any

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart, Filter
from aiogram.types import CallbackQuery, Message

from collective.actions import activities, looking_back
from collective.actions.announcing import ACTIVITY, CHANGED, FELT
from collective.activities import Coming, Stage
from collective.errors import ActivityOver, Outdated
from collective.outbox import Ids
from collective.ports import Clock, Ledger
from dialogs import typed
from dialogs.cards import activity as card
from dialogs.cards import agenda, look_back
from dialogs.cards.activity import ActivityPress
from dialogs.cards.look_back import LookPress
from dialogs.cards.meeting import MeetingPress
from dialogs.cards.outcome import following
from dialogs.screen import Screen
from handlers.answers import addressed
from handlers.deciding import one_of
from handlers.filters import Private
from handlers.middlewares import AnswerFirst, Visitor, person_of

#: What a link to an activity says after /start; no record has a longer number.
_LINKED = rf"^{card.LINK}\d{{1,18}}$"
#: What a press shows that is no card of its own.
_SHOWS = {
    card.SHOW: ACTIVITY,
    card.FILE: card.CALENDAR_FILE,
    card.LISTEN: card.SPOKEN,
    card.PHOTO: card.SHOWN,
    card.LOOK: look_back.CARD,
}


class ToActivity(Filter):
    """A yes or no to the card of an activity: the one it replies to, or else the one shown last.

    Also to one that is over, and reads so.
    """

    def __init__(self, *, replying: bool) -> None:
        self._replying = replying

    async def __call__(
        self, message: Message, visitor: Visitor, ledger: Ledger
    ) -> bool | dict[str, Any]:
        """Hand over the `number` of the activity and the `coming` that is meant."""
        agrees, person = typed.agrees(message.text or ""), visitor.person
        if agrees is None or person is None:
            return False
        async with ledger.reading() as store:
            found = await addressed(store, message, person.id, replying=self._replying)
            if found is None or found.kind != ACTIVITY:
                return False
            seen = await store.activities.get(int(found.ids["activity"]))
        if seen is None:
            return False
        return {"number": seen.id, "coming": Coming.YES if agrees else Coming.NO}


def build() -> Router:
    """Return the router of presses, of links, and of replies to a card."""
    router = Router(name="activities")
    router.callback_query.middleware(AnswerFirst())
    router.callback_query.register(pressed, ActivityPress.filter(F.do.in_(card.AT_ONCE)), Private())
    router.callback_query.register(looked, LookPress.filter(), Private())
    router.callback_query.register(felt, MeetingPress.filter(), Private())
    router.message.register(linked, Private(), CommandStart(magic=F.args.regexp(_LINKED)))
    router.message.register(linked_agenda, Private(), CommandStart(magic=F.args == agenda.LINK))
    router.message.register(said, Private(), ToActivity(replying=True))
    return router


def build_typed() -> Router:
    """Return the router of a yes or no written while an activity is the card shown last."""
    router = Router(name="typed to an activity")
    router.message.register(said, Private(), ToActivity(replying=False))
    return router


async def pressed(
    query: CallbackQuery,
    callback_data: ActivityPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Keep whether she comes, or show what the button says."""
    press, message, by = callback_data, query.message, person_of(visitor).id
    ids = {"activity": press.activity, "person": by}
    if message is None:
        return
    if press.do != card.COME:
        await _show(message.chat.id, _SHOWS[press.do], ids, ledger, screen, clock)
        return
    kind = await _come(press, ledger, by, clock)
    await screen.redraw(message.chat.id, message.message_id, kind, ids)


async def looked(
    query: CallbackQuery,
    callback_data: LookPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Note who was there, go on to another question, or finish."""
    press, message, by, now = callback_data, query.message, person_of(visitor).id, clock.now()
    number, asks = press.activity, f"{look_back.LIST} {press.part}"
    async with ledger.writing() as store:
        if press.do in {look_back.THERE, look_back.AWAY}:
            there = press.do == look_back.THERE
            await looking_back.mark(store, number, press.number, present=there, by=by, now=now)
        elif press.do == look_back.EVERYBODY:
            await looking_back.mark_all(store, number, by=by, now=now)
        elif press.do == look_back.FINISH:
            await looking_back.finish(store, number, by=by, now=now)
            asks = look_back.ALL_OF_IT
        elif press.do == look_back.ASK and 0 < press.number < len(look_back.STEPS):
            asks = look_back.STEPS[press.number]
    if message is not None:
        ids: Ids = {"activity": number, "person": by, "asks": asks}
        await screen.redraw(message.chat.id, message.message_id, look_back.CARD, ids)


async def felt(
    query: CallbackQuery,
    callback_data: MeetingPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
) -> None:
    """Keep how the meeting was, and ask the other question."""
    press, message, by = callback_data, query.message, person_of(visitor).id
    async with ledger.writing() as store:
        await looking_back.feel(store, press.activity, press.question, press.felt, by=by)
    if message is not None:
        asks = following(press.question)
        ids: Ids = {"activity": press.activity, "person": by, "asks": asks}
        await screen.redraw(message.chat.id, message.message_id, FELT, ids)


async def linked(
    message: Message,
    command: CommandObject,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Show the card to whom a link in the group has led here; raise Outdated, NotAllowed."""
    if visitor.person is None:
        await screen.reply(message.chat.id, "home", {})
        return
    number = int((command.args or "").removeprefix(card.LINK))
    ids = {"activity": number, "person": visitor.person.id}
    await _show(message.chat.id, ACTIVITY, ids, ledger, screen, clock)


async def linked_agenda(message: Message, screen: Screen) -> None:
    """Show the agenda to whom a link in the group has led here."""
    await screen.reply(message.chat.id, agenda.AGENDA, {"number": 0})


async def said(
    message: Message,
    number: int,
    coming: Coming,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Keep whether she comes, as she wrote it; raise ActivityOver, NotAllowed."""
    by = person_of(visitor).id
    async with ledger.writing() as store:
        await activities.answer(store, number, coming, by=by, now=clock.now())
    await screen.reply(message.chat.id, ACTIVITY, {"activity": number, "person": by})


async def _show(
    chat_id: int, kind: str, ids: Ids, ledger: Ledger, screen: Screen, clock: Clock
) -> None:
    """Show something about an activity; raise Outdated, NotAllowed for what she may not see."""
    number, by = int(ids["activity"]), int(ids["person"])
    if number:
        async with ledger.reading() as store:
            if kind == look_back.CARD:
                await looking_back.attendance(store, number, by=by)
            await activities.look(store, number, by=by)
    await screen.reply(chat_id, kind, ids)


async def _come(press: ActivityPress, ledger: Ledger, by: int, clock: Clock) -> str:
    """Keep whether she comes to what she saw; return the card to draw, which says what changed."""
    coming = one_of(Coming, press.value)
    async with ledger.writing() as store:
        seen = await store.activities.get(press.activity)
        if seen is None:
            raise Outdated
        if seen.edition != press.edition and seen.stage(clock.now()) is Stage.PLANNED:
            return CHANGED
        with suppress(ActivityOver):
            await activities.answer(store, press.activity, coming, by=by, now=clock.now())
    return ACTIVITY
