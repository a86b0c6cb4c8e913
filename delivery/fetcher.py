"""The fetcher: gets the sound of voice notes from Telegram, off the way of messages."""

import asyncio
from collections.abc import Mapping

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiohttp import ClientError

from collective.actions import own_words
from collective.forms import Form
from collective.own_words import VOICE_BYTES, Waiting
from collective.ports import Clock, Ledger

log = structlog.get_logger()

#: How often it looks for a voice note to fetch, in seconds; how many it takes up at a look.
IDLE, AT_ONCE = 1.0, 3
#: Seconds Telegram may take to name a file, and to give it.
PATIENCE = 30


class Unfit(Exception):
    """The file is heavier than Telegram had said."""


class Fetcher:
    """One a database, like the sender. A note that it dies over is fetched again."""

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
            except Exception as fault:  # noqa: BLE001 - the database is away: it comes back, or we are stopped
                log.warning("voices_unreadable", error=type(fault).__name__)
            try:
                async with asyncio.timeout(IDLE):
                    await self._stopping.wait()
            except TimeoutError:
                continue

    async def look(self) -> None:
        """Fetch what is due, a few at once."""
        async with self._ledger.reading() as store:
            due = await store.own_words.to_fetch(self._clock.now(), AT_ONCE)
        async with asyncio.TaskGroup() as nursery:
            for voice in due:
                nursery.create_task(self._fetch(voice))

    async def _fetch(self, voice: Waiting) -> None:
        try:
            sound = await self._download(voice.file_id)
        except (AiogramError, ClientError, TimeoutError, Unfit) as fault:
            await self._missed(voice, fault)
            return
        async with self._ledger.writing() as store:
            now = self._clock.now()
            await own_words.fetched(store, self._forms, voice, sound, now=now)

    async def _download(self, file_id: str) -> bytes:
        file = await self._bot.get_file(file_id, request_timeout=PATIENCE)
        if file.file_path is None or (file.file_size or 0) > VOICE_BYTES:
            raise Unfit
        content = await self._bot.download_file(file.file_path, timeout=PATIENCE)
        if content is None:
            raise Unfit
        return content.read()

    async def _missed(self, voice: Waiting, fault: Exception) -> None:
        # What Telegram itself refuses, it will refuse tomorrow too.
        for_good = isinstance(fault, TelegramBadRequest | Unfit)
        async with self._ledger.writing() as store:
            again = await own_words.missed(store, voice, for_good=for_good, now=self._clock.now())
        subject, attempt, error = voice.checkin_id, voice.attempts + 1, type(fault).__name__
        if again:
            log.warning("voice_missed", subject=subject, attempt=attempt, error=error)
        else:
            log.warning("voice_given_up", subject=subject, attempt=attempt, error=error)
