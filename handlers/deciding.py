"""Presses about proposals and votes, and what is typed to a ballot."""

from contextlib import suppress
from typing import Any, TypeVar

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from collective.actions import ballots, carrying_out, closing
from collective.actions.telling import VOTE, VOTE_AMENDED, VOTE_RESULT
from collective.decisions import Carried, NextStep
from collective.errors import NotAllowed, Outdated, Refusal, VoteClosed
from collective.outbox import Ids
from collective.people import Person
from collective.ports import Clock, Ledger, Store
from collective.shown import ShownCard
from collective.stopping import read_wish
from dialogs import typed
from dialogs.broom import REPLY_PATIENCE
from dialogs.cards import ballot, outcome
from dialogs.cards import proposal as page
from dialogs.cards.ballot import BallotPress
from dialogs.cards.outcome import FeltPress
from dialogs.cards.proposal import MatterPress
from dialogs.screen import Screen
from handlers.filters import Private
from handlers.middlewares import AnswerFirst, Visitor

#: What a button may say by name.
Kind = TypeVar("Kind", NextStep, Carried)


class ToBallot(Filter):
    """A text for a ballot: the card it replies to, or else the one shown last."""

    def __init__(self, *, replying: bool) -> None:
        self._replying = replying

    async def __call__(
        self, message: Message, visitor: Visitor, ledger: Ledger, clock: Clock
    ) -> bool | dict[str, Any]:
        """Hand over `ballot_ids` with the `choice` that the text stands for, or the `reason`."""
        text, person = message.text or "", visitor.person
        if person is None or not text or text.startswith("/") or read_wish(text) is not None:
            return False
        async with ledger.reading() as store:
            card = await self._card(message, person, store)
            if card is None or card.kind != VOTE:
                return False
            number = int(card.ids["proposal"])
            try:
                poll = await ballots.look(store, number, by=person.id, now=clock.now())
            except Refusal:
                return False
        if not poll.may_vote:
            return False
        ids = {"proposal": number, "person": person.id}
        choice = typed.ballot(poll.proposal, text)
        if choice is not None and card.asks != ballot.REASON:
            return {"ballot_ids": ids, "choice": choice}
        explains = self._replying or card.asks == ballot.REASON
        if explains and poll.hers is not None and not poll.proposal.secret:
            return {"ballot_ids": ids, "reason": text}
        return False

    async def _card(self, message: Message, person: Person, store: Store) -> ShownCard | None:
        replied = message.reply_to_message
        if not self._replying:
            return await store.shown.focus(message.chat.id, person.id)
        return await store.shown.at(message.chat.id, replied.message_id) if replied else None


def build() -> Router:
    """Return the router of presses."""
    router = Router(name="deciding")
    router.callback_query.middleware(AnswerFirst())
    router.callback_query.register(ballot_pressed, BallotPress.filter(), Private())
    router.callback_query.register(
        matter_pressed, MatterPress.filter(F.do.in_(page.AT_ONCE)), Private()
    )
    router.callback_query.register(felt_pressed, FeltPress.filter(), Private())
    router.message.register(written, Private(), ToBallot(replying=True))
    return router


def build_typed() -> Router:
    """Return the router of texts written while a ballot is the card shown last."""
    router = Router(name="typed to a ballot")
    router.message.register(written, Private(), ToBallot(replying=False))
    return router


