"""Starts and stops a playground, and lets tests in the same process play in it."""

import secrets
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Literal, Self

from aiohttp import ClientSession, web

from playground import acts, control, gatherings, guard
from playground.api import BotApi
from playground.control import Control
from playground.files import UPLOAD_LIMIT
from playground.keeping import Keeper
from playground.limits import Pace
from playground.passage import Passage
from playground.people import BOT_ID, BotAccount
from playground.world import World

PAGE = Path(__file__).parent / "page"


class Playground:
    """One running playground; make it with `await Playground.start(…)`."""

    def __init__(self, world: World, passage: Passage, resources: AsyncExitStack) -> None:
        self.world = world
        self.base_url = ""
        self._passage = passage
        self._resources = resources

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.world.bot.token

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"{self.base_url}/"

    @classmethod
    async def start(  # noqa: PLR0913 - all options of the room, each by name
        cls,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        health_url: str | None = None,
        path: Path | None = None,
        page_dir: Path = PAGE,
        limits: Literal["off", "documented"] = "off",
        hold_seconds: float = 5.0,
        name: str = "Lisanga",
        username: str = "LisangaPlaygroundBot",
    ) -> Self:
        """Bind and serve; port 0 takes a free one. Raises OSError when the port is taken."""
        async with AsyncExitStack() as resources:
            world = _world(resources, path, name, username)
            app = _application(host, page_dir)
            if path is not None:
                _keep(app, resources, Keeper(world, path))
            session = await resources.enter_async_context(ClientSession())
            passage = Passage(world, health_url, session)
            app.add_routes(Control(world, passage).routes())
            app.add_routes(BotApi(world, _pace(limits), hold_seconds).routes())
            self = cls(world, passage, resources)
            self.base_url = await _bind(app, resources, host, port)
            resources.callback(world.bell.close)
            self._resources = resources.pop_all()
        return self

    async def stop(self) -> None:
        """Let every poll and listener go, close the port, keep what is to be kept."""
        await self._resources.aclose()

    # What tests and bot.py do in the same process: the very acts the control API calls.

    async def add_person(self, first_name: str, **fields: Any) -> int:
        """Add a person; answers her id."""
        return gatherings.introduce(self.world, {"first_name": first_name, **fields}).id

    async def add_group(self, title: str, *people: int, **fields: Any) -> int:
        """Add a group without the bot; answers its id."""
        body = {"title": title, "members": people, **fields}
        return gatherings.found(self.world, body).id

    async def text(
        self, person: int, text: str, *, wait: bool = False, **where: Any
    ) -> dict[str, Any]:
        """She writes; `where` may name chat_id and reply_to."""
        return await self._act(person, "text", {"text": text, **where}, wait=wait)

    async def send(
        self, person: int, kind: str, *, wait: bool = False, **what: Any
    ) -> dict[str, Any]:
        """She sends a voice, photo or document: `what` as in README, bytes as base64 `data`."""
        return await self._act(person, kind, what, wait=wait)

    async def tap(
        self, person: int, message_id: int, *, wait: bool = False, **which: Any
    ) -> dict[str, Any]:
        """She presses a button: `which` is button=, data= or row= and column=, and chat_id=."""
        return await self._act(person, "tap", {"message_id": message_id, **which}, wait=wait)

    async def press(self, person: int, key: str, *, wait: bool = False, **where: Any) -> None:
        """She presses the key of her reply keyboard with that label; `where` may name chat_id."""
        await self._act(person, "tap", {"key": key, **where}, wait=wait)

    async def share(self, person: int, request_id: int, *, wait: bool = False, **what: Any) -> None:
        """She answers a key that asks for a chat_id= or for people=."""
        await self._act(person, "share", {"request_id": request_id, **what}, wait=wait)

    async def link(
        self, person: int, url: str, *, group_id: int | None = None, wait: bool = False
    ) -> dict[str, Any]:
        """She opens a link to the bot."""
        return await self._act(person, "link", {"url": url, "group_id": group_id}, wait=wait)

    async def block(
        self, person: int, *, blocked: bool = True, wait: bool = False
    ) -> dict[str, Any]:
        """She blocks the bot, or takes it back."""
        return await self._act(person, "block", {"blocked": blocked}, wait=wait)

    async def move_bot(
        self,
        group: int,
        *,
        present: bool,
        by: int | None = None,
        admin: bool = False,
        wait: bool = False,
    ) -> int | None:
        """Bring the bot into a group, or send it away; answers the update's id."""
        found = self.world.group(group)
        by = by or found.members[0]
        update = gatherings.move_bot(self.world, found, by, present=present, admin=admin)
        if wait:
            await control.settle(self.world, update)
        return update

    async def move_person(
        self, group: int, person: int, *, present: bool, wait: bool = False
    ) -> int | None:
        """Let a person join or leave a group; answers the update's id."""
        found, mover = self.world.group(group), self.world.person(person)
        update = gatherings.move_person(self.world, found, mover, present=present)
        if wait:
            await control.settle(self.world, update)
        return update

    async def migrate(self, group: int, *, wait: bool = False) -> int:
        """Turn a group into a supergroup; answers its new id."""
        found = self.world.group(group)
        fresh, update = gatherings.migrate(self.world, found, found.members[0])
        if wait:
            await control.settle(self.world, update)
        return fresh.id

    async def messages(self, chat: int, after: int = 0) -> list[dict[str, Any]]:
        """Give the records of a chat, oldest first (README)."""
        found = [message for message in self.world.messages(chat) if message.message_id > after]
        return [self.world.record(message) for message in found]

    async def move_clock(self, **how: Any) -> dict[str, Any]:
        """As POST clock: advance_seconds=, to="next" or offset_seconds=."""
        return await self._passage.move(how)

    async def _act(
        self, person: int, act: str, body: dict[str, Any], *, wait: bool
    ) -> dict[str, Any]:
        done = acts.do(self.world, self.world.person(person), act, body)
        if wait:
            await control.settle(self.world, done["update_id"])
        return done


