"""Sending a broadcast now or later, laying its rows in the outbox, and what became of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from collective import access
from collective.actions import composing, hours
from collective.audiences import Recipient
from collective.broadcasts import (
    UNSENT,
    Broadcast,
    Stage,
    Version,
    apart,
    batch,
    fitting,
    key,
)
from collective.collectives import Collective
from collective.errors import NotAllowed, Outdated, TextEmpty
from collective.events import Event
from collective.outbox import Lane, Parcel
from collective.ports import Store
from collective.schedules import Bell

#: Which renderers make the message, the report to its author, and what she is told when it does
#: not leave: that it is too late, or that it is no longer hers to send.
MESSAGE = "broadcast"
REPORT = "broadcast_report"
LATE = "broadcast_late"
NOT_HERS = "broadcast_not_hers"

_TICK = timedelta(microseconds=1)


async def send(
    store: Store, broadcast_id: int, *, at: datetime | None = None, by: int, now: datetime
) -> Broadcast | None:
    """Send it now or at a moment, another one too; None when it has left or was taken back.

    At night, and for a moment at night, it waits for the morning. Raises NotAllowed, Outdated,
    TextEmpty, NobodyToTell.
    """
    broadcast = composing.hers(await store.broadcasts.hold(broadcast_id), by)
    if broadcast.stage not in UNSENT:
        return None
    await access.ensure_may_broadcast(store, by, broadcast.audience)
    if not await store.broadcasts.versions(broadcast_id):
        raise TextEmpty
    await composing.ensure_anybody(store, broadcast.audience, by=by, now=now)
    leaves_at = await composing.first_moment(store, broadcast.audience, at, now=now)
    await store.broadcasts.plan(broadcast_id, leaves_at)
    if broadcast.stage is Stage.DRAFT:
        await store.audit.append(Event.BROADCAST_SENT, by=by, subject=broadcast_id, now=now)
    if leaves_at <= now:
        await depart(store, broadcast_id, now=now)
    else:
        await store.schedules.add(Bell.BROADCAST, broadcast_id, leaves_at)
    return await store.broadcasts.get(broadcast_id)


async def call_off(store: Store, broadcast_id: int, *, by: int, now: datetime) -> None:
    """Take back what waits for its moment. Raises NotAllowed, Outdated."""
    broadcast = composing.hers(await store.broadcasts.hold(broadcast_id), by)
    if broadcast.stage is not Stage.WAITING:
        raise Outdated
    await store.broadcasts.cancel(broadcast_id, now)


async def depart(store: Store, broadcast_id: int, *, now: datetime) -> None:
    """Lay the next rows of a broadcast in the outbox; while there are more, ring again.

    Whom it is for is asked at this moment. What was taken back meanwhile, or is no longer its
    author's to send, does not leave; of the latter she is told.
    """
    broadcast = await store.broadcasts.hold(broadcast_id)
    if broadcast is None or broadcast.author_id is None or not broadcast.leaving(now):
        return
    audience, author = broadcast.audience, broadcast.author_id
    if broadcast.late(now):
        # A draft again, and she is asked: what it says may no longer hold.
        await store.broadcasts.plan(broadcast_id, None)
        await _tell_author(store, broadcast, LATE, now)
        return
    try:
        await access.ensure_may_broadcast(store, author, audience)
    except NotAllowed:
        await store.broadcasts.cancel(broadcast_id, now)
        await _tell_author(store, broadcast, NOT_HERS, now)
        return
    if broadcast.reached is None:
        await tell(store, broadcast, now=now)
    part = await store.audiences.slice(audience, author=author, after=broadcast.reached, now=now)
    await store.outbox.add(await _parcels(store, broadcast, part.recipients, now), now)
    if part.reached is None:
        await store.broadcasts.reach(broadcast_id, broadcast.reached, now)
    else:
        await store.broadcasts.reach(broadcast_id, part.reached, None)
        # What else is due comes in between; the same moment would be the same bell.
        await store.schedules.add(Bell.BROADCAST, broadcast_id, now + _TICK)


async def tell(store: Store, broadcast: Broadcast, *, now: datetime) -> None:
    """Show its author how it stands, as long as she can be reached: it is hers."""
    chat_id = await store.people.chat_of(broadcast.author_id) if broadcast.author_id else None
    if chat_id is None:
        return
    told = Parcel(
        chat_id=chat_id,
        kind=REPORT,
        ids={"broadcast": broadcast.id},
        lane=Lane.REPLY,
        not_before=now,
        person=broadcast.author_id,
    )
    await store.outbox.add([told], now)


async def _tell_author(store: Store, broadcast: Broadcast, kind: str, now: datetime) -> None:
    """Tell its author why it did not leave at its moment."""
    author = broadcast.author_id
    chat_id = await store.people.chat_of(author) if author else None
    if chat_id is not None and broadcast.leaves_at is not None:
        told = Parcel(
            chat_id=chat_id,
            kind=kind,
            ids={"broadcast": broadcast.id, "due": broadcast.leaves_at.isoformat()},
            lane=Lane.REMINDER,
            not_before=now,
            collective=broadcast.collective_id,
            person=author,
        )
        await store.outbox.add([told], now)


async def _parcels(
    store: Store, broadcast: Broadcast, recipients: Iterable[Recipient], now: datetime
) -> list[Parcel]:
    versions = await store.broadcasts.versions(broadcast.id)
    moments: dict[int | None, datetime] = {None: now}
    tongues: dict[int | None, Sequence[str | None]] = {}
    for each in {recipient.collective for recipient in recipients}:
        if each is not None and (collective := await store.collectives.get(each)):
            moments[each] = await hours.leaves_at(store, collective, now=now, lane=Lane.BROADCAST)
            tongues[each] = _apart(broadcast, versions, collective)
    return [
        _parcel(broadcast, each, moments[each.collective], language)
        for each in recipients
        for language in (tongues[each.collective] if each.group else [None])
    ]


def _apart(
    broadcast: Broadcast, versions: Sequence[Version], collective: Collective
) -> Sequence[str | None]:
    """Return the language of each message that a group gets; None: it gets all in one."""
    spoken = collective.language.languages
    said = [fitting(versions, language, broadcast.language) for language in spoken]
    different = [each for each in said if each is not None]
    if len(different) > 1 and apart(*different):
        return [each.language for each in different]
    return [None]


def _parcel(
    broadcast: Broadcast, to: Recipient, not_before: datetime, language: str | None
) -> Parcel:
    ids: dict[str, int | str] = {"broadcast": broadcast.id, "collective": to.collective or 0}
    return Parcel(
        chat_id=to.chat_id,
        kind=MESSAGE,
        ids=ids | {"language": language} if language else ids,
        lane=Lane.BROADCAST,
        not_before=not_before,
        collective=to.collective,
        # What is for her alone comes under her name where several share the phone.
        person=to.person if broadcast.audience.picks else None,
        key=key(broadcast.id, to.chat_id, language),
        batch=batch(broadcast.id),
    )
