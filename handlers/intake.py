"""Handles updates: in turn within a chat, side by side across chats, each tried and put on record.

How updates come in and are confirmed is `polling.py` and `webhook.py`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from functools import partial
from time import monotonic

import structlog
from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.exceptions import AiogramError, TelegramRetryAfter
from aiogram.types import Update

from collective.faults import severity
from collective.ports import Clock, Ledger
from dialogs.cards import refusals
from dialogs.screen import Screen
from handlers.raw import Raw, Unreadable, chat_of, chats_of, kind_of, read

log = structlog.get_logger()

#: Seconds a handler may take; what takes longer belongs into the outbox.
HANDLER = 10.0
#: Tries before an update is given up on, and the pause between two, in seconds.
TRIES = 3
PAUSE = 0.3
#: How many handled updates are remembered, so that one that comes again is not handled twice.
REMEMBERED = 1000
#: Kinds of updates whose sender waits for an answer.
_ANSWERED = frozenset({"message", "callback_query"})


class Intake:
    """Takes one update after the other; its tasks live in the nursery of whoever gives them."""

    def __init__(
        self, bot: Bot, dispatcher: Dispatcher, ledger: Ledger, screen: Screen, clock: Clock
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._ledger = ledger
        self._screen = screen
        self._clock = clock
        self._handled: dict[int, None] = {}
        #: Chats that were told that nothing can be saved now; each is told once.
        self._told: set[int] = set()
        self._last_in_chat: dict[int, asyncio.Task[bool]] = {}
        #: Set when nothing more is to be taken up.
        self.stopping = asyncio.Event()
        #: What is being handled, by update id.
        self.open: dict[int, asyncio.Task[bool]] = {}

    def open_count(self) -> int:
        """How many updates are being handled."""
        return len(self.open)

    def stop(self) -> None:
        """Let what is open be handled, and try nothing again."""
        self.stopping.set()

    def kinds(self) -> list[str]:
        """Name the kinds of updates that somebody handles."""
        return self._dispatcher.resolve_used_update_types()

    def take(self, raw: Raw, nursery: asyncio.TaskGroup) -> asyncio.Task[bool] | None:
        """Handle an update after those of its chat that came before; None when it has been.

        The task tells whether the update is done with, handled or put on record as dead; one that
        comes again meanwhile is given the same task.
        """
        number = int(raw["update_id"])
        if number in self.open or number in self._handled:
            return self.open.get(number)
        chats = chats_of(raw)
        before = {self._last_in_chat[chat] for chat in chats if chat in self._last_in_chat}
        task = nursery.create_task(self._in_turn(raw, before))
        self.open[number] = task
        self._last_in_chat |= dict.fromkeys(chats, task)
        task.add_done_callback(partial(self._end, number, chats))
        return task

    async def pause(self, seconds: float) -> None:
        """Wait, but not when we are stopping."""
        try:
            async with asyncio.timeout(seconds):
                await self.stopping.wait()
        except TimeoutError:
            return

    def _end(self, number: int, chats: Collection[int], task: asyncio.Task[bool]) -> None:
        del self.open[number]
        for chat in chats:
            if self._last_in_chat.get(chat) is task:
                del self._last_in_chat[chat]
        if not task.cancelled() and task.result():
            self._handled[number] = None
            if len(self._handled) > REMEMBERED:
                del self._handled[next(iter(self._handled))]

    async def _in_turn(self, raw: Raw, before: Collection[asyncio.Task[bool]]) -> bool:
        if before:
            await asyncio.wait(before)
        try:
            update = read(raw, self._bot)
        except Unreadable as fault:
            await self._pass_over(raw, fault)
            return True
        while not await self._handle(raw, update):
            # Neither handled nor put on record: the database is away. It is not confirmed.
            if self.stopping.is_set():
                return False
            await self._own_up(raw)
            await self.pause(PAUSE * 10)
        self._told.discard(chat_of(raw))
        return True

    async def _own_up(self, raw: Raw) -> None:
        """Say that nothing can be saved, once, to who waits for an answer."""
        chat = chat_of(raw)
        if chat in self._told or kind_of(raw) not in _ANSWERED:
            return
        self._told.add(chat)
        await self._say(chat, refusals.NOT_SAVED, self._screen.tell)

    async def _pass_over(self, raw: Raw, fault: Unreadable) -> None:
        """Say so where somebody waits for an answer; trying again would read nothing else."""
        kind = kind_of(raw)
        log.warning("update_unreadable", update=raw["update_id"], kind=kind, error=str(fault))
        if kind in _ANSWERED:
            await self._say(chat_of(raw), refusals.NOT_UNDERSTOOD, self._refuse)

    async def _handle(self, raw: Raw, update: Update) -> bool:
        """Try an update; tell whether it is done with, handled or put on record as dead."""
        error = ""
        for attempt in range(1, TRIES + 1):
            started = monotonic()
            try:
                async with asyncio.timeout(HANDLER):
                    found = await self._dispatcher.feed_update(self._bot, update)
            except (Exception, asyncio.CancelledError) as fault:
                if _cancelled():
                    raise
                error = type(fault).__name__
                log.warning(
                    "update_failed",
                    update=raw["update_id"],
                    kind=kind_of(raw),
                    attempt=attempt,
                    error=error,
                    seconds=round(monotonic() - started, 3),
                )
                if self.stopping.is_set():
                    return False
                await self.pause(_before_next(fault, attempt))
            else:
                if found is UNHANDLED:
                    log.info("update_ignored", update=raw["update_id"], kind=kind_of(raw))
                return True
        return await self._bury(raw, error)

    async def _bury(self, raw: Raw, error: str) -> bool:
        """Put an update on record that failed every time, and ask the person to press again."""
        number, kind = raw["update_id"], kind_of(raw)
        try:
            async with self._ledger.writing() as store:
                await store.dead_updates.add(number, kind, error, self._clock.now())
        except Exception as fault:  # noqa: BLE001 - the caller tries again
            log.log(severity(fault), "update_not_buried", update=number, error=fault)
            return False
        log.error("update_dead", update=number, kind=kind, error=error)
        await self._say(chat_of(raw), refusals.PRESS_AGAIN, self._refuse)
        return True

    async def _refuse(self, chat: int, refusal: str) -> None:
        await self._screen.reply(chat, "refusal", {"refusal": refusal})

    async def _say(
        self, chat: int, refusal: str, how: Callable[[int, str], Awaitable[None]]
    ) -> None:
        """Answer in a private chat, if that can be done."""
        if chat <= 0:
            return
        try:
            async with asyncio.timeout(HANDLER):
                await how(chat, refusal)
        except AiogramError as fault:
            log.warning("not_said", reason=refusal, error=type(fault).__name__)
        except Exception as fault:  # noqa: BLE001 - the next update may come
            log.log(severity(fault), "not_said", reason=refusal, error=fault)


def _before_next(fault: BaseException, attempt: int) -> float:
    """Seconds until the next try; as long as Telegram asked, where a wizard could not be drawn."""
    if isinstance(fault, TelegramRetryAfter):
        return min(float(fault.retry_after), HANDLER)
    return PAUSE * attempt


def _cancelled() -> bool:
    """Whether somebody cancelled this very task: what a handler awaited may be cancelled too."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
