"""Queries about what follows decisions: tasks, and how it felt to decide."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, update

from collective.carrying_out import Feelings, Felt, Question, Task
from storage import tables as t
from storage.unit import Noun


class SqlAftermath(Noun):
    """What follows decisions."""

    async def add_task(
        self,
        proposal_id: int,
        text: str,
        *,
        draft: str,
        person_id: int | None,
        due_on: date | None,
        now: datetime,
    ) -> Task | None:
        """Add a task; None when this draft already became one."""
        made = (
            self._insert(t.tasks)
            .values(
                draft=draft,
                proposal_id=proposal_id,
                person_id=person_id,
                text=text,
                due_on=due_on,
                done=False,
                given_at=now,
            )
            .on_conflict_do_nothing(index_elements=["draft"])
            .returning(t.tasks.c.id)
        )
        row = await self._first(made)
        return await self.task(row.id) if row else None

    async def task(self, task_id: int) -> Task | None:
        """Return a task."""
        row = await self._first(_tasks().where(t.tasks.c.id == task_id))
        return _task(row) if row else None

    async def tasks(self, proposal_id: int) -> list[Task]:
        """Return the tasks of a decision, in the order they were given."""
        rows = await self._all(
            _tasks().where(t.tasks.c.proposal_id == proposal_id).order_by(t.tasks.c.id)
        )
        return [_task(row) for row in rows]

    async def tasks_of(self, person_id: int, collective_id: int) -> list[Task]:
        """Return what she still has to do in a collective."""
        rows = await self._all(
            _tasks()
            .join(t.proposals, t.proposals.c.id == t.tasks.c.proposal_id)
            .where(
                t.tasks.c.person_id == person_id,
                t.proposals.c.collective_id == collective_id,
                t.tasks.c.done.is_(False),
            )
            .order_by(t.tasks.c.id)
        )
        return [_task(row) for row in rows]

    async def give_task(self, task_id: int, person_id: int | None) -> None:
        """Keep whose task it is now."""
        await self._run(update(t.tasks).where(t.tasks.c.id == task_id).values(person_id=person_id))

    async def set_done(self, task_id: int, *, done: bool) -> None:
        """Keep whether a task is done."""
        await self._run(update(t.tasks).where(t.tasks.c.id == task_id).values(done=done))

    async def put_felt(
        self, proposal_id: int, member_id: int, question: Question, felt: Felt
    ) -> None:
        """Keep her answer to one of the two questions until it is counted, not one after that."""
        key = {"proposal_id": proposal_id, "member_id": member_id, "question": question.value}
        kept = {"value": felt.value}
        await self._run(
            self._insert(t.felt)
            .values({**key, **kept})
            .on_conflict_do_update(
                index_elements=list(key), set_=kept, where=t.felt.c.value.is_not(None)
            )
        )

    async def felt(self, proposal_id: int) -> Feelings:
        """Count the answers that wait to be counted; nobody is shown these."""
        rows = await self._all(
            select(t.felt.c.question, t.felt.c.value, func.count().label("people"))
            .where(t.felt.c.proposal_id == proposal_id, t.felt.c.value.is_not(None))
            .group_by(t.felt.c.question, t.felt.c.value)
        )
        found: dict[Question, dict[Felt, int]] = {question: {} for question in Question}
        for row in rows:
            found[Question(row.question)][Felt(row.value)] = row.people
        return found

    async def told(self, proposal_id: int) -> Feelings:
        """Return the counts that may be shown; a question of which nothing may is missing."""
        row = await self._first(select(t.proposals.c.felt).where(t.proposals.c.id == proposal_id))
        kept = (row.felt if row else None) or {}
        return {
            Question(question): {Felt(value): people for value, people in counts.items()}
            for question, counts in kept.items()
        }

    async def tell(self, proposal_id: int, told: Feelings, counted: Collection[Question]) -> None:
        """Keep the counts that may be shown, and forget who answered what to the questions counted.

        That somebody has answered stays, so that nobody is counted twice.
        """
        kept = {question.value: dict(counts) for question, counts in told.items()}
        await self._run(
            update(t.proposals).where(t.proposals.c.id == proposal_id).values(felt=kept)
        )
        named = [question.value for question in counted]
        await self._run(
            update(t.felt)
            .where(t.felt.c.proposal_id == proposal_id, t.felt.c.question.in_(named))
            .values(value=None)
        )


def _tasks() -> Select[Any]:
    named = t.persons.c.name
    return select(t.tasks, named).outerjoin(t.persons, t.persons.c.id == t.tasks.c.person_id)


def _task(row: Row[Any]) -> Task:
    return Task(
        id=row.id,
        proposal_id=row.proposal_id,
        person_id=row.person_id,
        name=row.name,
        text=row.text,
        due_on=row.due_on,
        done=row.done,
    )
