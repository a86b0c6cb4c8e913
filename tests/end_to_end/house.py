"""The bot as a process of its own, a playground beside it, and HTTP between everybody."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from ports import free_address

from playground import Playground

ROOT = Path(__file__).parents[2]


@dataclass
class House:
    """What a driver from outside has: the control API, and the command line."""

    http: aiohttp.ClientSession
    playground: Playground
    environment: dict[str, str]

    async def get(self, path: str) -> Any:
        """GET of the control API."""
        async with self.http.get(f"{self.playground.base_url}/playground/api/{path}") as answer:
            return await self._read(answer)

    async def post(self, path: str, **body: Any) -> Any:
        """POST to the control API."""
        url = f"{self.playground.base_url}/playground/api/{path}"
        async with self.http.post(url, json=body) as answer:
            return await self._read(answer)

    async def command(self, *words: str) -> str:
        """Run a command of bot.py and return what it prints."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(ROOT / "bot.py"),
            *words,
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
        )
        out, _ = await process.communicate()
        assert process.returncode == 0
        return out.decode()

    async def chat(self, number: int) -> list[dict[str, Any]]:
        """The bot's messages in a chat, with the spaces one would type."""
        found = (await self.get(f"chats/{number}/messages"))["messages"]
        return [
            {**each, "text": (each["text"] or "").replace("\u202f", " ")}
            for each in found
            if each["by_bot"]
        ]

    async def sees(self, number: int, *words: str) -> dict[str, Any]:
        """Wait until some message of a chat holds all of these words."""
        for _ in range(300):
            messages = await self.chat(number)
            for message in reversed(messages):
                if all(word in message["text"] for word in words):
                    return message
            await asyncio.sleep(0.05)
        raise AssertionError(f"{words} not in {[each['text'] for each in messages]}")

    async def taps(self, person: int, label: str) -> None:
        """Press the newest button whose label holds these words."""
        newest = next(each for each in reversed(await self.chat(person)) if each["keyboard"])
        labels = [button["text"] for row in newest["keyboard"] for button in row]
        [button] = [each for each in labels if label in each]
        body = {"message_id": newest["message_id"], "button": button}
        await self.post(f"people/{person}/tap?wait=1", **body)

    async def says(self, person: int, text: str) -> None:
        """Write to the bot."""
        await self.post(f"people/{person}/text?wait=1", text=text)

    async def joins(self, person: int, link: str, *labels: str) -> None:
        """Open an invitation and press through it."""
        await self.post(f"people/{person}/link?wait=1", url=link)
        for label in labels:
            await self.taps(person, label)

    @staticmethod
    async def _read(answer: aiohttp.ClientResponse) -> Any:
        body = await answer.json()
        assert answer.status < 400, body
        return body


@asynccontextmanager
async def opened(home: Path, database_url: str) -> AsyncIterator[House]:
    """Start the playground, then the bot; stop the bot with SIGTERM and expect a clean end."""
    health = free_address()
    playground = await Playground.start(health_url=f"http://{health}/")
    environment = os.environ | {
        "LISANGA_TOKEN": playground.token,
        "LISANGA_API_URL": playground.base_url,
        "LISANGA_HOME": str(home),
        "LISANGA_DATABASE_URL": database_url,
        "LISANGA_CLOCK_URL": f"{playground.base_url}/playground/api/clock",
        "LISANGA_HEALTH": health,
        "LISANGA_PACE": "0",
    }
    with (home / "log").open("w") as log:
        bot = await asyncio.create_subprocess_exec(
            sys.executable, str(ROOT / "bot.py"), "run", env=environment, stdout=log, stderr=log
        )
    try:
        async with aiohttp.ClientSession() as http:
            await _healthy(http, f"http://{health}/")
            yield House(http, playground, environment)
    finally:
        if bot.returncode is None:
            bot.terminate()
        code = await asyncio.wait_for(bot.wait(), 20)
        await playground.stop()
    assert code == 0, (home / "log").read_text()


async def _healthy(http: aiohttp.ClientSession, url: str) -> None:
    for _ in range(600):
        try:
            async with http.get(url) as answer:
                if answer.status == 200:
                    return
        except aiohttp.ClientError:
            await asyncio.sleep(0.05)
    raise AssertionError("the bot did not start")
