"""A bot that can be killed: a process of its own on a playground that outlives it."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

import aiohttp
import warm
from ports import free_address
from stage import PLAN

import bot
from collective.actions import broadcasts, collectives, composing, invites, joining
from collective.audiences import of_collectives
from collective.broadcasts import Version
from collective.collectives import Collective
from collective.ports import Store
from collective.schedules import Bell
from playground import Playground
from storage.database import Database

ROOT = Path(__file__).parents[2]
#: Seconds a killed bot's successor may take to be ready, and a campaign to come to rest.
READY, REST = 60.0, 300.0
#: For how long nobody rings for those who only listen.
YEARS = timedelta(days=2000)
#: When nothing is due at all.
END = "9999-01-01T00:00+00:00"


@dataclass
class Mortal:
    """The playground, the bot's database, and the process that is killed and started again."""

    playground: Playground
    settings: bot.Settings
    database: Database
    http: aiohttp.ClientSession
    #: Where a bot is had.
    door: Path
    kills: int = 0
    process: warm.Forked | None = None
    people: list[int] = field(default_factory=list)
    #: Who accompanies and broadcasts: her chat, and the person she is.
    nadine: tuple[int, int] = (0, 0)
    coordinator: int = 0

    @property
    def health_url(self) -> str:
        """Where the bot says how it is."""
        return f"http://{self.settings.health}/"

    async def start(self) -> None:
        """Start a bot and wait until it answers how it is."""
        environment = os.environ | {
            "LISANGA_TOKEN": self.playground.token,
            "LISANGA_API_URL": self.playground.base_url,
            "LISANGA_HOME": str(self.settings.home),
            "LISANGA_DATABASE_URL": self.settings.database,
            "LISANGA_CLOCK_URL": f"{self.playground.base_url}/playground/api/clock",
            "LISANGA_HEALTH": self.settings.health or "",
            "LISANGA_PACE": "0",
        }
        self.process = await warm.fork(
            self.door, [str(ROOT / "bot.py"), "run"], environment, self.settings.home / "log"
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
        self.process.kill()
        assert await self.process.wait() == -signal.SIGKILL, self.log()
        self.kills += 1

    async def stop(self) -> float:
        """Ask it to end, as an operator does, and return how many seconds that took."""
        assert self.process is not None
        asked = monotonic()
        self.process.terminate()
        assert await self.process.wait() == 0, self.log()[-2000:]
        return monotonic() - asked

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
            self.coordinator = await _join(store, token, helpers[0], now)
            made = await collectives.create(store, PLAN, by=self.coordinator, now=now)
            token = await invites.invite_facilitator(store, made.id, by=self.coordinator, now=now)
            self.nadine = helpers[1], await _join(store, token, helpers[1], now)
            await _fill(store, made.id, self.people, by=self.nadine[1], now=now)
        return made

    async def gather(self, members: int) -> Collective:
        """Another collective of Nadine's, with a group, that does not check in these years."""
        now = self.playground.world.clock.now()
        crowd = [await self._person(f"Listener {each}") for each in range(members)]
        group = await self.playground.add_group("Bana Mboka", self.nadine[0], *crowd[:3])
        await self.playground.move_bot(group, present=True)
        self.playground.world.updates.drop()
        async with self.database.writing() as store:
            plan = replace(PLAN, draft="crowd", name="Bana Mboka")
            made = await collectives.create(store, plan, by=self.coordinator, now=now)
            token = await invites.invite_facilitator(store, made.id, by=self.coordinator, now=now)
            await _join(store, token, self.nadine[0], now)
            await collectives.link_group(store, made.id, group, by=self.nadine[1], now=now)
            bell = await store.schedules.of(Bell.OPEN_ROUND, made.id)
            assert bell is not None
            assert bell.rule is not None
            await store.schedules.replan(bell.id, bell.rule, now + YEARS)
            await _fill(store, made.id, crowd, by=self.nadine[1], now=now)
        return made

    async def broadcast(self, to: Collective, text: str) -> int:
        """Let Nadine send a text to everybody there; its number."""
        clock, by = self.playground.world.clock, self.nadine[1]
        now, audience = clock.now(), of_collectives([to.id])
        version = Version(language="fr", text=text)
        async with self.database.writing() as store:
            made = await composing.draft(store, audience, key=text, language="fr", by=by, now=now)
            await composing.write(store, made.id, version, by=by, now=now)
            assert await broadcasts.send(store, made.id, by=by, now=now) is not None
        clock.offset_seconds += 1  # the bot sees a leap, and lays the rest of the rows at once
        return made.id

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
            async with self.http.get(self.health_url) as answer:
                if answer.status == 200:
                    return dict(await answer.json())
        return None


@asynccontextmanager
async def mortal(home: Path, database_url: str, now: datetime, door: Path) -> AsyncIterator[Mortal]:
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
        made = Mortal(playground, settings, database, http, door)
        try:
            yield made
        finally:
            if made.process is not None and made.process.returncode is None:
                made.process.kill()
                await made.process.wait()
            await database.close()
            await playground.stop()


async def _fill(
    store: Store, collective: int, chats: Sequence[int], *, by: int, now: datetime
) -> None:
    token = ""
    for at, chat in enumerate(chats):
        if at % 50 == 0:
            token = await invites.invite_members(store, collective, by=by, now=now)
        await _join(store, token, chat, now)


async def _join(store: Store, token: str, chat: int, now: datetime) -> int:
    account = await store.people.ensure_account(chat, now, "fr")
    came = await joining.join(store, token, account, name=f"N{chat}", agreed=True, now=now)
    return came.person.id
