"""How fast messages may leave: one sliding log for everything, spread evenly.

Telegram asks for about 30 messages a second in all, one a second in a chat and twenty a minute in
a group; edits count like messages, answers to taps do not. Monotonic time, never the calendar's.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from time import monotonic

#: What took longer than the quickest call may have arrived that much later, at most so many
#: seconds; and among how many calls the quickest is looked for, as the way may have changed.
_LATEST, _OF_LATE = 0.5, 300
#: A refusal leaves this part of the pace, once a second at most and never less than the least;
#: every second without one gives this part back.
EASED, LEAST, REGAINED = 0.8, 0.2, 0.02
#: How many messages may be late without those after them being late too.
_CATCH_UP = 3


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What may leave. Seconds and counts."""

    #: Messages in one second to everybody together.
    per_second: int = 30
    #: That second, measured a little longer.
    second: float = 1.005
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


@dataclass(eq=False, kw_only=True)
class Departure:
    """A message that has left."""

    at: float
    #: Seconds until the answer was here, None before.
    took: float | None = None


class Pace:
    """Says how long a message has to wait, and learns from what left and what was refused."""

    def __init__(self, limits: Limits, time: Callable[[], float] = monotonic) -> None:
        self.limits = limits
        self._time = time
        self._log: list[Departure] = []
        #: When bulk may go on, were nothing ever late.
        self._next = -math.inf
        #: What calls took of late, in seconds, and what the quickest of them did.
        self._took: deque[float] = deque(maxlen=_OF_LATE)
        self._quickest = 0.0
        self._chats: dict[int, deque[float]] = {}
        #: Chat → when Telegram asked for a pause, and its end.
        self._paused: dict[int, tuple[float, float]] = {}
        self._paused_all = -math.inf
        #: The part of the pace that the last refusal left, and when that was.
        self._left, self._eased_at = 1.0, -math.inf

    @property
    def share(self) -> float:
        """The part of the full pace that is kept now."""
        return min(1.0, self._left + max(0.0, self._time() - self._eased_at) * REGAINED)

    def everyone_wait(self) -> float:
        """Return the seconds until any bulk message may leave."""
        return max(self.reply_wait(), self._next - self._time())

    def reply_wait(self) -> float:
        """Return the seconds until one more message is within what a second may have."""
        now = self._time()
        second = self.limits.second / self.share
        arrived = [each.at + self._late(each, now) for each in self._log]
        self._log = [each for each, at in zip(self._log, arrived, strict=True) if at + second > now]
        wait = max(0.0, self._paused_all - now)
        if len(self._log) >= self.limits.per_second:
            frees = sorted(at for at in arrived if at + second > now)[-self.limits.per_second]
            wait = max(wait, frees + second - now)
        return wait

    def chat_wait(self, chat_id: int) -> float:
        """Return the seconds until this chat may get another bulk message."""
        now, limits = self._time(), self.limits
        sent = self._chats.get(chat_id)
        waits = [self.pause_left(chat_id)]
        if sent:
            waits.append(sent[-1] + limits.chat_gap - now)
        if sent and chat_id < 0 and len(sent) == limits.group_per_minute:
            waits.append(sent[0] + limits.minute - now)
        return max(waits)

    def book(self, chat_id: int) -> Departure:
        """Note that a message to this chat leaves now; `answered` is told when it has arrived."""
        now, limits = self._time(), self.limits
        leaves = Departure(at=now)
        if not limits.lifted:
            self._log.append(leaves)
            second = limits.second / self.share
            gap = second / limits.per_second
            since = self._next if now - self._next <= _CATCH_UP * gap else now
            self._next = min(since + gap, now + second)
            sent = self._chats.setdefault(chat_id, deque(maxlen=limits.group_per_minute))
            sent.append(now)
        return leaves

    def answered(self, departure: Departure) -> None:
        """Note that the answer to a message is here: by then it had arrived."""
        departure.took = self._time() - departure.at
        self._took.append(departure.took)
        self._quickest = min(self._took)

    def refused(self, chat_id: int, seconds: float) -> None:
        """Leave a chat alone as Telegram asked, everybody when three chats say it within a second.

        And go on more slowly, unless it was this one chat that got too much.
        """
        now = self._time()
        until = max(now + seconds, self._paused.get(chat_id, (now, now))[1])
        self._paused[chat_id] = now, until
        if sum(now - asked <= 1.0 for asked, _ in self._paused.values()) >= 3:
            self._paused_all = max(self._paused_all, now + seconds)
        if now - self._eased_at >= 1.0 and not self._crowded(chat_id):
            self._left, self._eased_at = max(LEAST, self.share * EASED), now

    def pause_left(self, chat_id: int) -> float:
        """Return the seconds for which Telegram asked to leave this chat alone."""
        now = self._time()
        _, until = self._paused.get(chat_id, (now, now))
        return max(0.0, until - now, self._paused_all - now)

    def resting(self) -> list[int]:
        """Return the chats that may not get a bulk message now, and forget the quiet ones."""
        now, limits = self._time(), self.limits
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

    def _crowded(self, chat_id: int) -> bool:
        """Tell whether a chat has got more than it may; replies do not wait for their chat."""
        limits, sent = self.limits, [*self._chats.get(chat_id, ())]
        gaps = [after - before for before, after in pairwise(sent)]
        full = chat_id < 0 and len(sent) == limits.group_per_minute
        return full or (bool(gaps) and gaps[-1] < limits.chat_gap)

    def _late(self, departure: Departure, now: float) -> float:
        """How much later than others a message arrived, at most; one not answered yet, by now.

        Found anew each time: what was slow is known only when something was quicker.
        """
        took = now - departure.at if departure.took is None else departure.took
        return min(_LATEST, max(0.0, took - self._quickest))
