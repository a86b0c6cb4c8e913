"""Moving the clock forward, from one due moment of the bot to the next, none skipped."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from playground.refusals import ControlError
from playground.world import World

STEP_SECONDS = 30.0  # how long one step may take the bot
GLANCE_SECONDS = 0.05  # between two looks at its health
FRESH_SECONDS = 1.0  # the bot asks for the clock each second: its health is not asked more often


@dataclass(frozen=True, kw_only=True)
class Health:
    """What the bot says of itself; times are its own, that is the playground's as it knows it."""

    now: datetime
    next_due: datetime | None
    open: int

    def rested(self, moment: datetime) -> bool:
        """Nothing is open or due, and the bot knows that the moment has come."""
        due = self.next_due is not None and self.next_due <= moment
        return self.now >= moment and not due and self.open == 0


class Passage:
    """The clock as the control API moves and shows it; without a health URL it just moves."""

    def __init__(self, world: World, health_url: str | None, session: ClientSession) -> None:
        self._world = world
        self._url = health_url
        self._session = session
        self._moving = asyncio.Lock()
        self._seen: Health | None = None
        self._seen_at = float("-inf")

    async def shown(self) -> dict[str, Any]:
        """Give the clock as README describes it."""
        if time.monotonic() - self._seen_at > FRESH_SECONDS:
            await self._health()
        due = self._seen.next_due if self._seen else None
        clock = self._world.clock
        return {
            "offset_seconds": clock.offset_seconds,
            "now": clock.now().isoformat(),
            "next_due": due and due.isoformat(),
        }

    async def move(self, body: dict[str, Any]) -> dict[str, Any]:
        """Move as told, and answer when the bot has nothing more to do."""
        async with self._moving:
            await self._travel(await self._target(body))
        return await self._told()

    async def _target(self, body: dict[str, Any]) -> float:
        """Give the offset to reach, in seconds."""
        offset = self._world.clock.offset_seconds
        if body.get("to") == "next":
            health = await self._health()
            if health is None or health.next_due is None:
                raise ControlError(409, "nothing is due, or the bot does not say")
            return self._world.clock.offset_at(health.next_due)
        for name, base in (("advance_seconds", offset), ("offset_seconds", 0)):
            if isinstance(body.get(name), int | float):
                return base + float(body[name])
        raise ControlError(
            400, 'say {"advance_seconds": n}, {"to": "next"} or {"offset_seconds": n}'
        )

    async def _travel(self, offset: float) -> None:
        clock = self._world.clock
        if self._url is None or offset < clock.offset_seconds:
            clock.offset_seconds = offset
            return
        target = clock.now() + timedelta(seconds=offset - clock.offset_seconds)
        await self._until_rested(clock.now())
        while (due := self._due()) is not None and due <= target:
            clock.offset_seconds = clock.offset_at(due)
            await self._told()
            await self._until_rested(due)
        clock.offset_seconds = max(clock.offset_seconds, offset)
        await self._until_rested(target)

    def _due(self) -> datetime | None:
        return self._seen.next_due if self._seen else None

    async def _told(self) -> dict[str, Any]:
        shown = await self.shown()
        self._world.events.emit("clock", clock=shown)
        return shown

    async def _until_rested(self, moment: datetime) -> None:
        """Wait until the bot has done all that was due by then, and fetched all there was."""

        def rested(health: Health | None) -> bool:
            return health is not None and health.rested(moment) and not self._world.updates

        if not await self._watch(rested):
            seen = self._seen
            raise ControlError(504, f"the bot is not done with {moment.isoformat()}: {seen}")

    async def _watch(self, satisfied: Callable[[Health | None], bool]) -> bool:
        end = time.monotonic() + STEP_SECONDS
        while not satisfied(await self._health()):
            if time.monotonic() > end or self._world.bell.closed:
                return False
            await asyncio.sleep(GLANCE_SECONDS)
        return True

    async def _health(self) -> Health | None:
        """Ask the bot how it is; None when it cannot be reached."""
        # Noted before asking: the bot may read the clock while it answers; that is no new question.
        self._seen_at = time.monotonic()
        self._seen = await self._asked(self._url) if self._url else None
        return self._seen

    async def _asked(self, url: str) -> Health | None:
        try:
            async with self._session.get(url, timeout=ClientTimeout(total=2)) as answer:
                body = await answer.json(content_type=None)
            return Health(
                now=_moment(body["now"]),
                next_due=_moment(body["next_due"]) if body["next_due"] else None,
                open=int(body["updates_open"]) + int(body["outbox_due"]),
            )
        except (ClientError, TimeoutError, ValueError, KeyError):
            return None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
