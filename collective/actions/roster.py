"""The members of a collective as their facilitator keeps the list, with those without Telegram."""

from collections.abc import Mapping
from datetime import datetime

from collective import access
from collective.actions import checkins, erasing, leaving
from collective.errors import ConsentMissing, NotAllowed, Outdated
from collective.events import Event
from collective.forms import Form
from collective.letters import fold
from collective.people import CONSENT_TEXT, Consent, Member, clean_name
from collective.ports import Store


async def members(store: Store, collective_id: int, *, by: int) -> list[Member]:
    """Return the members by name; their facilitator may ask. Raises NotAllowed."""
    await access.ensure_facilitates(store, by, collective_id)
    found = await store.collectives.members(collective_id)
    return sorted(found, key=lambda each: fold(each.name))


async def member(store: Store, collective_id: int, member_id: int, *, by: int) -> Member:
    """Return one of them; raise NotAllowed, and Outdated when she is a member no more."""
    for each in await members(store, collective_id, by=by):
        if each.id == member_id:
            return each
    raise Outdated


async def add(
    store: Store,
    collective_id: int,
    name: str,
    *,
    draft: str,
    agreed: bool,
    by: int,
    now: datetime,
) -> Member:
    """Write down a member without Telegram, who said yes to her facilitator; a draft makes one.

    Raises NotAllowed, ConsentMissing, TextEmpty, TextTooLong.
    """
    await access.ensure_facilitates(store, by, collective_id)
    if not agreed:
        raise ConsentMissing
    person = await store.people.add_person(None, clean_name(name), now, draft=draft)
    await store.people.add_consent(person.id, Consent.KEEP, CONSENT_TEXT, now)
    member = await store.collectives.add_member(collective_id, person.id, now)
    if member is None:
        return await _written_before(store, collective_id, person.id)
    await checkins.expect_newcomer(store, member, now=now)
    await store.audit.append(Event.WRITTEN_DOWN, by=by, subject=person.id, now=now)
    return member


async def take_off(
    store: Store,
    forms: Mapping[str, Form],
    collective_id: int,
    member_id: int,
    *,
    erase: bool,
    by: int,
    now: datetime,
) -> None:
    """End the membership of who has no Telegram to say so herself; `erase` all about her too.

    Raises NotAllowed, also for a member with Telegram, who leaves by herself, and Outdated.
    """
    found = await member(store, collective_id, member_id, by=by)
    if found.chat_id is not None:
        raise NotAllowed
    # Held: a round that opens at this moment misses her, or finds her gone.
    await store.collectives.hold(collective_id)
    await checkins.excuse(store, found.person_id, now=now, collective_id=collective_id)
    await leaving.hand_over(store, found.person_id, collective_id, now=now)
    await store.collectives.remove_member(collective_id, found.person_id, now)
    await store.invites.revoke_of(found.person_id, now)
    await store.audit.append(Event.TAKEN_OFF, by=by, subject=found.person_id, now=now)
    if erase:
        await erasing.erase(store, forms, by=found.person_id, now=now)


async def _written_before(store: Store, collective_id: int, person_id: int) -> Member:
    for member in await store.collectives.members(collective_id):
        if member.person_id == person_id:
            return member
    raise Outdated
