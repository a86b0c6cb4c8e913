"""What is written, spoken or shown to a look-back."""

from dataclasses import replace
from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message

from collective.actions import looking_back
from collective.broadcasts import KEPT_BYTES
from collective.errors import FileTooHeavy
from collective.own_words import VoiceNote
from collective.ports import Clock, Ledger
from collective.shown import ShownCard
from collective.stopping import read_wish
from dialogs.cards import look_back, refusals
from dialogs.cards.look_back import ALL_OF_IT, PHOTO, WORDS
from dialogs.screen import Screen
from handlers.answers import addressed
from handlers.filters import Private
from handlers.middlewares import Visitor, person_of


class ToLookBack(Filter):
    """A message for a look-back: the card it replies to, or else the one shown last.

    Words are taken where they are asked, voice notes and photos wherever it stands. On the way
    other words are for it too, but not a number: that answers a check-in behind it.
    """

    def __init__(self, *, replying: bool) -> None:
        self._replying = replying

    async def __call__(
        self, message: Message, visitor: Visitor, ledger: Ledger, screen: Screen
    ) -> bool | dict[str, Any]:
        """Hand over the `card`, and whether it is replied to."""
        text = message.text or ""
        if text.startswith("/") or read_wish(text) is not None:
            return False
        if visitor.person is None:
            return False
        async with ledger.reading() as store:
            card = await addressed(store, message, visitor.person.id, replying=self._replying)
        if card is None or card.kind != look_back.CARD:
            return False
        finished = card.asks == ALL_OF_IT or text.strip().isdecimal()
        if text and card.asks != WORDS and finished and not self._replying:
            return False
        if text and await screen.named(message.chat.id, card, text) is not None:
            return False
        return {"card": card, "replying": self._replying}


def build() -> Router:
    """Return the router of replies to a look-back."""
    return _router(Router(name="replies to a look-back"), replying=True)


def build_typed() -> Router:
    """Return the router of what is sent while a look-back is the card shown last."""
    return _router(Router(name="sent to a look-back"), replying=False)


def _router(router: Router, *, replying: bool) -> Router:
    for handler, kind in ((written, F.text), (spoken, F.voice), (shown, F.photo)):
        router.message.register(handler, Private(), kind, ToLookBack(replying=replying))
    router.message.register(filed, Private(), F.document, ToLookBack(replying=replying))
    return router


async def written(
    message: Message,
    card: ShownCard,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
    *,
    replying: bool,
) -> None:
    """Keep what was learned in words, or say that a press is asked; raise TextTooLong."""
    if card.asks != WORDS and not replying:
        await _ask_again(message, card, refusals.NOT_A_BUTTON, screen)
        return
    number, by = int(card.ids["activity"]), person_of(visitor).id
    async with ledger.writing() as store:
        await looking_back.write(store, number, message.text or "", by=by, now=clock.now())
    await _go_on(message, card, screen)


async def spoken(
    message: Message,
    card: ShownCard,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Keep what was learned as a voice note; raise VoiceTooLong."""
    number, by, voice = int(card.ids["activity"]), person_of(visitor).id, message.voice
    if voice is not None:
        note = VoiceNote(file_id=voice.file_id, seconds=voice.duration, size=voice.file_size)
        async with ledger.writing() as store:
            await looking_back.speak(store, number, note, by=by, now=clock.now())
    await _go_on(message, card, screen)


async def shown(
    message: Message,
    card: ShownCard,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Keep a photo; raise FileTooHeavy."""
    number, by = int(card.ids["activity"]), person_of(visitor).id
    largest = (message.photo or [])[-1]
    async with ledger.writing() as store:
        await looking_back.show(
            store, number, largest.file_id, largest.file_size, by=by, now=clock.now()
        )
    await _go_on(message, replace(card, asks=PHOTO), screen)


async def filed(message: Message, card: ShownCard, screen: Screen) -> None:
    """Say what is wrong with a file: it is too heavy, or it is not sent as a photo."""
    document = message.document
    if document is not None and (document.file_size or 0) > KEPT_BYTES:
        raise FileTooHeavy(limit=KEPT_BYTES // 1_000_000)
    await _ask_again(message, card, refusals.NOT_A_PHOTO, screen)


async def _ask_again(message: Message, card: ShownCard, why: str, screen: Screen) -> None:
    await screen.reply(message.chat.id, "refusal", {"refusal": why})
    await screen.reply(message.chat.id, card.kind, card.drawn_from)


async def _go_on(message: Message, card: ShownCard, screen: Screen) -> None:
    """Ask the next thing: after words the photo, after the photo nothing more."""
    asks = {WORDS: PHOTO, PHOTO: ALL_OF_IT}.get(card.asks or "", card.asks or ALL_OF_IT)
    await screen.reply(message.chat.id, card.kind, {**card.ids, "asks": asks})
