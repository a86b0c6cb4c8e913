"""What the clock does with a round: open, remind, close. The bells call these."""

from collections.abc import Mapping
from datetime import datetime

from collective import figures
from collective.actions import checkins, hours, setbacks
from collective.calendar import local_day
from collective.collectives import Collective
from collective.events import Event
from collective.forms import Form
from collective.outbox import Lane, Parcel
from collective.people import Member, is_paused
from collective.ports import Store
from collective.rounds import Round, next_turn, reminders
from collective.schedules import Bell

#: Which renderers make the summary, for everyone and for who accompanies the collective.
SUMMARY = "summary"
FACILITATOR_SUMMARY = "facilitator_summary"
#: Which renderer tells a facilitator that a round did not open.
MISSED = "round_missed"

#: The form that every round asks.
FORM = "weekly"


async def open_round(
    store: Store, forms: Mapping[str, Form], collective_id: int, *, due: datetime, now: datetime
) -> None:
    """Open the round of `due`, expect every member who makes no pause, send each her card."""
    collective = await store.collectives.hold(collective_id)
    if collective is None:
        return
    closes_at = await _closing(store, collective, due)
    if closes_at <= now:
        return
    members = await _present(store, collective_id, now)
    before = await store.rounds.newest(collective_id)
    round_ = await store.rounds.add(
        collective_id=collective_id,
        form=FORM,
        rotating=await _turn(store, forms[FORM], collective_id),
        opens_at=due,
        closes_at=closes_at,
    )
    if round_ is None:
        return
    if before is not None:
        await _count_late(store, forms, before)
    await _send_cards(store, collective, round_, members, now)
    for member in members.values():
        if member.paused_until is not None:
            await store.people.set_paused(member.person_id, None)
    await _wind(store, round_)
    await store.audit.append(Event.ROUND_OPENED, by=None, subject=round_.id, now=now)


async def miss_round(store: Store, collective_id: int, *, due: datetime, now: datetime) -> None:
    """Tell who accompanies a collective that its check-in did not open: the bot was away."""
    collective = await store.collectives.get(collective_id)
    newest = await store.rounds.newest(collective_id)
    if collective is None or (newest is not None and newest.opens_at >= due):
        return
    leaves = await hours.leaves_at(store, collective, now=now)
    told = [
        Parcel(
            chat_id=each.chat_id,
            kind=MISSED,
            ids={"collective": collective_id, "day": local_day(due, collective.zone).isoformat()},
            lane=Lane.REMINDER,
            not_before=leaves,
            collective=collective_id,
            person=each.person_id,
            key=f"{MISSED}:{collective_id}:{due.isoformat()}:{each.person_id}",
        )
        for each in await store.collectives.facilitators(collective_id)
        if each.chat_id is not None
    ]
    await store.outbox.add(told, now)


async def remind(store: Store, round_id: int, *, now: datetime) -> None:
    """Remind those who have not finished; after the last reminder there is silence.

    While a crisis check-in is open nobody is reminded of an ordinary one, but when it has closed.
    """
    round_ = await store.rounds.get(round_id)
    collective = await store.collectives.get(round_.collective_id) if round_ else None
    if round_ is None or collective is None or not round_.takes_answers(now):
        return
    ordinary = not round_.crisis
    if ordinary and await hours.rests(store, collective.id, Bell.REMIND, round_id, now=now):
        return
    leaves = await hours.leaves_at(store, collective, now=now)
    await store.outbox.add(
        (
            checkins.card(checkin, chat_id, now=leaves, lane=Lane.REMINDER, kind=checkins.REMINDER)
            for checkin, chat_id in await store.checkins.unfinished(round_id)
        ),
        now,
    )


