"""What a text says to a ballot: a vote, a yes or no to one that was typed, a button, a reason."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import Message

from collective.actions import ballots
from collective.actions.ballots import Poll
from collective.actions.telling import VOTE
from collective.errors import Refusal
from collective.letters import fold
from collective.ports import Clock, Ledger, Store
from collective.shown import ShownCard
from collective.stopping import read_wish
from dialogs import typed
from dialogs.cards import ballot
from dialogs.cards.ballot import BallotPress
from dialogs.screen import Screen
from handlers.answers import addressed
from handlers.middlewares import Visitor


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
            card = await addressed(store, message, person.id, replying=self._replying)
            if card is None or card.kind != VOTE:
                return False
            poll = await _poll(store, card, person.id, clock)
            if poll is None:
                return False
            # Older than the card, it was written before she could see it, or comes again.
            new = message.message_id > card.message_id
            asked = await _asked_about(store, card, poll, person.id) if new else None
        named = await screen.named(message.chat.id, card, text)
        pressed = _ballot_press(named)
        if pressed is None and (named or read_wish(text) is not None):
            return False
        large = new and visitor.account.large_buttons
        press = _meant(poll, text, pressed, asks=card.asks, asked=asked, large=large)
        explains = self._replying or card.asks == ballot.REASON
        if press is None and not (explains and poll.hers is not None and not poll.proposal.secret):
            return False
        return {"card": card, "press": press}


async def _poll(store: Store, card: ShownCard, person_id: int, clock: Clock) -> Poll | None:
    """Return the vote, None where she cannot vote in it now."""
    try:
        number = int(card.ids["proposal"])
        poll = await ballots.look(store, number, by=person_id, now=clock.now())
    except Refusal:
        return None
    return poll if poll.may_vote else None


async def _asked_about(store: Store, card: ShownCard, poll: Poll, person_id: int) -> str | None:
    """Return the choice that a card asks about, None where it asks about none."""
    if not (card.asks or "").startswith(ballot.SURE):
        return None
    tokens = await ballots.tokens(store, poll.proposal, by=person_id)
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
    key = large and typed.NUMBERED.fullmatch(fold(text)) is not None
    if pressed is not None and (pressed.do != ballot.CAST or key or asked is not None):
        return pressed
    if asked is not None and (agrees := typed.agrees(text)) is not None:
        return _made(poll, ballot.CAST if agrees else ballot.BACK, asked)
    choice = pressed.value if pressed else typed.ballot(poll.proposal, text)
    if choice is None or asks == ballot.REASON:
        return None
    return _made(poll, ballot.TYPED, choice)


def _made(poll: Poll, do: str, choice: str) -> BallotPress:
    proposal = poll.proposal
    edition = proposal.terms.edition
    return BallotPress(proposal=proposal.id, do=do, value=choice, edition=edition)
