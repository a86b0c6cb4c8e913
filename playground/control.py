"""The control API under /playground/api/ (README has the table)."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from playground import acts, choosing, gatherings, states, stream
from playground import params as parameters
from playground.passage import Passage
from playground.refusals import ControlError, number
from playground.world import World

PREFIX = "/playground/api"
WAIT_SECONDS = 30.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Control:
    """What the page, curl and tests may ask; thin: each line calls the act it is named after."""

    def __init__(self, world: World, passage: Passage) -> None:
        self._world = world
        self._passage = passage

    def routes(self) -> list[web.RouteDef]:
        """For the application."""
        table: list[tuple[str, str, Handler]] = [
            ("GET", "/state", self.state),
            ("POST", "/bot", self.change_bot),
            ("POST", "/people", self.introduce),
            ("POST", rf"/people/{{person:\d+}}/{{act:{'|'.join(acts.ACTS)}}}", self.act),
            ("GET", r"/people/{person:\d+}/choices", self.choices),
            ("POST", "/groups", self.found),
            ("POST", r"/groups/{group:-\d+}/bot", self.move_bot),
            ("POST", r"/groups/{group:-\d+}/members", self.move_person),
            ("POST", r"/groups/{group:-\d+}/migrate", self.migrate),
            ("GET", r"/chats/{chat:-?\d+}/messages", self.messages),
            ("POST", "/updates", self.push),
            ("POST", r"/updates/{update:\d+}/again", self.push_again),
            ("GET", "/files/{path:.+}", self.file),
            ("GET", "/calls", self.calls),
            ("GET", "/faults", self.faults),
            ("POST", "/faults", self.faults),
            ("DELETE", "/faults", self.faults),
            ("GET", "/clock", self.clock),
            ("POST", "/clock", self.clock),
            ("GET", "/events", self.events),
        ]
        return [web.route(method, f"{PREFIX}{path}", handler) for method, path, handler in table]

    async def state(self, _: web.Request) -> web.Response:
        """Give the whole world."""
        clock = await self._passage.shown()
        return answer({**states.of_world(self._world), "clock": clock})

    async def change_bot(self, request: web.Request) -> web.Response:
        """Turn privacy mode on or off, as BotFather does."""
        body = await _body(request)
        bot = gatherings.set_privacy(self._world, on=bool(body.get("privacy", True)))
        return answer(bot.state())

    async def introduce(self, request: web.Request) -> web.Response:
        """Add a person."""
        person = gatherings.introduce(self._world, await _body(request))
        return answer(states.of_person(self._world, person))

    async def found(self, request: web.Request) -> web.Response:
        """Add a group."""
        group = gatherings.found(self._world, await _body(request))
        return answer(states.of_group(self._world, group))

    async def act(self, request: web.Request) -> web.Response:
        """Something a person does."""
        person = self._world.person(int(request.match_info["person"]))
        done = acts.do(self._world, person, request.match_info["act"], await _body(request))
        return await self._settled(request, done)

    async def move_bot(self, request: web.Request) -> web.Response:
        """Bring the bot into a group or send it away."""
        body = await _body(request)
        group = self._world.group(int(request.match_info["group"]))
        by = number(body.get("by") or group.members[0], "by")
        present, admin = bool(body.get("present", True)), bool(body.get("admin"))
        update = gatherings.move_bot(self._world, group, by, present=present, admin=admin)
        return await self._settled(request, {"update_id": update})

    async def move_person(self, request: web.Request) -> web.Response:
        """Let a person join or leave a group, or run it."""
        body = await _body(request)
        group = self._world.group(int(request.match_info["group"]))
        person = self._world.person(number(body.get("person") or 0, "person"))
        if "admin" in body:
            gatherings.appoint(self._world, group, person, admin=bool(body["admin"]))
            return await self._settled(request, {"update_id": None})
        present = bool(body.get("present", True))
        update = gatherings.move_person(self._world, group, person, present=present)
        return await self._settled(request, {"update_id": update})

    async def migrate(self, request: web.Request) -> web.Response:
        """Turn a group into a supergroup."""
        body = await _body(request)
        group = self._world.group(int(request.match_info["group"]))
        by = number(body.get("by") or group.members[0], "by")
        fresh, update = gatherings.migrate(self._world, group, by)
        return await self._settled(request, {"update_id": update, "chat_id": fresh.id})

    async def messages(self, request: web.Request) -> web.Response:
        """Give a chat, oldest first, as one of its people sees it."""
        chat = int(request.match_info["chat"])
        there = [chat] if chat > 0 else self._world.group(chat).members
        person = number(request.query.get("person") or there[0], "person")
        if self._world.person(person).id not in there:
            raise ControlError(403, f"{person} is not in that chat")
        after = _after(request)
        found = (message for message in self._world.messages(chat) if message.message_id > after)
        records = [self._world.record(message) for message in found]
        return answer({"messages": records, "keyboard": self._world.reply_keys.shown(chat, person)})

    async def choices(self, request: web.Request) -> web.Response:
        """Give what a person could share for a key of her keyboard."""
        person = self._world.person(int(request.match_info["person"]))
        wanted = number(request.query.get("request_id"), "request_id")
        return answer(choosing.choices(self._world, person, wanted))

    async def push(self, request: web.Request) -> web.Response:
        """Send the bot an update of any form."""
        update = self._world.updates.push_raw(await _body(request))
        return await self._settled(request, {"update_id": update})

    async def push_again(self, request: web.Request) -> web.Response:
        """Send the bot an update once more, under the same id."""
        update = int(request.match_info["update"])
        if not self._world.updates.push_again(update):
            raise ControlError(404, f"update {update} is none of the latest")
        return await self._settled(request, {"update_id": update})

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Give a picture, document or voice, for the page."""
        name = request.match_info["path"]
        path = self._world.files.open_path(name)
        if path is None:
            raise ControlError(404, "there is no such file")
        # A document is whatever somebody sent: it is offered, never run in the page's origin.
        safe = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        headers = {"Content-Type": self._world.files.mime(name), **safe}
        return web.FileResponse(path, headers=headers)

    async def calls(self, request: web.Request) -> web.Response:
        """Give what the bot asked of the Bot API."""
        log = self._world.calls
        after = _after(request)
        return answer({"calls": log.after(after), "last": log.last})

    async def faults(self, request: web.Request) -> web.Response:
        """Arm, disarm or list faults."""
        faults = self._world.faults
        if request.method == "POST":
            faults.arm(await _body(request))
        elif request.method == "DELETE":
            faults.clear()
            self._world.updates.release()
        if request.method != "GET":
            self._world.events.emit("fault", faults=faults.shown())
        return answer({"faults": faults.shown()})

    async def clock(self, request: web.Request) -> web.Response:
        """Give or move the clock; the bot reads it here too."""
        if request.method == "GET":
            return answer(await self._passage.shown())
        return answer(await self._passage.move(await _body(request)))

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-Sent Events."""
        return await stream.listen(request, self._world)

    async def _settled(self, request: web.Request, done: dict[str, Any]) -> web.Response:
        """Answer at once, or with ?wait=1 when the bot has confirmed the update."""
        if request.query.get("wait") == "1":
            await settle(self._world, done["update_id"])
        return answer(done)


async def settle(world: World, update_id: int | None) -> None:
    """Wait until the bot has confirmed that update; raises 504 after 30 s."""
    if update_id is None:
        return
    if not await world.bell.until(lambda: not world.updates.waiting(update_id), WAIT_SECONDS):
        raise ControlError(504, f"the bot has not confirmed update {update_id}")


def _after(request: web.Request) -> int:
    return number(request.query.get("after", "0"), "after")


async def _body(request: web.Request) -> dict[str, Any]:
    """Read JSON, or a form whose `file` is an upload."""
    if request.content_type == "multipart/form-data":
        try:
            form = await parameters.read(request)
        except web.HTTPException:
            raise ControlError(400, "the form cannot be read") from None
        return {**form.texts, **form.files}
    raw = await request.text()
    try:
        body = json.loads(raw or "{}")
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise ControlError(400, "the body must be a JSON object")
    return body


def answer(body: dict[str, Any], status: int = 200) -> web.Response:
    """JSON that a person can read too."""
    return web.json_response(text=json.dumps(body, ensure_ascii=False), status=status)
