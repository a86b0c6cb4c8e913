"""Answering a check-in."""

from collections.abc import Mapping
from datetime import datetime

from collective import checkins
from collective.actions import follow_ups, wishes
from collective.checkins import Answers, CheckIn
from collective.errors import HasLeft, NotAllowed, Outdated, RoundClosed
from collective.forms import Form, Kind
from collective.outbox import Lane, Parcel
from collective.people import Account, Member, Person, is_paused
from collective.ports import Store
from collective.rounds import LATE_JOIN, PRACTICE_TIME, Round
from collective.schedules import Bell

#: Which renderers make the card when she asks for it, when its round opens, when it does after a
#: pause of hers, and when she is reminded.
CARD = "checkin"
OPENING = "checkin_opening"
AFTER_PAUSE = "checkin_after_pause"
REMINDER = "checkin_reminder"


async def answer(
    store: Store,
    forms: Mapping[str, Form],
    checkin_id: int,
    question: str,
    value: str,
    *,
    by: int,
    now: datetime,
) -> Answers:
    """Keep an answer in place of an earlier one and return all of hers; she alone may.

    What was entered for her she may correct for a while, also when the round has closed.

    Raises Outdated, NotAllowed, RoundClosed, NotAnAnswer.
    """
    checkin, round_ = await ensure_hers(store, checkin_id, by, now, question)
    form = round_.form_of(forms)
    asked = checkins.ensure_question(form, question)
    kept = checkins.ensure_answer(form, question, value)
    calls = checkins.may_call(asked)
    before = (await store.checkins.answers(checkin.id)).get(question, "") if calls else ""
    answers = await keep(store, form, checkin, question, kept, now)
    if asked.kind is Kind.WORDS:
        await store.own_words.forget(checkin.id, question)
    if calls:
        await follow_ups.follow(
            store,
            checkin,
            checkins.calls(asked, kept),
            before=checkins.calls(asked, before),
            now=now,
        )
        await wishes.hand_on(store, form, checkin, answers, now=now)
    return answers


async def take_back(
    store: Store, checkin_id: int, question: str, *, by: int, now: datetime
) -> None:
    """Forget an answer, as if the question had not been asked yet; she alone may.

    Only one of several choices is taken back so. Raises Outdated, NotAllowed, RoundClosed.
    """
    checkin, _ = await ensure_hers(store, checkin_id, by, now, question)
    await store.checkins.drop_answer(checkin.id, question)


async def stop(store: Store, checkin_id: int, *, by: int, now: datetime) -> None:
    """End this check-in for now: what she said is kept, and no reminder comes any more.

    Raises Outdated, NotAllowed, RoundClosed.
    """
    await ensure_hers(store, checkin_id, by, now)
    await store.checkins.stop(checkin_id, now)


async def go_on(store: Store, checkin_id: int, *, by: int, now: datetime) -> None:
    """Take up a check-in that she stopped; raise Outdated, NotAllowed, RoundClosed."""
    await ensure_hers(store, checkin_id, by, now)
    await store.checkins.resume(checkin_id, now)


async def next_opening(store: Store, collective_id: int) -> datetime | None:
    """Return when the collective's next round opens, None when none is planned."""
    schedule = await store.schedules.of(Bell.OPEN_ROUND, collective_id)
    return schedule.next_due if schedule else None


async def expect_newcomer(store: Store, member: Member, *, now: datetime) -> None:
    """Ask who joins within a day of an opening too; later ones wait for the next round."""
    # Held: who joins while a round opens is seen by the opening, or sees it.
    await store.collectives.hold(member.collective_id)
    round_ = await store.rounds.open_of(member.collective_id, now)
    if round_ is None or now - round_.opens_at >= LATE_JOIN:
        return
    if is_paused(member, now):
        return
    for checkin in await store.checkins.expect(round_, [member]):
        if member.chat_id is not None:
            leaves = now + PRACTICE_TIME
            await store.outbox.add([card(checkin, member.chat_id, now=leaves)], now)


async def show_open(store: Store, account: Account, person: Person, *, now: datetime) -> None:
    """Show who was written down before she had a phone the check-ins that wait for her."""
    leaves = now + PRACTICE_TIME
    waiting = await store.checkins.open_for(person.id, now)
    await store.outbox.add([card(each, account.telegram_id, now=leaves) for each in waiting], now)


async def excuse(
    store: Store, person_id: int, *, now: datetime, collective_id: int | None = None
) -> None:
    """Stop missing her in the rounds that are open, of one collective or of all of hers."""
    for checkin in await store.checkins.open_for(person_id, now):
        # Held: a round that closes at this moment counts her, or finds her excused.
        await store.rounds.hold(checkin.round_id)
    await store.checkins.excuse(person_id, now, collective_id)


def card(
    checkin: CheckIn,
    chat_id: int,
    *,
    now: datetime,
    lane: Lane = Lane.REPLY,
    kind: str = OPENING,
) -> Parcel:
    """Return the parcel that shows a check-in once."""
    return Parcel(
        chat_id=chat_id,
        kind=kind,
        ids={"checkin": checkin.id},
        lane=lane,
        not_before=now,
        collective=checkin.collective_id,
        person=checkin.person_id,
        key=f"{kind}:{checkin.id}:{now.isoformat()}"
        if kind == REMINDER
        else f"{kind}:{checkin.id}",
    )


async def ensure_hers(
    store: Store, checkin_id: int, by: int, now: datetime, question: str | None = None
) -> tuple[CheckIn, Round]:
    """Return her check-in and its round; raise Outdated, NotAllowed, HasLeft or RoundClosed.

    To a `question` whose answer was entered for her she may answer a while longer.
    """
    checkin = await store.checkins.get(checkin_id)
    # Held: an answer that meets the closing is in before it, or told that it came too late.
    round_ = await store.rounds.hold(checkin.round_id) if checkin else None
    if checkin is None or round_ is None:
        raise Outdated
    if checkin.person_id != by:
        raise NotAllowed
    if not checkin.active:
        collective = await store.collectives.get(checkin.collective_id)
        raise HasLeft(collective=collective.name if collective else "")
    if not round_.takes_answers(now) and question not in checkins.correctable(
        await store.checkins.entered(checkin_id), now
    ):
        raise RoundClosed(next_opens_at=await next_opening(store, round_.collective_id))
    return checkin, round_


async def keep(
    store: Store, form: Form, checkin: CheckIn, question: str, value: str, now: datetime
) -> Answers:
    """Keep an answer with what follows from it: she goes on, and may have finished."""
    await store.checkins.put_answer(checkin, question, value, now)
    answers = {**await store.checkins.answers(checkin.id), question: value}
    if checkin.stopped:
        await store.checkins.resume(checkin.id, now)
    if checkins.next_question(form, answers) is None:
        await store.checkins.finish(checkin.id, now)
    return answers
