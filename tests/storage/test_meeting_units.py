"""Two units that meet: whichever comes second sees the first, on both engines."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from ledger_rows import collective, member, person

from collective import sample
from collective.actions import checkins, codes, crises, rhythms, rounds
from collective.collectives import DEFAULT_RHYTHM
from collective.errors import TooManyTries
from collective.forms import load_forms
from collective.rounds import WINDOW
from collective.schedules import Bell, Occurrence

FORMS = load_forms()


@pytest.fixture
async def due(database, now):
    """The sample collective, ten minutes before its next opening; that moment."""
    chats = {name: number for number, name in enumerate(sample.PEOPLE, 1)}
    await sample.fill(database, FORMS, chats=chats, group=-5, now=sample.starts_at(now))
    return sample.starts_at(now) + timedelta(minutes=10)


@asynccontextmanager
async def met_by(database, other):
    """A unit that is still open when another one begins, which then has to wait for it."""
    async with asyncio.TaskGroup() as nursery, database.writing() as store:
        yield store
        second = nursery.create_task(other())
        await asyncio.wait([second], timeout=0.2)
        assert not second.done()


async def test_an_answer_that_meets_the_closing_is_in_the_summary(database, due):
    async def close():
        async with database.writing() as store:
            await rounds.close_round(store, FORMS, opened.id, now=due + WINDOW)

    async with database.writing() as store:
        await rounds.open_round(store, FORMS, 1, due=due, now=due)
        opened = await store.rounds.open_of(1, due)
        [member, *_] = await store.collectives.members(1)
        [checkin] = await store.checkins.open_for(member.person_id, due)
    async with met_by(database, close) as store:
        await checkins.answer(
            store, FORMS, checkin.id, "motivation", "4", by=member.person_id, now=due
        )
    async with database.reading() as store:
        assert {"motivation": "4"} in await store.checkins.of_round(opened.id)
        assert (await store.rounds.get(opened.id)).closed_at is not None


async def test_who_joins_while_a_round_opens_is_asked(database, due):
    async def open_():
        async with database.writing() as store:
            await rounds.open_round(store, FORMS, 1, due=due, now=due)

    async with met_by(database, open_) as store:
        account = await store.people.ensure_account(500, due)
        mado = await store.people.add_person(account.id, "Mado", due)
        member = await store.collectives.add_member(1, mado.id, due)
        await checkins.expect_newcomer(store, member, now=due)
    async with database.reading() as store:
        assert len(await store.checkins.open_for(mado.id, due)) == 1


async def test_two_who_open_a_crisis_check_in_at_once_open_one(database, now):
    async with database.writing() as store:
        made, nadine = await collective(store, now), await person(store, now)
        who = await member(store, now, made, chat=2)
        await store.collectives.add_facilitator(made.id, nadine.id, now)

    async def open_():
        async with database.writing() as store:
            return await crises.open_crisis(store, made.id, by=nadine.id, now=now)

    async with met_by(database, open_) as store:
        opened = await crises.open_crisis(store, made.id, by=nadine.id, now=now)
    assert await open_() == opened
    async with database.reading() as store:
        assert len(await store.checkins.open_for(who.person_id, now)) == 1


async def test_a_rhythm_changed_while_a_round_opens_counts_from_that_round(database, due):
    async def change():
        async with database.writing() as store:
            monday = replace(DEFAULT_RHYTHM, weekday=0)
            await rhythms.change(store, 1, monday, by=facilitator, now=due)

    async with database.writing() as store:
        [facilitator] = [each.person_id for each in await store.collectives.facilitators(1)]
        schedule = await store.schedules.of(Bell.OPEN_ROUND, 1)
        await store.schedules.replan(schedule.id, schedule.rule, due)
    async with met_by(database, change) as store:
        taken = await store.schedules.hold(Bell.OPEN_ROUND, 1)
        await store.schedules.occurred(taken, Occurrence.RANG, due + timedelta(weeks=1), due)
        await rounds.open_round(store, FORMS, 1, due=due, now=due)
    async with database.reading() as store:
        following = (await store.schedules.of(Bell.OPEN_ROUND, 1)).next_due
    assert following == due + timedelta(days=4)


async def test_of_two_codes_tried_at_once_the_sixth_of_the_hour_is_refused(database, now):
    refused = []

    async def sixth():
        try:
            async with database.writing() as store:
                await codes.spend_try(store, account, b"w" * 32, 6, now=now)
        except TooManyTries:
            refused.append(6)

    async with database.writing() as store:
        account = await store.people.ensure_account(500, now)
        for message in range(1, 5):
            await codes.spend_try(store, account, b"w" * 32, message, now=now)
    async with met_by(database, sixth) as store:
        await codes.spend_try(store, account, b"w" * 32, 5, now=now)
    assert refused == [6]