async def ballot_pressed(
    query: CallbackQuery,
    callback_data: BallotPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Keep her vote, or show the card; the card says kindly when the vote has closed."""
    press, message, by = callback_data, query.message, _person(visitor).id
    ids: dict[str, int | str] = {"proposal": press.proposal, "person": by}
    if message is None:
        return
    if press.do == ballot.CAST and query.id == typed.WRITTEN:
        await _confirm(message.chat.id, ids, press.value, screen)
        return
    kind = VOTE
    if press.do == ballot.CAST:
        kind = await _cast(press, ledger, by, clock)
    if press.do == ballot.SHOW:
        await screen.reply(message.chat.id, VOTE, ids)
        return
    if press.do == ballot.WHY:
        ids["asks"] = ballot.REASON
    async with ledger.reading() as store:
        proposal = await store.proposals.get(press.proposal)
    # "You wrote: …" does not stay in the chat of a secret vote.
    secret = proposal is not None and proposal.secret
    await screen.redraw(message.chat.id, message.message_id, kind, ids, in_place=secret)


async def _cast(press: BallotPress, ledger: Ledger, by: int, clock: Clock) -> str:
    """Keep her vote and return the card to draw: it says kindly that it has closed or changed."""
    with suppress(VoteClosed):
        try:
            async with ledger.writing() as store:
                await ballots.cast(
                    store,
                    press.proposal,
                    press.value,
                    edition=press.edition,
                    by=by,
                    now=clock.now(),
                )
        except Outdated:
            return VOTE_AMENDED
    return VOTE


async def written(
    message: Message,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
    ballot_ids: dict[str, int | str],
    choice: str | None = None,
    reason: str | None = None,
) -> None:
    """Ask whether what she typed is her vote; keep what she typed as its reason."""
    if choice is not None:
        await _confirm(message.chat.id, ballot_ids, choice, screen)
        return
    by, number, now = _person(visitor).id, int(ballot_ids["proposal"]), clock.now()
    async with ledger.writing() as store:
        poll = await ballots.look(store, number, by=by, now=now)
        if poll.hers is not None:
            await ballots.cast(store, number, poll.hers.choice, reason=reason, by=by, now=now)
    await screen.reply(message.chat.id, VOTE, ballot_ids)


async def _confirm(chat_id: int, ids: Ids, choice: str, screen: Screen) -> None:
    # Not by the outbox: what somebody votes in secret is stored nowhere else.
    await screen.send(chat_id, VOTE, {**ids, "typed": choice}, REPLY_PATIENCE)


async def matter_pressed(
    query: CallbackQuery,
    callback_data: MatterPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Play the question, say what becomes of it, or note what is done; then show its page."""
    press, message, by, now = callback_data, query.message, _person(visitor).id, clock.now()
    if message is None:
        return
    if press.do == page.LISTEN:
        ids = {"proposal": press.proposal, "person": by}
        await screen.reply(message.chat.id, page.SPOKEN, ids)
        return
    async with ledger.writing() as store:
        if press.do == page.STEP:
            step = _one_of(NextStep, press.value)
            await closing.settle(store, press.proposal, step, by=by, now=now)
        elif press.do == page.CARRIED:
            carried = _one_of(Carried, press.value)
            await carrying_out.judge(store, press.proposal, carried, by=by, now=now)
        elif press.do == page.TASK and press.value.isdecimal():
            await carrying_out.finish(store, int(press.value), by=by, now=now)
    await screen.redraw(
        message.chat.id, message.message_id, page.PROPOSAL, {"number": press.proposal}
    )


async def felt_pressed(
    query: CallbackQuery,
    callback_data: FeltPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Keep how it was to decide, and ask the other question."""
    press, message, by = callback_data, query.message, _person(visitor).id
    async with ledger.writing() as store:
        await carrying_out.feel(
            store, press.proposal, press.question, press.felt, by=by, now=clock.now()
        )
    if message is not None:
        asks = outcome.following(press.question)
        ids: Ids = {"proposal": press.proposal, "person": by, "asks": asks}
        await screen.redraw(message.chat.id, message.message_id, VOTE_RESULT, ids)


def _one_of(kind: type[Kind], value: str) -> Kind:
    """Read what a button says; raise Outdated for what no button of ours says."""
    try:
        return kind(value)
    except ValueError:
        raise Outdated from None


def _person(visitor: Visitor) -> Person:
    if visitor.person is None:
        raise NotAllowed
    return visitor.person
