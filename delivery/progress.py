"""Progress: shows an author how her broadcast goes, in one message, and how it ended.

The sender only says that something of a broadcast has moved; what it counts is asked here, at a
pace of its own, however many rows there are. Nothing is remembered: after a crash every broadcast
that has not ended is looked at once.
"""

import asyncio
from time import monotonic

import structlog

from collective.actions import broadcast_follow
from collective.actions.broadcasts import REPORT
from collective.faults import severity
from collective.ports import Clock, Ledger
from delivery.waiting import either
from dialogs.screen import Screen

log = structlog.get_logger()

#: Seconds between two edits of one author's message, at least, and how many edits there are in the
#: time from the first to now, at most: what takes hours is counted more seldom.
EDIT, EDITS = 3.0, 50
#: Seconds between two looks at what has moved.
LOOK = 0.3
#: How often everything that runs is looked at, whether or not it has moved, in seconds.
ALL = 20.0


class Progress:
    """One a database, like the sender."""

    def __init__(self, ledger: Ledger, screen: Screen, clock: Clock) -> None:
        self._ledger = ledger
        self._screen = screen
        self._clock = clock
        #: Broadcasts to be looked at, and when their authors were shown something, first and last,
        #: in monotonic time.
        self._moved: set[int] = set()
        self._edited: dict[int, tuple[float, float]] = {}
        self._stopping = asyncio.Event()
        self._wake = asyncio.Event()

    def moved(self, broadcast_id: int) -> None:
        """Note that rows of a broadcast have ended."""
        self._moved.add(broadcast_id)
        self._wake.set()

    def stop(self) -> None:
        """Look at nothing more."""
        self._stopping.set()
        self._wake.set()

    async def run(self) -> None:
        """Look until stopped."""
        all_at = monotonic()
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                if monotonic() >= all_at:
                    all_at = monotonic() + ALL
                    await self._find_all()
                await self.look()
            except Exception as fault:  # noqa: BLE001 - the next look may see more
                log.log(severity(fault), "progress_unreadable", error=fault)
            if await either(self._stopping, LOOK):
                return
            if not self._moved:
                await either(self._wake, max(0.0, all_at - monotonic()))

    async def look(self) -> None:
        """Look at what has moved: tell how it ended, or show how far it is."""
        for broadcast_id in sorted(self._moved):
            self._moved.discard(broadcast_id)
            if await self._ended(broadcast_id):
                self._edited.pop(broadcast_id, None)
            elif monotonic() >= self._due(broadcast_id):
                first, _ = self._edited.get(broadcast_id, (monotonic(), 0.0))
                self._edited[broadcast_id] = first, monotonic()
                await self._show(broadcast_id)
            else:
                self._moved.add(broadcast_id)

    def _due(self, broadcast_id: int) -> float:
        """Return when its author may be shown something again; the longer it takes, the later."""
        if broadcast_id not in self._edited:
            return 0.0
        first, last = self._edited[broadcast_id]
        return last + max(EDIT, (last - first) / EDITS)

    async def _find_all(self) -> None:
        async with self._ledger.reading() as store:
            running = await store.deliveries.running()
        self._edited = {each: at for each, at in self._edited.items() if each in running}
        self._moved.update(running)

    async def _ended(self, broadcast_id: int) -> bool:
        async with self._ledger.reading() as store:
            waits = await broadcast_follow.is_open(store, broadcast_id)
        if waits is not None:
            return not waits
        async with self._ledger.writing() as store:
            ended = await broadcast_follow.end(store, broadcast_id, now=self._clock.now())
        if not ended:
            # Of what was taken back, a part is cancelled at each look.
            self._moved.add(broadcast_id)
        return ended

    async def _show(self, broadcast_id: int) -> None:
        async with self._ledger.reading() as store:
            broadcast = await store.broadcasts.get(broadcast_id)
            author = broadcast.author_id if broadcast else None
            chat_id = await store.people.chat_of(author) if author else None
        if chat_id is not None:
            await self._screen.refresh(chat_id, REPORT, {"broadcast": broadcast_id})
