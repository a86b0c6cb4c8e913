"""A collective with its people, made through the same actions as real ones."""

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import count

from sqlalchemy import select, text

from collective.actions import collectives, invites, joining
from collective.actions.collectives import Plan
from collective.collectives import Collective, GroupLanguage, Rhythm, Trade
from collective.people import Member
from storage import tables as t

#: The `now` of every test: a Thursday, 17:00 in Lubumbashi.
NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)
#: Private chats of the facilitator and the coordinator.
NADINE, JOSEPHINE = 20, 30
_chats = count(1001)


@dataclass(kw_only=True)
class Village:
    """Ids of everyone; members' private chats are in `members`."""

    store: object
    now: datetime
    collective: Collective
    coordinator: int
    facilitator: int
    members: list[Member]

    async def member_link(self) -> str:
        return await invites.invite_members(
            self.store, self.collective.id, by=self.facilitator, now=self.now
        )

    async def welcome(self, name: str, now: datetime | None = None) -> Member:
        """Let one more member join."""
        token = await self.member_link()
        person = await come_in(self.store, token, now or self.now, name=name, chat=next(_chats))
        members = await self.store.collectives.members(self.collective.id)
        return next(member for member in members if member.person_id == person)


def plan(draft="draft-1", **changes) -> Plan:
    said = {
        "draft": draft,
        "name": "Tujenge",
        "trade": Trade.DYEING,
        "place": "Bukavu",
        "zone": "Africa/Lubumbashi",
        "language": GroupLanguage.BOTH,
        "rhythm": Rhythm(weekday=3, at=time(17)),
    }
    return Plan(**(said | changes))


async def come_in(store, token, now, *, name, chat) -> int:
    """Join with an invitation; return the person."""
    account = await store.people.ensure_account(chat, now)
    came = await joining.join(store, token, account, name=name, agreed=True, now=now)
    return came.person.id


async def found(store, now, *, members=6) -> Village:
    """A coordinator, a collective, its facilitator and members."""
    token = await invites.invite_coordinator(store, now=now)
    coordinator = await come_in(store, token, now, name="Joséphine", chat=JOSEPHINE)
    made = await collectives.create(store, plan(), by=coordinator, now=now)
    token = await invites.invite_facilitator(store, made.id, by=coordinator, now=now)
    facilitator = await come_in(store, token, now, name="Nadine", chat=NADINE)
    village = Village(
        store=store,
        now=now,
        collective=made,
        coordinator=coordinator,
        facilitator=facilitator,
        members=[],
    )
    village.members = [await village.welcome(f"Member {number}") for number in range(members)]
    return village


async def rows(store, table):
    """Return every row of a table, in the order of its key."""
    return (await store._unit.execute(select(table).order_by(*table.primary_key))).all()


async def queued(store, kind=None):
    """Return what waits in the outbox, of one kind or all."""
    found = await rows(store, t.outbox)
    return [row for row in found if kind is None or row.kind == kind]


async def audited(store):
    """Return the audit trail as (event, by, subject)."""
    return [(row.event, row.by, row.subject) for row in await rows(store, t.audit)]


@asynccontextmanager
async def undone(store):
    """Whatever is written inside was never written."""
    await store._unit.execute(text("SAVEPOINT story"))
    try:
        yield
    finally:
        await store._unit.execute(text("ROLLBACK TO story"))
