"""Free text is unreadable in the database, and opens with its own key in its own place only."""

import os
from pathlib import Path

import pytest
from ledger_rows import broadcast, collective, person
from sqlalchemy import text
from sqlalchemy.engine import make_url

from storage.database import open_database
from storage.keys import Cipher, KeysInvalid

SECRET = "Mwasi ya Bukavu"
OLD, NEW = os.urandom(32), os.urandom(32)


async def write_everywhere(store, now):
    """Put the secret into every column of free text."""
    who = await person(store, now, name=SECRET)
    made = await collective(store, now)
    await broadcast(store, now, who, made, text=SECRET)
    await store.conversation.write("key", "state", {"name": SECRET}, now)


async def raw(store, statement):
    return (await store._unit.execute(text(statement))).all()


async def test_the_database_sees_none_of_what_was_written(database, now):
    async with database.writing() as store:
        await write_everywhere(store, now)
    async with database.reading() as store:
        assert (await store.people.person(1)).name == SECRET
        for statement in (
            "SELECT name FROM persons",
            "SELECT text FROM broadcast_versions",
            "SELECT data FROM conversation",
        ):
            [(sealed,)] = await raw(store, statement)
            assert isinstance(sealed, bytes)
            assert SECRET.encode() not in sealed


async def test_no_file_of_the_database_holds_it(new_database, cipher, now):
    url = new_database.url("sqlite")
    database = open_database(url, cipher)
    async with database.writing() as store:
        await write_everywhere(store, now)
        await collective(store, now, draft="d2", name="A public name")
    folder = Path(make_url(url).database).parent
    found = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    await database.close()
    assert b"A public name" in found
    assert SECRET.encode() not in found


async def test_the_same_text_is_sealed_anew_each_time(cipher):
    assert cipher.seal("persons.name", SECRET) != cipher.seal("persons.name", SECRET)


async def test_a_rotated_key_reads_the_old_and_writes_the_new(database_url, now):
    before = open_database(database_url, Cipher({1: OLD}))
    async with before.writing() as store:
        await person(store, now, chat=1, name="Before")
    await before.close()
    after = open_database(database_url, Cipher({1: OLD, 2: NEW}))
    async with after.writing() as store:
        await person(store, now, chat=2, name="After")
        names = [(await store.people.person(number)).name for number in (1, 2)]
        sealed = await raw(store, "SELECT name FROM persons ORDER BY id")
    await after.close()
    assert names == ["Before", "After"]
    assert [row.name[0] for row in sealed] == [1, 2]


@pytest.mark.parametrize("keys", [{2: OLD}, {1: NEW}], ids=["missing", "another"])
async def test_without_its_key_a_value_does_not_open(database_url, now, keys):
    database = open_database(database_url, Cipher({1: OLD}))
    async with database.writing() as store:
        await person(store, now)
    await database.close()
    database = open_database(database_url, Cipher(keys))
    async with database.reading() as store:
        with pytest.raises(KeysInvalid):
            await store.people.person(1)
    await database.close()


async def test_a_value_moved_to_another_column_does_not_open(database, now):
    async with database.writing() as store:
        await write_everywhere(store, now)
        await raw_run(store, "UPDATE broadcast_versions SET text = (SELECT name FROM persons)")
        with pytest.raises(KeysInvalid, match=r"broadcasts\.text"):
            await store.broadcasts.versions(1)


async def raw_run(store, statement):
    await store._unit.execute(text(statement))


@pytest.mark.parametrize(
    "spoil", [lambda s: s[:-1], lambda s: s[:5], lambda s: s[:1], lambda s: b""]
)
def test_a_value_that_was_cut_does_not_open(spoil):
    cipher = Cipher({0: OLD})
    with pytest.raises(KeysInvalid):
        cipher.open("persons.name", spoil(cipher.seal("persons.name", SECRET)))


def test_any_changed_byte_is_noticed(cipher):
    sealed = cipher.seal("persons.name", SECRET)
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(KeysInvalid):
            cipher.open("persons.name", changed)
