"""The sender: takes rows from the outbox in order, draws them, and settles what became of them."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from aiogram.exceptions import AiogramError

from collective.actions import broadcasts, collectives, hours
from collective.calendar import allowed_from
from collective.outbox import Row, State
from collective.ports import Clock, Ledger, Store
from delivery.outcomes import Outcome, Verdict, verdict
from delivery.pace import Pace, use_booked_slot
from dialogs.screen import Screen

log = structlog.get_logger()

#: Sends under way at once: 30 a second over a round trip of 0.2 s.
IN_FLIGHT = 6
#: How often an idle sender looks into the outbox, in seconds.
IDLE = 0.2
#: A row that may have arrived is sent once more; after that its end is unclear.
ATTEMPTS = 2
#: How long to wait when Telegram cannot be reached, in seconds.
OFFLINE = 5.0


@dataclass(frozen=True, kw_only=True)
class Settled:
    """How a row ended, or when it is tried again."""

    #: None: it is put back, and leaves at `again_at` or, without one, as soon as it may.
    state: State | None = None
    reason: str | None = None
    message_id: int | None = None
    again_at: datetime | None = None
    #: Whether trying counts: a wait that Telegram asked for does not.
    counts: bool = True


class Sender:
    """One a database: whoever runs it holds the lock that says so."""

    def __init__(
        self, ledger: Ledger, screen: Screen, pace: Pace, clock: Clock, *, zone: str
    ) -> None:
        """Build it; `zone` binds what the bot starts and no collective does."""
        self._ledger = ledger
        self._screen = screen
        self._pace = pace
        self._clock = clock
        self._zone = zone
        self._busy: set[int] = set()
        self._stopping = asyncio.Event()
        #: A row has landed, or we are to stop: look at once.
        self._wake = asyncio.Event()
        self._offline_until = 0.0

    def stop(self) -> None:
        """Take up nothing more; `run` returns when what is under way has settled."""
        self._stopping.set()
        self._wake.set()

    def look(self) -> None:
        """Look into the outbox now: something may have become due."""
        self._wake.set()

    async def run(self) -> None:
        """Send until stopped."""
        async with self._ledger.writing() as store:
            found = await store.outbox.recover()
        if found:
            log.info("outbox_recovered", rows=found)
        async with asyncio.TaskGroup() as nursery:
            while not self._stopping.is_set():
                self._wake.clear()
                for row in await self._take():
                    if await self._turn_came(row):
                        nursery.create_task(self._carry(row))
                await _either(self._wake, IDLE)

    async def _take(self) -> list[Row]:
        free = IN_FLIGHT - len(self._busy)
        now = asyncio.get_running_loop().time()
        if free <= 0 or now < self._offline_until or self._pace.everyone_wait() > IDLE:
            return []
        try:
            rows = await self._claim(free)
        except Exception as fault:  # noqa: BLE001 - the database is away: it comes back, or we are stopped
            log.warning("outbox_unreadable", error=type(fault).__name__)
            self._offline_until = now + OFFLINE
            return []
        self._busy.update(row.chat_id for row in rows)
        return rows

    async def _claim(self, free: int) -> list[Row]:
        async with self._ledger.reading() as store:
            if not await store.outbox.due_count(self._clock.now()):
                return []
        busy = [*self._busy, *self._pace.resting()]
        async with self._ledger.writing() as store:
            return await store.outbox.take(self._clock.now(), free, busy)

    async def _turn_came(self, row: Row) -> bool:
        """Wait for the row's turn and book it; put the row back when that would take long."""
        while not self._stopping.is_set():
            seconds = max(self._pace.everyone_wait(), self._pace.chat_wait(row.chat_id))
            if seconds == 0:
                self._pace.book(row.chat_id)
                return True
            if seconds > IDLE:
                break
            await asyncio.sleep(seconds)
        await self._settle(row, Settled(counts=False))
        self._busy.discard(row.chat_id)
        return False

    async def _carry(self, row: Row) -> None:
        use_booked_slot()
        try:
            settled = await self._try(row)
        except Exception as fault:  # noqa: BLE001 - one bad row must not stop the others
            log.warning("row_failed", row=row.id, kind=row.kind, error=type(fault).__name__)
            settled = self._broken(row)
        await self._settle(row, settled)
        self._busy.discard(row.chat_id)
        self._wake.set()

    async def _try(self, row: Row) -> Settled:
        now = self._clock.now()
        if (leaves_at := await self._leaves_at(row, now)) > now:
            return Settled(again_at=leaves_at, counts=False)
        if await self._unreachable(row.chat_id):
            return Settled(state=State.BLOCKED, reason="blocked")
        try:
            shown = await self._screen.deliver(row)
        except AiogramError as error:
            return await self._judge(row, verdict(error))
        if shown is None:
            return Settled(state=State.DROPPED, reason="senseless")
        return Settled(state=State.SENT, message_id=shown.message_id)

    async def _judge(self, row: Row, judged: Verdict) -> Settled:
        log.info("send_refused", row=row.id, kind=row.kind, reason=judged.reason)
        match judged.outcome:
            case Outcome.WAIT:
                return Settled(counts=False)
            case Outcome.UNSENT:
                self._offline_until = asyncio.get_running_loop().time() + OFFLINE
                return Settled(counts=False)
            case Outcome.UNCLEAR if row.attempts < ATTEMPTS:
                return Settled()
            case Outcome.MOVED:
                await self._follow(row.chat_id, judged.chat_id)
                return Settled(counts=False)
            case Outcome.BLOCKED:
                # The rest of her queue ends the same way, each row in its turn and its report.
                await self._mark_unreachable(row.chat_id, judged.reason)
                return Settled(state=State.BLOCKED, reason=judged.reason)
            case _:
                return Settled(state=State.FAILED, reason=judged.reason)

    async def _leaves_at(self, row: Row, now: datetime) -> datetime:
        if not row.lane.bound:
            return now
        async with self._ledger.reading() as store:
            collective = await store.collectives.get(row.collective) if row.collective else None
            if collective is not None:
                return await hours.leaves_at(store, collective, now=now, lane=row.lane)
        return allowed_from(now, self._zone)

    async def _unreachable(self, chat_id: int) -> bool:
        async with self._ledger.reading() as store:
            account = await store.people.account(chat_id)
        return account is not None and account.unreachable is not None

    async def _follow(self, old: int, new: int) -> None:
        async with self._ledger.writing() as store:
            await collectives.follow_group(store, old, new)

    async def _mark_unreachable(self, chat_id: int, reason: str) -> None:
        async with self._ledger.writing() as store:
            await store.people.set_unreachable(chat_id, reason)

    def _broken(self, row: Row) -> Settled:
        """Try once more what failed on our own side, then say so in the report."""
        if row.attempts < ATTEMPTS:
            return Settled(again_at=self._clock.now() + timedelta(seconds=OFFLINE))
        return Settled(state=State.FAILED, reason="broken")

    async def _settle(self, row: Row, settled: Settled) -> None:
        """Put on record what became of a row, however long the database is away.

        When we stop before that, the row stays `sending` and the next start sends it once more.
        """
        while True:
            try:
                await self._record(row, settled)
            except Exception as fault:  # noqa: BLE001 - what was sent must not be forgotten
                log.warning("row_unsettled", row=row.id, error=type(fault).__name__)
                if await _either(self._stopping, OFFLINE):
                    return
            else:
                return

    async def _record(self, row: Row, settled: Settled) -> None:
        now = self._clock.now()
        async with self._ledger.writing() as store:
            if settled.state is None:
                await store.outbox.requeue(row.id, settled.again_at, counts=settled.counts)
                return
            await store.outbox.settle(
                row.id,
                settled.state,
                now,
                reason=settled.reason,
                message_id=settled.message_id,
            )
            await _tell_author(store, row, now)


async def _tell_author(store: Store, row: Row, now: datetime) -> None:
    if row.batch is not None:
        await broadcasts.report(store, int(row.ids["broadcast"]), now=now)


async def _either(event: asyncio.Event, seconds: float) -> bool:
    """Wait for the event, at most so long; tell whether it came."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
