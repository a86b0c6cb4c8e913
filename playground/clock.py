"""The playground's movable clock."""

import time
from datetime import UTC, datetime


class Clock:
    """System time plus an offset; message dates and update lifetimes follow it."""

    def __init__(self) -> None:
        self.offset_seconds: float = 0.0

    def seconds(self) -> float:
        """Now, as a Unix time."""
        return time.time() + self.offset_seconds

    def stamp(self) -> int:
        """Now, in the whole seconds of a message's `date`."""
        return int(self.seconds())

    def now(self) -> datetime:
        """Now, aware, UTC."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def offset_at(self, moment: datetime) -> float:
        """Seconds of offset that make it now a hair past that moment; never less than today's."""
        # A hair: the bot must not find itself a rounding too early.
        return max(self.offset_seconds, moment.timestamp() + 0.001 - time.time())
