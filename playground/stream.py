"""Server-Sent Events: the page's ear."""

import json

from aiohttp import web

from playground.refusals import number
from playground.world import World

HEARTBEAT_SECONDS = 15.0  # keeps proxies and phones from dropping a quiet line


async def listen(request: web.Request, world: World) -> web.StreamResponse:
    """Send what happened after `after` (or after the browser's Last-Event-ID), then go on."""
    resumed = request.headers.get("Last-Event-ID")
    seen = number(resumed or request.query.get("after", "0"), "after")
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    )
    await response.prepare(request)
    try:
        while not world.bell.closed:
            seen = await _catch_up(response, world, seen)
            news = await world.events.beyond(seen, HEARTBEAT_SECONDS)
            if not news and not world.bell.closed:
                await response.write(b": still here\n\n")
    except ConnectionResetError:
        pass  # the page was closed
    return response


async def _catch_up(response: web.StreamResponse, world: World, seen: int) -> int:
    """Write all later events as one piece; answers the number of the last."""
    lines = []
    for event in world.events.after(seen):
        seen = event["id"]
        lines.append(f"id: {seen}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n")
    if lines:
        await response.write("".join(lines).encode())
    return seen