def _world(resources: AsyncExitStack, path: Path | None, name: str, username: str) -> World:
    """Make an empty world with its bot; without a path, its files go when it stops."""
    token = f"{BOT_ID}:AA{secrets.token_urlsafe(25)[:33]}"
    bot = BotAccount(id=BOT_ID, token=token, username=username, names={"": name})
    scratch = resources.enter_context(tempfile.TemporaryDirectory(prefix="playground-"))
    folder = path.with_name(f"{path.stem}-files") if path else Path(scratch)
    # Update ids begin anywhere: nobody may count on them.
    return World(bot, folder, first_update=10**8 + secrets.randbelow(10**8))


def _application(host: str, page_dir: Path) -> web.Application:
    async def index(_: web.Request) -> web.FileResponse:
        return web.FileResponse(page_dir / "index.html")

    app = web.Application(
        middlewares=[guard.of_host(host)], client_max_size=UPLOAD_LIMIT + 1024 * 1024
    )

    async def fresh(_: web.Request, response: web.StreamResponse) -> None:
        # The page's modules change with the bot: a browser asks each time, and gets 304 mostly.
        response.headers.setdefault("Cache-Control", "no-cache")

    app.on_response_prepare.append(fresh)
    app.router.add_get("/", index)
    app.router.add_static("/page/", page_dir)
    return app


def _pace(limits: str) -> Pace | None:
    return Pace() if limits == "documented" else None


def _keep(app: web.Application, resources: AsyncExitStack, keeper: Keeper) -> None:
    """Load the world now, look after every request whether it changed, write it at the end."""

    @web.middleware
    async def note(request: web.Request, handler: guard.Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        finally:
            keeper.touch()

    keeper.load()
    app.middlewares.append(note)
    resources.callback(keeper.save)


async def _bind(app: web.Application, resources: AsyncExitStack, host: str, port: int) -> str:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    resources.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, host, port).start()
    return f"http://{host}:{runner.addresses[0][1]}"
