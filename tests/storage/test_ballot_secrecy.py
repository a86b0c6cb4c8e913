"""A closed secret vote names nobody: the rows, their order, the files beneath, on both engines.

Twenty-four women vote in a known order and some change their minds, among eight options. Then
whoever holds the database, and its keys, tries to put names to ballots.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from ledger_rows import collective, member
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from collective.actions import ballots, closing, proposals
from collective.decisions import Consulted, Method, Outcome, Secrecy
from collective.terms import Terms
from storage import tables as t
from storage.database import open_database
from storage.types import Moment

WOMEN = 24
#: Among eight options three of twenty-four are hit by chance; fifteen are not, in a lifetime.
LUCK = 14


@dataclass
class Vote:
    """What those who watched every tap would know, and what lay in the database meanwhile."""

    proposal: int
    collective: int
    #: Members in the order in which they voted last, each with her choice.
    truth: dict[int, str] = field(default_factory=dict)
    #: Every voter, sealed choice and sealed secret that was ever written, as bytes.
    written: set[bytes] = field(default_factory=set)
    secret: bytes = b""


#: The cells that would lead from a ballot to a voter.
WRITTEN = (
    "SELECT voter, choice FROM ballots_secret WHERE proposal_id = :id",
    "SELECT secret FROM proposal_secrets WHERE proposal_id = :id",
)


async def raw(store, statement, **values):
    return (await store._unit.execute(text(statement).bindparams(**values))).all()


async def opened(database, made, women, now, draft):
    said = Terms(
        question="Qui sera présidente ?",
        method=Method.CHOICE,
        options=tuple(f"Candidate {number}" for number in range(1, 9)),
        consulted=Consulted.NOBODY,
        secrecy=Secrecy.SECRET,
        closes_at=now + timedelta(days=3),
    )
    async with database.writing() as store:
        drafted = await proposals.draft(
            store, made.id, said, draft=draft, by=women[0].person_id, now=now
        )
        await proposals.open_vote(store, drafted.id, by=women[0].person_id, now=now)
    return drafted.id


async def cast(database, votes, woman, chance, now):
    """One woman votes, in a unit of her own; what it writes is copied as it lies there."""
    async with database.writing() as store:
        for vote in votes:
            choice = str(chance.randint(1, 8))
            await ballots.cast(store, vote.proposal, choice, by=woman.person_id, now=now)
            vote.truth.pop(woman.id, None)
            vote.truth[woman.id] = choice
            for statement in WRITTEN:
                found = await raw(store, statement, id=vote.proposal)
                vote.written |= {bytes(cell) for row in found for cell in row}


@pytest.fixture
async def vote(database, now):
    """A secret vote in which everybody has voted, beside two others that stay open."""
    async with database.writing() as store:
        made = await collective(store, now)
        women = [
            await member(store, now, made, chat=100 + place, name=f"Woman {place}")
            for place in range(WOMEN)
        ]
    votes = [
        Vote(proposal=await opened(database, made, women, now, draft), collective=made.id)
        for draft in ("before", "it", "after")
    ]
    chance = Random(7)
    for woman in chance.sample(women, WOMEN):
        await cast(database, votes, woman, chance, now)
    for woman in chance.sample(women, 6):
        await cast(database, votes[1:2], woman, chance, now)
    async with database.reading() as store:
        rows = (await store._unit.execute(t.proposal_secrets.select())).all()
    [votes[1].secret] = [row.secret for row in rows if row.proposal_id == votes[1].proposal]
    return votes[1]


async def close(database, vote, now):
    async with database.writing() as store:
        closed = await closing.close(store, vote.proposal, now=now + timedelta(days=3))
    assert closed.outcome is not Outcome.NO_QUORUM
    assert closed.turnout == WOMEN


def folder(url, settings):
    """The files in which a database keeps its tables, and those of its log."""
    if url.startswith("sqlite"):
        path = Path(make_url(url).database)
        return [path], list(path.parent.glob(f"{path.name}-*"))
    data, number = settings
    tables = [each for each in (data / "base" / number).iterdir() if each.is_file()]
    temporary = [each for each in (data / "base").glob("pgsql_tmp/*") if each.is_file()]
    return [*tables, *temporary], [each for each in (data / "pg_wal").iterdir() if each.is_file()]


async def files(database, url):
    if url.startswith("sqlite"):
        return folder(url, None)
    async with database.writing() as store:
        await raw_command(store, "CHECKPOINT")
        [[data]] = await raw(store, "SELECT setting FROM pg_settings WHERE name='data_directory'")
        [[number]] = await raw(
            store, "SELECT oid::text FROM pg_database WHERE datname = current_database()"
        )
    return folder(url, (Path(data), number))


async def raw_command(store, statement):
    await store._unit.execute(text(statement))


def found_in(paths, needles):
    content = [path.read_bytes() for path in paths]
    return [needle for needle in needles if any(needle in each for each in content)]


async def test_what_can_be_found_while_it_is_open_is_gone_when_it_has_closed(
    database, database_url, vote, now
):
    tables, log = await files(database, database_url)
    assert len(found_in([*tables, *log], vote.written)) > WOMEN  # the search finds what is there
    await close(database, vote, now)
    await database.scrub()
    tables, log = await files(database, database_url)
    assert found_in(tables, [*vote.written, vote.secret]) == []
    # PostgreSQL writes its log on: there is no key to a ballot in it, and SQLite's is empty.
    assert found_in(log, [vote.secret]) == []
    if database_url.startswith("sqlite"):
        assert found_in(log, vote.written) == []


async def test_nothing_of_it_stays_but_choices_without_order_or_time(database, engine, vote, now):
    await close(database, vote, now)
    async with database.reading() as store:
        for table in (t.ballots, t.ballots_secret, t.proposal_secrets, t.entitled):
            left = table.select().where(table.c.proposal_id == vote.proposal)
            assert (await store._unit.execute(left)).all() == []
        kept = (await store._unit.execute(t.ballots_closed.select())).all()
        assert sorted(row.choice for row in kept) == sorted(vote.truth.values())
        assert await marks(store, engine) == 1
        told = {row.ids for row in await raw(store, "SELECT ids FROM outbox")}
        # Whom it was sent to, as every row says; never what anybody chose.
        assert {key for ids in told for key in json.loads(ids)} == {"proposal", "person"}
        audited = {row.event for row in await raw(store, "SELECT event FROM audit")}
        assert audited == {"vote_opened", "vote_closed"}
        for table in (t.shown, t.conversation, t.dead_updates):
            assert (await store._unit.execute(table.select())).all() == []
    assert set(t.ballots_closed.columns.keys()) == {"key", "proposal_id", "choice"}
    for table in (t.ballots_closed, t.ballots_secret, t.entitled):
        assert not any(isinstance(column.type, Moment) for column in table.columns)


async def marks(store, engine):
    """How many different marks of the database itself its ballots bear."""
    if engine == "postgresql":
        return len(await raw(store, "SELECT DISTINCT xmin::text FROM ballots_closed"))
    with pytest.raises(OperationalError, match="no such column"):
        await raw(store, "SELECT rowid FROM ballots_closed")
    return 1


async def orders(store, engine, table):
    """Every order in which the rows of a table can be read."""
    hidden = ("ctid", "xmin::text::bigint") if engine == "postgresql" else ("rowid",)
    if engine == "sqlite" and not table.dialect_options["sqlite"]["with_rowid"]:
        hidden = ()
    named = [f'"{column.name}"' for column in table.columns]
    for column in (*hidden, *named, "1"):
        if not (await raw(store, f'SELECT count(*) FROM "{table.name}"'))[0][0]:
            continue
        for way in ("", " DESC") if column != "1" else ("",):
            order = "" if column == "1" else f" ORDER BY {column}{way}"
            rows = await raw(store, f'SELECT * FROM "{table.name}"{order}')
            yield f"{table.name} by {column}{way}", [row._mapping for row in rows]


def women_in(rows, known):
    """The women whom rows name, in the order of the rows, by whatever number names them."""
    for column in rows[0] if rows else ():
        for numbers in known:
            seen = dict.fromkeys(numbers[row[column]] for row in rows if row[column] in numbers)
            if len(seen) == WOMEN:
                yield [*seen]


async def test_no_order_of_any_table_puts_names_to_its_ballots(
    database, database_url, engine, vote, now
):
    await close(database, vote, now)
    await database.scrub()
    async with database.reading() as store:
        women = await store.collectives.members(vote.collective)
        known = [
            {getattr(each, name): each.id for each in women}
            for name in ("id", "person_id", "chat_id")
        ]
        voters = [[*vote.truth]]
        for table in t.metadata.sorted_tables:
            async for _, rows in orders(store, engine, table):
                voters += women_in(rows, known)
        guesses = 0
        readings = [each async for each in orders(store, engine, t.ballots_closed)]
        if engine == "sqlite":
            lying = Path(make_url(database_url).database).read_bytes()
            _, rows = readings[0]
            readings.append(("as they lie", sorted(rows, key=lambda row: lying.find(row["key"]))))
        for how, rows in readings:
            said = [row["choice"] for row in rows if row["proposal_id"] == vote.proposal]
            if "choice" in how:
                continue  # an order of its own: it says which choices there are
            for order in voters:
                hits = [
                    vote.truth[woman] == choice for woman, choice in zip(order, said, strict=True)
                ]
                assert sum(hits) <= LUCK, how
                guesses += 1
    assert guesses > 20


async def test_who_dies_before_cleaning_cleans_at_the_next_start_and_open_votes_stay(
    database, database_url, cipher, vote, now
):
    everything = "SELECT * FROM ballots_secret ORDER BY proposal_id, voter"
    async with database.reading() as store:
        before = await raw(store, everything)
    await close(database, vote, now)
    born_again = open_database(database_url, cipher)
    async with born_again.reading() as store:
        assert await store.ballots.unscrubbed() == [vote.proposal]
    await born_again.scrub()
    tables, _ = await files(born_again, database_url)
    assert found_in(tables, vote.written) == []
    async with born_again.reading() as store:
        assert await store.ballots.unscrubbed() == []
        after = await raw(store, everything)
        other = await store.proposals.get(vote.proposal + 1)
        assert sum((await store.ballots.tally(other)).values()) == WOMEN
    assert after == [row for row in before if row.proposal_id != vote.proposal]
    await born_again.close()


async def test_what_is_kept_of_a_typed_choice_means_nothing_once_it_has_closed(database, vote, now):
    async with database.writing() as store:
        proposal = await store.proposals.get(vote.proposal)
        woman, choice = next(iter(vote.truth.items()))
        before = await store.ballots.tokens(proposal, woman)
        assert before == await store.ballots.tokens(proposal, woman)
        assert len({*before.values()}) == len(proposal.choices)
    await close(database, vote, now)
    async with database.reading() as store:
        assert before[choice] not in (await store.ballots.tokens(proposal, woman)).values()
