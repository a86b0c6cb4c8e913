"""Give a card to a chat as a new message: now, or later by the outbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError
from aiogram.types import BotCommandScopeChat

from collective import discretion
from collective.actions import reaching
from collective.actions.broadcasts import REPORT
from collective.actions.telling import VOTE
from collective.faults import severity
from collective.forms import Form
from collective.outbox import Ids, Lane, Parcel, Row
from collective.ports import Clock, Ledger, Store
from collective.retention import Retention
from dialogs import menus
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

#: How long what is kept, where the operator says nothing.
_AS_SHIPPED = Retention()

#: The kind of an older copy of a card, and the message it is in.
Older = tuple[str, int]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What became of a drawing: the message it is in, None where there is none."""

    message_id: int | None
    #: What is to be remembered of it; None: nothing.
    card: Card | None = None


class Poster(Broom):
    """Sends cards and remembers what a chat shows. Sends run outside of any transaction."""

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
            await menus.put(self._bot, drawing.commands, BotCommandScopeChat(chat_id=chat_id))
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
        try:
            async with self._ledger.reading() as store:
                account = await store.people.account(chat_id)
            if account is not None and account.language:
                tongues = (account.language,)
        except Exception as fault:  # noqa: BLE001 - whatever it is, she must be told
            log.log(severity(fault), "language_unread", error=fault)
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
