"""Keeping the world in a JSON file, so that chats outlive a restart as the bot's data do."""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playground.messages import Message
from playground.people import BotAccount, Group, Person
from playground.world import Press, World

PAUSE_SECONDS = 1.0  # between a change and its writing


class Keeper:
    """Writes the world soon after it changed, and at the end."""

    def __init__(self, world: World, path: Path) -> None:
        self._world = world
        self._path = path
        self._timer: asyncio.TimerHandle | None = None
        self._written: object = None

    def load(self) -> None:
        """Take the world from the file, if there is one."""
        if self._path.exists():
            load(self._world, json.loads(self._path.read_text()))

    def touch(self) -> None:
        """Something may have changed: write in a moment, unless that is already planned."""
        if self._timer is None and self._mark() != self._written:
            self._timer = asyncio.get_running_loop().call_later(PAUSE_SECONDS, self.save)

    def save(self) -> None:
        """Write now; through a neighbour file, so that a crash never leaves half a world."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._written = self._mark()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        neighbour = self._path.with_suffix(".new")
        neighbour.write_text(json.dumps(dump(self._world), ensure_ascii=False))
        neighbour.replace(self._path)

    def _mark(self) -> object:
        world = self._world
        return world.events.last, world.updates.next_id, len(world.updates), world.last_press


def dump(world: World) -> dict[str, Any]:
    """Give the world as JSON: everything but the logs and the armed faults."""
    return {
        "bot": asdict(world.bot),
        "offset_seconds": world.clock.offset_seconds,
        "people": [asdict(person) for person in world.people.values()],
        "groups": [asdict(group) for group in world.groups.values()],
        "messages": [asdict(m) for chat in world.chats.values() for m in chat.values()],
        "presses": {number: asdict(press) for number, press in world.presses.items()},
        "last_message": world.last_message,
        "last_message_in": list(world.last_message_in.items()),
        "last_press": world.last_press,
        "last_event": world.events.last,
        "updates": world.updates.dump(),
        "webhook": world.webhook.dump(),
        "commands": world.commands.dump(),
        "reply_keys": world.reply_keys.dump(),
        "files": world.files.dump(),
    }


def load(world: World, kept: dict[str, Any]) -> None:
    """Take back what `dump` gave."""
    world.bot = BotAccount(**kept["bot"])
    world.clock.offset_seconds = kept["offset_seconds"]
    world.people = {person["id"]: Person(**person) for person in kept["people"]}
    for group in kept["groups"]:
        people = {name: tuple(group.get(name, ())) for name in ("members", "admins")}
        world.groups[group["id"]] = Group(**{**group, **people})
    for fields in kept["messages"]:
        message = Message(**fields)
        world.chats.setdefault(message.chat_id, {})[message.message_id] = message
    world.presses = {number: Press(**press) for number, press in kept["presses"].items()}
    world.last_message = kept["last_message"]
    world.last_message_in = dict(kept.get("last_message_in", []))
    world.last_press = kept["last_press"]
    world.events.last = kept["last_event"]
    world.updates.load(kept["updates"])
    world.webhook.load(kept.get("webhook", {}))
    world.commands.load(kept["commands"])
    world.reply_keys.load(kept.get("reply_keys", []))
    world.files.load(kept["files"])
