"""The stage of a story: the real bot over real HTTP, people who write, press and see."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from ports import free_address

import bot
from collective import invites
from collective.actions import collectives, joining
from collective.actions import invites as invite_actions
from collective.actions.collectives import Plan
from collective.collectives import Collective, GroupLanguage, Rhythm, Trade
from collective.ports import Store
from playground import Playground
from playground.control import settle
from storage.database import Database

#: Seconds to wait for something to be seen before the story fails.
PATIENCE = 5.0


@dataclass
class Chat:
    """What one person sees in one chat."""

    stage: "Stage"
    person: int
    chat: int

    async def records(self) -> list[dict[str, Any]]:
        """Every message of the bot in this chat as it stands now, oldest first."""
        found = await self.stage.playground.messages(self.chat)
        return [_typed(record) for record in found if record["by_bot"]]

    async def sees(self, *words: str) -> dict[str, Any]:
        """Wait until the newest message of the bot holds all of these words."""
        return await self._wait(words, newest_only=True)

    async def saw(self, *words: str) -> dict[str, Any]:
        """Wait until some message of the bot holds all of these words."""
        return await self._wait(words, newest_only=False)

    async def _wait(self, words: tuple[str, ...], *, newest_only: bool) -> dict[str, Any]:
        for _ in range(int(PATIENCE * 100)):
            records = await self.records()
            for record in reversed(records[-1:] if newest_only else records):
                if all(word in record["text"] for word in words):
                    return record
            await asyncio.sleep(0.01)
        raise AssertionError(f"expected {words}, saw:\n{await self.transcript()}")

    async def has_no_buttons(self, *words: str) -> None:
        """Wait until no message of the bot that holds all of these words has buttons."""
        for _ in range(int(PATIENCE * 100)):
            records = await self.records()
            of_it = [each for each in records if all(word in each["text"] for word in words)]
            if of_it and not any(each["keyboard"] for each in of_it):
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"buttons left:\n{await self.transcript()}")

    async def never_saw(self, *words: str) -> None:
        """Fail when, with nothing left to send, a message of the bot holds one of these words."""
        await self.stage.settled()
        texts = [record["text"] for record in await self.records()]
        assert not [word for word in words for text in texts if word in text]

    async def buttons(self) -> list[str]:
        """The buttons of the newest message that has any."""
        return [button["text"] for row in (await self._keyboard())["keyboard"] for button in row]

    async def taps(self, label: str, *, on: str = "") -> None:
        """Press the button with this label, or the one whose label holds these words.

        It is on the newest message that has buttons and holds the words `on`.
        """
        await self.stage.arrived()
        record = await self._keyboard(on)
        labels = [button["text"] for row in record["keyboard"] for button in row]
        found = [each for each in labels if label == each] or [e for e in labels if label in e]
        [button] = found or [f"no {label} in {labels}"]
        await self.stage.playground.tap(
            self.person, record["message_id"], button=button, chat_id=self.chat, wait=True
        )

    def keys(self) -> list[str]:
        """The labels of the keyboard the bot has put in place of her own, if any."""
        laid = self.stage.playground.world.reply_keys.of(self.chat, self.person)
        return [key["text"] for key in laid.keys] if laid and not laid.folded else []

    async def presses(self, label: str) -> None:
        """Press the key of that keyboard whose label holds these words."""
        keys = self.keys()
        [key] = [each for each in keys if label in each] or [f"no {label} in {keys}"]
        await self.stage.playground.press(self.person, key, chat_id=self.chat, wait=True)

    async def shares(self, request_id: int, chat: int) -> None:
        """Answer a key that asks for a group with one of hers."""
        await self.stage.playground.share(self.person, request_id, chat_id=chat, wait=True)

    async def says(self, text: str, **where: Any) -> None:
        """Write a message and wait until the bot has handled it."""
        await self.stage.arrived()
        await self.stage.playground.text(self.person, text, wait=True, chat_id=self.chat, **where)

    async def checks_in(self, *typed: str) -> None:
        """Type these answers, and skip whatever the form asks after them."""
        for text in typed:
            await self.says(text)
        while skips := [label for label in await self.buttons() if label.startswith("⏭")]:
            await self.taps(skips[0])

    async def speaks(self, seconds: int = 20, **what: Any) -> None:
        """Send a voice message; `what` is reply_to=, caption=, size= or base64 data=."""
        await self._sends("voice", duration=seconds, **what)

    async def sends_photo(self, **what: Any) -> None:
        """Send a picture; `what` is caption=, reply_to= or base64 data=."""
        await self._sends("photo", **what)

    async def sends_document(self, name: str, **what: Any) -> None:
        """Send a file under that name; `what` is caption=, reply_to= or base64 data=."""
        await self._sends("document", name=name, **what)

    async def _sends(self, kind: str, **what: Any) -> None:
        await self.stage.playground.send(self.person, kind, wait=True, chat_id=self.chat, **what)

    async def opens(self, link: str) -> None:
        """Open a link to the bot."""
        await self.stage.playground.link(self.person, link, wait=True)

    async def link(self) -> str:
        """The newest link to the bot that was sent here."""
        for record in reversed(await self.records()):
            if found := re.search(r"https://t\.me/\S+", record["text"]):
                return found[0]
        raise AssertionError(f"no link in {await self.transcript()}")

    async def texts(self) -> str:
        """Everything that stands in the chat now, hers too."""
        found = await self.stage.playground.messages(self.chat)
        return "\n".join(message["text"] or "(no text)" for message in found)

    async def transcript(self) -> str:
        """The chat as one would read it."""
        found = await self.stage.playground.messages(self.chat)
        return "\n".join(
            f"{'BOT' if m['by_bot'] else '   '} {m['text']!r} "
            f"{[b['text'] for row in m['keyboard'] or [] for b in row]}"
            for m in found
        )

    async def _keyboard(self, on: str = "") -> dict[str, Any]:
        for record in reversed(await self.records()):
            if record["keyboard"] and on in record["text"]:
                return record
        raise AssertionError(f"no buttons in {await self.transcript()}")


def _typed(record: dict[str, Any]) -> dict[str, Any]:
    """The record with the spaces one would type: French puts a narrow one before a colon."""
    return {**record, "text": (record["text"] or "").replace("\u202f", " ")}


@dataclass
class Stage:
    """A playground, the bot on it, and its database."""

    playground: Playground
    settings: "bot.Settings"
    app: "bot.App" = field(init=False)
    life: AsyncExitStack = field(default_factory=AsyncExitStack)
    people: dict[str, Chat] = field(default_factory=dict)

    async def wakes(self) -> None:
        """Start the bot."""
        self.app = await self.life.enter_async_context(bot.running(self.settings))

    async def sleeps_through(self, **span: float) -> None:
        """Stop the bot, let time pass, and start it again."""
        await self.life.aclose()
        self.playground.world.clock.offset_seconds += timedelta(**span).total_seconds()
        await self.wakes()
        await self.settled()

    @property
    def database(self) -> Database:
        """The bot's database, for what nobody can see on a phone."""
        return self.app.database

    @property
    def now(self) -> datetime:
        """The moment on the moved clock."""
        return self.playground.world.clock.now()

    async def person(self, name: str, lang: str = "fr") -> Chat:
        """Somebody with a phone, in her private chat with the bot."""
        number = await self.playground.add_person(name, language_code=lang)
        self.people[name] = Chat(self, number, number)
        return self.people[name]

    async def group(self, title: str, *members: Chat) -> int:
        """A Telegram group without the bot."""
        return await self.playground.add_group(title, *(each.person for each in members))

    async def in_group(self, who: Chat, group: int) -> Chat:
        """The group as one member sees it."""
        return Chat(self, who.person, group)

    async def coordinator_link(self) -> str:
        """What `bot.py invite coordinator` prints."""
        async with self.database.writing() as store:
            token = await invite_actions.invite_coordinator(store, now=self.now)
        return invites.link(self.playground.world.bot.username, token)

    async def found(self, *members: tuple[str, str], group: bool = False) -> "Cast":
        """A collective with its coordinator, facilitator and members, all in the bot's chat."""
        people = {"Joséphine": "fr", "Nadine": "fr", **dict(members)}
        chats = {name: await self.person(name, lang) for name, lang in people.items()}
        numbers = {name: chat.person for name, chat in chats.items()}
        async with self.database.writing() as store:
            made = await founded(store, PLAN, numbers, people, self.now)
        for chat in chats.values():
            await chat.says("/start")
        number = await self.group(made.name, *chats.values()) if group else 0
        if group:
            nadine = chats["Nadine"].person
            await self.playground.move_bot(number, present=True, by=nadine, wait=True)
            await (await self.in_group(chats["Nadine"], number)).saw(made.name)
        return Cast(collective=made, chats=chats, group=number)

    async def settled(self) -> None:
        """Wait until the bot handles nothing and nothing is due to leave."""
        while True:
            async with self.database.reading() as store:
                waiting = await store.outbox.due_count(self.now)
            fetched = not self.playground.world.updates
            if not waiting and fetched and not self.app.intake.open_count():
                return
            await asyncio.sleep(0.01)

    async def arrived(self) -> None:
        """Wait until what was on its way has arrived, for a while: what cannot leave stays away.

        Who acts acts on what is there, so that stories do not depend on how fast messages come.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self.settled()

    async def called(self, method: str) -> None:
        """Wait until the bot has called a method of Telegram."""
        for _ in range(int(PATIENCE * 100)):
            if any(call["method"] == method for call in self.playground.world.calls.after(0)):
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"{method} was never called")

    def slow_down(self, method: str) -> None:
        """Let Telegram refuse the next call of a method: 429, one second."""
        self.playground.world.faults.arm(
            {"kind": "429", "method": method, "count": 1, "retry_after": 1}
        )

    async def again(self, who: Chat) -> None:
        """Let Telegram send her last message once more, as after a restart."""
        world = self.playground.world
        found = [each for each in world.messages(who.chat) if each.from_id == who.person]
        update = world.updates.push("message", world.shown(found[-1]))
        await settle(world, update)

    def file_of(self, record: dict[str, Any]) -> str:
        """The text of the document that came with a message."""
        name = record["media"]["url"].rpartition("/files/")[2]
        return (self.playground.world.files.folder / name).read_text(encoding="utf-8")

    def menu(self, who: Chat) -> list[dict[str, str]]:
        """The commands Telegram offers her in her private chat."""
        world = self.playground.world
        person = world.person(who.person)
        return world.commands.seen(person.id, person.id, person.language_code)

    async def migrate(self, group: int) -> int:
        """Let a group become a supergroup; answers its new id."""
        return await self.playground.migrate(group, wait=True)

    async def press(self, who: Chat, message_id: int, data: str) -> None:
        """Press a button that the message may no longer show, as a slow phone does."""
        await self.playground.tap(who.person, message_id, data=data, forge=True, wait=True)

    async def later(self, **span: float) -> None:
        """Let time pass, each due moment in turn, until nothing is open or due."""
        await self.playground.move_clock(advance_seconds=timedelta(**span).total_seconds())

    async def until(self, moment: datetime) -> None:
        """Let time pass until a moment."""
        await self.later(seconds=(moment - self.now).total_seconds())


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who is in a founded collective."""

    collective: Collective
    chats: dict[str, Chat]
    group: int

    def __getitem__(self, name: str) -> Chat:
        return self.chats[name]


