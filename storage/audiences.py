"""Queries that find whom a broadcast is for."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Select,
    Subquery,
    and_,
    cast,
    func,
    null,
    or_,
    select,
    union_all,
)

from collective.audiences import Audience, Recipient, Share, Slice
from collective.collectives import GroupLanguage
from collective.people import DEFAULT_LANGUAGE, Role
from storage import tables as t
from storage.types import BigId
from storage.unit import Noun

#: Collectives in a slice: about 250 people, so that no unit keeps answers waiting for long.
COLLECTIVES = 10


class SqlAudiences(Noun):
    """Whom a broadcast is for, at this moment."""

    async def slice(
        self, audience: Audience, *, author: int, after: int | None, now: datetime
    ) -> Slice:
        """Return the chats of the collectives that come next after one; None: of the first.

        People of no collective come with the first. A chat comes once in a slice, and again with
        a later collective of hers: the key of its row sees to that.
        """
        chosen = _collectives(audience).where(t.collectives.c.id > (after or 0))
        rows = await self._all(chosen.order_by(t.collectives.c.id).limit(COLLECTIVES))
        ids = [row.id for row in rows]
        people = _people(audience, author, now, ids, free=after is None)
        found: list[Recipient] = []
        if people is not None:
            found += [_recipient(row) for row in await self._all(_once_each(people))]
        if audience.groups:
            groups = _groups(audience).where(t.group_chats.c.collective_id.in_(ids))
            found += [
                Recipient(chat_id=row.chat_id, collective=row.collective_id)
                for row in await self._all(groups.order_by(t.group_chats.c.collective_id))
            ]
        reached = ids[-1] if len(ids) == COLLECTIVES else None
        return Slice(recipients=tuple(found), reached=reached)

    async def count(self, audience: Audience, *, author: int, now: datetime) -> tuple[int, int]:
        """Return how many private chats and how many groups it reaches, each once."""
        people = _people(audience, author, now, None, free=True)
        chats, groups = 0, 0
        if people is not None:
            counted = select(func.count(people.c.chat_id.distinct()))
            chats = int((await self._run(counted)).scalar_one())
        if audience.groups:
            counted = select(func.count()).select_from(_groups(audience).subquery())
            groups = int((await self._run(counted)).scalar_one())
        return chats, groups

    async def reaches(
        self, audience: Audience, chat_id: int, *, author: int, now: datetime
    ) -> bool:
        """Tell whether it reaches a private chat by any of the collectives of who is there."""
        # By their few collectives first: everybody it is for would be a walk through all members.
        chosen = _collectives(audience).where(t.collectives.c.id.in_(_collectives_of(chat_id)))
        ids = [row.id for row in await self._all(chosen)]
        people = _people(audience, author, now, ids, free=False)
        if people is None:
            return False
        there = select(people.c.chat_id).where(people.c.chat_id == chat_id)
        return await self._first(there.limit(1)) is not None

    async def shares(self, audience: Audience, *, author: int, now: datetime) -> list[Share]:
        """Return how many chats of each collective it reaches, those of no collective last."""
        people = _people(audience, author, now, None, free=True)
        counts: dict[int | None, int] = {}
        if people is not None:
            counted = select(
                people.c.collective_id, func.count(people.c.chat_id.distinct()).label("chats")
            ).group_by(people.c.collective_id)
            counts = {row.collective_id: row.chats for row in await self._all(counted)}
        groups: set[int | None] = set()
        if audience.groups:
            groups = {row.collective_id for row in await self._all(_groups(audience))}
        return [
            Share(collective=each, people=counts.get(each, 0), group=each in groups)
            for each in sorted(counts.keys() | groups, key=lambda key: (key is None, key or 0))
        ]

    async def zones(self, audience: Audience) -> list[int]:
        """Return one collective for each zone and each allowed hours among those it is for."""
        held = t.collectives.c
        kinds = _collectives(audience).with_only_columns(func.min(held.id).label("id"))
        rows = await self._all(kinds.group_by(held.zone, held.first_hour, held.last_hour))
        return [row.id for row in rows]


def meant(audience: Audience, named: Collection[int], since: datetime) -> CompoundSelect[Any]:
    """Select the persons of some collectives it was for; who has left them `since` as well."""
    here = _collectives(audience).where(t.collectives.c.id.in_(named))
    members, leads = t.members.c, t.facilitators.c
    there = or_(members.left_at.is_(None), members.left_at > since)
    parts = {
        Role.MEMBER: select(members.person_id).where(there, members.collective_id.in_(here)),
        Role.FACILITATOR: select(leads.person_id).where(leads.collective_id.in_(here)),
    }
    return union_all(*(part for role, part in parts.items() if role in audience.roles))


def _collectives(audience: Audience) -> Select[Any]:
    held = t.collectives.c
    chosen = select(held.id)
    if audience.collectives:
        chosen = chosen.where(held.id.in_(audience.collectives))
    if audience.trades:
        chosen = chosen.where(held.trade.in_(audience.trades))
    if audience.places:
        chosen = chosen.where(held.place.in_(audience.places))
    return chosen


def _collectives_of(chat_id: int) -> CompoundSelect[Any]:
    """Select the collectives of everybody who is on an account."""
    there = (
        select(t.persons.c.id)
        .join(t.accounts, t.accounts.c.id == t.persons.c.account_id)
        .where(t.accounts.c.telegram_id == chat_id)
    )
    return union_all(
        *(
            select(roles.c.collective_id).where(roles.c.person_id.in_(there))
            for roles in (t.members, t.facilitators)
        )
    )


def _groups(audience: Audience) -> Select[Any]:
    chosen = select(t.group_chats).where(t.group_chats.c.collective_id.in_(_collectives(audience)))
    if audience.languages:
        spoken = [*audience.languages, GroupLanguage.BOTH.value]
        chosen = chosen.join(
            t.collectives, t.collectives.c.id == t.group_chats.c.collective_id
        ).where(t.collectives.c.language.in_(spoken))
    return chosen


def _people(
    audience: Audience,
    author: int,
    now: datetime,
    collectives: Sequence[int] | None,
    *,
    free: bool,
) -> Subquery | None:
    """Select collective, person and chat of everyone meant, once for each role she holds.

    `collectives`: of these only; None: of all it is for. `free`: who belongs to none as well.
    """
    held = _held(audience, now, collectives, free=free)
    if held is None:
        return None
    roles = held.subquery()
    persons, accounts = t.persons.c, t.accounts.c
    chosen = (
        select(roles.c.collective_id, roles.c.person_id, accounts.telegram_id.label("chat_id"))
        .join(t.persons, persons.id == roles.c.person_id)
        .join(t.accounts, accounts.id == persons.account_id)
        .where(
            persons.id != author,
            or_(persons.paused_until.is_(None), persons.paused_until <= now),
        )
    )
    if audience.languages:
        spoken = func.coalesce(accounts.language, DEFAULT_LANGUAGE)
        chosen = chosen.where(spoken.in_(audience.languages))
    if audience.persons:
        chosen = chosen.where(persons.id.in_(audience.persons))
    return chosen.subquery()


def _held(
    audience: Audience, now: datetime, collectives: Sequence[int] | None, *, free: bool
) -> CompoundSelect[Any] | None:
    """Select who holds which role where; None where no role is meant."""
    here = _collectives(audience) if collectives is None else collectives
    parts: list[Select[Any]] = []
    if Role.MEMBER in audience.roles:
        members = t.members.c
        chosen = select(members.collective_id, members.person_id).where(
            members.left_at.is_(None), members.collective_id.in_(here)
        )
        parts.append(chosen.where(_unanswered(now)) if audience.unanswered else chosen)
    if Role.FACILITATOR in audience.roles:
        leads = t.facilitators.c
        parts.append(
            select(leads.collective_id, leads.person_id).where(leads.collective_id.in_(here))
        )
    if Role.COORDINATOR in audience.roles and free:
        nowhere = cast(null(), BigId).label("collective_id")
        parts.append(select(nowhere, t.coordinators.c.person_id))
    return union_all(*parts) if parts else None


def _unanswered(now: datetime) -> Any:
    """Tell of a member that she is expected to answer a round that is open, and has not yet."""
    checkins, rounds = t.checkins.c, t.rounds.c
    return (
        select(checkins.id)
        .join(t.rounds, rounds.id == checkins.round_id)
        .where(
            and_(
                checkins.member_id == t.members.c.id,
                checkins.finished_at.is_(None),
                checkins.excused_at.is_(None),
                rounds.closed_at.is_(None),
                rounds.opens_at <= now,
                rounds.closes_at > now,
            )
        )
        .exists()
    )


def _once_each(people: Subquery) -> Select[Any]:
    return (
        select(
            people.c.chat_id,
            func.min(people.c.collective_id).label("collective_id"),
            func.min(people.c.person_id).label("first"),
            func.max(people.c.person_id).label("last"),
        )
        .group_by(people.c.chat_id)
        .order_by(people.c.chat_id)
    )


def _recipient(row: Any) -> Recipient:
    return Recipient(
        chat_id=row.chat_id,
        collective=row.collective_id,
        person=row.first if row.first == row.last else None,
    )
