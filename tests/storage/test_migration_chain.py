"""The migrations make exactly the tables of the code, there and back."""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from ledger_rows import broadcast, collective, member, parcel, person, rows
from sqlalchemy import inspect
from sqlalchemy.engine import make_url

from collective.audiences import of_collectives
from collective.broadcasts import Stage, Version, batch
from collective.feelings import After, Felt, Question
from collective.terms import Terms
from storage import migrate
from storage import tables as t
from storage.database import open_database
from storage.tables import metadata

HERE = Path(__file__).parents[2]
UPGRADE = (
    "import asyncio, sys; from storage import migrate; asyncio.run(migrate.upgrade(sys.argv[1]))"
)


async def looking(url, look):
    """Run a synchronous look at the database; return what it saw."""
    seen = []
    await migrate._with_connection(make_url(url), lambda connection: seen.append(look(connection)))
    return seen[0]


def tables(connection):
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def differences(connection):
    options = {"compare_type": True, "compare_server_default": True}
    return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


def downgrade(connection, to="base"):
    command.downgrade(migrate.config(connection), to)


@pytest.fixture
async def empty_url(database_url):
    """A database without any table of ours."""
    await looking(database_url, downgrade)
    await looking(database_url, lambda c: c.exec_driver_sql("DROP TABLE alembic_version"))
    return database_url


async def test_an_empty_database_becomes_the_tables_of_the_code(empty_url):
    assert await looking(empty_url, tables) == set()
    await migrate.upgrade(empty_url)
    assert await looking(empty_url, tables) == set(metadata.tables)
    assert await looking(empty_url, differences) == []


async def test_upgrading_again_is_nothing(database_url):
    before = await migrate.current(database_url)
    await migrate.upgrade(database_url)
    assert await migrate.current(database_url) == before
    assert before[0] == before[1]


async def test_every_step_can_be_taken_back_and_again(database_url):
    await looking(database_url, downgrade)
    assert await looking(database_url, tables) == set()
    assert (await migrate.current(database_url))[0] is None
    await migrate.upgrade(database_url)
    assert await looking(database_url, differences) == []


async def test_two_that_upgrade_at_once_both_find_it_done(empty_url):
    upgrades = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", UPGRADE, empty_url, cwd=HERE)
        for _ in range(2)
    ]
    assert [await upgrade.wait() for upgrade in upgrades] == [0, 0]
    assert await looking(empty_url, differences) == []


async def before_broadcasts_were_whole(url, cipher, now):
    """A database as 0002 left it: one broadcast, and a row of it that waits to leave."""
    database = open_database(url, cipher)
    async with database.writing() as store:
        made, nadine = await collective(store, now), await person(store, now)
        begun = await broadcast(store, now, nadine, made, text="Mbote")
        waiting = parcel(at=now, batch=batch(begun.id))
        waiting = replace(waiting, kind="broadcast", ids={"broadcast": 1}, collective=made.id)
        await store.outbox.add([waiting], now)
    await database.close()
    await looking(url, lambda connection: downgrade(connection, "0002"))


async def test_a_broadcast_of_before_is_carried_over(database_url, cipher, now):
    await before_broadcasts_were_whole(database_url, cipher, now)
    await migrate.upgrade(database_url)
    database = open_database(database_url, cipher)
    async with database.reading() as store:
        [found] = await store.broadcasts.by(1, 9)
        assert (found.stage, found.audience) == (Stage.LEFT, of_collectives([1]))
        assert await store.broadcasts.versions(1) == [Version(language="fr", text="Mbote")]
        [row] = await rows(store, t.outbox)
        assert row.ids == {"broadcast": 1, "collective": 1}
    await database.close()


async def test_answers_of_before_that_were_told_are_forgotten(database_url, cipher, now):
    database = open_database(database_url, cipher)
    async with database.writing() as store:
        made = await collective(store, now)
        women = [await member(store, now, made, chat=100 + place) for place in range(6)]
        about = {"collective_id": made.id, "author_id": women[0].person_id, "now": now}
        decided = await store.proposals.add(draft="d", terms=Terms(question="?"), **about)
        for woman in women[1:]:
            await store.aftermath.put_felt(
                After.VOTE, decided.id, woman.id, Question.SAID, Felt.YES
            )
        await store.aftermath.put_felt(After.VOTE, decided.id, women[0].id, Question.HEARD, Felt.NO)
        await store.aftermath.tell(After.VOTE, decided.id, {Question.SAID: {Felt.YES: 5}}, ())
    await database.close()
    await looking(database_url, lambda connection: downgrade(connection, "0005"))
    await migrate.upgrade(database_url)
    database = open_database(database_url, cipher)
    async with database.reading() as store:
        kept = {row.question: row.value for row in await rows(store, t.felt)}
        assert kept == {"said": None, "heard": "no"}
    await database.close()
