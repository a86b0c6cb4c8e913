"""The sender: takes rows from the outbox in order and puts on record what became of them.

One writing unit serves several rows: it settles those that ended, remembers what their chats show
now, and claims the next.
"""

import asyncio
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

import structlog

from collective.actions import replies
from collective.faults import severity
from collective.outbox import Lane, Row, State
from collective.ports import Clock, Ledger, Store
from delivery.carrier import OFFLINE, Carrier, Ended
from delivery.turnstile import SOON, Ticket, Turnstile
from delivery.waiting import either
from dialogs.poster import Older
from dialogs.screen import Screen

log = structlog.get_logger()

#: Rows under way at once, at most: so many may a crash send twice. At least, and how many of
#: them wait for their turn.
IN_FLIGHT, FEWEST, AHEAD = 30, 6, 4
#: How often an idle sender looks into the outbox, and how long a row of bulk that has ended waits
#: for others to be put on record with, in seconds.
IDLE, COMPANY = 0.2, 0.1
#: Lanes in which nobody waits.
_BULK = frozenset({Lane.BROADCAST, Lane.TIDY})


@dataclass(frozen=True, kw_only=True)
class Carried:
    """A row that is not under way any more, and not on record yet."""

    row: Row
    ended: Ended
    ticket: Ticket


def _nobody_asks(_broadcast: int) -> None:
    """Let rows of a broadcast end unseen."""


