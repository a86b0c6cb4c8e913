"""How fast messages may leave: one sliding log for everything, spread evenly.

Telegram asks for about 30 messages a second in all, one a second in a chat and twenty a minute in
a group; edits count like messages, answers to taps do not. Monotonic time, never the calendar's.
"""

import math
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import AiogramError, ClientDecodeError, TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from delivery.outcomes import Outcome, verdict

#: Methods that count towards the limits.
COUNTED = frozenset(
    {
        "sendMessage",
        "sendPhoto",
        "sendDocument",
        "sendVoice",
        "editMessageText",
        "editMessageCaption",
        "editMessageReplyMarkup",
        "editMessageMedia",
    }
)

#: True in a task that has booked the slot of its next call.
_has_slot: ContextVar[bool] = ContextVar("has_slot", default=False)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What may leave. Seconds and counts."""

    #: Messages in one second to everybody together.
    per_second: int = 30
    #: That second, measured a little longer: the uplink's jitter squeezes messages together.
    second: float = 1.01
    #: Seconds between two messages to one chat.
    chat_gap: float = 1.05
    #: Messages in a minute to one group; that minute, measured a little longer.
    group_per_minute: int = 20
    minute: float = 60.5
    #: True: only what Telegram itself asks for slows anything down.
    lifted: bool = False

    @classmethod
    def of(cls, per_second: int) -> "Limits":
        """Return Telegram's limits at that rate; 0 lifts them all, for a server of one's own."""
        return cls(per_second=per_second) if per_second > 0 else cls(lifted=True)


class Pace:
    """Books when each message leaves. Replies to people book and go; bulk waits its turn."""

    def __init__(self, limits: Limits, time: Callable[[], float] = monotonic) -> None:
        self._limits = limits
        self._time = time
        self._log: deque[float] = deque(maxlen=limits.per_second)
        self._chats: dict[int, deque[float]] = {}
        #: Chat → when Telegram asked for a pause, and its end.
        self._paused: dict[int, tuple[float, float]] = {}
        self._paused_all = -math.inf

    def everyone_wait(self) -> float:
        """Return the seconds until any bulk message may leave."""
        now, limits = self._time(), self._limits
        waits = [0.0, self._paused_all - now]
        if self._log:
            waits.append(self._log[-1] + limits.second / limits.per_second - now)
        if len(self._log) == limits.per_second:
            waits.append(self._log[0] + limits.second - now)
        return max(waits)

    def chat_wait(self, chat_id: int) -> float:
        """Return the seconds until this chat may get another bulk message."""
        now, limits = self._time(), self._limits
        sent = self._chats.get(chat_id)
        waits = [self.pause_left(chat_id)]
        if sent:
            waits.append(sent[-1] + limits.chat_gap - now)
        if sent and chat_id < 0 and len(sent) == limits.group_per_minute:
            waits.append(sent[0] + limits.minute - now)
        return max(waits)

    def book(self, chat_id: int) -> None:
        """Note that a message to this chat leaves now."""
        if self._limits.lifted:
            return
        now = self._time()
        self._log.append(now)
        sent = self._chats.setdefault(chat_id, deque(maxlen=self._limits.group_per_minute))
        sent.append(now)

    def pause(self, chat_id: int, seconds: float) -> None:
        """Leave a chat alone, as Telegram asked; everybody, when three chats say it at once."""
        now = self._time()
        until = max(now + seconds, self._paused.get(chat_id, (now, now))[1])
        self._paused[chat_id] = now, until
        if sum(now - asked <= 1.0 for asked, _ in self._paused.values()) >= 3:
            self._paused_all = max(self._paused_all, now + seconds)

    def pause_left(self, chat_id: int) -> float:
        """Return the seconds for which Telegram asked to leave this chat alone."""
        now = self._time()
        _, until = self._paused.get(chat_id, (now, now))
        return max(0.0, until - now, self._paused_all - now)

    def resting(self) -> list[int]:
        """Return the chats that may not get a bulk message now, and forget the quiet ones."""
        now, limits = self._time(), self._limits
        self._chats = {
            chat: sent
            for chat, sent in self._chats.items()
            if now - sent[-1] < (limits.minute if chat < 0 else limits.chat_gap)
        }
        self._paused = {
            chat: (asked, until)
            for chat, (asked, until) in self._paused.items()
            if until > now or now - asked <= 1.0
        }
        return [chat for chat in {*self._chats, *self._paused} if self.chat_wait(chat) > 0]


def use_booked_slot() -> None:
    """Let the next call of this task leave on a slot that was booked for it."""
    _has_slot.set(True)


class PaceMiddleware(BaseRequestMiddleware):
    """Every call of the bot passes here: it books its slot, and learns from a refusal."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Let the call through, unless Telegram asked to leave this chat alone."""
        chat_id = _chat_of(method)
        if chat_id is not None:
            self._ask(chat_id, method)
        try:
            return await make_request(bot, method)
        except UnicodeDecodeError as garbled:
            # A proxy's page in another alphabet: the one failure aiogram does not make its own.
            raise ClientDecodeError("not UTF-8", garbled, None) from garbled
        except AiogramError as error:
            judged = verdict(error)
            if judged.outcome is Outcome.WAIT and chat_id is not None:
                self._pace.pause(chat_id, judged.seconds)
            raise

    def _ask(self, chat_id: int, method: TelegramMethod[TelegramType]) -> None:
        left = self._pace.pause_left(chat_id)
        if left > 0:
            raise TelegramRetryAfter(method, "paused", retry_after=math.ceil(left))
        if method.__api_method__ in COUNTED:
            if not _has_slot.get():
                self._pace.book(chat_id)
            _has_slot.set(False)


def _chat_of(method: TelegramMethod[TelegramType]) -> int | None:
    """Return the chat a call is about; menus name it in their scope."""
    chat_id = getattr(getattr(method, "scope", method), "chat_id", None)
    return chat_id if isinstance(chat_id, int) else None
