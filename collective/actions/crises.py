"""The crisis check-in: one command asks every member at once whether she is safe."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from collective import access
from collective.actions import checkins, hours, rounds
from collective.collectives import Collective
from collective.errors import Outdated
from collective.events import Event
from collective.forms import Form
from collective.letters import fold
from collective.outbox import Lane, Parcel
from collective.people import Member, is_paused
from collective.ports import Store
from collective.rounds import CRISIS, CRISIS_REMINDER, CRISIS_WINDOW, Round
from collective.schedules import Bell

#: How long the page of crisis check-ins still tells how the last one went.
REMEMBERED = timedelta(weeks=4)
#: Which renderer tells the other facilitators that one is open ({"collective": n}).
OPENED = "crisis_opened"


@dataclass(frozen=True, kw_only=True)
class Going:
    """How a crisis check-in goes; `round` is None while none is open, `last` was closed lately."""

    collective: Collective
    round: Round | None
    last: Round | None = None
    #: How many are asked, or would be.
    asked: int
    answered: int = 0
    #: Whether who looks accompanies the collective: a coordinator sees no names.
    leads: bool
    #: Who has said nothing yet, with her check-in.
    silent: tuple[tuple[int, Member], ...] = ()


async def open_crisis(store: Store, collective_id: int, *, by: int, now: datetime) -> Round:
    """Ask every member who makes no pause, at any hour; one that is open is not opened again.

    Its facilitators and coordinators may. Until it closes nobody is reminded of an ordinary
    check-in. Raises NotAllowed, Outdated.
    """
    await access.ensure_may_read(store, by, collective_id)
    # Held: two who open it at once open one.
    collective = await store.collectives.hold(collective_id)
    if collective is None:
        raise Outdated
    running = await store.rounds.crisis_of(collective_id, now)
    if running is not None:
        return running
    made = await store.rounds.add(
        collective_id=collective_id,
        form=CRISIS,
        # An ordinary round may open at this very moment; two of a collective never do.
        opens_at=now - timedelta(microseconds=1),
        closes_at=now + CRISIS_WINDOW,
    )
    if made is None:
        raise Outdated
    await _ask(store, made, now)
    await _tell_others(store, collective, by, now)
    await store.schedules.add(Bell.REMIND, made.id, now + CRISIS_REMINDER)
    await store.schedules.add(Bell.CLOSE_ROUND, made.id, made.closes_at)
    await store.audit.append(Event.CRISIS_OPENED, by=by, subject=made.id, now=now)
    return made


async def end(
    store: Store, forms: Mapping[str, Form], collective_id: int, *, by: int, now: datetime
) -> Round | None:
    """Close the one that is open before its time, with its summary; None: none is open.

    Who closes it is shown the summary at once, so she is not told of it again. What rested until
    then comes now. Raises NotAllowed.
    """
    await access.ensure_may_read(store, by, collective_id)
    running = await store.rounds.crisis_of(collective_id, now)
    if running is not None:
        await store.rounds.end(running.id, now)
        await rounds.close_round(store, forms, running.id, now=now, seen_by=by)
        await hours.wake(store, collective_id, running.closes_at, now=now)
        await store.audit.append(Event.CRISIS_ENDED, by=by, subject=running.id, now=now)
    return running


async def going(store: Store, collective_id: int, *, by: int, now: datetime) -> Going:
    """Tell how it goes: silence gives a name, to facilitators; no answer does. Audited.

    Raises NotAllowed.
    """
    collective = await access.ensure_may_read(store, by, collective_id)
    leads = collective_id in (await store.people.standing(by)).facilitates
    members = {each.id: each for each in await store.collectives.members(collective_id)}
    running = await store.rounds.crisis_of(collective_id, now)
    if running is None:
        present = [each for each in members.values() if not is_paused(each, now)]
        last = await store.rounds.last_crisis(collective_id)
        return Going(
            collective=collective,
            round=None,
            last=last if last is not None and now - last.closes_at <= REMEMBERED else None,
            asked=len(present),
            leads=leads,
        )
    every = await store.checkins.everyone(running.id)
    silent = [
        (checkin.id, members[checkin.member_id])
        for checkin, answers in every
        if not answers and checkin.excused_at is None and checkin.member_id in members
    ]
    if leads:
        await store.audit.append(Event.PARTICIPATION_READ, by=by, subject=collective_id, now=now)
    answered = sum(1 for _, answers in every if answers)
    return Going(
        collective=collective,
        round=running,
        asked=answered + len(silent),
        answered=answered,
        leads=leads,
        silent=tuple(sorted(silent, key=lambda each: fold(each[1].name))) if leads else (),
    )


async def _ask(store: Store, made: Round, now: datetime) -> None:
    found = await store.collectives.members(made.collective_id)
    members = {each.id: each for each in found if not is_paused(each, now)}
    expected = await store.checkins.expect(made, members.values())
    cards = [
        checkins.card(checkin, chat_id, now=now, lane=Lane.REPLY)
        for checkin in expected
        if (chat_id := members[checkin.member_id].chat_id) is not None
    ]
    await store.outbox.add(cards, now)


async def _tell_others(store: Store, collective: Collective, by: int, now: datetime) -> None:
    parcels = [
        Parcel(
            chat_id=each.chat_id,
            kind=OPENED,
            ids={"collective": collective.id},
            lane=Lane.REPLY,
            not_before=now,
            collective=collective.id,
            person=each.person_id,
        )
        for each in await store.collectives.facilitators(collective.id)
        if each.chat_id is not None and each.person_id != by
    ]
    await store.outbox.add(parcels, now)
