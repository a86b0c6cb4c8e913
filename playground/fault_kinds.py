"""Every fault the switchboard knows: when it strikes, and what the bot sees of it."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from http import HTTPStatus

from aiohttp import web

from playground.refusals import CONFLICT, TOO_OLD, RefusalError, bad, flood, forbidden

#: How a spoiled answer goes out: the request, the answer as it should be, how many seconds.
Spoiler = Callable[[web.Request, web.Response, float], Awaitable[web.StreamResponse]]


class Moment(StrEnum):
    """When a fault strikes."""

    #: Before a call has its effect: there is none.
    BEFORE = "before"
    #: When it has had its effect, of which the bot does not hear.
    AFTER = "after"
    #: When an update is queued for the bot.
    UPDATE = "update"
    #: When the bot confirms an update.
    CONFIRM = "confirm"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of fault; without a refusal and a spoiler, whoever strikes knows what it means."""

    #: When it may strike; at the first one unless it is armed otherwise.
    moments: tuple[Moment, ...] = (Moment.BEFORE,)
    #: What is refused, from how many seconds to wait.
    refusal: Callable[[int], RefusalError] | None = None
    spoils: Spoiler | None = None
    #: The method it strikes unless it is armed otherwise.
    method: str | None = None
    #: Whether only calls about basic groups are meant.
    basic_groups: bool = False


async def page(
    request: web.Request, _: web.Response, _seconds: float, *, status: HTTPStatus, empty: bool
) -> web.StreamResponse:
    """Answer as the proxy before Telegram's servers does."""
    title = f"{status.value} {status.phrase}"
    body = (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1>"
        "</center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
    )
    return web.Response(status=status, text="" if empty else body, content_type="text/html")


async def reset(request: web.Request, answer: web.Response, _seconds: float) -> web.StreamResponse:
    """Cut the line at once, as a crashed server does: the client reads “connection reset”."""
    if request.transport is not None:
        line = request.transport.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()
    return answer


async def hold(request: web.Request, answer: web.Response, seconds: float) -> web.StreamResponse:
    """Say nothing for so long, then cut the line."""
    await asyncio.sleep(seconds)
    if request.transport is not None:
        request.transport.abort()
    return answer


async def truncate(
    request: web.Request, answer: web.Response, _seconds: float
) -> web.StreamResponse:
    """Announce the whole answer, send half of it, and hang up."""
    body = _bytes(answer)
    half = web.StreamResponse(status=answer.status)
    half.content_type, half.content_length = answer.content_type, len(body)
    await half.prepare(request)
    await half.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return half


async def dribble(request: web.Request, answer: web.Response, seconds: float) -> web.StreamResponse:
    """Send the whole answer, ten pieces over so many seconds."""
    body = _bytes(answer)
    slow = web.StreamResponse(status=answer.status)
    slow.content_type, slow.content_length = answer.content_type, len(body)
    await slow.prepare(request)
    size = len(body) // 10 + 1
    for at in range(0, len(body), size):
        await asyncio.sleep(seconds / 10)
        await slow.write(body[at : at + size])
    await slow.write_eof()
    return slow


def _bytes(answer: web.Response) -> bytes:
    return answer.body if isinstance(answer.body, bytes) else b""


def _refuses(code: int, description: str) -> Kind:
    return Kind(refusal=lambda _: RefusalError(code, description))


def _fails(code: int, description: str) -> Kind:
    return Kind(refusal=lambda _: RefusalError(code, description), moments=_EITHER)


def _proxy(status: HTTPStatus, *, empty: bool = False) -> Kind:
    return Kind(spoils=partial(page, status=status, empty=empty), moments=_EITHER)


_EITHER = (Moment.BEFORE, Moment.AFTER)

KINDS: dict[str, Kind] = {
    # The call is refused: it had no effect, and the bot knows it.
    "429": Kind(refusal=flood),
    "429_bare": _refuses(429, "Too Many Requests: retry later"),
    "401": _refuses(401, "Unauthorized"),
    "403_blocked": Kind(refusal=lambda _: forbidden("bot was blocked by the user")),
    "403_deactivated": Kind(refusal=lambda _: forbidden("user is deactivated")),
    "403_kicked": Kind(refusal=lambda _: forbidden("bot was kicked from the supergroup chat")),
    "400_chat_not_found": Kind(refusal=lambda _: bad("chat not found")),
    "400_old_query": Kind(refusal=lambda _: bad(TOO_OLD), method="answerCallbackQuery"),
    "409": Kind(refusal=lambda _: RefusalError(409, CONFLICT), method="getUpdates"),
    # A basic group becomes a supergroup just before the call.
    "migrate": Kind(basic_groups=True),
    # The bot cannot know whether the call had an effect.
    "500": _fails(500, "Internal Server Error"),
    "500_restart": _fails(500, "Internal Server Error: restart"),
    "502_html": _proxy(HTTPStatus.BAD_GATEWAY),
    "504_html": _proxy(HTTPStatus.GATEWAY_TIMEOUT),
    "504_empty": _proxy(HTTPStatus.GATEWAY_TIMEOUT, empty=True),
    "413_html": _proxy(HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    "reset": Kind(spoils=reset, moments=_EITHER),
    "timeout": Kind(spoils=hold, moments=_EITHER),
    "timeout_after": Kind(spoils=hold, moments=(Moment.AFTER,)),
    "truncated": Kind(spoils=truncate, moments=(Moment.AFTER,)),
    "slow": Kind(spoils=dribble, moments=(Moment.AFTER,)),
    # What comes in goes wrong: `updates` strikes.
    "duplicate": Kind(moments=(Moment.CONFIRM,)),
    "lost_ack": Kind(moments=(Moment.CONFIRM,)),
    "reordered": Kind(moments=(Moment.UPDATE,)),
    "unknown_fields": Kind(moments=(Moment.UPDATE,)),
}
