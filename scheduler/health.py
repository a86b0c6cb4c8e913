"""How the bot is: the moment it lives in, what rings next, what is open. No names, no figures."""

from collections.abc import Callable

from aiohttp import web

from collective.ports import Clock, Ledger
from collective.schedules import Bell


async def serve(
    address: str, ledger: Ledger, clock: Clock, updates_open: Callable[[], int]
) -> web.AppRunner:
    """Answer GET / on host:port with {now, next_due, updates_open, outbox_due}."""

    async def health(_request: web.Request) -> web.Response:
        now = clock.now()
        async with ledger.reading() as store:
            [*rings] = await store.schedules.upcoming(1, but=[Bell.PURGE])
            leaves = await store.outbox.next_moment(now)
            waiting = await store.outbox.due_count(now)
        moments = [*(ring.next_due for ring in rings), *([leaves] if leaves else [])]
        return web.json_response(
            {
                "now": now.isoformat(),
                "next_due": min(moments).isoformat() if moments else None,
                "updates_open": updates_open(),
                "outbox_due": waiting,
            }
        )

    app = web.Application()
    app.router.add_get("/", health)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    host, _, port = address.rpartition(":")
    await web.TCPSite(runner, host or "127.0.0.1", int(port)).start()
    return runner
