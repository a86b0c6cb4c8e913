"""Put a message in front of somebody: new, in place, or later by the outbox."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeUnion,
    CallbackQuery,
)

from collective import discretion
from collective.actions import reaching
from collective.actions.broadcasts import REPORT
from collective.actions.checkins import CARD
from collective.actions.telling import VOTE
from collective.errors import Outdated
from collective.forms import Form
from collective.outbox import Ids, Lane, Parcel, Row
from collective.people import DEFAULT_LANGUAGE
from collective.ports import Clock, Ledger, Store
from collective.retention import Retention
from collective.shown import ShownCard
from dialogs import commands, typed
from dialogs.broom import REPLY_PATIENCE, Broom
from dialogs.cards import Card, Menu, Scene, Wipe, ballot, refusals, veil
from dialogs.drawing import Drawing, draw
from dialogs.sending import send_card
from locales.languages import languages
from locales.words import Words

log = structlog.get_logger()

#: Seconds Telegram may take for a message of the outbox. A direct reply that takes longer than
#: REPLY_PATIENCE is sent by the outbox.
PATIENCE = 30

#: Of these an older copy goes: a veil without its button would say nothing, a report's counts
#: would be wrong.
_REPLACED = {veil.VEIL, REPORT}

#: No button has a longer label, in characters: what is longer names none.
LONGEST_LABEL = 40

#: How long what is kept, where the operator says nothing.
_AS_SHIPPED = Retention()
_EVERY_PRIVATE = BotCommandScopeAllPrivateChats()
_EVERY_GROUP = BotCommandScopeAllGroupChats()

#: The kind of an older copy of a card, and the message it is in.
Older = tuple[str, int]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What became of a drawing: the message it is in, None where there is none."""

    message_id: int | None
    #: What is to be remembered of it; None: nothing.
    card: Card | None = None


