"""Starts and stops a playground."""

import secrets
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Literal, Self

from aiohttp import ClientSession, web

from playground import guard
from playground.api import BotApi
from playground.control import Control
from playground.courier import Courier, Patience
from playground.files import UPLOAD_LIMIT
from playground.keeping import Keeper
from playground.limits import Pace
from playground.passage import Passage
from playground.people import BOT_ID, BotAccount
from playground.play import Play
from playground.world import World

PAGE = Path(__file__).parent / "page"


class Playground(Play):
    """One running playground; make it with `await Playground.start(…)`."""

    def __init__(self, world: World, passage: Passage, resources: AsyncExitStack) -> None:
        super().__init__(world, passage)
        self.base_url = ""
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
        patience: Patience | None = None,
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
            api = BotApi(world, _pace(limits), hold_seconds)
            app.add_routes(api.routes())
            courier = Courier(world, session, api.reply, patience or Patience())
            await resources.enter_async_context(courier.at_work())
            self = cls(world, passage, resources)
            self.base_url = await _bind(app, resources, host, port)
            resources.callback(world.bell.close)
            self._resources = resources.pop_all()
        return self

    async def stop(self) -> None:
        """Let every poll and listener go, close the port, keep what is to be kept."""
        await self._resources.aclose()


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
