"""Brings updates to the webhook: in order within a queue, queues side by side, until taken."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ServerDisconnectedError,
)

from playground import params
from playground.params import Params
from playground.updates import Pending
from playground.world import World

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, not a secret
HOUR = 3600  # seconds: no Retry-After is honoured for longer


def pause(failures: int) -> float:
    """Seconds before an update is sent again: at once after the first failure, then 2, 4, 8."""
    cap = random.uniform(60, 120)  # noqa: S311 - no secret: the real server spreads its load so
    return min(2.0**failures, cap) if failures else 0.0


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long the courier waits: for an answer, in seconds, and after so many failures."""

    answer_seconds: float = 60.0
    pause: Callable[[int], float] = pause


class Courier:
    """Delivers whenever a webhook is set; what it leaves behind can still be polled."""

    def __init__(
        self,
        world: World,
        session: ClientSession,
        execute: Callable[[Params], Awaitable[None]],
        patience: Patience,
    ) -> None:
        self._world = world
        self._session = session
        self._execute = execute
        self._patience = patience
        #: Queues somebody delivers from, and the generation they deliver to.
        self._taken: set[tuple[str, int]] = set()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Deliver as long as the block lasts."""
        work = asyncio.ensure_future(self._run())
        try:
            yield
        finally:
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as nursery:
            while not self._world.bell.closed:
                await self._serve(nursery, self._world.webhook.generation)

    async def _serve(self, nursery: asyncio.TaskGroup, generation: int) -> None:
        """Start on every queue that has something in it, until the webhook changes."""
        line = asyncio.Semaphore(self._world.webhook.target.connections)

        def news() -> bool:
            return not self._holds(generation) or bool(self._open())

        while self._holds(generation):
            for queue in self._open():
                self._taken.add((queue, generation))
                nursery.create_task(self._deliver(queue, generation, line))
            await self._world.bell.until(news, HOUR)

    def _holds(self, generation: int) -> bool:
        """Whether this is still the webhook, and the playground is open."""
        return self._world.webhook.generation == generation and not self._world.bell.closed

    def _open(self) -> list[str]:
        """Queues with something in them that nobody delivers from."""
        webhook = self._world.webhook
        if not webhook.active():
            return []
        queues = self._world.updates.queues()
        return [queue for queue in queues if (queue, webhook.generation) not in self._taken]

    async def _deliver(self, queue: str, generation: int, line: asyncio.Semaphore) -> None:
        """Empty one queue, each update until it is taken; stop when the webhook changes."""
        updates = self._world.updates
        sent, failures = 0, 0
        while self._holds(generation) and (head := updates.head(queue)):
            failures = failures if head.update_id == sent else 0
            sent = head.update_id
            async with line:
                failure = await self._post(head)
            if not self._holds(generation):
                break
            if failure is None:
                updates.taken(head.update_id)
            else:
                await self._fail(head, failure, failures, generation)
                failures += 1
        self._taken.discard((queue, generation))

    async def _fail(
        self, update: Pending, failure: "Failure", failures: int, generation: int
    ) -> None:
        """Note what went wrong and wait before the next try; there is none past its expiry."""
        clock = self._world.clock
        self._world.webhook.fail(failure.words, clock.stamp())
        wait = failure.retry_after or self._patience.pause(failures)
        if clock.seconds() + wait > update.expires:
            self._world.updates.give_up(update.update_id)
        else:
            await self._world.bell.until(lambda: not self._holds(generation), wait)

    async def _post(self, update: Pending) -> "Failure | None":
        """Send one update and do what the answer asks for; None when it was taken."""
        target = self._world.webhook.target
        headers = {SECRET: target.secret} if target.secret else {}
        timeout = ClientTimeout(total=self._patience.answer_seconds)
        try:
            async with self._session.post(
                target.url, json=update.update(), headers=headers, timeout=timeout
            ) as answer:
                if not 200 <= answer.status <= 299:
                    return _refused(answer)
                await self._execute(await params.read_reply(answer))
                return None
        except TimeoutError:
            return Failure("Read timeout expired")
        except ClientConnectorError:
            return Failure("Connection refused")
        except ServerDisconnectedError:
            return Failure("Webhook connection closed")
        except ClientError as error:
            return Failure(f"Wrong response from the webhook: {type(error).__name__}")


@dataclass(frozen=True)
class Failure:
    """Why an update was not taken; seconds to wait if the bot asked for them."""

    words: str
    retry_after: int = 0


def _refused(answer: ClientResponse) -> Failure:
    asked = answer.headers.get("Retry-After", "")
    retry_after = min(int(asked), HOUR) if asked.isdecimal() else 0
    words = f"Wrong response from the webhook: {answer.status} {answer.reason}"
    return Failure(words, retry_after)
