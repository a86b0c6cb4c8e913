"""Queries about collectives, their people and their groups."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Table, bindparam, delete, select, update

from collective.calendar import Hours
from collective.collectives import Collective, GroupChat, GroupLanguage, Trade
from collective.people import Member
from storage import tables as t
from storage.prepared import Prepared
from storage.unit import Noun

_COLLECTIVE = Prepared(select(t.collectives).where(t.collectives.c.id == bindparam("id")))


class SqlCollectives(Noun):
    """Collectives, who accompanies them, who is in them, and their Telegram groups."""

    async def add(
        self,
        *,
        draft: str,
        name: str,
        trade: Trade,
        place: str,
        zone: str,
        language: GroupLanguage,
        created_by: int | None,
        now: datetime,
    ) -> Collective | None:
        """Add a collective; None when this draft already became one."""
        made = (
            self._insert(t.collectives)
            .values(
                draft=draft,
                name=name,
                trade=trade.value,
                place=place,
                zone=zone,
                language=language.value,
                created_by=created_by,
                created_at=now,
            )
            .on_conflict_do_nothing(index_elements=["draft"])
            .returning(t.collectives)
        )
        row = await self._first(made)
        return _collective(row) if row else None

    async def by_draft(self, draft: str) -> Collective | None:
        """Return the collective that a wizard's draft became."""
        row = await self._first(select(t.collectives).where(t.collectives.c.draft == draft))
        return _collective(row) if row else None

    async def get(self, collective_id: int) -> Collective | None:
        """Return a collective."""
        row = await self._first(_COLLECTIVE, id=collective_id)
        return _collective(row) if row else None

    async def hold(self, collective_id: int) -> Collective | None:
        """Return a collective; other units that hold it wait until this one has ended."""
        chosen = select(t.collectives).where(t.collectives.c.id == collective_id)
        # NO KEY: a new member points here, and two of them must not wait for each other.
        row = await self._first(chosen.with_for_update(key_share=True))
        return _collective(row) if row else None

    async def all(self) -> list[Collective]:
        """Return every collective."""
        return [_collective(row) for row in await self._all(select(t.collectives))]

    async def members(self, collective_id: int) -> list[Member]:
        """Return who is in it now."""
        held = t.members.c
        here = held.left_at.is_(None)
        return await self._reached(t.members, held.id, held.joined_at, collective_id, here)

    async def member(self, collective_id: int, person_id: int) -> Member | None:
        """Return her membership, None when she is no member now."""
        held = t.members.c
        hers = held.left_at.is_(None) & (held.person_id == person_id)
        found = await self._reached(t.members, held.id, held.joined_at, collective_id, hers)
        return found[0] if found else None

    async def facilitators(self, collective_id: int) -> list[Member]:
        """Return who accompanies it, as people to be reached; the id is the person's."""
        held = t.facilitators.c
        return await self._reached(t.facilitators, held.person_id, held.since, collective_id)

    async def _reached(
        self,
        table: Table,
        number: Column[int],
        since: Column[datetime],
        collective_id: int,
        *which: ColumnElement[bool],
    ) -> list[Member]:
        rows = await self._all(
            select(
                number.label("number"),
                since.label("since"),
                table.c.person_id,
                t.persons.c.name,
                t.persons.c.paused_until,
                t.persons.c.pin_hash.is_not(None).label("has_pin"),
                t.accounts.c.telegram_id,
                t.accounts.c.unreachable,
            )
            .join(t.persons, t.persons.c.id == table.c.person_id)
            .outerjoin(t.accounts, t.accounts.c.id == t.persons.c.account_id)
            .where(table.c.collective_id == collective_id, *which)
            .order_by(number)
        )
        return [
            Member(
                id=row.number,
                collective_id=collective_id,
                person_id=row.person_id,
                name=row.name,
                chat_id=row.telegram_id,
                joined_at=row.since,
                paused_until=row.paused_until,
                has_pin=row.has_pin,
                unreachable=row.unreachable,
            )
            for row in rows
        ]

    async def add_member(self, collective_id: int, person_id: int, now: datetime) -> Member | None:
        """Add a member; who had left is the same one again. None when she already is one."""
        made = (
            self._insert(t.members)
            .values(collective_id=collective_id, person_id=person_id, joined_at=now)
            .on_conflict_do_update(
                index_elements=["collective_id", "person_id"],
                set_={"left_at": None},
                where=t.members.c.left_at.is_not(None),
            )
            .returning(t.members.c.id)
        )
        row = await self._first(made)
        if row is None:
            return None
        members = await self.members(collective_id)
        return next(member for member in members if member.id == row.id)

    async def remove_member(self, collective_id: int, person_id: int, now: datetime) -> int | None:
        """Keep that she left; return the membership's id, None when she was no member."""
        left = (
            update(t.members)
            .where(
                t.members.c.collective_id == collective_id,
                t.members.c.person_id == person_id,
                t.members.c.left_at.is_(None),
            )
            .values(left_at=now)
            .returning(t.members.c.id)
        )
        row = await self._first(left)
        return row.id if row else None

    async def set_hours(self, collective_id: int, *, window: timedelta, hours: Hours) -> None:
        """Keep how long its rounds take answers and when the bot may start something."""
        await self._run(
            update(t.collectives)
            .where(t.collectives.c.id == collective_id)
            .values(
                window_hours=window // timedelta(hours=1),
                first_hour=hours.first.hour,
                last_hour=hours.last.hour,
            )
        )

    async def feast_days(self, collective_id: int) -> frozenset[date]:
        """Return its feast days, local dates, past ones too."""
        rows = await self._all(
            select(t.feast_days.c.day).where(t.feast_days.c.collective_id == collective_id)
        )
        return frozenset(row.day for row in rows)

    async def set_feast_day(self, collective_id: int, day: date, *, feast: bool) -> None:
        """Make a local day a feast day, or an ordinary one again."""
        place = {"collective_id": collective_id, "day": day}
        if feast:
            await self._run(self._insert(t.feast_days).values(place).on_conflict_do_nothing())
        else:
            await self._run(delete(t.feast_days).filter_by(**place))

    async def add_facilitator(self, collective_id: int, person_id: int, now: datetime) -> bool:
        """Add a facilitator; False when she already is one."""
        made = (
            self._insert(t.facilitators)
            .values(collective_id=collective_id, person_id=person_id, since=now)
            .on_conflict_do_nothing()
            .returning(t.facilitators.c.person_id)
        )
        return await self._first(made) is not None

    async def remove_facilitator(self, collective_id: int, person_id: int) -> bool:
        """Take the role from her; False when she did not hold it."""
        held = t.facilitators.c
        gone = delete(t.facilitators).where(
            held.collective_id == collective_id, held.person_id == person_id
        )
        return await self._count(gone) == 1

    async def group(self, collective_id: int) -> GroupChat | None:
        """Return the Telegram group of a collective."""
        row = await self._first(
            select(t.group_chats).where(t.group_chats.c.collective_id == collective_id)
        )
        if row is None:
            return None
        return GroupChat(
            collective_id=collective_id, chat_id=row.chat_id, unreachable=row.unreachable
        )

    async def set_language(self, collective_id: int, language: GroupLanguage) -> None:
        """Keep what a collective's group is spoken to in."""
        await self._run(
            update(t.collectives)
            .where(t.collectives.c.id == collective_id)
            .values(language=language.value)
        )

    async def by_group(self, chat_id: int) -> Collective | None:
        """Return the collective a Telegram group belongs to."""
        row = await self._first(
            select(t.collectives)
            .join(t.group_chats, t.group_chats.c.collective_id == t.collectives.c.id)
            .where(t.group_chats.c.chat_id == chat_id)
        )
        return _collective(row) if row else None

    async def link_group(
        self, collective_id: int, chat_id: int, linked_by: int | None, now: datetime
    ) -> None:
        """Make a Telegram group the collective's, in place of an earlier one."""
        linked = {
            "chat_id": chat_id,
            "linked_by": linked_by,
            "linked_at": now,
            "unreachable": None,
            "unreachable_at": None,
        }
        await self._run(
            self._insert(t.group_chats)
            .values(collective_id=collective_id, **linked)
            .on_conflict_do_update(index_elements=["collective_id"], set_=linked)
        )

    async def unlink_group(self, chat_id: int) -> None:
        """Forget a Telegram group."""
        await self._run(delete(t.group_chats).where(t.group_chats.c.chat_id == chat_id))

    async def set_group_reach(self, chat_id: int, reason: str | None, now: datetime) -> bool:
        """Keep why messages do not arrive in a group, None: they do; False when that was known."""
        changed = (
            update(t.group_chats)
            .where(
                t.group_chats.c.chat_id == chat_id,
                t.group_chats.c.unreachable.is_distinct_from(reason),
            )
            .values(unreachable=reason, unreachable_at=now if reason else None)
        )
        return await self._count(changed) == 1

    async def move_group(self, old_chat_id: int, new_chat_id: int) -> None:
        """Follow a group that Telegram turned into a supergroup; one that has a link keeps it."""
        linked = select(t.group_chats.c.chat_id).where(t.group_chats.c.chat_id == new_chat_id)
        await self._run(
            delete(t.group_chats).where(
                t.group_chats.c.chat_id == old_chat_id, linked.correlate(None).exists()
            )
        )
        await self._run(
            update(t.group_chats)
            .where(t.group_chats.c.chat_id == old_chat_id)
            .values(chat_id=new_chat_id, unreachable=None, unreachable_at=None)
        )


def _collective(row: Row[Any]) -> Collective:
    return Collective(
        id=row.id,
        name=row.name,
        trade=Trade(row.trade),
        place=row.place,
        zone=row.zone,
        language=GroupLanguage(row.language),
        window=timedelta(hours=row.window_hours),
        hours=Hours(first=time(row.first_hour), last=time(row.last_hour)),
    )
