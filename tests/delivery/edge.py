"""The edge to Telegram, for tests: the real bot, screen and database against a real playground."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from sqlalchemy import select

from collective.actions import collectives, invites, joining
from collective.actions.collectives import Plan
from collective.collectives import Collective, GroupLanguage, Rhythm, Trade
from collective.forms import load_forms
from collective.outbox import Lane, Parcel
from delivery.calls import Calls
from delivery.pace import Pace
from delivery.turnstile import Turnstile
from dialogs.screen import Screen
from playground import Playground
from storage import tables as t
from storage.database import Database

#: Seconds to wait for something before a test fails.
PATIENCE = 10.0
ZONE = "Africa/Lubumbashi"


@dataclass
class Clock:
    """The calendar's time, moved by hand."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


@dataclass
class Edge:
    """One bot between a playground and a database."""

    playground: Playground
    database: Database
    clock: Clock
    bot: Bot
    turnstile: Turnstile
    screen: Screen

    async def person(self, name: str, **fields) -> int:
        """Somebody known who has pressed START; her update is confirmed."""
        chat = await self.playground.add_person(name, **fields)
        await self.playground.text(chat, "/start")
        self.playground.world.updates.drop()
        async with self.database.writing() as store:
            await store.people.ensure_account(chat, self.clock.now())
        return chat

    async def group(self, *people: int) -> int:
        """A group with the bot in it."""
        number = await self.playground.add_group("Bana Mboka", *people)
        await self.playground.move_bot(number, present=True)
        self.playground.world.updates.drop()
        return number

    async def queue(self, chat: int, kind: str = "languages", ids=None, **fields) -> None:
        """Put one row into the outbox."""
        now = self.clock.now()
        given = {"lane": Lane.REPLY, "not_before": now} | fields
        parcel = Parcel(chat_id=chat, kind=kind, ids=ids or {}, **given)
        async with self.database.writing() as store:
            await store.outbox.add([parcel], now)

    async def rows(self, table=t.outbox):
        """Every row of a table, in order."""
        async with self.database.reading() as store:
            return (await store._unit.execute(select(table))).all()

    async def states(self) -> list[str]:
        """What became of the outbox's rows, in order."""
        return [row.state for row in sorted(await self.rows(), key=lambda row: row.id)]

    async def settled(self, *states: str) -> None:
        """Wait until the outbox looks like this."""
        await until(self._are, list(states))

    async def _are(self, states: list[str]) -> bool:
        return await self.states() == states

    async def said(self, chat: int) -> list[str]:
        """The bot's messages in a chat, oldest first."""
        records = await self.playground.messages(chat)
        return [record["text"] for record in records if record["by_bot"]]

    def calls(self, method: str) -> list[dict]:
        """The bot's calls of a method."""
        calls = self.playground.world.calls.after(0)
        return [call for call in calls if call["method"] == method]


@asynccontextmanager
async def edge(database: Database, now: datetime, pace: Pace) -> AsyncIterator[Edge]:
    """Open the edge."""
    playground = await Playground.start(hold_seconds=0.05)
    session = Calls(api=TelegramAPIServer.from_base(playground.base_url))
    turnstile = Turnstile(pace)
    session.middleware(turnstile)
    default = DefaultBotProperties(parse_mode="HTML")
    clock = Clock(now)
    bot = Bot(playground.token, session=session, default=default)
    screen = Screen(bot, database, clock, load_forms(), username=playground.world.bot.username)
    yield Edge(playground, database, clock, bot, turnstile, screen)
    # Its own close() sleeps a quarter of a second for TLS connections.
    await (await session.create_session()).close()
    await playground.stop()


@asynccontextmanager
async def at_work(worker) -> AsyncIterator[None]:
    """Let a sender or an intake work; at the end it is stopped and waited for."""
    async with asyncio.timeout(PATIENCE * 2), asyncio.TaskGroup() as tasks:
        tasks.create_task(worker.run())
        try:
            yield
        finally:
            worker.stop()


async def until(
    condition: Callable[..., Awaitable[bool] | bool], *arguments, seconds: float = PATIENCE
) -> None:
    """Wait until it holds."""
    async with asyncio.timeout(seconds):
        while True:
            found = condition(*arguments)
            if found is True or (found is not False and await found):
                return
            await asyncio.sleep(0.01)


async def found_collective(
    database: Database, now: datetime, *, facilitator: int, members: list[int]
) -> tuple[Collective, int]:
    """A collective that speaks Lingala and French, and the person who facilitates it."""
    async with database.writing() as store:
        token = await invites.invite_coordinator(store, now=now)
        coordinator = await _come_in(store, token, 1, now)
        plan = Plan(
            draft="draft",
            name="Tujenge",
            trade=Trade.DYEING,
            place="Bukavu",
            zone=ZONE,
            language=GroupLanguage.BOTH,
            rhythm=Rhythm(weekday=3, at=time(17)),
        )
        made = await collectives.create(store, plan, by=coordinator, now=now)
        token = await invites.invite_facilitator(store, made.id, by=coordinator, now=now)
        leads = await _come_in(store, token, facilitator, now)
        token = await invites.invite_members(store, made.id, by=leads, now=now)
        for chat in members:
            await _come_in(store, token, chat, now)
    return made, leads


async def _come_in(store, token: str, chat: int, now: datetime) -> int:
    account = await store.people.ensure_account(chat, now)
    came = await joining.join(store, token, account, name=f"N{chat}", agreed=True, now=now)
    return came.person.id
