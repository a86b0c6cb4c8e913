"""Telegram's published rate limits, for those who want to meet them at home."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable

#: Sends and edits share these; answers to taps are free.
PER_CHAT = 1.0  # a second, after a short burst
BURST = 3
GROUP = (20, 60.0)  # so many in so many seconds
EVERYWHERE = (30, 1.0)


class Window:
    """At most `count` events within any `seconds`."""

    def __init__(self, count: int, seconds: float) -> None:
        self._count = count
        self._seconds = seconds
        self._past: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed; 0 when it is."""
        while self._past and self._past[0] <= now - self._seconds:
            self._past.popleft()
        full = len(self._past) >= self._count
        return self._past[0] + self._seconds - now if full else 0.0

    def note(self, now: float) -> None:
        """One happened."""
        self._past.append(now)


class Bucket:
    """A burst, then a steady rate."""

    def __init__(self, rate: float, burst: int, now: float) -> None:
        self._rate = rate
        self._burst = float(burst)
        self._tokens = float(burst)
        self._at = now

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed; 0 when it is."""
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        return max(0.0, (1.0 - self._tokens) / self._rate)

    def note(self, now: float) -> None:
        """One happened."""
        self.wait(now)
        self._tokens -= 1.0


class Pace:
    """The profile `documented`; monotonic time, since it is about the wire, not the calendar."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._chats: dict[int, Bucket] = {}
        self._groups: defaultdict[int, Window] = defaultdict(lambda: Window(*GROUP))
        self._all = Window(*EVERYWHERE)

    def retry_after(self, method: str, chat_id: int | None) -> int:
        """Whole seconds to wait before this call; 0 when it may go, and is then counted."""
        sends = method.startswith("send") and method != "sendchataction"
        if chat_id is None or not (sends or method.startswith("edit")):
            return 0
        now = self._clock()
        bucket = self._chats.setdefault(chat_id, Bucket(PER_CHAT, BURST, now))
        meters: list[Bucket | Window] = [bucket, self._all]
        meters += [self._groups[chat_id]] if chat_id < 0 else []
        wait = max(meter.wait(now) for meter in meters)
        if wait <= 0:
            for meter in meters:
                meter.note(now)
        return math.ceil(wait)
