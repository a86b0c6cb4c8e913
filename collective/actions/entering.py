"""Answers that a facilitator enters for a member who has no phone at hand."""

from collections.abc import Mapping
from datetime import datetime

from collective import access, checkins
from collective.actions import follow_ups
from collective.actions.checkins import next_opening
from collective.checkins import Answers, CheckIn
from collective.errors import AnsweredHerself, Outdated, RoundClosed
from collective.events import Event
from collective.forms import Form
from collective.letters import fold
from collective.outbox import Lane, Parcel
from collective.people import Member
from collective.ports import Store
from collective.rounds import Round

#: Which renderers make the card that asks a facilitator, and the message to the member.
CARD = "entry"
ENTERED = "entered"


async def open_to(
    store: Store, collective_id: int, *, by: int
) -> tuple[Round, list[tuple[CheckIn, Member]]]:
    """Return the newest round and whose answers may be entered: who has given none herself.

    Entries are taken until the next round opens. Raises NotAllowed, and RoundClosed where no
    round has opened yet.
    """
    await access.ensure_facilitates(store, by, collective_id)
    round_ = await store.rounds.newest(collective_id)
    if round_ is None:
        raise RoundClosed(next_opens_at=await next_opening(store, collective_id))
    members = {each.id: each for each in await store.collectives.members(collective_id)}
    found = [
        (checkin, members[checkin.member_id])
        for checkin, answers in await store.checkins.everyone(round_.id)
        if checkin.member_id in members
        and not await _her_own(store, checkin, answers)
        and members[checkin.member_id].person_id != by
    ]
    return round_, sorted(found, key=lambda each: fold(each[1].name))


async def look(store: Store, checkin_id: int, *, by: int) -> tuple[CheckIn, Round, Answers]:
    """Return a check-in with what was entered so far.

    Raises Outdated, NotAllowed, AnsweredHerself, and RoundClosed once the next round has opened,
    or a crisis check-in has closed.
    """
    checkin = await store.checkins.get(checkin_id)
    round_ = await store.rounds.get(checkin.round_id) if checkin else None
    if checkin is None or round_ is None or not checkin.active:
        raise Outdated
    await access.ensure_facilitates(store, by, checkin.collective_id)
    newest = await store.rounds.newest(checkin.collective_id)
    latest = newest is not None and newest.id == round_.id
    if not (round_.closed_at is None if round_.crisis else latest):
        raise RoundClosed(next_opens_at=await next_opening(store, checkin.collective_id))
    answers = await store.checkins.answers(checkin_id)
    if await _her_own(store, checkin, answers):
        raise AnsweredHerself
    return checkin, round_, answers


async def enter(
    store: Store,
    forms: Mapping[str, Form],
    checkin_id: int,
    question: str,
    value: str,
    *,
    by: int,
    now: datetime,
) -> Answers:
    """Keep an answer in her name, marked as entered; she is told, and may correct it.

    One entered after the closing is counted when the next round opens (`figures.with_late`), so
    in trends and not in the summary that was told. Raises what `look` raises, and NotAnAnswer.
    """
    asked = await store.checkins.get(checkin_id)
    if asked is not None:
        # Held: an entry that meets the next opening is counted by it, or told that it is too late.
        await store.collectives.hold(asked.collective_id)
    checkin, round_, said = await look(store, checkin_id, by=by)
    form = round_.form_of(forms)
    kept = checkins.ensure_answer(form, question, value)
    if not await store.checkins.enter(checkin, question, kept, by, now):
        raise AnsweredHerself
    answers = await store.checkins.answers(checkin_id)
    called = checkins.ensure_question(form, question)
    if checkins.may_call(called):
        await follow_ups.follow(
            store,
            checkin,
            checkins.calls(called, kept),
            before=checkins.calls(called, said.get(question, "")),
            now=now,
            but=by,
        )
    if checkins.next_question(form, answers) is None:
        await store.checkins.finish(checkin_id, now)
        await store.audit.append(Event.ANSWERS_ENTERED, by=by, subject=checkin_id, now=now)
        await _tell_her(store, checkin, now)
    return answers


async def _her_own(store: Store, checkin: CheckIn, answers: Answers) -> bool:
    return bool(answers.keys() - (await store.checkins.entered(checkin.id)).keys())


async def _tell_her(store: Store, checkin: CheckIn, now: datetime) -> None:
    members = await store.collectives.members(checkin.collective_id)
    chat_id = next((each.chat_id for each in members if each.id == checkin.member_id), None)
    if chat_id is not None:
        told = Parcel(
            chat_id=chat_id,
            kind=ENTERED,
            ids={"checkin": checkin.id},
            lane=Lane.REMINDER,
            not_before=now,
            collective=checkin.collective_id,
            person=checkin.person_id,
            key=f"{ENTERED}:{checkin.id}",
        )
        await store.outbox.add([told], now)
