"""Telling of a setback, reading how the collective recovers, and keeping what was learned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from collective import access, figures
from collective.actions import telling
from collective.calendar import local_day, local_moment
from collective.collectives import Collective
from collective.errors import NotAllowed, Outdated
from collective.events import Event
from collective.own_words import clean_text, ensure_short
from collective.people import clean_text as clean_line
from collective.people import is_paused
from collective.ports import Store
from collective.retention import MOTIVATION
from collective.rounds import Round
from collective.setbacks import (
    LESSON_LIMIT,
    LESSONS_SHOWN,
    RECENT,
    Kind,
    Lesson,
    Measure,
    Recovered,
    Recovery,
    Setback,
    Told,
    ensure_day,
    ensure_weight,
    is_news,
    recovery,
)

#: Which renderers tell who accompanies it of a setback, and ask what was learned once the
#: collective has recovered. Ids are {"setback": n, "person": n}.
TOLD = "setback_told"
LEARNED = "setback_recovered"
#: Which one offers to note a departure as a setback ({"collective": n, "tasks": n, "person": n}).
OFFERED = "departure_offered"


#: Rounds with how they went.
Measured = Sequence[tuple[Round, Measure]]


@dataclass(frozen=True, kw_only=True)
class Struck:
    """A setback without its words and its author, and how far the collective has recovered."""

    kind: Kind
    happened_on: date
    recovery: Recovery


@dataclass(frozen=True, kw_only=True)
class Page:
    """A setback with everything that is known about it."""

    setback: Setback
    collective: Collective
    #: None: she who told it is erased.
    author: str | None
    recovery: Recovery
    #: From this one; from others of that kind, the newest first.
    lessons: tuple[Lesson, ...]
    earlier: tuple[Lesson, ...]


async def tell(
    store: Store, collective_id: int, told: Told, *, draft: str, by: int, now: datetime
) -> Setback:
    """Keep a setback that a member or a facilitator tells, and tell who accompanies them.

    The same draft is the same setback again. Raises NotAllowed, WeightUnfit, DayUnfit, TextEmpty,
    TextTooLong, VoiceTooLong.
    """
    collective = await access.ensure_belongs(store, by, collective_id)
    kept = _kept(told, local_day(now, collective.zone))
    made = await store.setbacks.add(
        draft=draft, collective_id=collective_id, author_id=by, told=kept, now=now
    )
    if made is None:
        before = await store.setbacks.by_draft(draft)
        if before is None or before.author_id != by:
            raise Outdated
        return before
    await store.audit.append(Event.SETBACK_TOLD, by=by, subject=made.id, now=now)
    led = await store.collectives.facilitators(collective_id)
    others = [each.person_id for each in led if each.person_id != by]
    await _tell(store, made, others, TOLD, now)
    return made


async def readable(store: Store, *, by: int) -> list[Setback]:
    """Return the setbacks that a person may read, the newest first: as in `read`."""
    standing = await store.people.standing(by)
    found = [
        setback
        for collective_id in sorted(standing.facilitates | standing.member_of)
        for setback in await store.setbacks.of(collective_id)
        if collective_id in standing.facilitates or setback.author_id == by
    ]
    return sorted(found, key=lambda each: (each.happened_on, each.id), reverse=True)


async def recent(store: Store, collective: Collective, *, now: datetime) -> list[Struck]:
    """Return what struck a collective and is not over, or not for long; the newest first.

    For summaries of who accompanies it and of coordinators: the caller has asked who reads.
    """
    first = local_day(now - RECENT, collective.zone)
    lately = [e for e in await store.setbacks.of(collective.id) if e.happened_on >= first]
    measured = await _measured(store, collective) if lately else []
    found = [
        Struck(
            kind=each.kind,
            happened_on=each.happened_on,
            recovery=_recovery(each, collective, measured),
        )
        for each in lately
    ]
    return [each for each in found if is_news(each.recovery, now)]


async def read(store: Store, setback_id: int, *, by: int) -> Page:
    """Return a setback for who told it, while she belongs there, or accompanies the collective.

    Nobody else reads one: it may say who did what to whom. Raises Outdated, NotAllowed.
    """
    setback = await _hers(store, setback_id, by)
    collective = await access.existing(store, setback.collective_id)
    author = await store.people.person(setback.author_id) if setback.author_id else None
    return Page(
        setback=setback,
        collective=collective,
        author=author.name if author else None,
        recovery=_recovery(setback, collective, await _measured(store, collective)),
        lessons=tuple(await store.setbacks.lessons(setback_id)),
        earlier=tuple(await _earlier(store, setback)),
    )


async def note_lesson(
    store: Store, setback_id: int, text: str, *, key: str, by: int, now: datetime
) -> None:
    """Keep what was learned, once a message (`key`); who may read the setback may say it.

    Raises Outdated, NotAllowed, TextEmpty, TextTooLong.
    """
    setback = await _hers(store, setback_id, by)
    kept = clean_line(text, limit=LESSON_LIMIT)
    if await store.setbacks.add_lesson(setback.id, kept, person_id=by, key=key, now=now):
        await store.audit.append(Event.LESSON_NOTED, by=by, subject=setback.id, now=now)


async def look(store: Store, collective_id: int, *, now: datetime) -> None:
    """Ask, once each, what was learned from the setbacks that a closed round has ended."""
    collective = await access.existing(store, collective_id)
    unasked = await store.setbacks.unasked(collective_id)
    measured = await _measured(store, collective) if unasked else []
    for setback in unasked:
        if not isinstance(_recovery(setback, collective, measured), Recovered):
            continue
        await store.setbacks.asked(setback.id, now)
        if not await store.setbacks.lessons(setback.id):
            asked = await _concerned(store, setback, now)
            await _tell(store, setback, asked, LEARNED, now)


async def offer_departure(store: Store, collective_id: int, *, tasks: int, now: datetime) -> None:
    """Offer who accompanies a collective to note as a setback that somebody left with tasks."""
    led = [each.person_id for each in await store.collectives.facilitators(collective_id)]
    to = await telling.reached(store, led)
    ids, mark = {"collective": collective_id, "tasks": tasks}, f"{now:%y%m%d%H%M%S%f}"
    await telling.queue(store, collective_id, to, OFFERED, ids, mark=mark, now=now)


def _kept(told: Told, today: date) -> Told:
    ensure_weight(told.weight)
    ensure_day(told.happened_on, today)
    if told.voice is not None:
        ensure_short(told.voice)
    return replace(told, text=None if told.text is None else clean_text(told.text))


async def _hers(store: Store, setback_id: int, by: int) -> Setback:
    setback = await store.setbacks.get(setback_id)
    if setback is None:
        raise Outdated
    standing = await store.people.standing(by)
    author = setback.author_id == by and setback.collective_id in standing.member_of
    if not author and setback.collective_id not in standing.facilitates:
        raise NotAllowed
    return setback


async def _earlier(store: Store, setback: Setback) -> list[Lesson]:
    place, kind = setback.collective_id, setback.kind
    return await store.setbacks.lessons_of_kind(place, kind, but=setback.id, limit=LESSONS_SHOWN)


async def _measured(store: Store, collective: Collective) -> Measured:
    """Return how each ordinary round of a collective went, the oldest first."""
    history = await store.rounds.history(collective.id, MOTIVATION)
    return [(round_, figures.measure(round_, totals)) for round_, totals in history]


def _recovery(setback: Setback, collective: Collective, measured: Measured) -> Recovery:
    began = local_moment(setback.happened_on, time(), collective.zone)
    before = [measure for round_, measure in measured if round_.closes_at <= began]
    after = [measure for round_, measure in measured if round_.opens_at >= began]
    return recovery(before, after)


async def _concerned(store: Store, setback: Setback, now: datetime) -> list[int]:
    """Return who told it, if she is there and makes no pause, and who accompanies them."""
    led = await store.collectives.facilitators(setback.collective_id)
    author = setback.author_id or 0
    member = await store.collectives.member(setback.collective_id, author)
    hers = [author] if member is not None and not is_paused(member, now) else []
    return list(dict.fromkeys([*hers, *(each.person_id for each in led)]))


async def _tell(
    store: Store, setback: Setback, persons: list[int], kind: str, now: datetime
) -> None:
    """Tell some persons of a setback, each of them once."""
    to = await telling.reached(store, persons)
    ids = {"setback": setback.id}
    await telling.queue(store, setback.collective_id, to, kind, ids, mark="", now=now)
