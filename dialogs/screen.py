"""Draw a message and put it in front of somebody: new, in place, or later by the outbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.default import Default
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeUnion,
    BufferedInputFile,
    InlineKeyboardMarkup,
)

from collective.errors import Outdated
from collective.forms import Form
from collective.outbox import Ids, Lane, Parcel
from collective.people import Account
from collective.ports import Clock, Ledger, Store
from collective.shown import ShownCard
from dialogs import commands, keyboards, typed
from dialogs.cards import RENDER, Card, Menu, Scene, owners, refusals
from locales.languages import languages
from locales.words import Words

log = structlog.get_logger()

#: Seconds Telegram may take for a message of the outbox, and for a direct reply: a handler has
#: ten, and a reply that takes longer is sent by the outbox.
PATIENCE, REPLY_PATIENCE = 30, 4

#: No button has a longer label, in characters: what is longer names none.
LONGEST_LABEL = 40

#: Whom nobody knows yet is spoken to in the language of the country's offices.
DEFAULT_LANGUAGE = "fr"
_EVERY_PRIVATE = BotCommandScopeAllPrivateChats()
_EVERY_GROUP = BotCommandScopeAllGroupChats()


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What became of a drawing: the message it is in, None where there is none."""

    message_id: int | None


class _Edit(TelegramMethod[Any]):
    """editMessageText; how Telegram shows the message then is not read."""

    __returning__ = Any
    __api_method__ = "editMessageText"

    text: str
    chat_id: int
    message_id: int
    reply_markup: InlineKeyboardMarkup | None
    parse_mode: Default = Default("parse_mode")
    link_preview_options: Default = Default("link_preview")


