"""Where a person stands in the tables: what is shown to her, and what goes when she erases it.

Every table has its line in KEPT, or in NOBODYS when no person can be in it: a test sees to that.
A column that only names her as the author of something needs no line: erasing empties every
reference to a person that is left.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Row,
    Select,
    Table,
    and_,
    delete,
    or_,
    select,
    update,
)

from collective.discretion import WIPE
from collective.people import Account
from storage import tables as t
from storage.unit import Noun


class Fate(Enum):
    """What erasing does with the rows about her."""

    DELETE = auto()
    #: Nothing stays in the row but its number, which is never given to another person.
    EMPTY = auto()
    #: The row is about something else that stays; her name is taken off it.
    UNSIGN = auto()
    #: A number that leads nowhere stays: what happened is not unwritten.
    STAY = auto()


@dataclass(frozen=True, kw_only=True)
class Self:
    """The numbers under which one person is found."""

    person: int
    #: None when the account carries others too: then it and its chat are theirs as well.
    account: int | None
    chat: int | None
    #: What queued messages are drawn from, as far as it names her.
    ids: Sequence[Mapping[str, int]]


#: A question whose voice has gone.
_UNSPOKEN = {"voice": None, "voice_seconds": None}
#: No person has this number.
_NOBODY = 0

#: Which rows of a table are about her.
About = Callable[[Self], ColumnElement[bool]]


@dataclass(frozen=True, kw_only=True)
class Trace:
    """One table: which rows are about her, which columns she is shown, what erasing does."""

    about: About
    fate: Fate = Fate.DELETE
    #: None: every column but bytes and numbers of persons.
    shows: Sequence[str] | None = None
    #: What would help somebody else who reads the file.
    hides: Sequence[str] = ()


def columns(name: str) -> list[Column[Any]]:
    """Return the columns of a table that a person is shown."""
    table, trace = t.metadata.tables[name], KEPT[name]
    if trace.shows is not None:
        return [table.c[column] for column in trace.shows]
    return [
        column
        for column in table.columns
        if column.name not in trace.hides
        and not isinstance(column.type, LargeBinary)
        and not column.references(t.persons.c.id)
    ]


def _person(table: Table, column: str = "person_id") -> About:
    return lambda me: table.c[column] == me.person


def _through(table: Table, column: str, parent: Table) -> About:
    """Rows that point at rows of hers in another table, whose line stands above."""
    return lambda me: table.c[column].in_(select(parent.c.id).where(KEPT[parent.name].about(me)))


def _wizards(me: Self) -> ColumnElement[bool]:
    # aiogram's key, as storage.conversation builds it: the number stands between colons.
    return t.conversation.c.key.like(f"%:{me.chat}:%")


def _author(table: Table, column: str, *shows: str) -> Trace:
    return Trace(about=_person(table, column), shows=shows, fate=Fate.UNSIGN)


#: Her traces, by table. Add a line for a table in which a person can be.
KEPT: Mapping[str, Trace] = {
    "accounts": Trace(about=lambda me: t.accounts.c.id == me.account),
    "persons": Trace(about=_person(t.persons, "id"), fate=Fate.EMPTY),
    "consents": Trace(about=_person(t.consents)),
    "coordinators": Trace(about=_person(t.coordinators)),
    "facilitators": Trace(about=_person(t.facilitators)),
    "members": Trace(about=_person(t.members)),
    "departures": Trace(about=_through(t.departures, "member_id", t.members)),
    "checkins": Trace(about=_through(t.checkins, "member_id", t.members)),
    "answers": Trace(about=_through(t.answers, "checkin_id", t.checkins)),
    "words": Trace(about=_through(t.words, "checkin_id", t.checkins)),
    "voices": Trace(
        about=_through(t.voices, "checkin_id", t.checkins),
        shows=("checkin_id", "question", "sound", "seconds", "said_at"),
    ),
    "join_requests": Trace(
        about=lambda me: or_(
            t.join_requests.c.person_id == me.person, t.join_requests.c.account_id == me.account
        ),
        shows=("name", "choices", "expires_at"),
    ),
    "outbox": Trace(
        # Goes through the whole table on purpose: who asks for this waits a tenth of a second, and
        # indexes by chat and by ids would be paid for by every message that is queued.
        # What empties her chat in discreet mode still does: it names a message and no more.
        about=lambda me: and_(
            t.outbox.c.kind != WIPE,
            or_(
                t.outbox.c.chat_id == me.chat,
                t.outbox.c.person_id == me.person,
                t.outbox.c.ids.in_(me.ids),
            ),
        )
    ),
    "shown": Trace(
        about=lambda me: or_(t.shown.c.chat_id == me.chat, t.shown.c.person_id == me.person)
    ),
    "conversation": Trace(about=_wizards),
    "collectives": _author(t.collectives, "created_by", "name", "created_at"),
    "group_chats": _author(t.group_chats, "linked_by", "collective_id", "linked_at"),
    "invites": _author(t.invites, "created_by", "role", "collective_id", "created_at"),
    "broadcasts": _author(t.broadcasts, "author_id", "collective_id", "created_at", "leaves_at"),
    # What she has sent stays as long as the others may look it up, and nobody's name is on it.
    "broadcast_versions": Trace(
        about=_through(t.broadcast_versions, "broadcast_id", t.broadcasts),
        shows=("broadcast_id", "language", "kind", "text", "file_name", "written_at"),
        fate=Fate.UNSIGN,
    ),
    "broadcast_heard": Trace(about=_person(t.broadcast_heard)),
    "broadcast_replies": Trace(
        about=_person(t.broadcast_replies), shows=("broadcast_id", "kind", "text", "said_at")
    ),
    "proposals": _author(
        t.proposals, "author_id", "collective_id", "question", "concerned", "created_at"
    ),
    # What a proposal asks stays with it; so does what others said of it, but not who did.
    "proposal_options": Trace(
        about=_through(t.proposal_options, "proposal_id", t.proposals), fate=Fate.UNSIGN
    ),
    # Her voice is hers, also where the question stays.
    "spoken_questions": Trace(
        about=_through(t.spoken_questions, "proposal_id", t.proposals),
        shows=("proposal_id", "sound"),
    ),
    "concerns": Trace(about=_person(t.concerns), shows=("proposal_id", "text", "said_at")),
    "entitled": Trace(about=_through(t.entitled, "member_id", t.members)),
    "ballots": Trace(about=_through(t.ballots, "member_id", t.members)),
    "felt": Trace(about=_through(t.felt, "member_id", t.members)),
    "tasks": _author(t.tasks, "person_id", "proposal_id", "text", "due_on", "done"),
    # What is planned and was learned is the collective's; her voice and her photo go with her.
    "activities": Trace(
        about=lambda me: or_(
            t.activities.c.planned_by == me.person, t.activities.c.in_charge == me.person
        ),
        shows=("collective_id", "kind", "title", "starts_at", "place", "learned"),
        fate=Fate.UNSIGN,
    ),
    "activity_answers": Trace(about=_through(t.activity_answers, "member_id", t.members)),
    "attendance": Trace(about=_through(t.attendance, "member_id", t.members)),
    "activity_files": Trace(
        about=_person(t.activity_files),
        shows=("activity_id", "kind", "content", "seconds", "given_at"),
    ),
    "activity_felt": Trace(about=_through(t.activity_felt, "member_id", t.members)),
    # That it struck the others stays; what she said of it goes with her (SqlTraces.erase).
    "setbacks": _author(
        t.setbacks, "author_id", "collective_id", "kind", "weight", "happened_on", "text", "sound"
    ),
    # What a collective learned is shown to it at the next setback, and nobody's name is on it.
    "lessons": _author(t.lessons, "person_id", "setback_id", "text", "said_at"),
    "follow_ups": Trace(
        about=_person(t.follow_ups),
        shows=("collective_id", "reason", "since", "state", "noted_at"),
    ),
    "audit": Trace(about=_person(t.audit, "by"), fate=Fate.STAY),
}

#: Tables in which no person can be.
NOBODYS = {
    "rounds",
    "round_totals",
    "schedules",
    "occurrences",
    "feast_days",
    "pairings",
    "dead_updates",
    # An hour, under a hash that leads to nobody.
    "code_tries",
    # Without its secret a ballot leads to nobody; who leaves or is erased takes hers out before,
    # while the secret is there (actions.ballots.strike).
    "ballots_secret",
    "proposal_secrets",
    "ballots_closed",
    "unscrubbed",
}


class SqlTraces(Noun):
    """Everything that is kept about one person."""

    async def read(self, person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Return her rows by table, as far as she is shown them."""
        me = await self._find(person_id)
        return {
            name: [dict(row) for row in (await self._run(_shown(name, me))).mappings()]
            for name in KEPT
        }

    async def uncounted_rounds(self, person_id: int) -> list[int]:
        """Return the rounds she was asked in that have not been counted yet."""
        rows = await self._all(
            select(t.rounds.c.id)
            .join(t.checkins, t.checkins.c.round_id == t.rounds.c.id)
            .join(t.members, t.members.c.id == t.checkins.c.member_id)
            .where(t.members.c.person_id == person_id, t.rounds.c.expected.is_(None))
            .order_by(t.rounds.c.id)
        )
        return [row.id for row in rows]

    async def erase(self, person_id: int, now: datetime) -> None:
        """Erase her. Her number stays in the audit trail and in an empty row."""
        me = await self._find(person_id)
        if me.account is not None and len(await self._carried(me.account)) > 1:
            me = replace(me, account=None, chat=None)
        await self._delete(me)
        told = dict.fromkeys(("text", "voice", "voice_seconds", "sound", "fetch_at"))
        hers = t.setbacks.c.author_id == person_id
        await self._run(update(t.setbacks).where(hers).values(told))
        await self._run(update(t.proposals).where(KEPT["proposals"].about(me)).values(_UNSPOKEN))
        for table in t.metadata.sorted_tables:
            await self._unsign(table, person_id)
        await self._run(update(t.persons).where(t.persons.c.id == person_id).values(_emptied(now)))
        await self._run(delete(t.accounts).where(KEPT["accounts"].about(me)))

    async def erase_account(self, account: Account) -> None:
        """Erase an account in which nobody has come in; one that carries a person stays."""
        if not await self._carried(account.id):
            me = Self(person=_NOBODY, account=account.id, chat=account.telegram_id, ids=())
            await self._delete(me)
            await self._run(delete(t.accounts).where(KEPT["accounts"].about(me)))

    async def _delete(self, me: Self) -> None:
        # From the leaves inward: what points at a row goes before it, the account last of all.
        for table in reversed(t.metadata.sorted_tables):
            trace = KEPT.get(table.name)
            if trace is not None and trace.fate is Fate.DELETE and table is not t.accounts:
                await self._run(delete(table).where(trace.about(me)))

    async def _unsign(self, table: Table, person_id: int) -> None:
        for column in table.columns:
            if column.references(t.persons.c.id):
                await self._run(update(table).where(column == person_id).values({column: None}))

    async def _find(self, person_id: int) -> Self:
        row = await self._first(
            select(t.persons.c.account_id, t.accounts.c.telegram_id)
            .outerjoin(t.accounts, t.accounts.c.id == t.persons.c.account_id)
            .where(t.persons.c.id == person_id)
        )
        me = Self(person=person_id, account=None, chat=None, ids=())
        if row is not None:
            me = replace(me, account=row.account_id, chat=row.telegram_id)
        named = [{"person": person_id}]
        for key, table in (
            ("checkin", t.checkins),
            ("departure", t.departures),
            ("concern", t.concerns),
            ("follow_up", t.follow_ups),
        ):
            rows = await self._all(select(table.c.id).where(KEPT[table.name].about(me)))
            named += [{key: each.id} for each in rows]
        return replace(me, ids=named)

    async def _carried(self, account_id: int) -> Sequence[Row[Any]]:
        return await self._all(select(t.persons.c.id).where(t.persons.c.account_id == account_id))


def _shown(name: str, me: Self) -> Select[Any]:
    keys = t.metadata.tables[name].primary_key
    return select(*columns(name)).where(KEPT[name].about(me)).order_by(*keys)


def _emptied(now: datetime) -> dict[str, Any]:
    """Return what an empty person's row holds."""
    bare: dict[str, Any] = {c.name: None for c in t.persons.columns if c.nullable}
    return bare | {"name": "", "created_at": now}
