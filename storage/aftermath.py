"""Queries about what follows decisions and meetings: tasks, and how it was."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, update

from collective.carrying_out import Task
from collective.feelings import After, Feelings, Felt, Question
from storage import tables as t
from storage.unit import Noun

#: By what it was asked after: the answers, by what number, and the table that keeps the counts.
_FELT = {
    After.VOTE: (t.felt, "proposal_id", t.proposals),
    After.MEETING: (t.activity_felt, "activity_id", t.activities),
}


class SqlAftermath(Noun):
    """What follows decisions and meetings."""

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

    async def set_done(self, task_id: int) -> None:
        """Keep that a task is done."""
        await self._run(update(t.tasks).where(t.tasks.c.id == task_id).values(done=True))

    async def put_felt(
        self, after: After, number: int, member_id: int, question: Question, felt: Felt
    ) -> None:
        """Keep her answer to one of the two questions until it is counted, not one after that.

        `number` is that of the proposal or the activity.
        """
        table, about, _ = _FELT[after]
        key = {about: number, "member_id": member_id, "question": question.value}
        kept = {"value": felt.value}
        await self._run(
            self._insert(table)
            .values({**key, **kept})
            .on_conflict_do_update(
                index_elements=list(key), set_=kept, where=table.c.value.is_not(None)
            )
        )

    async def felt(self, after: After, number: int) -> Feelings:
        """Count the answers that wait to be counted; nobody is shown these."""
        table, about, _ = _FELT[after]
        rows = await self._all(
            select(table.c.question, table.c.value, func.count().label("people"))
            .where(table.c[about] == number, table.c.value.is_not(None))
            .group_by(table.c.question, table.c.value)
        )
        found: dict[Question, dict[Felt, int]] = {question: {} for question in Question}
        for row in rows:
            found[Question(row.question)][Felt(row.value)] = row.people
        return found

    async def told(self, after: After, number: int) -> Feelings:
        """Return the counts that may be shown; a question of which nothing may is missing."""
        *_, table = _FELT[after]
        row = await self._first(select(table.c.felt).where(table.c.id == number))
        kept = (row.felt if row else None) or {}
        return {
            Question(question): {Felt(value): people for value, people in counts.items()}
            for question, counts in kept.items()
        }

    async def tell(
        self, after: After, number: int, told: Feelings, counted: Collection[Question]
    ) -> None:
        """Keep the counts that may be shown, and forget who answered what to the questions counted.

        That somebody has answered stays, so that nobody is counted twice.
        """
        table, about, parent = _FELT[after]
        kept = {question.value: dict(counts) for question, counts in told.items()}
        await self._run(update(parent).where(parent.c.id == number).values(felt=kept))
        named = [question.value for question in counted]
        those = (table.c[about] == number, table.c.question.in_(named))
        await self._run(update(table).where(*those).values(value=None))


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
