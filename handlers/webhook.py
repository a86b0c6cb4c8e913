"""Updates come in by webhook and are answered with 200 only after they were handled."""

import asyncio
import hmac
import json
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiogram import Bot
from aiogram.methods import SetWebhook
from aiohttp import web

from handlers.intake import Intake
from handlers.raw import Raw

log = structlog.get_logger()

#: The header in which Telegram proves who it is.
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name, not its value
#: Updates Telegram may send side by side: the most it offers, as our handlers mostly wait for it.
CONNECTIONS = 100
#: Largest body read, in bytes; Telegram's updates have at most half of it.
LARGEST = 1024**2
#: Seconds after which Telegram may send again what came while we were not ready.
AGAIN = 5
#: Seconds a closing server waits for answers that are on their way out.
LAST_WORDS = 2.0
#: The largest update id the database can keep.
_HIGHEST = 2**63 - 1


class Webhook:
    """Takes updates from Telegram's requests at one address, which proxies lead here."""

    def __init__(self, bot: Bot, intake: Intake, *, url: str, secret: str) -> None:
        self._bot = bot
        self._intake = intake
        self._url = url
        self._secret = secret
        self._nursery: asyncio.TaskGroup | None = None

    async def listen(self, address: str) -> web.AppRunner:
        """Open host:port; until `run` works, Telegram is asked to come again."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(urlsplit(self._url).path or "/", self._receive)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=LAST_WORDS)
        await runner.setup()
        host, _, port = address.rpartition(":")
        await web.TCPSite(runner, host or "127.0.0.1", int(port)).start()
        return runner

    async def register(self) -> None:
        """Tell Telegram where to send updates; raise what aiogram raises."""
        await self._bot(
            SetWebhook(
                url=self._url,
                secret_token=self._secret,
                allowed_updates=self._intake.kinds(),
                max_connections=CONNECTIONS,
            )
        )

    def stop(self) -> None:
        """Take up nothing more; `run` returns when what is open has been handled."""
        self._intake.stop()

    async def run(self) -> None:
        """Take updates until stopped, then wait for open handlers.

        The webhook stays set: what is sent meanwhile waits at Telegram for the next start.
        """
        async with asyncio.TaskGroup() as self._nursery:
            await self._intake.stopping.wait()

    async def _receive(self, request: web.Request) -> web.Response:
        if not self._proven(request.headers.get(SECRET, "")):
            return _refused(web.HTTPUnauthorized.status_code)
        try:
            raw = _update_in(await request.read())
        except web.HTTPRequestEntityTooLarge as fault:
            return _refused(fault.status_code)
        if raw is None:
            return _refused(web.HTTPBadRequest.status_code)
        if self._nursery is None or self._intake.stopping.is_set():
            return _later()
        task = self._intake.take(raw, self._nursery)
        if task is not None:
            # Telegram may hang up; the update is handled all the same.
            await asyncio.wait([task])
            if task.cancelled() or not task.result():
                return _later()
        return web.Response()

    def _proven(self, given: str) -> bool:
        """Compare in constant time; as bytes, since a header may hold what is not ASCII."""
        return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._secret.encode())


def _update_in(body: bytes) -> Raw | None:
    """Read a body; None when it is no update."""
    try:
        raw: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict):
        return None
    number = raw.get("update_id")
    return raw if type(number) is int and 0 <= number <= _HIGHEST else None


def _refused(status: int) -> web.Response:
    log.warning("request_refused", state=status)
    return web.Response(status=status)


def _later() -> web.Response:
    return web.Response(status=503, headers={"Retry-After": str(AGAIN)})
