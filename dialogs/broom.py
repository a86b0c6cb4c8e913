"""What happens to messages that are in a chat already: changed, stripped, taken away."""

from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.default import Default
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.methods import TelegramMethod

from collective import discretion
from collective.outbox import Row
from collective.ports import Clock, Ledger, Store
from dialogs import keyboards
from dialogs.cards import Card, Wipe

log = structlog.get_logger()

#: Seconds Telegram may take for what a handler waits for: it has ten.
REPLY_PATIENCE = 4


class _Edit(TelegramMethod[Any]):
    """editMessageText; how Telegram shows the message then is not read, and buttons are plain."""

    __returning__ = Any
    __api_method__ = "editMessageText"

    text: str
    chat_id: int
    message_id: int
    reply_markup: dict[str, Any] | None
    parse_mode: Default = Default("parse_mode")
    link_preview_options: Default = Default("link_preview")


class _EditCaption(TelegramMethod[Any]):
    """editMessageCaption; the same for a message with a file."""

    __returning__ = Any
    __api_method__ = "editMessageCaption"

    caption: str
    chat_id: int
    message_id: int
    reply_markup: dict[str, Any] | None
    parse_mode: Default = Default("parse_mode")


class Broom:
    """Keeps a chat tidy. Calls run outside of any transaction."""

    def __init__(self, bot: Bot, ledger: Ledger, clock: Clock) -> None:
        self._bot = bot
        self._ledger = ledger
        self._clock = clock

    async def edit(self, chat_id: int, message_id: int, card: Card) -> None:
        """Show a card in a message that is there; raises what aiogram raises."""
        try:
            where: dict[str, Any] = {"chat_id": chat_id, "message_id": message_id}
            where["reply_markup"] = keyboards.written(card)
            edit: TelegramMethod[Any] = (
                _Edit(text=card.text, **where)
                if card.media is None
                else _EditCaption(caption=card.text, **where)
            )
            await self._bot(edit, request_timeout=REPLY_PATIENCE)
        except TelegramBadRequest as fault:
            if "message is not modified" not in fault.message:
                raise

    async def strip(self, chat_id: int, message_id: int) -> None:
        """Take the buttons off an old copy, which is one no more."""
        await self.bare(chat_id, message_id)
        await self._forget(chat_id, message_id)

    async def bare(self, chat_id: int, message_id: int) -> None:
        """Take the buttons off a message; that it cannot be done hurts nobody."""
        try:
            await self._bot.edit_message_reply_markup(
                chat_id=chat_id, message_id=message_id, request_timeout=REPLY_PATIENCE
            )
        except AiogramError as fault:
            log.info("strip_failed", error=type(fault).__name__)

    async def erase(self, chat_id: int, message_id: int) -> bool:
        """Take a message away now; if Telegram cannot at this moment, the outbox does it later.

        False: Telegram refuses to, as it does after 48 hours.
        """
        try:
            await self._delete(chat_id, message_id)
        except TelegramBadRequest as fault:
            log.info("not_erased", error=type(fault).__name__)
            await self.strip(chat_id, message_id)
            return False
        except AiogramError as fault:
            log.info("erasing_queued", error=type(fault).__name__)
            now = self._clock.now()
            async with self._ledger.writing() as store:
                await store.outbox.add([discretion.at_once(chat_id, message_id, now=now)], now)
        return True

    async def wipe(self, chat_id: int, wipe: Wipe) -> None:
        """Take a message away, or put its veil back; log what Telegram leaves there.

        Raises what aiogram raises where trying again may help.
        """
        said = wipe.cover
        if said is None:
            try:
                await self._delete(chat_id, wipe.message_id)
            except TelegramBadRequest:
                # Older than 48 hours: its own message can still be made to say nothing.
                said = Card(text=wipe.instead)
            else:
                return
        try:
            await self.edit(chat_id, wipe.message_id, said)
        except TelegramBadRequest as fault:
            log.warning("not_wiped", error=type(fault).__name__)
        await self._forget(chat_id, wipe.message_id)

    async def tidy(self, chat_id: int, message_id: int) -> None:
        """See to it that a message goes again, where somebody wants that of her chat."""
        async with self._ledger.writing() as store:
            await self.remove_later(store, chat_id, message_id)

    async def remove_later(
        self,
        store: Store,
        chat_id: int,
        message_id: int,
        owner: int | None = None,
        row: Row | None = None,
    ) -> None:
        """Queue what takes a message away again; see `discretion.removals`."""
        account = await store.people.account(chat_id) if chat_id > 0 else None
        if account is None:
            return
        now = self._clock.now()
        found = discretion.removals(
            account,
            await store.people.persons_of(account.id),
            message_id,
            now=now,
            owner=owner,
            row=row.id if row else None,
        )
        if found:
            await store.outbox.add(found, now)

    async def _delete(self, chat_id: int, message_id: int) -> None:
        try:
            await self._bot.delete_message(
                chat_id=chat_id, message_id=message_id, request_timeout=REPLY_PATIENCE
            )
        except TelegramBadRequest as fault:
            if "message to delete not found" not in fault.message:
                raise
        await self._forget(chat_id, message_id)

    async def _forget(self, chat_id: int, message_id: int) -> None:
        async with self._ledger.writing() as store:
            await store.shown.retire(chat_id, message_id)
