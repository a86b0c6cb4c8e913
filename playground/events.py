"""What the page hears: everything that changes, numbered so that it can resume."""

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any

from playground.bell import Bell

#: A page that was away for longer reads the state again.
HELD = 5_000


class Events:
    """The latest changes, each `{"id", "type", …}` with a growing id."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._held: deque[dict[str, Any]] = deque(maxlen=HELD)
        self.last = 0

    def emit(self, kind: str, **fields: Any) -> None:
        """Add one and wake the listeners."""
        self.last += 1
        self._held.append({"id": self.last, "type": kind, **fields})
        self._bell.ring()

    def after(self, number: int) -> Iterator[dict[str, Any]]:
        """All later than that number, oldest first; one `reset` when some are no longer known."""
        first = self.last - len(self._held) + 1
        if number > self.last or number < first - 1:
            return iter([{"id": self.last, "type": "reset"}])
        return islice(self._held, number - first + 1, None)

    async def beyond(self, number: int, seconds: float) -> bool:
        """Wait at most that long for an event later than that number; says whether it came."""
        return await self._bell.until(lambda: self.last != number, seconds)
