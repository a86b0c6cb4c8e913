"""Broadcasting: a facilitator to the members and the group of her collective."""

from dataclasses import dataclass
from datetime import datetime

from collective import access
from collective.actions import hours
from collective.broadcasts import Broadcast, batch, clean_broadcast
from collective.collectives import Collective
from collective.errors import NobodyToTell
from collective.events import Event
from collective.outbox import Lane, Parcel
from collective.people import is_paused
from collective.ports import Store

#: Which renderers make the message and the report to its author.
MESSAGE = "broadcast"
REPORT = "broadcast_report"


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Whom a broadcast would reach, and when it would leave."""

    collective: Collective
    #: Private chats of members who make no pause, the author's own left out.
    chats: tuple[int, ...]
    group: int | None
    leaves_at: datetime


async def audience(store: Store, collective_id: int, *, by: int, now: datetime) -> Audience:
    """Say whom a broadcast would reach; its facilitator may ask. Raises NotAllowed."""
    collective = await access.ensure_facilitates(store, by, collective_id)
    members = await store.collectives.members(collective_id)
    group = await store.collectives.group(collective_id)
    return Audience(
        collective=collective,
        chats=tuple(
            m.chat_id
            for m in members
            if m.chat_id is not None and m.person_id != by and not is_paused(m, now)
        ),
        group=group.chat_id if group else None,
        leaves_at=await hours.leaves_at(store, collective, now=now, lane=Lane.BROADCAST),
    )


async def send(
    store: Store, collective_id: int, text: str, *, draft: str, by: int, now: datetime
) -> Broadcast | None:
    """Queue a broadcast for everyone; None when this draft was already sent.

    Raises NotAllowed, TextEmpty, TextTooLong, NobodyToTell.
    """
    to = await audience(store, collective_id, by=by, now=now)
    chats = [*to.chats, *([to.group] if to.group is not None else [])]
    if not chats:
        raise NobodyToTell
    broadcast = await store.broadcasts.add(
        draft=draft,
        collective_id=collective_id,
        author_id=by,
        text=clean_broadcast(text),
        now=now,
    )
    if broadcast is None:
        return None
    await store.outbox.add([_parcel(broadcast, to, chat_id) for chat_id in chats], now)
    await store.audit.append(Event.BROADCAST_SENT, by=by, subject=broadcast.id, now=now)
    return broadcast


async def report(store: Store, broadcast_id: int, *, now: datetime) -> None:
    """Tell the author what became of her broadcast, once everything has left.

    Called in the unit that settles a row. Two last rows may settle at the same moment, each
    unaware of the other: holding the broadcast lets one of them see both.
    """
    broadcast = await store.broadcasts.hold(broadcast_id)
    if broadcast is None or await store.outbox.batch_open(batch(broadcast_id)):
        return
    for facilitator in await store.collectives.facilitators(broadcast.collective_id):
        if facilitator.person_id == broadcast.author_id and facilitator.chat_id is not None:
            told = Parcel(
                chat_id=facilitator.chat_id,
                kind=REPORT,
                ids={"broadcast": broadcast_id},
                lane=Lane.REPLY,
                not_before=now,
                person=facilitator.person_id,
                key=f"report:{broadcast_id}",
            )
            await store.outbox.add([told], now)


def _parcel(broadcast: Broadcast, to: Audience, chat_id: int) -> Parcel:
    return Parcel(
        chat_id=chat_id,
        kind=MESSAGE,
        ids={"broadcast": broadcast.id},
        lane=Lane.BROADCAST,
        not_before=to.leaves_at,
        collective=to.collective.id,
        key=f"broadcast:{broadcast.id}:{chat_id}",
        batch=batch(broadcast.id),
    )
