"""The one way out: every call of the bot passes here, in its turn and never too fast."""

import asyncio
import math
from contextvars import ContextVar
from dataclasses import dataclass, field

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import AiogramError, ClientDecodeError, TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from collective.outbox import Lane
from delivery.outcomes import Outcome, verdict
from delivery.pace import Departure, Pace

#: How long a reply waits for a place beside bulk, in seconds. Telegram's limits are for bulk, and
#: a person waits: after that it leaves all the same.
BRIEFLY = 0.6
#: What would wait longer than this does not wait here, in seconds.
SOON = 1.0
#: Beginnings of methods whose calls Telegram counts, and those that only look like one.
_COUNTED = ("send", "edit", "copyMessage", "forwardMessage")
_UNCOUNTED = frozenset({"sendChatAction", "editForumTopic", "editGeneralForumTopic"})


class NotNow(Exception):
    """It would have to wait long, or the bot is about to stop: it has not left."""


@dataclass(eq=False, kw_only=True)
class Ticket:
    """Lets the next call of a task leave as bulk, in its lane."""

    lane: Lane
    #: When it left, by the pace's time; None before, and where there was nothing to call.
    departure: Departure | None = None


@dataclass(order=True, kw_only=True)
class _Waiting:
    """A call in front of the turnstile; the first in order goes first."""

    #: Its lane, or -1 for a reply.
    rank: int
    number: int
    chat_id: int = field(compare=False)
    until: float = field(compare=False)
    leaves: asyncio.Future[Departure] = field(compare=False)

    @property
    def is_reply(self) -> bool:
        """Whether a person waits for it."""
        return self.rank < 0


_ticket: ContextVar[Ticket | None] = ContextVar("ticket", default=None)


def leave_as(ticket: Ticket) -> None:
    """Let the next call of this task leave on a ticket: as bulk, when its turn has come."""
    _ticket.set(ticket)


def counted(method: str) -> bool:
    """Tell whether calls of a method count towards Telegram's limits."""
    return method.startswith(_COUNTED) and method not in _UNCOUNTED


class Turnstile(BaseRequestMiddleware):
    """Lets replies through first, then bulk lane by lane, each as soon as the pace allows."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._queue: list[_Waiting] = []
        self._numbers = 0
        self._timer: asyncio.TimerHandle | None = None
        self._closed = False

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Let the call through in its turn; raise NotNow or, while Telegram asked to wait, that."""
        chat_id = _chat_of(method)
        departure = await self._turn(chat_id, method) if chat_id is not None else None
        try:
            return await make_request(bot, method)
        except UnicodeDecodeError as garbled:
            # A proxy's page in another alphabet: the one failure aiogram does not make its own.
            raise ClientDecodeError("not UTF-8", garbled, None) from garbled
        except AiogramError as error:
            judged = verdict(error)
            if judged.outcome is Outcome.WAIT and chat_id is not None:
                self.pace.refused(chat_id, judged.seconds)
            raise
        finally:
            if departure is not None:
                self.pace.answered(departure)

    def close(self) -> None:
        """Let no more bulk through: what waits for its turn is told NotNow. Replies go on."""
        self._closed = True
        self._go_on()

    async def _turn(self, chat_id: int, method: TelegramMethod[TelegramType]) -> Departure | None:
        left = self.pace.pause_left(chat_id)
        if left > 0:
            raise TelegramRetryAfter(method, "paused", retry_after=math.ceil(left))
        ticket = _ticket.get()
        _ticket.set(None)
        if ticket is not None:
            ticket.departure = await self._wait(chat_id, list(Lane).index(ticket.lane), SOON)
            return ticket.departure
        return await self._wait(chat_id, -1, BRIEFLY) if counted(method.__api_method__) else None

    async def _wait(self, chat_id: int, rank: int, patience: float) -> Departure:
        if rank < 0 and not self._queue and self.pace.reply_wait() <= 0:
            return self.pace.book(chat_id)
        loop = asyncio.get_running_loop()
        self._numbers += 1
        waiting = _Waiting(
            rank=rank,
            number=self._numbers,
            chat_id=chat_id,
            until=loop.time() + patience,
            leaves=loop.create_future(),
        )
        self._queue.append(waiting)
        self._go_on()
        try:
            return await waiting.leaves
        finally:
            if waiting in self._queue:
                self._queue.remove(waiting)

    def _go_on(self) -> None:
        """Let through whoever may go now, and look again when the next one may."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        loop = asyncio.get_running_loop()
        while self._queue:
            waits = self._waits(loop.time())
            if not waits:
                return
            seconds, first = min(waits)
            if seconds > 0:
                self._timer = loop.call_later(seconds, self._go_on)
                return
            self._queue.remove(first)
            first.leaves.set_result(self.pace.book(first.chat_id))

    def _waits(self, now: float) -> list[tuple[float, _Waiting]]:
        """Return how long each has to wait still; who would wait too long is sent away."""
        self._queue = [each for each in self._queue if not each.leaves.done()]
        replies = [each for each in self._queue if each.is_reply]
        if replies:
            seconds = self.pace.reply_wait()
            return [(max(0.0, min(seconds, each.until - now)), each) for each in replies]
        everyone = self.pace.everyone_wait()
        waits = [(max(everyone, self.pace.chat_wait(each.chat_id)), each) for each in self._queue]
        late = [each for seconds, each in waits if self._closed or now + seconds > each.until]
        for each in late:
            self._queue.remove(each)
            each.leaves.set_exception(NotNow())
        return [(max(0.0, seconds), each) for seconds, each in waits if each not in late]


def _chat_of(method: TelegramMethod[TelegramType]) -> int | None:
    """Return the chat a call is about; menus name it in their scope."""
    chat_id = getattr(getattr(method, "scope", method), "chat_id", None)
    return chat_id if isinstance(chat_id, int) else None
