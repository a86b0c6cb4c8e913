"""The sample is a collective like any other, with twelve weeks behind it."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from village import NOW, rows

from collective import figures, sample
from collective.actions import life, setbacks, summaries
from collective.activities import Kind
from collective.calendar import moments
from collective.forms import load_forms
from collective.people import Role
from collective.schedules import Bell
from collective.setbacks import Recovered
from collective.signals import TurnedInward
from storage import tables as t
from storage.database import open_database
from storage.keys import Cipher

START = sample.starts_at(NOW)
CHATS = {name: 100 + number for number, name in enumerate(sample.PEOPLE)}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def sampled(sqlite_template, tmp_path_factory):
    """Fill an empty database with the sample, when called; all are closed at the end."""
    opened = []

    async def fill():
        path = tmp_path_factory.mktemp("sample") / "sample.db"
        shutil.copy(sqlite_template, path)
        opened.append(open_database(f"sqlite:///{path}", Cipher({1: bytes(32)})))
        await sample.fill(opened[-1], load_forms(), chats=CHATS, group=-5, now=START)
        return opened[-1]

    await fill()
    yield fill, opened[0]
    for database in opened:
        await database.close()


@pytest.fixture
async def filled(sampled):
    """A view of the sample."""
    async with sampled[1].reading() as store:
        yield store


async def test_it_starts_ten_minutes_before_its_next_check_in():
    thursday = datetime(2026, 11, 26, 14, 50, tzinfo=UTC)
    assert sample.starts_at(thursday - timedelta(seconds=1)) == thursday
    assert sample.starts_at(thursday) == thursday + timedelta(weeks=1)
    assert sample.starts_at(thursday - timedelta(days=6)) == thursday


async def test_it_has_twelve_closed_rounds_and_figures_in_the_newest(filled, forms):
    closed = [row for row in await rows(filled, t.rounds) if row.closed_at is not None]
    assert len(closed) == sample.WEEKS == 12
    collective = await filled.collectives.by_group(-5)
    seen = await summaries.overview(filled, forms, collective, now=START)
    assert seen.open is None
    assert seen.last.figures.expected == 7
    assert seen.last.round.closes_at < START


async def test_everyone_holds_her_role_and_speaks_her_language(filled):
    held = {}
    for name, chat in CHATS.items():
        account = await filled.people.account(chat)
        person = await filled.people.person_of(account.id, NOW)
        assert (person.name, account.language) == (name, sample.PEOPLE[name][0])
        [role] = (await filled.people.standing(person.id)).roles
        held[name] = role
    assert held == {name: Role(role) for name, (_, role) in sample.PEOPLE.items()}


async def test_what_it_did_together_is_counted_and_one_visit_led_outside(filled):
    held = await filled.activities.between(1, START - timedelta(weeks=12), START)
    nadine = await filled.people.account(CHATS[sample.FACILITATOR])
    led = await filled.people.person_of(nadine.id, NOW)
    counted = figures.activity_figures(held, {led.id}, START)
    assert (counted.held, counted.cancelled, counted.outward) == (4, 1, 2)
    assert (counted.looked_back, counted.without_facilitator) == (4, 3)
    ahead = await filled.activities.ahead(1, START)
    assert [each.details.kind for each in ahead] == [Kind.SALE, Kind.MEETING]


async def test_both_collectives_are_marked_as_an_example(filled):
    assert all("exemple" in each.name for each in await filled.collectives.all())


async def test_beside_it_is_one_that_meets_nobody_for_a_coordinator_to_pair_it_with(filled):
    tujenge, amani = await filled.collectives.all()
    support = await life.support(filled, amani, now=START)
    assert support.inward == TurnedInward(inward=4)
    assert len(await filled.collectives.members(amani.id)) == 5
    josephine = await filled.people.account(CHATS[sample.COORDINATOR])
    by = (await filled.people.person_of(josephine.id, NOW)).id
    assert await summaries.readable(filled, by=by) == [amani, tujenge]


async def test_its_history_is_the_same_every_time(sampled, filled):
    fill, _ = sampled
    async with (await fill()).reading() as again:
        assert await rows(again, t.answers) == await rows(filled, t.answers)


async def test_its_rounds_lie_on_the_collectives_own_timetable(filled):
    schedule = await filled.schedules.of(Bell.OPEN_ROUND, 1)
    dues = moments(schedule.rule, START - timedelta(weeks=12), 12)
    assert [row.opens_at for row in await rows(filled, t.rounds)] == dues


async def test_it_has_recovered_from_a_theft_and_learned_from_it(filled):
    collective = await filled.collectives.by_group(-5)
    [nadine] = await filled.collectives.facilitators(collective.id)
    [theft] = await setbacks.readable(filled, by=nadine.person_id)
    page = await setbacks.read(filled, theft.id, by=nadine.person_id)
    assert isinstance(page.recovery, Recovered)
    assert page.recovery.rounds > 1
    assert len(page.lessons) == 1
