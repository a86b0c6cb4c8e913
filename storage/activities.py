"""Queries about activities: what is planned, who comes, who was there, what was learned."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, select, update

from collective.activities import (
    LASTS,
    Activity,
    Comers,
    Coming,
    Details,
    Regular,
)
from storage import activity_rows
from storage import tables as t
from storage.prepared import Prepared
from storage.unit import Noun


class SqlActivities(Noun):
    """Activities, who says she comes, who was there, what was learned."""

    async def add(
        self,
        *,
        draft: str,
        collective_id: int,
        planned_by: int | None,
        details: Details,
        starts_at: datetime,
        regular: Regular | None = None,
        series_id: int | None = None,
        now: datetime,
    ) -> Activity | None:
        """Add an activity; None when this draft already became one.

        Without `regular` its own day and hour are those of its series, which it then begins.
        """
        regular = regular or Regular(day=details.day, at=details.at)
        made = (
            self._insert(t.activities)
            .values(
                draft=draft,
                collective_id=collective_id,
                planned_by=planned_by,
                starts_at=starts_at,
                planned_at=now,
                series_id=series_id,
                **activity_rows.regularly(regular),
                **activity_rows.written(details),
            )
            .on_conflict_do_nothing(index_elements=["draft"])
            .returning(t.activities.c.id)
        )
        row = await self._first(made)
        if row is None:
            return None
        if series_id is None and details.repeats is not None:
            await self._change(row.id, series_id=row.id)
        return await self.get(row.id)

    async def by_draft(self, draft: str) -> Activity | None:
        """Return the activity that a draft became."""
        return await self._one(activity_rows.chosen().where(t.activities.c.draft == draft))

    async def get(self, activity_id: int) -> Activity | None:
        """Return an activity."""
        return await self._one(activity_rows.chosen().where(t.activities.c.id == activity_id))

    async def hold(self, activity_id: int) -> Activity | None:
        """Return an activity; other units that hold it wait until this one has ended."""
        # NO KEY: answers point here, and a lock of theirs must not meet this one.
        held = activity_rows.chosen().where(t.activities.c.id == activity_id)
        return await self._one(held.with_for_update(key_share=True, of=t.activities))

    async def put_details(
        self,
        activity_id: int,
        details: Details,
        *,
        starts_at: datetime,
        was_at: datetime | None,
        regular: Regular,
    ) -> None:
        """Keep what is said of it, in place of what was; `was_at` is when it was to begin."""
        moments = {"starts_at": starts_at, "was_at": was_at, **activity_rows.regularly(regular)}
        written = {**activity_rows.written(details), **moments}
        if details.repeats is not None:
            # One that repeats from now on begins a series.
            written["series_id"] = func.coalesce(t.activities.c.series_id, activity_id)
        await self._change(activity_id, **written)

    async def put_in_charge(self, activity_id: int, person_id: int | None) -> None:
        """Keep who is in charge of it now."""
        await self._change(activity_id, in_charge=person_id)

    async def end_series(self, activity_id: int) -> None:
        """Keep that no other one follows it, nor any other of its series."""
        held = t.activities
        # By its collective first, which has an index.
        place, series = (
            select(column).where(held.c.id == activity_id).scalar_subquery()
            for column in (held.c.collective_id, held.c.series_id)
        )
        hers = and_(held.c.collective_id == place, held.c.series_id == series)
        await self._run(update(held).where(hers).values(repeats=None))

    async def cancel(self, activity_id: int, now: datetime) -> None:
        """Keep that it does not take place."""
        await self._change(activity_id, cancelled_at=now)

    async def ahead(self, collective_id: int, now: datetime, limit: int = 20) -> list[Activity]:
        """Return what is planned and not over, the soonest first."""
        return await self._found(_ahead(now - LASTS, limit).where(_standing(collective_id)))

    async def ahead_for(self, person_id: int, now: datetime, limit: int = 1) -> list[Activity]:
        """Return the same of all collectives she is a member of."""
        return await self._found(_AHEAD_FOR, person=person_id, since=now - LASTS, limit=limit)

    async def behind(self, collective_id: int, now: datetime, limit: int) -> list[Activity]:
        """Return what is over and was not cancelled, the newest first."""
        held = t.activities.c
        chosen = activity_rows.chosen().where(_over(collective_id, now))
        newest = chosen.order_by(held.starts_at.desc(), held.id.desc())
        return await self._found(newest.limit(limit))

    async def between(self, collective_id: int, first: datetime, end: datetime) -> list[Activity]:
        """Return what begins in [first, end), cancelled ones too, the oldest first."""
        held = t.activities.c
        then = and_(held.starts_at >= first, held.starts_at < end)
        chosen = activity_rows.chosen().where(held.collective_id == collective_id, then)
        return await self._found(chosen.order_by(held.starts_at, held.id))

    async def in_charge_of(self, person_id: int, collective_id: int) -> list[Activity]:
        """Return what she is in charge of and was neither finished nor cancelled."""
        held = t.activities.c
        hers = and_(_standing(collective_id), held.in_charge == person_id)
        return await self._found(
            activity_rows.chosen()
            .where(hers, held.finished_at.is_(None))
            .order_by(held.starts_at, held.id)
        )

    async def put_coming(
        self, activity_id: int, member_id: int, coming: Coming, now: datetime
    ) -> None:
        """Keep whether she comes, in place of what she said before."""
        kept = {"coming": coming.value, "said_at": now}
        await self._run(
            self._insert(t.activity_answers)
            .values(activity_id=activity_id, member_id=member_id, **kept)
            .on_conflict_do_update(index_elements=["activity_id", "member_id"], set_=kept)
        )

    async def coming(self, activity_id: int) -> Comers:
        """Return what members said, by membership; who said nothing is missing."""
        held = t.activity_answers
        rows = await self._all(select(held).where(held.c.activity_id == activity_id))
        return {row.member_id: Coming(row.coming) for row in rows}

    async def forget_coming(self, member_id: int, now: datetime) -> None:
        """Forget what she said of activities that have not begun."""
        held, of = t.activity_answers, t.activities.c
        # Of the few that are hers: all that is ahead anywhere would be a walk.
        ahead = select(of.id).where(of.id == held.c.activity_id, of.starts_at > now).exists()
        await self._run(delete(held).where(held.c.member_id == member_id, ahead))

    async def mark(self, activity_id: int, member_id: int, *, present: bool) -> None:
        """Keep whether a member was there."""
        key = {"activity_id": activity_id, "member_id": member_id}
        if present:
            await self._run(self._insert(t.attendance).values(**key).on_conflict_do_nothing())
        else:
            await self._run(delete(t.attendance).filter_by(**key))

    async def present(self, activity_id: int) -> frozenset[int]:
        """Return the memberships of who was there."""
        held = t.attendance.c
        rows = await self._all(select(held.member_id).where(held.activity_id == activity_id))
        return frozenset(row.member_id for row in rows)

    async def put_learned(self, activity_id: int, text: str | None) -> None:
        """Keep what was learned in words; None: nothing in words."""
        await self._change(activity_id, learned=text)

    async def finish(self, activity_id: int, *, attended: int, members: int, now: datetime) -> None:
        """Keep that its look-back is finished, and how many of how many members were there."""
        await self._change(activity_id, attended=attended, members=members, finished_at=now)

    async def _change(self, activity_id: int, **kept: object) -> None:
        await self._run(update(t.activities).where(t.activities.c.id == activity_id).values(kept))

    async def _one(self, chosen: Select[Any]) -> Activity | None:
        row = await self._first(chosen)
        return activity_rows.read(row) if row else None

    async def _found(self, chosen: Select[Any] | Prepared, **values: Any) -> list[Activity]:
        return [activity_rows.read(row) for row in await self._all(chosen, **values)]


def _ahead(since: Any, limit: Any) -> Select[Any]:
    held = t.activities.c
    planned = and_(held.starts_at > since, held.cancelled_at.is_(None))
    chosen = activity_rows.chosen().where(planned, held.finished_at.is_(None))
    return chosen.order_by(held.starts_at, held.id).limit(limit)


def _ahead_for() -> Prepared:
    held = t.members.c
    hers = select(held.collective_id).where(
        held.person_id == bindparam("person"), held.left_at.is_(None)
    )
    chosen = _ahead(bindparam("since"), bindparam("limit"))
    return Prepared(chosen.where(t.activities.c.collective_id.in_(hers)))


_AHEAD_FOR = _ahead_for()


def _standing(collective_id: int) -> ColumnElement[bool]:
    held = t.activities.c
    return and_(held.collective_id == collective_id, held.cancelled_at.is_(None))


def _over(collective_id: int, now: datetime) -> ColumnElement[bool]:
    # Who looks back has begun to, so it has begun: what was finished early is over too.
    held = t.activities.c
    over = (held.starts_at <= now - LASTS) | held.finished_at.is_not(None)
    return and_(_standing(collective_id), over)
