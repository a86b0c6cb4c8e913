"""Who is this, in which language: known before any handler runs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.enums import ChatType
from aiogram.exceptions import AiogramError
from aiogram.types import CallbackQuery, Chat, Message, TelegramObject, Update, User

from collective import discretion
from collective.actions import speakers
from collective.errors import NotAllowed
from collective.people import DEFAULT_LANGUAGE, Account, Person, speaker
from collective.ports import Clock, Ledger
from dialogs.cards.deliveries import for_members
from dialogs.typed import WRITTEN
from locales.languages import languages
from locales.words import Words

log = structlog.get_logger()

_GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """The human behind an update.

    `person` is None before she came in, and where several share the phone and nobody has said who
    answers: then `unknown`.
    """

    account: Account
    person: Person | None
    words: Words
    #: Everyone on the account.
    persons: tuple[Person, ...] = ()
    unknown: bool = False


def person_of(visitor: Visitor) -> Person:
    """Return who she is; raise NotAllowed where nobody has come in, or said who answers."""
    if visitor.person is None:
        raise NotAllowed
    return visitor.person


class VisitorMiddleware(BaseMiddleware):
    """Finds the visitor of every update, whatever its kind: dialogs drawn by jobs need her too."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Put `visitor` and `words` beside the update."""
        user: User | None = data.get("event_from_user")
        chat: Chat | None = data.get("event_chat")
        if isinstance(event, Update) and _speaks_as_the_group(event.message):
            return await handler(event, data)
        if user is None or user.is_bot or (chat is not None and not _ours(chat, user)):
            return UNHANDLED
        private = chat is not None and chat.type == ChatType.PRIVATE
        writes = private and isinstance(event, Update) and event.message is not None
        # Only who writes to the bot gets an account: a press or a block may follow a no.
        visitor = await self._visitor(user, make=writes, back=private)
        if writes:
            await self._bury(user.id)
            await self._tidy(visitor, event)
        if visitor is not None:
            data["visitor"] = visitor
            data["words"] = visitor.words
        elif isinstance(event, Update) and event.event_type not in {"message", "my_chat_member"}:
            if event.callback_query is not None:
                # In groups, only a broadcast has a button.
                await answer_tap(event.callback_query, for_members(Words(_guess(user))))
            return UNHANDLED
        return await handler(event, data)

    async def _visitor(self, user: User, *, make: bool, back: bool) -> Visitor | None:
        async with self._ledger.reading() as store:
            account = await store.people.account(user.id)
            persons = await store.people.persons_of(account.id) if account else []
        if make if account is None else back and account.unreachable is not None:
            async with self._ledger.writing() as store:
                account = await store.people.ensure_account(
                    user.id, self._clock.now(), _guess(user)
                )
        if account is None:
            return None
        now = self._clock.now()
        person = speaker(account, persons, now)
        if person is None and len(persons) == 1 and not back:
            # In a group nothing of hers is shown, and she cannot be asked for her code.
            person = persons[0]
        if back and speakers.wears_off(account, person, now):
            async with self._ledger.writing() as store:
                await speakers.keep(store, account, person, now=now)
        return Visitor(
            account=account,
            person=person,
            words=Words(account.language or _guess(user)),
            persons=tuple(persons),
            unknown=person is None and bool(persons) and not account.newcomer(now),
        )

    async def _bury(self, chat_id: int) -> None:
        """Her message came after the chat's last card, so that card is no longer edited."""
        async with self._ledger.reading() as store:
            focus = await store.shown.focus(chat_id)
        if focus is not None and focus.last:
            async with self._ledger.writing() as store:
                await store.shown.buried(chat_id)

    async def _tidy(self, visitor: Visitor | None, event: TelegramObject) -> None:
        """See to it that what she writes goes again, where she wants that."""
        message = event.message if isinstance(event, Update) else None
        if visitor is None or message is None:
            return
        now = self._clock.now()
        account, number = visitor.account, message.message_id
        if removals := discretion.removals(account, visitor.persons, number, now=now):
            async with self._ledger.writing() as store:
                await store.outbox.add(removals, now)


class AnswerFirst(BaseMiddleware):
    """Answer a tap before anything else: on a bad line the app sends unanswered taps again."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Stop the button's spinner; a tap too old for that is handled all the same."""
        if isinstance(event, CallbackQuery):
            await answer_tap(event)
        return await handler(event, data)


async def answer_tap(query: CallbackQuery, text: str | None = None) -> None:
    """Stop a button's spinner, perhaps with a word; that it cannot be stopped hurts nobody."""
    if query.id == WRITTEN:
        return
    try:
        await query.answer(text)
    except AiogramError as fault:
        log.info("tap_unanswered", error=type(fault).__name__)


def _ours(chat: Chat, user: User) -> bool:
    """Tell a group, or a person's own chat with the bot: its number is hers."""
    return chat.type in _GROUPS or (chat.type == ChatType.PRIVATE and chat.id == user.id)


def _speaks_as_the_group(message: Message | None) -> bool:
    """Tell an anonymous administrator: Telegram shows a bot in her place, and the group itself."""
    sender = message.sender_chat if message else None
    return message is not None and sender is not None and sender.id == message.chat.id


def _guess(user: User) -> str:
    """Take the app's language where we have it, before she has chosen one."""
    code = (user.language_code or "").split("-")[0]
    return code if code in languages() else DEFAULT_LANGUAGE
