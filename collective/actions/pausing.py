"""Making a pause: nothing that the bot starts reaches her, and she is not missed."""

from datetime import datetime, timedelta

from collective.actions import checkins
from collective.errors import NotAllowed, Outdated
from collective.events import Event
from collective.people import PAUSES
from collective.ports import Store


async def pause(store: Store, weeks: int, *, by: int, now: datetime) -> datetime:
    """Leave a member alone for 1, 2 or 4 weeks and return until when; the newest pause counts.

    Raises NotAllowed, and Outdated for another length.
    """
    standing = await store.people.standing(by)
    if not standing.member_of:
        raise NotAllowed
    if weeks not in PAUSES:
        raise Outdated
    for collective_id in sorted(standing.member_of):
        # Held: a round that opens at this moment misses her, or finds her gone.
        await store.collectives.hold(collective_id)
    until = now + timedelta(weeks=weeks)
    await store.people.set_paused(by, until)
    await checkins.excuse(store, by, now=now)
    await store.audit.append(Event.PAUSED, by=by, subject=None, now=now)
    return until


async def hush(store: Store, *, by: int, now: datetime) -> None:
    """Fall silent because she said stop: the shortest pause, unless she makes a longer one.

    So nothing more is sent before she has chosen, whether she chooses or not.
    """
    person = await store.people.person(by)
    until = person.paused_until if person else None
    member = bool((await store.people.standing(by)).member_of)
    if member and (until is None or until < now + timedelta(weeks=PAUSES[0])):
        await pause(store, PAUSES[0], by=by, now=now)


async def resume(store: Store, *, by: int, now: datetime) -> bool:
    """End her pause; False when she made none. A round opened within a day expects her again."""
    person = await store.people.person(by)
    if person is None or person.paused_until is None:
        return False
    await store.people.set_paused(by, None)
    for collective_id in sorted((await store.people.standing(by)).member_of):
        for member in await store.collectives.members(collective_id):
            if member.person_id == by:
                await checkins.expect_newcomer(store, member, now=now)
    await store.audit.append(Event.RESUMED, by=by, subject=None, now=now)
    return True
