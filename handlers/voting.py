"""A ballot: presses on it, and what is typed to it."""

from contextlib import suppress

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from collective.actions import ballots
from collective.actions.telling import VOTE, VOTE_AMENDED
from collective.errors import Outdated, VoteClosed
from collective.outbox import Ids
from collective.ports import Clock, Ledger
from collective.shown import ShownCard
from dialogs.cards import ballot, refusals
from dialogs.cards.ballot import AgedPress, BallotPress
from dialogs.screen import Screen
from handlers.filters import Private
from handlers.middlewares import AnswerFirst, Visitor, answer_tap, person_of
from handlers.voted import ToBallot

#: What a link to a ballot says after /start; no record has a longer number.
_LINKED = rf"^{ballot.LINK}\d{{1,18}}$"


def build() -> Router:
    """Return the router of presses on ballots, and of replies to one."""
    router = Router(name="voting")
    router.callback_query.register(chosen, BallotPress.filter(F.do == ballot.CAST), Private())
    router.message.register(linked, Private(), CommandStart(magic=F.args.regexp(_LINKED)))
    router.message.register(written, Private(), ToBallot(replying=True))
    others = Router(name="other presses on ballots")
    others.callback_query.middleware(AnswerFirst())
    others.callback_query.register(pressed, BallotPress.filter(), Private())
    others.callback_query.register(aged, AgedPress.filter(), Private())
    router.include_router(others)
    return router


def build_typed() -> Router:
    """Return the router of texts written while a ballot is the card shown last."""
    router = Router(name="typed to a ballot")
    router.message.register(written, Private(), ToBallot(replying=False))
    return router


async def chosen(
    query: CallbackQuery,
    callback_data: BallotPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Keep her vote, and say so over the chat: a secret one that she changes shows on no card."""
    press, by = callback_data, person_of(visitor).id
    kind, kept = await _cast(press, ledger, by, clock)
    noted = visitor.words.plain.pgettext("toast", "Thank you, it is noted.")
    await answer_tap(query, noted if kept else None)
    await _redraw(query, kind, {"proposal": press.proposal, "person": by}, ledger, screen)


async def pressed(
    query: CallbackQuery,
    callback_data: BallotPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Do what a press says, or show the card; it says kindly when the vote has closed."""
    press, by = callback_data, person_of(visitor).id
    if press.do == ballot.SHOW:
        await screen.reply(query.from_user.id, VOTE, {"proposal": press.proposal, "person": by})
        return
    kind, ids = await _done(press, ledger, by, clock)
    await _redraw(query, kind, ids, ledger, screen)


async def linked(
    message: Message,
    command: CommandObject,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Show her own ballot to whom a link in the group has led here; raise Outdated, NotAllowed."""
    if visitor.person is None:
        await screen.reply(message.chat.id, "home", {})
        return
    by, number = visitor.person.id, int((command.args or "").removeprefix(ballot.LINK))
    async with ledger.reading() as store:
        await ballots.look(store, number, by=by, now=clock.now())
    await screen.reply(message.chat.id, VOTE, {"proposal": number, "person": by})


async def aged(
    query: CallbackQuery, callback_data: AgedPress, visitor: Visitor, screen: Screen
) -> None:
    """Say that the card is old, and show it as it is now: the old press counts for nothing."""
    by, chat_id = person_of(visitor).id, query.from_user.id
    await screen.reply(chat_id, "refusal", {"refusal": refusals.CARD_OLD})
    await screen.reply(chat_id, VOTE, {"proposal": callback_data.proposal, "person": by})


async def written(
    message: Message,
    card: ShownCard,
    press: BallotPress | None,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Do what she typed, or ask whether it is her vote; of a secret one nothing stays to read."""
    by, number, chat_id = person_of(visitor).id, int(card.ids["proposal"]), message.chat.id
    if press is None:
        await _explained(message.text or "", number, ledger, by, clock)
        await screen.reply(chat_id, VOTE, {"proposal": number, "person": by})
        return
    kind, ids = await _done(press, ledger, by, clock)
    if await _secret(ledger, number):
        if not await screen.erase(chat_id, message.message_id):
            ids = {**ids, "left": 1}
        if (card.asks or "").startswith(ballot.SURE):
            await screen.erase(chat_id, card.message_id)
    await screen.reply(chat_id, kind, ids)


async def _done(press: BallotPress, ledger: Ledger, by: int, clock: Clock) -> tuple[str, Ids]:
    """Do what a press says and return the card to draw: it says kindly what has changed."""
    ids: dict[str, int | str] = {"proposal": press.proposal, "person": by}
    if press.do == ballot.CAST:
        kind, _ = await _cast(press, ledger, by, clock)
        return kind, ids
    if press.do == ballot.TAKE:
        with suppress(VoteClosed):
            async with ledger.writing() as store:
                await ballots.take_back(store, press.proposal, by=by, now=clock.now())
            ids["taken"] = 1
    elif press.do == ballot.WHY:
        ids["asks"] = ballot.REASON
    elif press.do == ballot.TYPED:
        async with ledger.reading() as store:
            poll = await ballots.look(store, press.proposal, by=by, now=clock.now())
            tokens = await ballots.tokens(store, poll.proposal, by=by)
        ids["asks"] = ballot.SURE + tokens.get(press.value, "")
    return VOTE, ids


async def _redraw(
    query: CallbackQuery, kind: str, ids: Ids, ledger: Ledger, screen: Screen
) -> None:
    if query.message is None:
        return
    # "You wrote: …" does not stay in the chat of a secret vote.
    secret = await _secret(ledger, int(ids["proposal"]))
    chat_id, number = query.message.chat.id, query.message.message_id
    await screen.redraw(chat_id, number, kind, ids, in_place=secret)


async def _cast(press: BallotPress, ledger: Ledger, by: int, clock: Clock) -> tuple[str, bool]:
    """Keep her vote; return the card to draw, and whether it is kept."""
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
            return VOTE_AMENDED, False
        return VOTE, True
    return VOTE, False


async def _explained(text: str, number: int, ledger: Ledger, by: int, clock: Clock) -> None:
    """Keep what she typed as the reason of her vote."""
    now = clock.now()
    async with ledger.writing() as store:
        poll = await ballots.look(store, number, by=by, now=now)
        if poll.hers is not None:
            await ballots.cast(store, number, poll.hers.choice, reason=text, by=by, now=now)


async def _secret(ledger: Ledger, number: int) -> bool:
    async with ledger.reading() as store:
        proposal = await store.proposals.get(number)
    return proposal is not None and proposal.secret
