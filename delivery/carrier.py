"""The carrier: one row on its way, from a last look at the record to how it ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

import structlog
from aiogram.exceptions import AiogramError

from collective.actions import collectives, hours, reaching
from collective.calendar import allowed_from
from collective.deliveries import UNCLEAR
from collective.faults import Away, severity
from collective.outbox import Row, State
from collective.ports import Clock, Ledger, Store
from delivery.outcomes import Outcome, Verdict, verdict
from delivery.turnstile import NotNow, Ticket, leave_as
from dialogs.drawing import Drawing
from dialogs.poster import Shown
from dialogs.screen import Screen

log = structlog.get_logger()

#: How often a row is tried that fails on our own side.
ATTEMPTS = 2
#: Unclear ends in a row after which Telegram is left alone for a while, though it may answer.
DOUBTS = 3
#: How long to wait when Telegram or the database cannot be reached, in seconds.
OFFLINE = 5.0


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a row ended, or when it is tried again."""

    #: None: it is put back, and leaves at `again_at` or, without one, as soon as it may.
    state: State | None = None
    reason: str | None = None
    #: What its chat shows now.
    shown: Shown | None = None
    again_at: datetime | None = None
    #: Whether trying counts: a wait that Telegram asked for does not.
    counts: bool = True
    #: Put back, though it may have arrived.
    doubtful: bool = False


class Carrier:
    """Carries rows side by side; puts nothing on record about them."""

    def __init__(self, ledger: Ledger, screen: Screen, clock: Clock, *, zone: str) -> None:
        """Build it; `zone` binds what the bot starts and no collective does."""
        self._ledger = ledger
        self._screen = screen
        self._clock = clock
        self._zone = zone
        #: Telegram could not be reached: nothing is carried before this, in monotonic time.
        self.offline_until = 0.0
        #: Ends that were unclear since anything arrived.
        self._doubts = 0

    async def is_offline(self) -> bool:
        """Tell whether nothing can be carried now.

        After an unclear end Telegram is asked first whether it is there: a row may be unclear once
        only, and an outage must not use that up.
        """
        if monotonic() >= self.offline_until and self._doubts:
            if await self._screen.reaches_telegram():
                self._doubts = 0
            else:
                self.offline_until = monotonic() + OFFLINE
        return monotonic() < self.offline_until

    async def carry(self, row: Row, ticket: Ticket) -> Ended:
        """Draw what makes sense still and hand it over when its turn has come."""
        leave_as(ticket)
        try:
            return await self._try(row)
        except Away as fault:
            log.warning("row_waits", row=row.id, kind=row.kind, reason=fault.reason)
            return Ended(again_at=self._soon(), counts=False)
        except Exception as fault:  # noqa: BLE001 - one bad row must not stop the others
            log.log(severity(fault), "row_failed", row=row.id, kind=row.kind, error=fault)
            return self._broken(row)

    async def _try(self, row: Row) -> Ended:
        drawing = await self._drawn(row)
        if isinstance(drawing, Ended):
            return drawing
        handed = await self._hand_over(row, drawing)
        return await self._judged(row, handed) if isinstance(handed, Verdict) else handed

    async def _hand_over(self, row: Row, drawing: Drawing) -> Ended | Verdict:
        try:
            shown = await self._screen.hand_over(row.chat_id, drawing)
        except NotNow:
            return Ended(counts=False)
        except AiogramError as error:
            return verdict(error)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it may have left
            log.log(severity(fault), "row_failed", row=row.id, kind=row.kind, error=fault)
            return _unclear(row)
        self._doubts = 0
        return Ended(state=State.SENT, shown=shown)

    async def _drawn(self, row: Row) -> Drawing | Ended:
        now = self._clock.now()
        async with self._ledger.reading() as store:
            if (leaves_at := await self._leaves_at(store, row, now)) > now:
                return Ended(again_at=leaves_at, counts=False)
            account = await store.people.account(row.chat_id)
            if account is not None and account.unreachable is not None:
                return Ended(state=State.BLOCKED, reason=account.unreachable)
            drawing = await self._screen.drawn(store, row)
        if drawing is None and row.batch is not None and row.doubtful:
            return Ended(state=State.FAILED, reason=UNCLEAR)
        return drawing or Ended(state=State.DROPPED, reason="senseless")

    async def _judged(self, row: Row, judged: Verdict) -> Ended:
        log.info("send_refused", row=row.id, kind=row.kind, reason=judged.reason)
        if judged.outcome is Outcome.UNCLEAR:
            self._doubts += 1
            if self._doubts == DOUBTS:
                self.offline_until = monotonic() + OFFLINE
        match judged.outcome:
            case Outcome.WAIT:
                return Ended(counts=False)
            case Outcome.UNSENT:
                self.offline_until = monotonic() + OFFLINE
                return Ended(counts=False)
            case Outcome.UNCLEAR:
                return _unclear(row)
            case Outcome.MOVED:
                async with self._ledger.writing() as store:
                    await collectives.follow_group(store, row.chat_id, judged.chat_id)
                return Ended(counts=False)
            case Outcome.BLOCKED:
                # The rest of her queue ends the same way, each row in its turn and its report.
                async with self._ledger.writing() as store:
                    now = self._clock.now()
                    await reaching.lose(store, row.chat_id, judged.reason, now=now)
                return Ended(state=State.BLOCKED, reason=judged.reason)
            case _:
                return Ended(state=State.FAILED, reason=judged.reason)

    async def _leaves_at(self, store: Store, row: Row, now: datetime) -> datetime:
        if not row.lane.bound:
            return now
        collective = await store.collectives.get(row.collective) if row.collective else None
        if collective is not None:
            return await hours.leaves_at(store, collective, now=now, lane=row.lane)
        return allowed_from(now, self._zone)

    def _broken(self, row: Row) -> Ended:
        """Try once more what failed on our own side, then say so in the report."""
        if row.attempts < ATTEMPTS:
            return Ended(again_at=self._soon())
        return Ended(state=State.FAILED, reason=UNCLEAR if row.doubtful else "broken")

    def _soon(self) -> datetime:
        return self._clock.now() + timedelta(seconds=OFFLINE)


def _unclear(row: Row) -> Ended:
    """Send once more what may have arrived; after that its end is unclear."""
    if row.doubtful:
        return Ended(state=State.FAILED, reason=UNCLEAR)
    return Ended(doubtful=True)
