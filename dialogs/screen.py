"""Put a message in front of somebody in place of another, or anew below where it is buried."""

import structlog
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.types import CallbackQuery

from collective.actions.checkins import CARD
from collective.errors import Outdated
from collective.outbox import Ids, Row
from collective.shown import ShownCard
from dialogs import typed
from dialogs.cards import Card, refusals, veil
from dialogs.poster import Poster
from locales.languages import languages
from locales.words import Words

log = structlog.get_logger()

#: No button has a longer label, in characters: what is longer names none.
LONGEST_LABEL = 40


class Screen(Poster):
    """The one way a card reaches a chat. Sends run outside of any transaction."""

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
