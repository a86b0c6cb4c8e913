"""Updates come in by polling and are confirmed to Telegram only after they were handled."""

import asyncio
from functools import partial
from time import monotonic

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import AiogramError, TelegramRetryAfter
from aiogram.methods import DeleteWebhook

from collective.ports import Clock, Ledger
from dialogs.cards import refusals
from dialogs.screen import Screen
from handlers.raw import Raw, RawUpdates, chat_of, kind_of

log = structlog.get_logger()

#: Seconds a handler may take; what takes longer belongs into the outbox.
HANDLER = 10.0
#: Tries before an update is given up on, and the pause between two, in seconds.
TRIES = 3
PAUSE = 0.3
#: Seconds Telegram may hold a poll open; seconds until it is asked again beside slow handlers.
LONG_POLL = 30
BREATH = 0.5
#: Longest pause after Telegram could not be reached, in seconds.
BACKOFF = 30.0


class Intake:
    """Takes updates as they come, in order within a chat, at most a hundred unconfirmed."""

    def __init__(
        self, bot: Bot, dispatcher: Dispatcher, ledger: Ledger, screen: Screen, clock: Clock
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._ledger = ledger
        self._screen = screen
        self._clock = clock
        self._stopping = asyncio.Event()
        self._open: dict[int, asyncio.Task[None]] = {}
        self._finished: set[int] = set()
        #: Taken up and not handled when we stopped: Telegram sends them again.
        self._left: set[int] = set()
        self._last_in_chat: dict[int, asyncio.Task[None]] = {}
        self._next = 0

    def open_count(self) -> int:
        """How many updates are being handled."""
        return len(self._open)

    def stop(self) -> None:
        """Take up nothing more; `run` returns when what is open has been handled."""
        self._stopping.set()

    async def run(self) -> None:
        """Poll until stopped, then wait for open handlers and confirm what they did."""
        await self._prepare()
        async with asyncio.TaskGroup() as nursery:
            failures = 0
            while not self._stopping.is_set():
                try:
                    batch = await self._fetch()
                    failures = 0
                except Exception as fault:  # noqa: BLE001 - whatever a bad line brings, we ask again
                    failures += 1
                    await self._recover(fault, failures)
                    continue
                self._start(nursery, batch)
                if self._open:
                    await asyncio.wait(self._open.values(), timeout=BREATH)
        await self._confirm()

    async def _prepare(self) -> None:
        try:
            await self._bot(DeleteWebhook())
        except AiogramError as fault:
            log.warning("webhook_not_removed", error=type(fault).__name__)

    async def _fetch(self) -> list[Raw]:
        # While the answer travels, more are finished than this offset confirms: they are kept.
        offset = self._offset()
        self._finished = {each for each in self._finished if each >= offset}
        method = RawUpdates(
            offset=offset or None,
            timeout=LONG_POLL,
            allowed_updates=self._dispatcher.resolve_used_update_types(),
        )
        poll = asyncio.ensure_future(self._bot(method, request_timeout=LONG_POLL + 15))
        stop = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({poll, stop}, return_when=asyncio.FIRST_COMPLETED)
            return poll.result() if poll.done() else []
        finally:
            for each in (poll, stop):
                each.cancel()

    def _offset(self) -> int:
        """The first update that is not handled yet; everything before it is confirmed by asking."""
        return min(self._open, default=self._next)

    def _start(self, nursery: asyncio.TaskGroup, batch: list[Raw]) -> None:
        for raw in batch:
            number = int(raw["update_id"])
            self._next = number + 1
            if number in self._open or number in self._finished:
                continue
            chat = chat_of(raw)
            task = nursery.create_task(self._in_turn(raw, self._last_in_chat.get(chat)))
            self._open[number] = task
            self._last_in_chat[chat] = task
            task.add_done_callback(partial(self._end, number, chat))

    def _end(self, number: int, chat: int, task: asyncio.Task[None]) -> None:
        self._open.pop(number, None)
        if task.cancelled():
            # Not handled: it is asked for again.
            self._next = min(self._next, number)
        else:
            self._finished.add(number)
        if self._last_in_chat.get(chat) is task:
            del self._last_in_chat[chat]

    async def _in_turn(self, raw: Raw, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        while not await self._handle(raw):
            # Neither handled nor put on record: the database is away. It is not confirmed.
            if self._stopping.is_set():
                self._left.add(int(raw["update_id"]))
                return
            await self._pause(PAUSE * 10)

    async def _handle(self, raw: Raw) -> bool:
        """Try an update; tell whether it is done with, handled or put on record as dead."""
        error = ""
        for attempt in range(1, TRIES + 1):
            started = monotonic()
            try:
                async with asyncio.timeout(HANDLER):
                    await self._dispatcher.feed_raw_update(self._bot, raw)
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
                if self._stopping.is_set():
                    return False
                await self._pause(_before_next(fault, attempt))
            else:
                return True
        return await self._bury(raw, error)

    async def _bury(self, raw: Raw, error: str) -> bool:
        """Put an update on record that failed every time, and ask the person to press again."""
        number, kind = raw["update_id"], kind_of(raw)
        try:
            async with self._ledger.writing() as store:
                await store.dead_updates.add(number, kind, error, self._clock.now())
        except Exception as fault:  # noqa: BLE001 - the caller tries again
            log.warning("update_not_buried", update=number, error=type(fault).__name__)
            return False
        log.error("update_dead", update=number, kind=kind, error=error)
        await self._apologise(chat_of(raw))
        return True

    async def _apologise(self, chat: int) -> None:
        if chat <= 0:
            return
        try:
            async with asyncio.timeout(HANDLER):
                await self._screen.reply(chat, "refusal", {"refusal": refusals.PRESS_AGAIN})
        except Exception as fault:  # noqa: BLE001 - it is on record, the next update may come
            log.warning("apology_failed", error=type(fault).__name__)

    async def _recover(self, fault: Exception, failures: int) -> None:
        pause = min(BACKOFF, 0.5 * 2**failures)
        if isinstance(fault, TelegramRetryAfter):
            pause = float(fault.retry_after)
        log.warning("poll_failed", error=type(fault).__name__, pause=pause)
        await self._pause(pause)

    async def _pause(self, seconds: float) -> None:
        """Wait, but not when we are stopping."""
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return

    async def _confirm(self) -> None:
        """Tell Telegram what was handled last, so that it is not sent again."""
        if not self._next:
            return
        first_left = min(self._left, default=self._next)
        try:
            await self._bot(RawUpdates(offset=first_left, limit=1, timeout=0))
        except AiogramError as fault:
            log.warning("not_confirmed", error=type(fault).__name__)


def _before_next(fault: BaseException, attempt: int) -> float:
    """Seconds until the next try; as long as Telegram asked, where a wizard could not be drawn."""
    if isinstance(fault, TelegramRetryAfter):
        return min(float(fault.retry_after), HANDLER)
    return PAUSE * attempt


def _cancelled() -> bool:
    """Whether somebody cancelled this very task: what a handler awaited may be cancelled too."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
