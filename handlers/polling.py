"""Updates come in by polling and are confirmed to Telegram only after they were handled."""

import asyncio
from functools import partial

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramRetryAfter
from aiogram.methods import DeleteWebhook

from handlers.intake import Intake
from handlers.raw import Raw, RawUpdates

log = structlog.get_logger()

#: Seconds Telegram may hold a poll open; seconds until it is asked again beside slow handlers.
LONG_POLL = 30
BREATH = 0.5
#: Longest pause after Telegram could not be reached, in seconds.
BACKOFF = 30.0


class Polling:
    """Asks Telegram for updates; at most a hundred are unconfirmed."""

    def __init__(self, bot: Bot, intake: Intake) -> None:
        self._bot = bot
        self._intake = intake
        #: Taken up and not handled: they are asked for again, now or at the next start.
        self._left: set[int] = set()
        self._next = 0

    def stop(self) -> None:
        """Take up nothing more; `run` returns when what is open has been handled."""
        self._intake.stop()

    async def run(self) -> None:
        """Poll until stopped, then wait for open handlers and confirm what they did."""
        await self._prepare()
        async with asyncio.TaskGroup() as nursery:
            failures = 0
            while not self._intake.stopping.is_set():
                try:
                    batch = await self._fetch()
                    failures = 0
                except Exception as fault:  # noqa: BLE001 - whatever a bad line brings, we ask again
                    failures += 1
                    await self._recover(fault, failures)
                    continue
                self._start(nursery, batch)
                if self._intake.open:
                    await asyncio.wait(self._intake.open.values(), timeout=BREATH)
        await self._confirm()

    async def _prepare(self) -> None:
        try:
            await self._bot(DeleteWebhook())
        except AiogramError as fault:
            log.warning("webhook_not_removed", error=type(fault).__name__)

    async def _fetch(self) -> list[Raw]:
        method = RawUpdates(
            offset=self._offset() or None, timeout=LONG_POLL, allowed_updates=self._intake.kinds()
        )
        poll = asyncio.ensure_future(self._bot(method, request_timeout=LONG_POLL + 15))
        stop = asyncio.ensure_future(self._intake.stopping.wait())
        try:
            await asyncio.wait({poll, stop}, return_when=asyncio.FIRST_COMPLETED)
            return poll.result() if poll.done() else []
        finally:
            for each in (poll, stop):
                each.cancel()

    def _offset(self) -> int:
        """The first update that is not handled yet; everything before it is confirmed by asking."""
        return min((*self._intake.open, *self._left), default=self._next)

    def _start(self, nursery: asyncio.TaskGroup, batch: list[Raw]) -> None:
        for raw in batch:
            number = int(raw["update_id"])
            self._next = number + 1
            self._left.discard(number)
            if number not in self._intake.open:
                task = self._intake.take(raw, nursery)
                if task is not None:
                    task.add_done_callback(partial(self._end, number))

    def _end(self, number: int, task: asyncio.Task[bool]) -> None:
        if task.cancelled() or not task.result():
            self._left.add(number)

    async def _recover(self, fault: Exception, failures: int) -> None:
        pause = min(BACKOFF, 0.5 * 2**failures)
        if isinstance(fault, TelegramRetryAfter):
            pause = float(fault.retry_after)
        log.warning("poll_failed", error=type(fault).__name__, pause=pause)
        await self._intake.pause(pause)

    async def _confirm(self) -> None:
        """Tell Telegram what was handled last, so that it is not sent again."""
        if not self._next:
            return
        try:
            await self._bot(RawUpdates(offset=self._offset(), limit=1, timeout=0))
        except AiogramError as fault:
            log.warning("not_confirmed", error=type(fault).__name__)
