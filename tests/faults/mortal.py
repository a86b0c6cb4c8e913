"""A bot that can be killed: a process of its own on a playground that outlives it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
from ports import free_address
from stage import PLAN

import bot
from collective.actions import collectives, invites, joining
from collective.collectives import Collective
from collective.ports import Store
from playground import Playground
from storage.database import Database

ROOT = Path(__file__).parents[2]
#: Seconds a killed bot's successor may take to be ready, and a campaign to come to rest.
READY, REST = 60.0, 120.0
#: When nothing is due at all.
END = "9999-01-01T00:00+00:00"


@dataclass
class Mortal:
    """The playground, the bot's database, and the process that is killed and started again."""

    playground: Playground
    settings: bot.Settings
    database: Database
    http: aiohttp.ClientSession
    kills: int = 0
    process: asyncio.subprocess.Process | None = None
    people: list[int] = field(default_factory=list)

    async def start(self) -> None:
        """Start the bot as an operator does and wait until it answers how it is."""
        environment = os.environ | {
            "LISANGA_TOKEN": self.playground.token,
            "LISANGA_API_URL": self.playground.base_url,
            "LISANGA_HOME": str(self.settings.home),
            "LISANGA_DATABASE_URL": self.settings.database,
            "LISANGA_CLOCK_URL": f"{self.playground.base_url}/playground/api/clock",
            "LISANGA_HEALTH": self.settings.health or "",
            "LISANGA_PACE": "0",
        }
        with (self.settings.home / "log").open("a") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, str(ROOT / "bot.py"), "run", env=environment, stdout=log, stderr=log
            )
        for _ in range(int(READY / 0.02)):
            if await self._health() is not None:
                return
            assert self.process.returncode is None, self.log()
            await asyncio.sleep(0.02)
        raise AssertionError(f"it does not start: {self.log()[-2000:]}")

    async def kill(self) -> None:
        """End it as a power cut does: nothing of its own runs any more."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        assert await self.process.wait() == -signal.SIGKILL, self.log()
        self.kills += 1

    async def rest(self) -> None:
        """Wait until every update is confirmed and nothing is due to leave."""
        for _ in range(int(REST / 0.05)):
            if await self._at_rest():
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"it does not come to rest: {self.log()[-2000:]}")

    def log(self) -> str:
        """What the bots said, one after the other."""
        return (self.settings.home / "log").read_text()

    def move_to(self, moment: datetime) -> None:
        """Set the clock without waiting for what that brings."""
        clock = self.playground.world.clock
        clock.offset_seconds = clock.offset_at(moment)

    async def found(self, members: int) -> Collective:
        """A collective of so many members, all of whom have started the bot."""
        now = self.playground.world.clock.now()
        self.people = [await self._person(f"Member {each}") for each in range(members)]
        helpers = [await self._person(name) for name in ("Joséphine", "Nadine")]
        async with self.database.writing() as store:
            token = await invites.invite_coordinator(store, now=now)
            coordinator = await _join(store, token, helpers[0], now)
            made = await collectives.create(store, PLAN, by=coordinator, now=now)
            token = await invites.invite_facilitator(store, made.id, by=coordinator, now=now)
            facilitator = await _join(store, token, helpers[1], now)
            for at, chat in enumerate(self.people):
                if at % 50 == 0:
                    token = await invites.invite_members(store, made.id, by=facilitator, now=now)
                await _join(store, token, chat, now)
        return made

    async def _person(self, name: str) -> int:
        world = self.playground.world
        number = await self.playground.add_person(name, language_code="fr")
        world.put_person(replace(world.person(number), started=True))
        return number

    async def _at_rest(self) -> bool:
        health = await self._health()
        if health is None or self.playground.world.updates:
            return False
        now, due = (
            datetime.fromisoformat(str(health[each] or END)) for each in ("now", "next_due")
        )
        behind = self.playground.world.clock.now() - now > timedelta(seconds=2)
        return not (behind or due <= now or health["updates_open"] or health["outbox_due"])

    async def _health(self) -> dict[str, object] | None:
        with suppress(aiohttp.ClientError):
            async with self.http.get(f"http://{self.settings.health}/") as answer:
                if answer.status == 200:
                    return dict(await answer.json())
        return None


@asynccontextmanager
async def mortal(home: Path, database_url: str, now: datetime) -> AsyncIterator[Mortal]:
    """A playground at `now` and a bot that has not been started."""
    health = free_address()
    playground = await Playground.start(health_url=f"http://{health}/", hold_seconds=0.2)
    clock = playground.world.clock
    clock.offset_seconds = clock.offset_at(now)
    settings = bot.Settings(
        token=playground.token, home=home, database_url=database_url, health=health
    )
    database = await bot.open_database(settings)
    async with aiohttp.ClientSession() as http:
        made = Mortal(playground, settings, database, http)
        try:
            yield made
        finally:
            if made.process is not None and made.process.returncode is None:
                made.process.kill()
                await made.process.wait()
            await database.close()
            await playground.stop()


async def _join(store: Store, token: str, chat: int, now: datetime) -> int:
    account = await store.people.ensure_account(chat, now, "fr")
    came = await joining.join(store, token, account, name=f"N{chat}", agreed=True, now=now)
    return came.person.id
