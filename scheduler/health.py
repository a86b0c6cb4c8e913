"""How the bot is: whether it can save, its moment, what rings next, what is open. No names."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

import structlog
from aiohttp import web

from collective.faults import Away
from collective.ports import Clock, Ledger
from collective.schedules import Bell

log = structlog.get_logger()

#: Seconds that an answer under way may take when the bot stops.
LAST_WORDS = 0.5


async def serve(
    address: str,
    ledger: Ledger,
    clock: Clock,
    updates_open: Callable[[], int],
    faults: Callable[[], int],
    ailment: Callable[[], str | None],
) -> web.AppRunner:
    """Answer GET / on host:port with JSON.

    {ok, reason, now, next_due, updates_open, outbox_due, faults}: `faults` is how many errors the
    log has had since the start. Where nothing can be saved `ok` is false, `reason` says why, and
    the status is 503.
    """

    async def health(_request: web.Request) -> web.Response:
        told: dict[str, object] = {"updates_open": updates_open(), "faults": faults()}
        reason = ailment()
        try:
            told |= await _due(ledger, clock.now())
        except Away as fault:
            log.warning("health_unknown", reason=fault.reason)
            reason = reason or fault.reason
        status = HTTPStatus.OK if reason is None else HTTPStatus.SERVICE_UNAVAILABLE
        return web.json_response({"ok": reason is None, "reason": reason, **told}, status=status)

    app = web.Application()
    app.router.add_get("/", health)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=LAST_WORDS)
    await runner.setup()
    host, _, port = address.rpartition(":")
    await web.TCPSite(runner, host or "127.0.0.1", int(port)).start()
    return runner


async def _due(ledger: Ledger, now: datetime) -> dict[str, object]:
    async with ledger.reading() as store:
        [*rings] = await store.schedules.upcoming(1, but=[Bell.PURGE])
        leaves = await store.outbox.next_moment(now)
        waiting = await store.outbox.due_count(now)
    moments = [*(ring.next_due for ring in rings), *([leaves] if leaves else [])]
    return {
        "now": now.isoformat(),
        "next_due": min(moments).isoformat() if moments else None,
        "outbox_due": waiting,
    }
