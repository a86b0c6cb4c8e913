"""Who is measured: how each is prepared, started and pressed, and how many answers it has kept."""

import os
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from line import PATH, SECRET, TOKEN, Line, Phone, each_starts
from stage import PLAN, founded

from collective.actions import rounds
from collective.forms import load_forms
from storage import migrate
from storage.database import open_database
from storage.keys import load_cipher

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
#: Members of a collective.
MEMBERS = 25


@dataclass(frozen=True, kw_only=True)
class Home:
    """Where one contestant lives for one round: its folder, its port, and the API it calls."""

    folder: Path
    port: int
    api: str

    @property
    def hook(self) -> str:
        """Where it takes updates."""
        return f"http://127.0.0.1:{self.port}/{PATH}"


class Ceiling:
    """A no-op aiogram webhook."""

    #: The key of its figure in data/bench.json, and its line in the table.
    key = "taps_per_s_ceiling"
    title = "aiogram, a webhook that does nothing: the ceiling"
    #: Whether a press changes what she sees; whether answers are kept.
    shows, keeps = False, False
    _how = "no-op"

    def command(self, home: Home) -> list[str]:
        """How it is started."""
        return [str(HERE / "peer_aiogram.py"), home.api, str(home.port), self._how]

    def environment(self, _home: Home) -> dict[str, str]:
        """Its settings."""
        return {}

    async def prepare(self, _home: Home, _chats: Sequence[int]) -> None:
        """What has to be there before it starts."""

    async def open(self, _home: Home, line: Line) -> None:
        """Show every member her first card."""
        row = [{"text": "4 🙂 Bonne", "callback_data": "0:3"}]
        for number, phone in enumerate(line.phones.values(), 1):
            line.called("sendMessage", {"chat_id": phone.chat, "text": f"Bonjour {number}"})
            phone.message["reply_markup"] = {"inline_keyboard": [row] * 7}

    def choose(self, phone: Phone) -> str | None:
        """The button she presses next; None when she has finished."""
        return next(iter(phone.buttons()), None)

    def kept(self, _home: Home) -> int:
        """How many answers are in its database."""
        return 0


class Calls(Ceiling):
    """aiogram with the two calls, nothing kept."""

    key = "taps_per_s_aiogram_calls"
    title = "aiogram, the two calls and nothing kept"
    shows = True
    _how = "calls"


class Peer(Ceiling):
    """python-telegram-bot, its ConversationHandler, durable answers."""

    key = "taps_per_s_ptb_durable"
    title = "python-telegram-bot, `ConversationHandler`, each answer committed to SQLite"
    shows, keeps = True, True

    def command(self, home: Home) -> list[str]:
        """How it is started."""
        return [str(HERE / "peer_ptb.py"), home.api, str(home.port), str(home.folder / "peer.db")]

    async def open(self, home: Home, line: Line) -> None:
        """Let every member write /start."""
        await each_starts(line, home.hook, at_once=30)

    def kept(self, home: Home) -> int:
        """How many answers are in its database."""
        return _count(home.folder / "peer.db")


class Lisanga(Ceiling):
    """The bot itself: `bot.py run` with a webhook."""

    key = "taps_per_s"
    title = "Lisanga, `bot.py run` on SQLite"
    shows, keeps = True, True

    def command(self, _home: Home) -> list[str]:
        """How it is started."""
        return [str(ROOT / "bot.py"), "run"]

    def environment(self, home: Home) -> dict[str, str]:
        """Its settings."""
        return {
            "LISANGA_HOME": str(home.folder),
            "LISANGA_TOKEN": TOKEN,
            "LISANGA_API_URL": home.api,
            "LISANGA_PACE": "0",
            "LISANGA_WEBHOOK_URL": home.hook,
            "LISANGA_WEBHOOK_SECRET": SECRET,
            "LISANGA_WEBHOOK_LISTEN": f"127.0.0.1:{home.port}",
        }

    async def prepare(self, home: Home, chats: Sequence[int]) -> None:
        """Found collectives of 25 where it is about noon now: cards leave by day only."""
        now = datetime.now(UTC)  # noqa: TID251 - a bot of its own process lives by the system's time
        zone = f"Etc/GMT{now.hour - 12:+d}"
        async with self.database(home, upgrade=True) as database:
            for number in range(-(-len(chats) // MEMBERS)):
                members = chats[number * MEMBERS : (number + 1) * MEMBERS]
                names = ["Joséphine", "Nadine", *(f"Aline {each}" for each in members)]
                # Those who accompany have chats of their own, where nobody presses.
                theirs = (10**9 + number, 2 * 10**9 + number, *members)
                numbers = dict(zip(names, theirs, strict=True))
                plan = replace(PLAN, draft=f"bench {number}", zone=zone)
                async with database.writing() as store:
                    await founded(store, plan, numbers, dict.fromkeys(names, "fr"), now)

    async def open(self, home: Home, line: Line) -> None:
        """Open every collective's round and wait for the cards."""
        shown = [phone.change() for phone in line.phones.values()]
        await self.open_rounds(home, -(-len(line.phones) // MEMBERS))
        for each in shown:
            await each

    async def open_rounds(self, home: Home, count: int) -> None:
        """Open the rounds of the first collectives."""
        now = datetime.now(UTC)  # noqa: TID251 - as above
        due, forms = now - timedelta(seconds=1), load_forms()
        async with self.database(home) as database, database.writing() as store:
            for number in range(1, count + 1):
                await rounds.open_round(store, forms, number, due=due, now=now)

    def choose(self, phone: Phone) -> str | None:
        """The first button that keeps an answer; others only mark one of several."""
        return next((data for data in phone.buttons() if self.answers(data)), None)

    @staticmethod
    def answers(data: str) -> bool:
        """Whether a button keeps an answer."""
        return data.split(":")[3:4] == ["s"]

    def kept(self, home: Home) -> int:
        """How many answers are in its database."""
        return _count(home.folder / "lisanga.db")

    @asynccontextmanager
    async def database(self, home: Home, *, upgrade: bool = False):
        """Open its database beside it."""
        url = f"sqlite:///{home.folder / 'lisanga.db'}"
        if upgrade:
            await migrate.upgrade(url)
        database = open_database(url, load_cipher(None, home.folder))
        try:
            yield database
        finally:
            await database.close()


#: In the order in which they take turns.
ALL: tuple[Ceiling, ...] = (Lisanga(), Peer(), Calls(), Ceiling())


def environment_for(contestant: Ceiling, home: Home) -> dict[str, str]:
    """What its process sees: nothing of an operator's own settings."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith("LISANGA_")}
    return ours | {"PYTHONPATH": os.pathsep.join([*sys.path])} | contestant.environment(home)


def _count(path: Path) -> int:
    with sqlite3.connect(path) as database:
        (found,) = database.execute("SELECT count(*) FROM answers").fetchone()
    return int(found)
