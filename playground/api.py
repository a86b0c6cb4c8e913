"""The Bot API over HTTP: tokens, envelopes, faults, the log of calls."""

import inspect
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from aiohttp import web

from playground import gatherings
from playground import params as parameters
from playground.fault_kinds import Moment
from playground.faults import Fault, kind_of
from playground.limits import Pace
from playground.methods import BY_NAME, Method
from playground.params import Params
from playground.refusals import Described, RefusalError, flood
from playground.world import World

#: What a webhook's answer cannot call, beside all that gets something.
NO_REPLIES = frozenset({"setwebhook", "deletewebhook", "close", "logout"})


class Struck(Exception):
    """A fault keeps a call from having its effect, and spoils the answer."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.kind)
        self.fault = fault


class BotApi:
    """Answers /bot<token>/<method> and /file/bot<token>/<path>."""

    def __init__(self, world: World, pace: Pace | None, hold_seconds: float) -> None:
        self._world = world
        self._pace = pace
        self._hold_seconds = hold_seconds

    def routes(self) -> list[web.AbstractRouteDef]:
        """Give the routes, for the application."""
        return [
            web.route("*", "/bot{token:[^/]*}/{method:.*}", self.call),
            web.get("/file/bot{token:[^/]*}/{path:.+}", self.file),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One method call, from the wire to the wire."""
        if request.method not in {"GET", "POST"}:
            return web.Response(status=HTTPStatus.NOT_IMPLEMENTED)
        try:
            self._ensure_token(request.match_info["token"])
            params = await parameters.read(request)
            name, method = _named(request.match_info["method"] or params.text("method"))
        except RefusalError as refusal:
            return refused(refusal)
        return await self._logged(request, name, method, params)

    async def reply(self, params: Params) -> None:
        """Do what a webhook's answer asks for; nobody hears how it went, as with Telegram."""
        name = params.text("method").lower()
        if name not in BY_NAME or name.startswith("get") or name in NO_REPLIES:
            return
        # Over HTTP a mistake of ours is a 500; here it must not end all deliveries either.
        with suppress(Exception):
            await self._noted(*BY_NAME[name], params)

    async def _logged(
        self, request: web.Request, name: str, method: Method, params: Params
    ) -> web.StreamResponse:
        try:
            entry, result = await self._noted(name, method, params)
        except RefusalError as refusal:
            return refused(refusal)
        except Struck as struck:
            return await self._spoiled(request, struck.fault, web.Response())
        answer = web.json_response(_envelope(result))
        fault = self._world.faults.strike(Moment.AFTER, name.lower(), entry["chat_id"])
        if fault is None:
            return answer
        entry["description"] = f"the playground spoiled the answer: {fault.kind}"
        return await self._spoiled(request, fault, answer)

    async def _noted(self, name: str, method: Method, params: Params) -> tuple[dict[str, Any], Any]:
        """Do it, and put it on the log of calls; answers its entry there and the result."""
        chat = params.integer("chat_id") or None
        at = self._world.clock.now().isoformat()
        entry = self._world.calls.add(name, params.shown(), chat, at)
        try:
            result = await self._done(name, method, params, chat)
        except RefusalError as refusal:
            entry |= {"ok": False, "error_code": refusal.code, "description": refusal.description}
            raise
        except Struck as struck:
            entry |= {"ok": False, "description": f"the playground kept it: {struck.fault.kind}"}
            raise
        entry["ok"] = True
        return entry, result

    async def _done(self, name: str, method: Method, params: Params, chat: int | None) -> Any:
        if fault := self._world.faults.strike(Moment.BEFORE, name.lower(), chat):
            self._strike(fault, chat)
        if self._pace and (seconds := self._pace.retry_after(name.lower(), chat)):
            raise flood(seconds)
        result = method(self._world, params)
        return await result if inspect.isawaitable(result) else result

    def _strike(self, fault: Fault, chat: int | None) -> None:
        """Do what a fault does before a call; raises RefusalError or Struck where it stops it."""
        self._tell_faults()
        kind = kind_of(fault)
        if kind.refusal is not None:
            raise kind.refusal(fault.retry_after)
        if kind.spoils is not None:
            raise Struck(fault)
        group = self._world.groups.get(chat or 0)
        if group is not None and group.migrated_to is None:
            gatherings.migrate(self._world, group, group.members[0])

    async def _spoiled(
        self, request: web.Request, fault: Fault, answer: web.Response
    ) -> web.StreamResponse:
        """Answer what the bot gets to see instead."""
        self._tell_faults()
        kind = kind_of(fault)
        if kind.spoils is None:
            return refused(kind.refusal(fault.retry_after)) if kind.refusal else answer
        seconds = self._hold_seconds if fault.seconds is None else fault.seconds
        return await kind.spoils(request, answer, seconds)

    def _tell_faults(self) -> None:
        self._world.events.emit("fault", faults=self._world.faults.shown())

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Give the bytes of a file."""
        try:
            self._ensure_token(request.match_info["token"])
        except RefusalError as refusal:
            return refused(refusal)
        path = self._world.files.open_path(request.match_info["path"])
        if path is None:
            return refused(RefusalError(404, "Not Found"))
        return web.FileResponse(path)

    def _ensure_token(self, token: str) -> None:
        if ":" not in token or len(token) > 80 or token.startswith("0"):
            raise RefusalError(401, "Unauthorized: invalid token specified")
        if token != self._world.bot.token:
            raise RefusalError(401, "Unauthorized")


def _named(method: str) -> tuple[str, Method]:
    known = BY_NAME.get(method.lower())
    if known is None:
        raise RefusalError(404, "Not Found: method not found")
    return known


def _envelope(result: Any) -> dict[str, Any]:
    if isinstance(result, Described):
        return {"ok": True, "result": True, "description": result.description}
    return {"ok": True, "result": result}


def refused(refusal: RefusalError) -> web.Response:
    """Give the envelope of an error; its code is the HTTP status too."""
    body: dict[str, Any] = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
    return web.json_response(body, status=refusal.code, headers=headers)