class Screen:
    """The one way a card reaches a chat. Sends run outside of any transaction."""

    def __init__(self, bot: Bot, ledger: Ledger, clock: Clock, forms: Mapping[str, Form]) -> None:
        self._bot = bot
        self._ledger = ledger
        self._clock = clock
        self._forms = forms

    async def draw(
        self, chat_id: int, kind: str, ids: Ids, tongues: Sequence[Words] = ()
    ) -> Card | Menu | None:
        """Make the message in the languages of the chat; None when it no longer makes sense.

        `tongues`: in these languages instead.
        """
        async with self._ledger.reading() as store:
            return await self._draw(store, chat_id, kind, ids, tongues)

    async def named(self, chat_id: int, card: ShownCard, text: str) -> str | None:
        """Return the data of the button of a card that a text names in any of our languages."""
        if len(text) > LONGEST_LABEL:
            return None
        for lang in languages():
            drawn = await self.draw(chat_id, card.kind, card.drawn_from, (Words(lang),))
            rows = drawn.buttons if isinstance(drawn, Card) else ()
            data = typed.button([(key.label, key.data) for row in rows for key in row], text)
            if data is not None:
                return data
        return None

    async def send(
        self, chat_id: int, kind: str, ids: Ids, patience: int = PATIENCE
    ) -> Shown | None:
        """Send it as a new message; None when it no longer makes sense.

        Raises what aiogram raises, also when Telegram takes longer than `patience` seconds. An
        older copy of the same card gives up its buttons.
        """
        card = await self.draw(chat_id, kind, ids)
        if card is None:
            return None
        if isinstance(card, Menu):
            await self._set_commands(card.commands, BotCommandScopeChat(chat_id=chat_id))
            return Shown(message_id=None)
        message_id = await self._send_card(chat_id, card, patience)
        await self._remember(chat_id, message_id, card)
        return Shown(message_id=message_id)

    async def reply(self, chat_id: int, kind: str, ids: Ids) -> None:
        """Send it at once; if Telegram will not take it now, the outbox sends it later."""
        try:
            await self.send(chat_id, kind, ids, REPLY_PATIENCE)
        except (TelegramForbiddenError, TelegramBadRequest) as fault:
            log.warning("reply_refused", kind=kind, error=type(fault).__name__)
        except AiogramError as fault:
            log.info("reply_queued", kind=kind, error=type(fault).__name__)
            await self.later(chat_id, kind, ids)

    async def later(self, chat_id: int, kind: str, ids: Ids) -> None:
        """Queue it in the lane of replies."""
        now = self._clock.now()
        parcel = Parcel(chat_id=chat_id, kind=kind, ids=ids, lane=Lane.REPLY, not_before=now)
        async with self._ledger.writing() as store:
            await store.outbox.add([parcel], now)

    async def redraw(self, chat_id: int, message_id: int, kind: str, ids: Ids) -> None:
        """Show it in place while its message is the chat's last one, else as a new message.

        What no longer makes sense is told: somebody has pressed and waits.
        """
        async with self._ledger.reading() as store:
            focus = await store.shown.focus(chat_id)
            card = await self._draw(store, chat_id, kind, ids)
        if not isinstance(card, Card):
            await self.reply(chat_id, "refusal", refusals.ids_of(Outdated()))
            return
        if focus is not None and (focus.message_id != message_id or not focus.last):
            await self.strip(chat_id, message_id)
            await self.reply(chat_id, kind, ids)
            return
        if focus is not None and focus.asks != card.asks:
            async with self._ledger.writing() as store:
                await store.shown.ask(chat_id, message_id, card.asks)
        try:
            edit = _Edit(
                text=card.text,
                chat_id=chat_id,
                message_id=message_id,
                reply_markup=keyboards.inline(card),
            )
            await self._bot(edit, request_timeout=REPLY_PATIENCE)
        except TelegramBadRequest as fault:
            if "message is not modified" not in fault.message:
                await self.reply(chat_id, kind, ids)
        except AiogramError as fault:
            log.info("edit_queued", kind=kind, error=type(fault).__name__)
            await self.later(chat_id, kind, ids)

    async def set_default_menus(self) -> None:
        """Give groups and newcomers a menu; that it cannot be done now hurts nobody."""
        words = Words(DEFAULT_LANGUAGE).plain
        try:
            await self._set_commands(commands.commands_for((), words), _EVERY_PRIVATE)
            await self._set_commands(commands.group_commands(words), _EVERY_GROUP)
        except AiogramError as fault:
            log.warning("menus_not_set", error=type(fault).__name__)

    async def strip(self, chat_id: int, message_id: int) -> None:
        """Take the buttons off an old copy; that it cannot be done hurts nobody."""
        try:
            await self._bot.edit_message_reply_markup(
                chat_id=chat_id, message_id=message_id, request_timeout=REPLY_PATIENCE
            )
        except AiogramError as fault:
            log.info("strip_failed", error=type(fault).__name__)
        async with self._ledger.writing() as store:
            await store.shown.retire(chat_id, message_id)

    async def erase(self, chat_id: int, message_id: int) -> None:
        """Take a message out of the chat; one that cannot be loses its buttons."""
        try:
            await self._bot.delete_message(
                chat_id=chat_id, message_id=message_id, request_timeout=REPLY_PATIENCE
            )
        except AiogramError as fault:
            log.info("not_erased", error=type(fault).__name__)
            await self.strip(chat_id, message_id)
            return
        async with self._ledger.writing() as store:
            await store.shown.retire(chat_id, message_id)

    async def _draw(
        self, store: Store, chat_id: int, kind: str, ids: Ids, tongues: Sequence[Words] = ()
    ) -> Card | Menu | None:
        account = await store.people.account(chat_id) if chat_id > 0 else None
        scenes = [
            Scene(
                chat_id=chat_id,
                account=account,
                store=store,
                forms=self._forms,
                words=words,
                now=self._clock.now(),
            )
            for words in tongues or await _tongues(store, chat_id, account)
        ]
        drawn = [await _drawn(kind, ids, scene) for scene in scenes]
        return _in_one([each for each in drawn if each is not None])

    async def _send_card(self, chat_id: int, card: Card, patience: int) -> int:
        if card.picture is not None:
            message = await self._bot.send_photo(
                chat_id,
                BufferedInputFile(card.picture, "lisanga.png"),
                caption=card.text,
                reply_markup=keyboards.markup(card),
                disable_notification=card.silent,
                request_timeout=patience,
            )
        elif card.voice is not None:
            message = await self._bot.send_voice(
                chat_id,
                BufferedInputFile(card.voice, "voice.ogg"),
                caption=card.text,
                reply_markup=keyboards.markup(card),
                disable_notification=card.silent,
                request_timeout=patience,
            )
        else:
            message = await self._bot.send_message(
                chat_id,
                card.text,
                reply_markup=keyboards.markup(card),
                disable_notification=card.silent,
                request_timeout=patience,
            )
        return message.message_id

    async def _set_commands(
        self, listed: Sequence[tuple[str, str]], scope: BotCommandScopeUnion
    ) -> None:
        menu = [BotCommand(command=name, description=text) for name, text in listed]
        await self._bot.set_my_commands(menu, scope=scope, request_timeout=REPLY_PATIENCE)

    async def _remember(self, chat_id: int, message_id: int, card: Card) -> None:
        async with self._ledger.writing() as store:
            if card.identity is None:
                await store.shown.buried(chat_id)
                return
            kind, ids = card.identity
            older = await store.shown.find(chat_id, kind, ids)
            await store.shown.put(
                chat_id=chat_id,
                message_id=message_id,
                kind=kind,
                ids=ids,
                person_id=card.owner,
                asks=card.asks,
                now=self._clock.now(),
            )
        for old in older:
            await self.strip(chat_id, old)


async def _tongues(store: Store, chat_id: int, account: Account | None) -> Sequence[Words]:
    """Return what a chat is spoken to in: her language, or the one or two of a group."""
    if chat_id < 0:
        collective = await store.collectives.by_group(chat_id)
        codes = collective.language.languages if collective else (DEFAULT_LANGUAGE,)
        return [Words(code) for code in codes]
    return [Words((account.language if account else None) or DEFAULT_LANGUAGE)]


async def _drawn(kind: str, ids: Ids, scene: Scene) -> Card | Menu | None:
    card = await RENDER[kind](ids, scene)
    return await owners.addressed(card, scene) if isinstance(card, Card) else card


def _in_one(drawn: Sequence[Card | Menu]) -> Card | Menu | None:
    cards = [card for card in drawn if isinstance(card, Card)]
    if not cards:
        return drawn[0] if drawn else None
    texts = dict.fromkeys(card.text for card in cards)
    return replace(cards[0], text="\n\n".join(texts))
