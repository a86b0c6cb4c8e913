"""No table is forgotten when a person asks what is kept about her, or erases it.

The walk below knows the tables only from storage.tables: a new table fails here until somebody
says what becomes of the people in it.
"""

from datetime import timedelta

import pytest
from ledger_rows import parcel
from sqlalchemy import Date, ForeignKey, LargeBinary, Table, select

from collective import discretion
from storage import tables as t
from storage.traces import KEPT, NOBODYS, Fate, columns
from storage.types import Json, Moment, Sealed, SealedBytes

TABLES = t.metadata.sorted_tables
#: Tables whose rows go with her, or are emptied: what points at them is about her too.
HERS = {name for name, trace in KEPT.items() if trace.fate in (Fate.DELETE, Fate.EMPTY)}
#: Columns that hold a Telegram user's number.
CHATS = {"chat_id", "telegram_id", "user_id"}
ALINE, MADO = 4_001, 4_002

WHAT_TO_DO = (
    "add a line to KEPT in storage/traces.py that says which rows are about a person, what she is "
    "shown of them and what erasing does (and a title in reports/my_data.py); or name the table "
    "in NOBODYS when nobody can be in it"
)


def leads_to_a_person(table: Table) -> list[str]:
    """The columns by which one can come from this table to a person."""
    return [
        column.name
        for column in table.columns
        if column.name in CHATS
        or isinstance(column.type, Sealed)
        or any(key.column.table.name in HERS for key in column.foreign_keys)
    ]


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_table_says_what_becomes_of_the_people_in_it(table):
    assert table.name in KEPT or table.name in NOBODYS, f"{table.name}: {WHAT_TO_DO}"
    if table.name in NOBODYS:
        assert leads_to_a_person(table) == [], f"{table.name}: {WHAT_TO_DO}"


@pytest.mark.parametrize("name", KEPT)
def test_she_is_shown_something_of_every_table(name):
    assert columns(name)


class Filler:
    """Writes one row about a person into every table, whatever its columns."""

    def __init__(self, store, now, chat):
        self.store, self.now, self.chat = store, now, chat
        self.made: dict[str, dict] = {}

    async def fill(self):
        # Those that point at nothing come last: they may name what the others made.
        for table in sorted(TABLES, key=self.loose):
            row = {c.name: self.value(table, c) for c in table.columns if not self.left_out(c)}
            made = await self.store._run(table.insert().values(row).returning(*table.columns))
            self.made[table.name] = dict(made.mappings().one())
        return self

    def loose(self, table):
        return not table.foreign_keys and table.name in KEPT and table is not t.accounts

    def left_out(self, column):
        return column.name == "id" and not column.foreign_keys

    def value(self, table, column):
        for key in column.foreign_keys:
            return self.target(key)
        name = f"{table.name}.{column.name}"
        if column.name in CHATS:
            return -self.chat if table is t.group_chats else self.chat
        if name == "audit.by":
            return self.made["persons"]["id"]
        if name == "conversation.key":
            return f"fsm:{self.chat}:{self.chat}:default"
        return self.plain(column)

    def target(self, key: ForeignKey):
        row = self.made.get(key.column.table.name)
        return row[key.column.name] if row else None

    def plain(self, column):
        if isinstance(column.type, Moment):
            return self.now
        if isinstance(column.type, Json):
            return {"checkin": row["id"]} if (row := self.made.get("checkins")) else {}
        if isinstance(column.type, LargeBinary | SealedBytes):
            return bytes([self.chat % 256]) * 32
        if isinstance(column.type, Date):
            return self.now.date()
        # Every length of ours holds a chat's number.
        return {bool: True, int: self.chat}.get(column.type.python_type, f"{self.chat}")


@pytest.fixture
async def two(people, now):
    """Two people with a row in every table, each in a collective of her own."""
    return [await Filler(people, now, chat).fill() for chat in (ALINE, MADO)]


@pytest.fixture
def people(store):
    return store.people


async def everything(store):
    return {
        table.name: [dict(row) for row in (await store.people._run(select(table))).mappings()]
        for table in TABLES
    }


async def test_erasing_leaves_no_way_to_her_and_touches_nobody_else(store, two, now):
    aline, mado = two
    person = aline.made["persons"]["id"]
    await store.traces.erase(person, now + timedelta(days=1))
    left = await everything(store)
    for table in TABLES:
        rows = left[table.name]
        assert mado.made[table.name] in rows, table.name
        if table.name in HERS:
            rows = [row for row in rows if row != mado.made[table.name]]
        for row in rows:
            assert ALINE not in [row.get(name) for name in CHATS], table.name
            signed = [row[c.name] for c in table.columns if c.references(t.persons.c.id)]
            assert person not in signed, f"{table.name} still names her"
    [empty] = [row for row in left["persons"] if row["id"] == person]
    assert {key for key, value in empty.items() if value} == {"id", "created_at"}
    gone = [name for name in HERS - {"persons"} if len(left[name]) != 1]
    assert gone == []


async def test_she_is_shown_her_rows_of_every_table_and_nobody_elses(store, two):
    aline, _ = two
    shown = await store.traces.read(aline.made["persons"]["id"])
    for name, rows in shown.items():
        assert rows == [{c.name: aline.made[name][c.name] for c in columns(name)}], name


async def test_who_shares_her_account_keeps_it(store, two, now):
    aline, _ = two
    account = aline.made["accounts"]["id"]
    other = await store.people.add_person(account, "Dorcas", now)
    await store.outbox.add([parcel(chat=ALINE, at=now)], now)
    await store.traces.erase(aline.made["persons"]["id"], now)
    left = await everything(store)
    assert (await store.people.persons_of(account)) == [other]
    # What waits for the other person stays; what is drawn from her own records goes.
    assert [row["kind"] for row in left["outbox"] if row["chat_id"] == ALINE] == ["home"]


async def test_a_chat_that_empties_itself_still_does_after_she_was_erased(store, two, now):
    aline, _ = two
    await store.outbox.add([discretion.at_once(ALINE, 5, now=now)], now)
    await store.traces.erase(aline.made["persons"]["id"], now)
    left = (await everything(store))["outbox"]
    assert [row["kind"] for row in left if row["chat_id"] == ALINE] == [discretion.WIPE]
