"""A collective to look at: twelve weeks with decisions and activities, by the same actions as real.

It is marked as an example in its name, so that nobody takes it for a real group.
"""

import random
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from collective import sample_activities, sample_decisions, sample_neighbour, sample_setbacks
from collective.actions import checkins, collectives, invites, joining, rounds
from collective.actions.collectives import Plan
from collective.checkins import Answers, next_question
from collective.collectives import Collective, GroupLanguage, Rhythm, Trade
from collective.forms import PASSED, Form, Kind, Question
from collective.people import CHOICES
from collective.ports import Ledger
from collective.rounds import WINDOW

NAME = "Tujenge (exemple)"
ZONE = "Africa/Lubumbashi"
WEEKS = 12
COORDINATOR, FACILITATOR, NEIGHBOUR = "Joséphine", "Nadine", sample_neighbour.FACILITATOR

#: Everyone in it: first name → (language, role). The first four have the phones to look at.
PEOPLE: Mapping[str, tuple[str, str]] = {
    "Aline": ("ln", "member"),
    "Béatrice": ("fr", "member"),
    FACILITATOR: ("fr", "facilitator"),
    COORDINATOR: ("fr", "coordinator"),
    "Clarisse": ("ln", "member"),
    "Dorcas": ("fr", "member"),
    "Espérance": ("ln", "member"),
    "Furaha": ("fr", "member"),
    "Gloria": ("ln", "member"),
    NEIGHBOUR: ("ln", "facilitator"),
}

#: When its check-in opens.
RHYTHM = Rhythm(weekday=3, at=time(17))


def starts_at(now: datetime) -> datetime:
    """Return the next moment just before the check-in opens, so that it is the first to happen."""
    local = now.astimezone(ZoneInfo(ZONE))
    day = local.date() + timedelta(days=(RHYTHM.weekday - local.weekday()) % 7)
    moment = datetime.combine(day, RHYTHM.at, tzinfo=local.tzinfo) - timedelta(minutes=10)
    return moment if moment > local else moment + timedelta(days=7)


async def fill(
    ledger: Ledger,
    forms: Mapping[str, Form],
    *,
    chats: Mapping[str, int],
    group: int,
    now: datetime,
) -> None:
    """Make the people, the collective and twelve closed rounds with answers.

    `chats` are the private chats of everyone in PEOPLE, `group` the chat of the collective. At
    the end a small one beside it, for a coordinator to pair it with.
    """
    began = now - timedelta(weeks=WEEKS)
    chance = random.Random(10)  # noqa: S311 - the same history every time
    coordinator = await _coordinator(ledger, chats, began)
    collective = await _found(ledger, chats, group, coordinator, began)
    first = began + timedelta(minutes=10)
    for week in range(WEEKS):
        due = first + timedelta(weeks=week)
        async with ledger.writing() as store:
            await rounds.open_round(store, forms, collective.id, due=due, now=due)
        await _answer(ledger, forms, collective, due + timedelta(hours=2), week, chance)
        async with ledger.writing() as store:
            closed = await store.rounds.open_of(collective.id, due + timedelta(hours=3))
            if closed is not None:
                await rounds.close_round(store, forms, closed.id, now=due + WINDOW)
    async with ledger.reading() as store:
        members = await store.collectives.members(collective.id)
        [facilitator] = await store.collectives.facilitators(collective.id)
    persons = {member.name: member.person_id for member in [*members, facilitator]}
    await sample_decisions.fill(ledger, collective.id, persons, now=now)
    await sample_activities.fill(
        ledger, collective.id, persons, ZONE, sample_activities.ACTIVITIES, now=now
    )
    await sample_setbacks.fill(ledger, collective, by=facilitator.person_id, now=now)
    await _neighbour(ledger, chats, coordinator, now)


async def _coordinator(ledger: Ledger, chats: Mapping[str, int], now: datetime) -> int:
    async with ledger.writing() as store:
        token = await invites.invite_coordinator(store, now=now)
    return await _join(ledger, token, COORDINATOR, chats, now)


async def _found(
    ledger: Ledger, chats: Mapping[str, int], group: int, coordinator: int, now: datetime
) -> Collective:
    plan = Plan(
        draft="sample",
        name=NAME,
        trade=Trade.DYEING,
        place="Bukavu",
        zone=ZONE,
        language=GroupLanguage.BOTH,
        rhythm=RHYTHM,
    )
    async with ledger.writing() as store:
        made = await collectives.create(store, plan, by=coordinator, now=now)
        token = await invites.invite_facilitator(store, made.id, by=coordinator, now=now)
    facilitator = await _join(ledger, token, FACILITATOR, chats, now)
    async with ledger.writing() as store:
        token = await invites.invite_members(store, made.id, by=facilitator, now=now)
        await store.collectives.link_group(made.id, group, facilitator, now)
    for name, (_, role) in PEOPLE.items():
        if role == "member":
            await _join(ledger, token, name, chats, now)
    return made


async def _neighbour(
    ledger: Ledger, chats: Mapping[str, int], coordinator: int, now: datetime
) -> None:
    began = now - sample_neighbour.FOUNDED
    made, token = await sample_neighbour.found(ledger, ZONE, by=coordinator, now=began)
    by = await _join(ledger, token, NEIGHBOUR, chats, began)
    await sample_neighbour.fill(ledger, made, by=by, now=now)


async def _join(
    ledger: Ledger, token: str, name: str, chats: Mapping[str, int], now: datetime
) -> int:
    async with ledger.writing() as store:
        account = await store.people.ensure_account(chats[name], now)
        language, role = PEOPLE[name]
        await store.people.set_language(account.id, language)
        choices = CHOICES if role == "member" else None
        came = await joining.join(
            store, token, account, name=name, agreed=True, choices=choices, now=now
        )
    return came.person.id


async def _answer(
    ledger: Ledger,
    forms: Mapping[str, Form],
    collective: Collective,
    now: datetime,
    week: int,
    chance: random.Random,
) -> None:
    async with ledger.reading() as store:
        members = await store.collectives.members(collective.id)
        given = [
            (member.person_id, checkin)
            for member in members
            for checkin in await store.checkins.open_for(member.person_id, now)
        ]
    for person, checkin in given:
        if chance.random() < 0.12:
            continue
        async with ledger.writing() as store:
            round_ = await store.rounds.get(checkin.round_id)
            form = round_.form_of(forms) if round_ else forms[rounds.FORM]
            answers: Answers = {}
            while (question := next_question(form, answers)) is not None:
                value = _value(question, week, chance)
                answers = await checkins.answer(
                    store, forms, checkin.id, question.key, value, by=person, now=now
                )


def _value(question: Question, week: int, chance: random.Random) -> str:
    """Make up an answer: spirits sink in the middle of the quarter and come back."""
    if question.kind is Kind.WORDS:
        return PASSED
    if question.kind is Kind.SCALE:
        low = 2 if week in {5, 6} else 3
        return PASSED if chance.random() < 0.05 else str(chance.randint(low, 5))
    keys = [choice.key for choice in question.choices if not (choice.alone or choice.calls)]
    if question.kind is Kind.SEVERAL:
        return ",".join(sorted(chance.sample(keys, chance.randint(1, 3)), key=keys.index))
    return chance.choice(keys)