PLAN = Plan(
    draft="story",
    name="Tujenge",
    trade=Trade.SEWING,
    place="Bukavu",
    zone="Africa/Lubumbashi",
    language=GroupLanguage.BOTH,
    rhythm=Rhythm(weekday=3, at=time(17)),
)


async def founded(
    store: Store, plan: Plan, chats: dict[str, int], languages: dict[str, str], now: datetime
) -> Collective:
    """Found a collective and let everybody in; Joséphine coordinates, Nadine facilitates."""
    token = await invite_actions.invite_coordinator(store, now=now)
    coordinator = await _join(store, token, "Joséphine", chats, languages, now)
    made = await collectives.create(store, plan, by=coordinator, now=now)
    token = await invite_actions.invite_facilitator(store, made.id, by=coordinator, now=now)
    facilitator = await _join(store, token, "Nadine", chats, languages, now)
    token = await invite_actions.invite_members(store, made.id, by=facilitator, now=now)
    for name in chats.keys() - {"Joséphine", "Nadine"}:
        await _join(store, token, name, chats, languages, now)
    return made


async def _join(
    store: Store,
    token: str,
    name: str,
    chats: dict[str, int],
    languages: dict[str, str],
    now: datetime,
) -> int:
    account = await store.people.ensure_account(chats[name], now)
    await store.people.set_language(account.id, languages[name])
    came = await joining.join(store, token, account, name=name, agreed=True, now=now)
    return came.person.id


@asynccontextmanager
async def staged(
    home: Path, database_url: str, now: datetime, *, by_webhook: bool = False
) -> AsyncIterator[Stage]:
    """Raise the curtain: the bot lives in this process and talks HTTP to the playground."""
    health = free_address()
    playground = await Playground.start(health_url=f"http://{health}/", hold_seconds=0.2)
    playground.world.clock.offset_seconds = playground.world.clock.offset_at(now)
    settings = bot.Settings(
        token=playground.token,
        api_url=playground.base_url,
        home=home,
        database_url=database_url,
        clock_url=f"{playground.base_url}/playground/api/clock",
        health=health,
        pace=0,
        **(_webhook() if by_webhook else {}),
    )
    stage = Stage(playground, settings)
    try:
        async with stage.life:
            await stage.wakes()
            yield stage
    finally:
        await playground.stop()


def _webhook() -> dict[str, Any]:
    address = free_address()
    url = f"http://{address}/hook"
    return {"webhook_url": url, "webhook_secret": "stage", "webhook_listen": address}