class Sender:
    """One a database: whoever runs it holds the lock that says so."""

    def __init__(
        self,
        ledger: Ledger,
        screen: Screen,
        turnstile: Turnstile,
        clock: Clock,
        *,
        zone: str,
        moved: Callable[[int], None] = _nobody_asks,
    ) -> None:
        """Build it; `zone` binds what the bot starts and no collective does.

        `moved` is told which broadcast has a row that ended.
        """
        self._ledger = ledger
        self._screen = screen
        self._turnstile = turnstile
        self._pace = turnstile.pace
        self._clock = clock
        self._moved = moved
        self._carrier = Carrier(ledger, screen, clock, zone=zone)
        #: Chats of rows that were claimed, until what became of them is on record.
        self._busy: set[int] = set()
        self._carried: list[Carried] = []
        #: Rows whose claim may or may not be on record. They have not left.
        self._unsure: set[int] = set()
        #: Seconds from leaving until it is on record, of late.
        self._trip = 0.0
        #: The batch whose turn was last.
        self._served = ""
        #: The database could not be reached: it is not asked before this, in monotonic time.
        self._away_until = 0.0
        self._stopping = asyncio.Event()
        #: There is something to record or to claim: look at once.
        self._wake = asyncio.Event()

    def stop(self) -> None:
        """Take up nothing more; `run` returns when what is under way is on record."""
        self._stopping.set()
        self._turnstile.close()
        self._wake.set()

    def look(self) -> None:
        """Look into the outbox now: something may have become due."""
        self._wake.set()

    async def run(self) -> None:
        """Send until stopped."""
        async with self._ledger.writing() as store:
            again, unclear = await store.outbox.recover(self._clock.now())
        if again:
            log.info("outbox_recovered", rows=again)
        if unclear:
            log.warning("outbox_unclear", rows=unclear)
        async with asyncio.TaskGroup() as nursery:
            while not self._stopping.is_set() or self._busy:
                self._wake.clear()
                if monotonic() >= self._away_until:
                    await self._step(nursery)
                await either(self._wake, IDLE)

    async def _step(self, nursery: asyncio.TaskGroup) -> None:
        """Record what ended and claim what comes next, in one unit."""
        carried, self._carried = self._carried, []
        older: list[tuple[int, list[Older]]] = []
        rows: Sequence[Row] = ()
        try:
            due = await self._due(len(carried))
            if carried or due:
                async with self._ledger.writing() as store:
                    await store.outbox.give_back(self._unsure)
                    older = await self._record(store, carried)
                    rows = await store.outbox.claim(due)
                self._unsure.clear()
        except Exception as fault:  # noqa: BLE001 - what is under way must not be forgotten
            log.log(severity(fault), "outbox_unreadable", error=fault)
            self._away_until = monotonic() + OFFLINE
            # Nobody can say whether they are claimed: they must not leave on that.
            self._unsure.update(row.id for row in rows)
            rows = ()
            older, carried = await self._record_each(carried)
        self._release(carried)
        for chat_id, copies in older:
            if copies:
                nursery.create_task(self._clear(chat_id, copies))
        for row in rows:
            self._busy.add(row.chat_id)
            if row.lane is Lane.BROADCAST:
                self._served = row.batch or ""
            nursery.create_task(self._carry(row))

    async def _due(self, ended: int) -> Sequence[int]:
        """Return the rows that may be claimed when those that ended make place."""
        rate = self._pace.limits.per_second * self._pace.share
        room = min(IN_FLIGHT, max(FEWEST, math.ceil(rate * self._trip) + AHEAD))
        free = room - len(self._busy) + ended
        if self._stopping.is_set() or free <= 0 or self._pace.everyone_wait() > SOON:
            return []
        if await self._carrier.is_offline():
            return []
        busy = [*self._busy, *self._pace.resting()]
        async with self._ledger.reading() as store:
            return await store.outbox.due(self._clock.now(), free, busy, after=self._served)

    async def _carry(self, row: Row) -> None:
        ticket = Ticket(lane=row.lane)
        ended = await self._carrier.carry(row, ticket)
        self._carried.append(Carried(row=row, ended=ended, ticket=ticket))
        if row.lane not in _BULK or 2 * len(self._carried) >= len(self._busy):
            self._wake.set()
        elif len(self._carried) == 1:
            asyncio.get_running_loop().call_later(COMPANY, self._wake.set)

    async def _record(
        self, store: Store, carried: Sequence[Carried], *, shown: bool = True
    ) -> list[tuple[int, list[Older]]]:
        """Put on record how rows ended; return the older copies of what was sent, by chat."""
        older, now = [], self._clock.now()
        for each in carried:
            row, ended = each.row, each.ended
            if ended.state is None:
                await store.outbox.requeue(
                    row.id, ended.again_at, counts=ended.counts, doubtful=ended.doubtful
                )
                continue
            if ended.shown is not None and shown:
                copies = await self._screen.remember(store, row.chat_id, ended.shown, row)
                older.append((row.chat_id, copies))
            await store.outbox.settle(
                row.id,
                ended.state,
                now,
                reason=ended.reason,
                message_id=ended.shown.message_id if ended.shown else None,
            )
            if row.kind == replies.REPLY and ended.state in {State.FAILED, State.BLOCKED}:
                await replies.lose(store, int(row.ids["reply"]), now=now)
        return older

    async def _record_each(
        self, carried: Sequence[Carried]
    ) -> tuple[list[tuple[int, list[Older]]], list[Carried]]:
        """Put on record what can be, one by one: one bad row must not hold up the others.

        What cannot is kept for later, unless we stop: then it stays `sending`, and the next start
        sends it once more.
        """
        older, recorded = [], []
        for each in carried:
            for shown in (True, False):
                try:
                    async with self._ledger.writing() as store:
                        older += await self._record(store, [each], shown=shown)
                except Exception as fault:  # noqa: BLE001 - what was sent must not be forgotten
                    log.log(severity(fault), "row_unsettled", row=each.row.id, error=fault)
                else:
                    recorded.append(each)
                    break
        left = [each for each in carried if each not in recorded]
        if self._stopping.is_set():
            recorded += left
        else:
            self._carried += left
        return older, recorded

    def _release(self, carried: Sequence[Carried]) -> None:
        for broadcast in {int(each.row.ids["broadcast"]) for each in carried if each.row.batch}:
            self._moved(broadcast)
        for each in carried:
            self._busy.discard(each.row.chat_id)
            if each.ticket.departure is not None:
                self._trip += (monotonic() - each.ticket.departure.at - self._trip) / 8

    async def _clear(self, chat_id: int, copies: Sequence[Older]) -> None:
        try:
            await self._screen.clear(chat_id, copies)
        except Exception as fault:  # noqa: BLE001 - an old card that keeps its buttons hurts nobody
            log.log(severity(fault), "copies_kept", error=fault)
