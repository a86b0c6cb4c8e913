"""Following a broadcast: who has heard it, taking it back, how it ended, sending it once more."""

from dataclasses import replace
from datetime import datetime

from collective import access
from collective.actions.broadcasts import tell
from collective.actions.composing import hers, of_hers
from collective.broadcasts import Broadcast, Stage, batch
from collective.deliveries import Missed
from collective.errors import NotAllowed, Outdated
from collective.events import Event
from collective.ports import Store


async def hear(store: Store, broadcast_id: int, *, chat_id: int, by: int, now: datetime) -> None:
    """Keep, once, that she has heard it; in a group, members of its collective are counted.

    Raises NotAllowed, Outdated.
    """
    broadcast = await store.broadcasts.get(broadcast_id)
    if broadcast is None or not broadcast.asks_heard or by == broadcast.author_id:
        raise Outdated
    group = None
    if chat_id < 0:
        collective = await store.collectives.by_group(chat_id)
        standing = await store.people.standing(by)
        if collective is None or collective.id not in standing.member_of:
            raise NotAllowed
        group = collective.id
    # A button can be written by anybody, with any number.
    if not await store.deliveries.went_to(broadcast_id, chat_id, group=group):
        raise Outdated
    await store.deliveries.hear(broadcast_id, by, now)


async def cancel(store: Store, broadcast_id: int, *, by: int, now: datetime) -> None:
    """Let what has not left stay here; what is under way arrives, and is counted as sent.

    Its author may, also after she lost the role: it is hers. Raises NotAllowed, Outdated.
    """
    broadcast = hers(await store.broadcasts.hold(broadcast_id), by)
    if broadcast.counted is not None or broadcast.cancelled_at is not None:
        return
    await store.broadcasts.cancel(broadcast_id, now)
    await store.audit.append(Event.BROADCAST_CANCELLED, by=by, subject=broadcast_id, now=now)
    await finish(store, broadcast_id, now=now)


async def is_open(store: Store, broadcast_id: int) -> bool | None:
    """Tell whether some of it has still to end; None: it may be counted, see `finish`."""
    broadcast = await store.broadcasts.get(broadcast_id)
    if broadcast is None or broadcast.counted is not None:
        return False
    if broadcast.cancelled_at is None and broadcast.queued_at is None:
        return True
    waiting = await store.outbox.batch_open(batch(broadcast_id))
    return True if waiting and broadcast.cancelled_at is None else None


async def end(store: Store, broadcast_id: int, *, now: datetime) -> bool:
    """Count how it ended and tell its author, once all of it has; tell whether that is so now."""
    broadcast = await finish(store, broadcast_id, now=now)
    if broadcast is not None:
        await tell(store, broadcast, now=now)
    return broadcast is not None


async def finish(store: Store, broadcast_id: int, *, now: datetime) -> Broadcast | None:
    """Count how it ended and return it, once all of it has; None: not now."""
    broadcast = await store.broadcasts.hold(broadcast_id)
    if broadcast is None or broadcast.counted is not None or broadcast.stage is Stage.WAITING:
        return None
    if broadcast.cancelled_at is not None:
        # A part at a time; and what was being sent meanwhile may have been put back.
        await store.deliveries.cancel(broadcast_id, now)
    elif broadcast.queued_at is None:
        return None
    if await store.outbox.batch_open(batch(broadcast_id)):
        return None
    counted = await store.deliveries.count(broadcast_id)
    if broadcast.cancelled_at is not None:
        # Drawn after it was taken back: for that they made no sense.
        counted = replace(counted, cancelled=counted.cancelled + counted.dropped, dropped=0)
    await store.deliveries.keep(broadcast_id, counted)
    return broadcast


async def missed(store: Store, broadcast_id: int, *, by: int) -> list[Missed]:
    """Say what did not arrive and why: by name where she accompanies the collective, else in sums.

    Who blocked the bot is for a woman's facilitator to know. Raises NotAllowed, Outdated.
    """
    await of_hers(store, broadcast_id, by=by)
    standing = await store.people.standing(by)
    return await store.deliveries.missed(broadcast_id, standing.facilitates)


async def send_again(
    store: Store, broadcast_id: int, *, unclear: bool, by: int, now: datetime
) -> None:
    """Send once more what failed and what went to who is reachable again, or what is unclear.

    While it is on its way already nothing happens. Raises NotAllowed, Outdated.
    """
    broadcast = hers(await store.broadcasts.hold(broadcast_id), by)
    await access.ensure_may_broadcast(store, by, broadcast.audience)
    if broadcast.cancelled_at is not None:
        raise Outdated
    if broadcast.counted is None:
        return
    if await store.deliveries.send_again(broadcast_id, now, unclear=unclear):
        await store.audit.append(Event.BROADCAST_SENT, by=by, subject=broadcast_id, now=now)