async def close_round(
    store: Store,
    forms: Mapping[str, Form],
    round_id: int,
    *,
    now: datetime,
    seen_by: int | None = None,
) -> None:
    """Close it and tell the group, or each member where there is none, and who accompanies it.

    Who closed it by hand and reads the summary at once is `seen_by`: she is not told again. While
    a crisis check-in is open the summary of an ordinary one waits until that has closed.
    """
    round_ = await store.rounds.get(round_id)
    collective = await store.collectives.get(round_.collective_id) if round_ else None
    if round_ is None or collective is None or not await store.rounds.mark_closed(round_id, now):
        return
    given = await store.checkins.of_round(round_id)
    await store.rounds.keep_totals(round_id, figures.count(round_.form_of(forms), given))
    # A round that nobody was asked in has nothing to tell.
    if given:
        parcels = await _summaries(store, round_, collective, now)
        told = (each for each in parcels if each.person is None or each.person != seen_by)
        await store.outbox.add(told, now)
    if not round_.crisis:
        await setbacks.look(store, collective.id, now=now)
    await store.audit.append(Event.ROUND_CLOSED, by=None, subject=round_id, now=now)


async def _closing(store: Store, collective: Collective, due: datetime) -> datetime:
    """Return the end of the window, or the next opening where a feast day brought that nearer."""
    following = await store.schedules.of(Bell.OPEN_ROUND, collective.id)
    closes_at = due + collective.window
    if following is not None and following.next_due > due:
        return min(closes_at, following.next_due)
    return closes_at


async def _present(store: Store, collective_id: int, now: datetime) -> dict[int, Member]:
    found = await store.collectives.members(collective_id)
    return {member.id: member for member in found if not is_paused(member, now)}


async def _send_cards(
    store: Store,
    collective: Collective,
    round_: Round,
    members: Mapping[int, Member],
    now: datetime,
) -> None:
    expected = await store.checkins.expect(round_, members.values())
    leaves = await hours.leaves_at(store, collective, now=now)
    calm = await hours.calm_at(store, collective, now=now)
    if calm < round_.closes_at:
        # First things first; /point shows it at once.
        leaves = calm
    cards = [
        checkins.card(checkin, chat_id, now=leaves, lane=Lane.REMINDER, kind=_kind(member))
        for checkin in expected
        if (chat_id := (member := members[checkin.member_id]).chat_id) is not None
    ]
    await store.outbox.add(cards, now)


async def _count_late(store: Store, forms: Mapping[str, Form], before: Round) -> None:
    """Count what was entered since the round before was closed: from now on nothing more is.

    Once, and not at each entry: two counts that one answer lies between would tell that answer.
    """
    told = await store.rounds.totals(before.id)
    if told is not None and before.closed_at is not None:
        form, given = before.form_of(forms), await store.checkins.of_round(before.id)
        found = figures.with_late(form, told, figures.count(form, given))
        if found != told:
            await store.rounds.replace_totals(before.id, found)


def _kind(member: Member) -> str:
    """Whose pause has ended by itself is told so, once."""
    return checkins.OPENING if member.paused_until is None else checkins.AFTER_PAUSE


async def _turn(store: Store, form: Form, collective_id: int) -> str | None:
    before = await store.rounds.turns(collective_id, len(form.rotation))
    return next_turn(form, before)


async def _wind(store: Store, round_: Round) -> None:
    for moment in reminders(round_.opens_at, round_.closes_at):
        await store.schedules.add(Bell.REMIND, round_.id, moment)
    await store.schedules.add(Bell.CLOSE_ROUND, round_.id, round_.closes_at)


async def _summaries(
    store: Store, round_: Round, collective: Collective, now: datetime
) -> list[Parcel]:
    group = await store.collectives.group(collective.id)
    members = (await _present(store, collective.id, now)).values()
    facilitators = await store.collectives.facilitators(collective.id)
    # Everyone on a phone may see the summary of a group; more is for who accompanies it.
    told: dict[tuple[int | None, int | None], str] = {
        (each.chat_id, each.person_id): FACILITATOR_SUMMARY for each in facilitators
    }
    led = {each.person_id for each in facilitators}
    if group is not None:
        told[group.chat_id, None] = SUMMARY
    else:
        told |= {(m.chat_id, None): SUMMARY for m in members if m.person_id not in led}
    leaves = await (hours.leaves_at if round_.crisis else hours.calm_at)(store, collective, now=now)
    return [
        Parcel(
            chat_id=chat_id,
            kind=kind,
            ids={"round": round_.id},
            lane=Lane.REMINDER,
            not_before=leaves,
            collective=collective.id,
            person=person_id,
            key=f"{kind}:{round_.id}:{chat_id}:{person_id or ''}",
        )
        for (chat_id, person_id), kind in told.items()
        if chat_id is not None
    ]
