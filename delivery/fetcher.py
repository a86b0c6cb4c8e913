"""The fetcher: gets voice notes, photos and files from Telegram, off the way of messages."""

import asyncio
from collections.abc import Mapping

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiohttp import ClientError

from collective.actions import files
from collective.faults import Away, severity
from collective.forms import Form
from collective.ports import Clock, Ledger
from delivery.waiting import either

log = structlog.get_logger()

#: How often it looks for something to fetch, in seconds; how much it takes up at a look, at least
#: one of each kind that waits.
IDLE, AT_ONCE = 1.0, 5
#: Seconds Telegram may take to name a file, and to give it.
PATIENCE = 30


class Unfit(Exception):
    """The file is heavier than Telegram had said."""


class Fetcher:
    """One a database, like the sender. What it dies over is fetched again."""

    def __init__(self, ledger: Ledger, bot: Bot, clock: Clock, forms: Mapping[str, Form]) -> None:
        self._ledger = ledger
        self._bot = bot
        self._clock = clock
        self._forms = forms
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Take up nothing more."""
        self._stopping.set()

    async def run(self) -> None:
        """Fetch until stopped."""
        while not self._stopping.is_set():
            try:
                await self.look()
            except Exception as fault:  # noqa: BLE001 - other files may be fetched
                log.log(severity(fault), "files_unreadable", error=fault)
            await either(self._stopping, IDLE)

    async def look(self) -> None:
        """Fetch what is due, a few at once."""
        now = self._clock.now()
        async with self._ledger.reading() as store:
            waiting = await files.to_fetch(store, now, AT_ONCE)
        async with asyncio.TaskGroup() as nursery:
            for due in waiting:
                nursery.create_task(self._fetch(due))

    async def _fetch(self, due: files.Due) -> None:
        try:
            content = await self._download(due.file_id, files.LIMITS[type(due)])
            async with self._ledger.writing() as store:
                await files.fetched(store, self._forms, due, content, now=self._clock.now())
        except Away as fault:
            log.warning("files_unreadable", reason=fault.reason)
        except (AiogramError, ClientError, TimeoutError, Unfit) as fault:
            await self._missed(due, fault)
        except Exception as fault:  # noqa: BLE001 - one bad file must not stop the others
            log.log(severity(fault), "file_failed", error=fault)
            await self._missed(due, fault)

    async def _download(self, file_id: str, limit: int) -> bytes:
        file = await self._bot.get_file(file_id, request_timeout=PATIENCE)
        if file.file_path is None or (file.file_size or 0) > limit:
            raise Unfit
        content = await self._bot.download_file(file.file_path, timeout=PATIENCE)
        if content is None:
            raise Unfit
        return content.read()

    async def _missed(self, due: files.Due, fault: Exception) -> None:
        # What Telegram itself refuses, it will refuse tomorrow too.
        for_good = isinstance(fault, TelegramBadRequest | Unfit)
        async with self._ledger.writing() as store:
            again = await files.missed(store, due, for_good=for_good, now=self._clock.now())
        kind, subject = files.named(due)
        attempt, error = due.attempts + 1, type(fault).__name__
        if again:
            log.warning("fetch_missed", kind=kind, subject=subject, attempt=attempt, error=error)
        else:
            log.warning("fetch_given_up", kind=kind, subject=subject, attempt=attempt, error=error)
