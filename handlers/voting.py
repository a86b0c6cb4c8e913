"""A ballot: presses on it, and what is typed to it."""

from contextlib import suppress
from typing import Any

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart, Filter
from aiogram.types import CallbackQuery, Message

from collective.actions import ballots
from collective.actions.ballots import Poll
from collective.actions.telling import VOTE, VOTE_AMENDED
from collective.errors import Outdated, Refusal, VoteClosed
from collective.outbox import Ids
from collective.people import Person
from collective.ports import Clock, Ledger, Store
from collective.shown import ShownCard
from collective.stopping import fold, read_wish
from dialogs import typed
from dialogs.cards import ballot, refusals
from dialogs.cards.ballot import AgedPress, BallotPress
from dialogs.screen import Screen
from handlers.deciding import person_of
from handlers.filters import Private
from handlers.middlewares import AnswerFirst, Visitor

#: What a link to a ballot says after /start; no record has a longer number.
_LINKED = rf"^{ballot.LINK}\d{{1,18}}$"


class ToBallot(Filter):
    """A text for a ballot: the card it replies to, or else the one shown last."""

    def __init__(self, *, replying: bool) -> None:
        self._replying = replying

    async def __call__(
        self, message: Message, visitor: Visitor, ledger: Ledger, screen: Screen, clock: Clock
    ) -> bool | dict[str, Any]:
        """Hand over the `card` with the `press` that the text stands for; None: it is a reason."""
        text, person = message.text or "", visitor.person
        if person is None or not text or text.startswith("/"):
            return False
        async with ledger.reading() as store:
            card = await self._card(message, person, store)
            if card is None or card.kind != VOTE:
                return False
            try:
                poll = await ballots.look(
                    store, int(card.ids["proposal"]), by=person.id, now=clock.now()
                )
            except Refusal:
                return False
            if not poll.may_vote:
                return False
            asked = await _asked_about(store, card, poll, person)
        named = await screen.named(message.chat.id, card, text)
        pressed = _ballot_press(named)
        if pressed is None and (named or read_wish(text) is not None):
            return False
        large = visitor.account.large_buttons
        press = _meant(poll, text, pressed, asks=card.asks, asked=asked, large=large)
        if press is None and not (self._explains(card) and _takes_reasons(poll)):
            return False
        return {"card": card, "press": press}

    async def _card(self, message: Message, person: Person, store: Store) -> ShownCard | None:
        replied = message.reply_to_message
        if not self._replying:
            return await store.shown.focus(message.chat.id, person.id)
        return await store.shown.at(message.chat.id, replied.message_id) if replied else None

    def _explains(self, card: ShownCard) -> bool:
        return self._replying or card.asks == ballot.REASON


def build() -> Router:
    """Return the router of presses on ballots, and of replies to one."""
    router = Router(name="voting")
    router.callback_query.middleware(AnswerFirst())
    router.callback_query.register(pressed, BallotPress.filter(), Private())
    router.callback_query.register(aged, AgedPress.filter(), Private())
    router.message.register(linked, Private(), CommandStart(magic=F.args.regexp(_LINKED)))
    router.message.register(written, Private(), ToBallot(replying=True))
    return router


def build_typed() -> Router:
    """Return the router of texts written while a ballot is the card shown last."""
    router = Router(name="typed to a ballot")
    router.message.register(written, Private(), ToBallot(replying=False))
    return router


async def pressed(
    query: CallbackQuery,
    callback_data: BallotPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Keep her vote, or show the card; the card says kindly when the vote has closed."""
    press, message, by = callback_data, query.message, person_of(visitor).id
    if message is None:
        return
    if press.do == ballot.SHOW:
        await screen.reply(message.chat.id, VOTE, {"proposal": press.proposal, "person": by})
        return
    kind, ids = await _done(press, ledger, by, clock)
    # "You wrote: …" does not stay in the chat of a secret vote.
    secret = await _secret(ledger, press.proposal)
    await screen.redraw(message.chat.id, message.message_id, kind, ids, in_place=secret)


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


async def _asked_about(store: Store, card: ShownCard, poll: Poll, person: Person) -> str | None:
    """Return the choice that a card asks about, None where it asks about none."""
    if not (card.asks or "").startswith(ballot.SURE):
        return None
    tokens = await ballots.tokens(store, poll.proposal, by=person.id)
    return ballot.asked_about(card.asks, tokens)


def _ballot_press(data: str | None) -> BallotPress | None:
    """Read the button that a text names; a spoken question has one that only plays it."""
    try:
        return BallotPress.unpack(data or "")
    except (TypeError, ValueError):
        return None


def _meant(
    poll: Poll,
    text: str,
    pressed: BallotPress | None,
    *,
    asks: str | None,
    asked: str | None,
    large: bool,
) -> BallotPress | None:
    """Return the press that a text stands for, None where it stands for none.

    A large key, which writes its number too, counts as a tap; so does a yes or no to whether
    something typed is her vote.
    """
    proposal = poll.proposal
    made = BallotPress(
        proposal=proposal.id, do=ballot.TYPED, value="", edition=proposal.terms.edition
    )
    key = large and typed.NUMBERED.fullmatch(fold(text)) is not None
    if pressed is not None and (pressed.do != ballot.CAST or key or asked is not None):
        return pressed
    if asked is not None and (agrees := typed.agrees(text)) is not None:
        do = ballot.CAST if agrees else ballot.BACK
        return made.model_copy(update={"do": do, "value": asked})
    choice = pressed.value if pressed else typed.ballot(proposal, text)
    if choice is None or asks == ballot.REASON:
        return None
    return made.model_copy(update={"value": choice})


def _takes_reasons(poll: Poll) -> bool:
    return poll.hers is not None and not poll.proposal.secret


async def _done(press: BallotPress, ledger: Ledger, by: int, clock: Clock) -> tuple[str, Ids]:
    """Do what a press says and return the card to draw: it says kindly what has changed."""
    ids: dict[str, int | str] = {"proposal": press.proposal, "person": by}
    if press.do == ballot.CAST:
        return await _cast(press, ledger, by, clock), ids
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


async def _cast(press: BallotPress, ledger: Ledger, by: int, clock: Clock) -> str:
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
