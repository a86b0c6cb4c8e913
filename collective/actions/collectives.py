"""Creating a collective and giving it its Telegram group."""

from dataclasses import dataclass
from datetime import datetime

from collective import access
from collective.calendar import moments
from collective.collectives import (
    TITLE_LIMIT,
    Collective,
    GroupLanguage,
    Rhythm,
    Trade,
    ensure_rhythm,
    ensure_zone,
)
from collective.errors import GroupTaken, Outdated
from collective.events import Event
from collective.outbox import Lane, Parcel
from collective.people import clean_text
from collective.ports import Store
from collective.schedules import Bell


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a coordinator says of a new collective; its draft makes a repeated press harmless."""

    draft: str
    name: str
    trade: Trade
    place: str
    zone: str
    language: GroupLanguage
    rhythm: Rhythm


async def create(store: Store, plan: Plan, *, by: int, now: datetime) -> Collective:
    """Create a collective and its rounds to come; coordinators may. The same draft makes one.

    Raises NotAllowed, TextEmpty, TextTooLong, ZoneUnknown, RhythmUnfit.
    """
    await access.ensure_coordinator(store, by)
    rhythm = ensure_rhythm(plan.rhythm)
    collective = await store.collectives.add(
        draft=plan.draft,
        name=clean_text(plan.name, limit=TITLE_LIMIT),
        trade=plan.trade,
        place=clean_text(plan.place, limit=TITLE_LIMIT),
        zone=ensure_zone(plan.zone),
        language=plan.language,
        created_by=by,
        now=now,
    )
    if collective is None:
        return await _made_before(store, plan.draft)
    await store.collectives.set_hours(collective.id, window=rhythm.window, hours=rhythm.hours)
    rule = rhythm.rule(plan.zone, now)
    [first] = moments(rule, now)
    await store.schedules.add(Bell.OPEN_ROUND, collective.id, first, rule)
    await store.audit.append(Event.COLLECTIVE_CREATED, by=by, subject=collective.id, now=now)
    return collective


async def link_group(
    store: Store, collective_id: int, chat_id: int, *, by: int, now: datetime
) -> Collective:
    """Make a Telegram group the collective's; its facilitator may. Said in the group, once.

    Raises NotAllowed, GroupTaken.
    """
    collective = await access.ensure_facilitates(store, by, collective_id)
    owner = await store.collectives.by_group(chat_id)
    if owner is not None and owner.id != collective_id:
        raise GroupTaken(collective=owner.name)
    if owner is None:
        await store.collectives.link_group(collective_id, chat_id, by, now)
        await store.audit.append(Event.GROUP_LINKED, by=by, subject=collective_id, now=now)
        greeting = Parcel(
            chat_id=chat_id,
            kind="group_linked",
            ids={"collective": collective_id},
            lane=Lane.REPLY,
            not_before=now,
        )
        await store.outbox.add([greeting], now)
    return collective


async def set_language(
    store: Store, collective_id: int, language: GroupLanguage, *, by: int, now: datetime
) -> None:
    """Speak to a collective's group in another language; its facilitator may. Raises NotAllowed."""
    collective = await access.ensure_facilitates(store, by, collective_id)
    if language is collective.language:
        return
    await store.collectives.set_language(collective_id, language)
    await store.audit.append(Event.GROUP_LANGUAGE_SET, by=by, subject=collective_id, now=now)


async def unlink_group(store: Store, chat_id: int, *, by: int, now: datetime) -> None:
    """Forget a group; its facilitator may. Raises NotAllowed."""
    collective = await store.collectives.by_group(chat_id)
    if collective is None:
        return
    await access.ensure_facilitates(store, by, collective.id)
    await store.collectives.unlink_group(chat_id)
    await store.audit.append(Event.GROUP_UNLINKED, by=by, subject=collective.id, now=now)


async def follow_group(store: Store, old_chat_id: int, new_chat_id: int) -> None:
    """Keep the link, and what waits to be sent, of a group that became a supergroup."""
    await store.collectives.move_group(old_chat_id, new_chat_id)
    await store.outbox.move_chat(old_chat_id, new_chat_id)


async def _made_before(store: Store, draft: str) -> Collective:
    collective = await store.collectives.by_draft(draft)
    if collective is None:
        raise Outdated
    return collective
