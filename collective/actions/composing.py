"""Composing a broadcast: what it says, for whom, and whom that would reach. Until it has left."""

from datetime import datetime

from collective import access
from collective.actions import hours
from collective.audiences import Audience, Reach, Share
from collective.broadcasts import (
    AHEAD,
    KEPT_BYTES,
    UNSENT,
    Broadcast,
    Stage,
    Version,
    clean_version,
    ensure_fit_together,
)
from collective.errors import NobodyToTell, NotAllowed, Outdated
from collective.outbox import Lane
from collective.ports import Store


async def draft(
    store: Store, audience: Audience, *, key: str, language: str, by: int, now: datetime
) -> Broadcast:
    """Begin a broadcast; the same key is the same draft again. Raises NotAllowed.

    `language` is what its author writes first.
    """
    await access.ensure_may_broadcast(store, by, audience)
    return await store.broadcasts.add(
        draft=key, author_id=by, language=language, audience=audience, now=now
    )


async def write(
    store: Store,
    broadcast_id: int,
    version: Version,
    *,
    size: int | None = None,
    by: int,
    now: datetime,
) -> None:
    """Keep what is said in one language; a file of `size` bytes is fetched soon.

    Raises NotAllowed, Outdated, TextEmpty, TextTooLong, TogetherTooLong.
    """
    await _hold(store, broadcast_id, by)
    said = clean_version(version)
    others = await store.broadcasts.versions(broadcast_id)
    ensure_fit_together([said, *(each for each in others if each.language != said.language)])
    fetch = said.file_id is not None and (size or 0) <= KEPT_BYTES
    await store.broadcasts.put_version(broadcast_id, said, now if fetch else None, now)


async def unwrite(store: Store, broadcast_id: int, language: str, *, by: int) -> None:
    """Forget what was said in one language; who reads it gets another. As `write`."""
    await _hold(store, broadcast_id, by)
    await store.broadcasts.remove_version(broadcast_id, language)


async def choose_audience(
    store: Store, broadcast_id: int, audience: Audience, *, by: int, now: datetime
) -> None:
    """Keep whom it is for; what is planned stays for somebody.

    Raises NotAllowed, Outdated, NobodyToTell.
    """
    broadcast = await _hold(store, broadcast_id, by)
    await access.ensure_may_broadcast(store, by, audience)
    if broadcast.stage is Stage.WAITING:
        await ensure_anybody(store, audience, by=by, now=now)
    await store.broadcasts.set_audience(broadcast_id, audience)


async def ask_heard(store: Store, broadcast_id: int, *, asks: bool, by: int) -> None:
    """Keep whether who gets it is asked to press that she has heard.

    Raises NotAllowed, Outdated.
    """
    await _hold(store, broadcast_id, by)
    await store.broadcasts.set_asks_heard(broadcast_id, asks=asks)


async def discard(store: Store, broadcast_id: int, *, by: int) -> None:
    """Forget a draft with all that was written; what is planned or gone stays as it is."""
    broadcast = await store.broadcasts.hold(broadcast_id)
    if broadcast is not None and hers(broadcast, by).stage is Stage.DRAFT:
        await store.broadcasts.discard(broadcast_id)


async def of_hers(store: Store, broadcast_id: int, *, by: int) -> Broadcast:
    """Return a broadcast to its author. Raises NotAllowed, Outdated."""
    return hers(await store.broadcasts.get(broadcast_id), by)


async def ensure_unsent(store: Store, broadcast_id: int, *, by: int) -> Broadcast:
    """Return what she may still change. Raises NotAllowed, Outdated."""
    broadcast = await of_hers(store, broadcast_id, by=by)
    if broadcast.stage not in UNSENT:
        raise Outdated
    return broadcast


async def reach(
    store: Store, audience: Audience, *, at: datetime | None = None, by: int, now: datetime
) -> Reach:
    """Say how many she would reach now, and when it would leave. Raises NotAllowed."""
    await access.ensure_may_broadcast(store, by, audience)
    people, groups = await store.audiences.count(audience, author=by, now=now)
    leaves_at = await first_moment(store, audience, at, now=now)
    return Reach(people=people, groups=groups, leaves_at=leaves_at)


async def shares(store: Store, audience: Audience, *, by: int, now: datetime) -> list[Share]:
    """Say how many she would reach in each collective. Raises NotAllowed."""
    await access.ensure_may_broadcast(store, by, audience)
    return await store.audiences.shares(audience, author=by, now=now)


async def ensure_anybody(store: Store, audience: Audience, *, by: int, now: datetime) -> None:
    """Raise NobodyToTell when it would reach nobody now."""
    if not any(await store.audiences.count(audience, author=by, now=now)):
        raise NobodyToTell


async def first_moment(
    store: Store, audience: Audience, at: datetime | None, *, now: datetime
) -> datetime:
    """Return when the first of those it is for may be written to, from `at` or `now` on."""
    asked = min(max(at or now, now), now + AHEAD)
    moments = [
        await hours.leaves_at(store, collective, now=asked, lane=Lane.BROADCAST)
        for each in await store.audiences.zones(audience)
        if (collective := await store.collectives.get(each))
    ]
    return min(moments, default=asked)


def hers(broadcast: Broadcast | None, by: int) -> Broadcast:
    """Return a broadcast that is hers; raise NotAllowed, Outdated."""
    if broadcast is None:
        raise Outdated
    if broadcast.author_id != by:
        raise NotAllowed
    return broadcast


async def _hold(store: Store, broadcast_id: int, by: int) -> Broadcast:
    await store.broadcasts.hold(broadcast_id)
    return await ensure_unsent(store, broadcast_id, by=by)
