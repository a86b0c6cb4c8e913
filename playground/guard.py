"""Who may drive the playground: its own page and this machine, no page from elsewhere."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware
from yarl import URL

from playground.api import refused
from playground.control import PREFIX, answer
from playground.refusals import ControlError, RefusalError

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def of_host(host: str) -> Middleware:
    """Give the middleware for a server bound to that address."""
    local_only = host in LOCAL

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(PREFIX):
            return await _bot_side(request, handler)
        try:
            _ensure_own_page(request, local_only=local_only)
            return await handler(request)
        except ControlError as error:
            return answer({"error": error.words}, error.status)
        except web.HTTPNotFound:
            return answer({"error": "no such path in the control API"}, 404)
        except web.HTTPMethodNotAllowed:
            return answer({"error": "that path takes another method"}, 405)

    return guard


async def _bot_side(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPNotFound:
        return refused(RefusalError(404, "Not Found"))


def _ensure_own_page(request: web.Request, *, local_only: bool) -> None:
    """Refuse other origins, and other names for this machine (DNS rebinding)."""
    host = URL(f"http://{request.host}")
    if local_only and host.host not in LOCAL:
        raise ControlError(403, f"this playground is not called {host.host}")
    origin = request.headers.get("Origin")
    if origin is not None and URL(origin).authority != host.authority:
        raise ControlError(403, f"a page from {origin} may not drive this playground")