class Screen(Broom):
    """The one way a card reaches a chat. Sends run outside of any transaction."""

    def __init__(
        self,
        bot: Bot,
        ledger: Ledger,
        clock: Clock,
        forms: Mapping[str, Form],
        keep: Retention = _AS_SHIPPED,
        *,
        username: str,
    ) -> None:
        super().__init__(bot, ledger, clock)
        self._forms = forms
        self._keep = keep
        self._username = username

    async def draw(
        self,
        chat_id: int,
        kind: str,
        ids: Ids,
        *,
        tongues: Sequence[Words] = (),
    ) -> Drawing | None:
        """Make the message; see `drawing.draw`."""
        async with self._ledger.reading() as store:
            return await self._draw(store, chat_id, kind, ids, tongues=tongues)

    async def named(self, chat_id: int, card: ShownCard, text: str) -> str | None:
        """Return the data of the button of a card that a text names in any of our languages."""
        if len(text) > LONGEST_LABEL or card.kind == veil.VEIL:
            return None
        for lang in languages():
            drawn = await self.draw(chat_id, card.kind, card.drawn_from, tongues=(Words(lang),))
            rows = drawn.buttons if isinstance(drawn, Card) else ()
            data = typed.button([(key.label, key.data) for row in rows for key in row], text)
            if data is not None:
                return data
        return None

    async def send(
        self,
        chat_id: int,
        kind: str,
        ids: Ids,
        patience: int = PATIENCE,
    ) -> Shown | None:
        """Send it as a new message; None when it no longer makes sense.

        Raises what aiogram raises, also when Telegram takes longer than `patience` seconds. An
        older copy of the same card gives up its buttons.
        """
        drawing = await self.draw(chat_id, kind, ids)
        if drawing is None:
            return None
        shown = await self.hand_over(chat_id, drawing, patience)
        if shown.card is not None:
            async with self._ledger.writing() as store:
                older = await self.remember(store, chat_id, shown)
            await self.clear(chat_id, older)
        return shown

    async def drawn(self, store: Store, row: Row) -> Drawing | None:
        """Draw what the outbox brings, veiled where others may look; see `drawing.draw`."""
        return await self._draw(store, row.chat_id, row.kind, row.ids, row)

    async def hand_over(self, chat_id: int, drawing: Drawing, patience: int = PATIENCE) -> Shown:
        """Give a drawing to Telegram, to be remembered then; raises what aiogram raises."""
        if isinstance(drawing, Menu):
            await self._set_commands(drawing.commands, BotCommandScopeChat(chat_id=chat_id))
            return Shown(message_id=None)
        if isinstance(drawing, Wipe):
            await self.wipe(chat_id, drawing)
            return Shown(message_id=None)
        message_id = await send_card(self._bot, self._ledger, chat_id, drawing, patience)
        return Shown(message_id=message_id, card=drawing)

    async def remember(
        self, store: Store, chat_id: int, shown: Shown, row: Row | None = None
    ) -> list[Older]:
        """Keep what a chat shows now; return older copies of the card, to be cleared."""
        card, message_id = shown.card, shown.message_id
        if card is None or message_id is None:
            return []
        if chat_id < 0:
            await reaching.find_again(store, chat_id, now=self._clock.now())
        if card.identity is None or card.identity[0] != veil.VEIL:
            await self.remove_later(store, chat_id, message_id, card.owner, row)
        older: list[Older] = []
        for kind, ids in veil.copies(card.identity) if card.identity else ():
            older += [(kind, each) for each in await store.shown.find(chat_id, kind, ids)]
        newest = max((each for _, each in older), default=0)
        if card.identity and newest > message_id:
            # Telegram's answer was slow: she pressed meanwhile, and the card went on below.
            return [(card.identity[0], message_id)]
        if card.identity is None:
            await store.shown.buried(chat_id)
        await self._hush(store, chat_id, older)
        await self._put(store, chat_id, message_id, card)
        return older

    async def _hush(self, store: Store, chat_id: int, older: Sequence[Older]) -> None:
        """Queue what takes away each copy that names a vote she typed and never confirmed."""
        now = self._clock.now()
        for kind, message_id in older:
            card = await store.shown.at(chat_id, message_id) if kind == VOTE else None
            if card is not None and (card.asks or "").startswith(ballot.SURE):
                await store.outbox.add([discretion.at_once(chat_id, message_id, now=now)], now)

    async def clear(self, chat_id: int, older: Sequence[Older]) -> None:
        """Take older copies away, or at least their buttons."""
        for kind, message_id in older:
            await (self.erase if kind in _REPLACED else self.strip)(chat_id, message_id)

    async def reply(self, chat_id: int, kind: str, ids: Ids) -> None:
        """Send it at once; if Telegram will not take it now, the outbox sends it later."""
        try:
            await self.send(chat_id, kind, ids, REPLY_PATIENCE)
        except (TelegramForbiddenError, TelegramBadRequest) as fault:
            log.warning("reply_refused", kind=kind, error=type(fault).__name__)
        except AiogramError as fault:
            log.info("reply_queued", kind=kind, error=type(fault).__name__)
            await self.later(chat_id, kind, ids)

    async def reaches_telegram(self) -> bool:
        """Ask something that has no effect; tell whether it was answered."""
        try:
            await self._bot.get_me(request_timeout=REPLY_PATIENCE)
        except AiogramError:
            return False
        return True

    async def tell(self, chat_id: int, refusal: str) -> None:
        """Say it at once and put nothing on record: nothing can be saved.

        In every language where hers cannot be read. Raises what aiogram raises.
        """
        tongues = languages()
        with suppress(Exception):  # the database may be away altogether
            async with self._ledger.reading() as store:
                account = await store.people.account(chat_id)
            if account is not None and account.language:
                tongues = (account.language,)
        said = [refusals.sentence({"refusal": refusal}, Words(lang)) for lang in tongues]
        # Nothing of hers is in it: it need not be wiped again.
        card = Card(text="\n\n".join(said))
        await send_card(self._bot, self._ledger, chat_id, card, REPLY_PATIENCE)

    async def later(self, chat_id: int, kind: str, ids: Ids) -> None:
        """Queue it in the lane of replies."""
        now = self._clock.now()
        parcel = Parcel(chat_id=chat_id, kind=kind, ids=ids, lane=Lane.REPLY, not_before=now)
        async with self._ledger.writing() as store:
            await store.outbox.add([parcel], now)

    async def redraw(
        self, chat_id: int, message_id: int, kind: str, ids: Ids, *, in_place: bool = False
    ) -> None:
        """Show it in place while its message is the chat's last one, else as a new message.

        `in_place`: wherever the message stands, so that nothing is left of what it said.
        What no longer makes sense is told: somebody has pressed and waits.
        """
        async with self._ledger.reading() as store:
            focus = await store.shown.focus(chat_id)
            card = await self._draw(store, chat_id, kind, ids)
        if not isinstance(card, Card):
            await self.reply(chat_id, "refusal", refusals.ids_of(Outdated()))
            return
        last = focus is None or (focus.message_id == message_id and focus.last)
        if card.large or not (last or in_place):
            await (self.erase if in_place else self.strip)(chat_id, message_id)
            await self.reply(chat_id, kind, ids)
            return
        if focus is not None and focus.asks != card.asks:
            async with self._ledger.writing() as store:
                await store.shown.ask(chat_id, message_id, card.asks)
        try:
            await self.edit(chat_id, message_id, card)
        except TelegramBadRequest:
            await self.reply(chat_id, kind, ids)
        except AiogramError as fault:
            log.info("edit_queued", kind=kind, error=type(fault).__name__)
            await self.later(chat_id, kind, ids)

    async def turn(self, query: CallbackQuery, kind: str, ids: Ids) -> None:
        """Show a page in place of the one whose button was pressed."""
        if query.message is not None:
            await self.redraw(query.message.chat.id, query.message.message_id, kind, ids)

    async def refresh(self, chat_id: int, kind: str, ids: Ids) -> None:
        """Show a card anew in its place, wherever in the chat that is; where it is not, nothing."""
        async with self._ledger.reading() as store:
            found = await store.shown.find(chat_id, kind, ids)
            card = await self._draw(store, chat_id, kind, ids) if found else None
        if isinstance(card, Card):
            try:
                await self.edit(chat_id, max(found), card)
            except AiogramError as fault:
                log.info("not_refreshed", kind=kind, error=type(fault).__name__)

    async def retell(self, chat_id: int) -> None:
        """Say the check-in that waits in this chat anew, in the language she has chosen now."""
        async with self._ledger.reading() as store:
            waiting = await store.shown.focus(chat_id, kind=CARD)
        if waiting is None:
            return
        card = await self.draw(chat_id, waiting.kind, waiting.ids)
        if isinstance(card, Card):
            try:
                await self.edit(chat_id, waiting.message_id, card)
            except AiogramError as fault:
                log.info("not_retold", error=type(fault).__name__)

    async def set_default_menus(self) -> None:
        """Give groups and newcomers a menu; that it cannot be done now hurts nobody."""
        words = Words(DEFAULT_LANGUAGE).plain
        try:
            await self._set_commands(commands.commands_for((), words), _EVERY_PRIVATE)
            await self._set_commands(commands.group_commands(words), _EVERY_GROUP)
        except AiogramError as fault:
            log.warning("menus_not_set", error=type(fault).__name__)

    async def lift(self, row: Row, message_id: int) -> None:
        """Show what a veil covers in its place, wherever in the chat that is."""
        chat_id, kind = row.chat_id, veil.LIFTED.get(row.kind, row.kind)
        card = await self.draw(chat_id, row.kind, row.ids) if row.kind in veil.NEWS else None
        if card is None:
            card = await self.draw(chat_id, kind, row.ids)
        if not isinstance(card, Card):
            await self.erase(chat_id, message_id)
            await self.reply(chat_id, "refusal", refusals.ids_of(Outdated()))
            return
        if card.media is not None or card.large:
            # No text becomes a picture, a voice or a file, or gets large keys. The veil stays, to
            # be lifted again; over a card that is remembered it goes.
            await self.reply(chat_id, kind, row.ids)
            return
        try:
            await self.edit(chat_id, message_id, card)
        except AiogramError as fault:
            log.info("edit_queued", kind=kind, error=type(fault).__name__)
            await self.later(chat_id, kind, row.ids)
            return
        async with self._ledger.writing() as store:
            focus = await store.shown.focus(chat_id)
            last = focus is not None and focus.message_id == message_id and focus.last
            await store.shown.retire(chat_id, message_id)
            await self._put(store, chat_id, message_id, card, last=last)
            await self.remove_later(store, chat_id, message_id, row.person, row)

    async def _draw(
        self,
        store: Store,
        chat_id: int,
        kind: str,
        ids: Ids,
        row: Row | None = None,
        tongues: Sequence[Words] = (),
    ) -> Drawing | None:
        scene = partial(
            Scene,
            forms=self._forms,
            keep=self._keep,
            username=self._username,
            now=self._clock.now(),
        )
        return await draw(store, scene, chat_id, kind, ids, row=row, tongues=tongues)

    async def _set_commands(
        self, listed: Sequence[tuple[str, str]], scope: BotCommandScopeUnion
    ) -> None:
        menu = [BotCommand(command=name, description=text) for name, text in listed]
        await self._bot.set_my_commands(menu, scope=scope, request_timeout=REPLY_PATIENCE)

    async def _put(
        self, store: Store, chat_id: int, message_id: int, card: Card, *, last: bool = True
    ) -> None:
        if card.identity is None:
            return
        kind, ids = card.identity
        await store.shown.put(
            chat_id=chat_id,
            message_id=message_id,
            kind=kind,
            ids=ids,
            person_id=card.owner,
            asks=card.asks,
            last=last,
            now=self._clock.now(),
        )
