"""Which rows have been kept long enough, and what becomes of them. A kind of record, a line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Row,
    Select,
    Table,
    and_,
    delete,
    func,
    or_,
    select,
    tuple_,
    update,
)

from collective.decisions import Stage
from collective.retention import MOTIVATION
from storage import tables as t
from storage.unit import Noun

#: The keys of some rows.
Keys = Sequence[Row[Any]]


#: Which rows of a table are past their time, given the moment before which they are.
Past = Callable[[datetime], ColumnElement[bool]]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One table: which rows are past their time, and what is done to those with these keys."""

    table: Table
    past: Past
    acts: Callable[[Keys], Sequence[Executable]]
    #: How many rows go with one of them, roughly.
    weight: int = 1

    def keys(self, before: datetime) -> Select[Any]:
        """Select the keys of the rows that are past their time."""
        return select(*self.table.primary_key).where(self.past(before))


def _older(column: ColumnElement[Any]) -> Past:
    return lambda before: column < before


def _among(table: Table, keys: Keys) -> ColumnElement[bool]:
    return tuple_(*table.primary_key).in_([tuple(key) for key in keys])


def _gone(table: Table, past: Past) -> Line:
    """Return the line of rows that simply go."""
    return Line(
        table=table, past=past, acts=lambda keys: [delete(table).where(_among(table, keys))]
    )


def _emptied(table: Table, past: Past, *columns: str) -> Line:
    """Return the line of rows that stay without some of their columns."""
    filled = or_(*(table.c[column].is_not(None) for column in columns))
    nothing = update(table).values(dict.fromkeys(columns))
    return Line(
        table=table,
        past=lambda before: and_(past(before), filled),
        acts=lambda keys: [nothing.where(_among(table, keys))],
    )


def _full_round(before: datetime) -> ColumnElement[bool]:
    return and_(t.rounds.c.opens_at < before, t.rounds.c.emptied.is_(None))


def _counted_round(before: datetime) -> ColumnElement[bool]:
    return and_(_full_round(before), t.rounds.c.expected.is_not(None))


def _empty_rounds(keys: Keys) -> Sequence[Executable]:
    rounds = [key.id for key in keys]
    others = and_(t.answers.c.round_id.in_(rounds), t.answers.c.question != MOTIVATION)
    marked = update(t.rounds).where(t.rounds.c.id.in_(rounds)).values(emptied=True)
    return [delete(t.answers).where(others), marked]


def _of_departed(before: datetime) -> ColumnElement[bool]:
    gone = select(t.members.c.id).where(t.members.c.left_at < before)
    return t.checkins.c.member_id.in_(gone)


#: What was said in a check-in, and what was to be done about it.
_SAID = (t.answers, t.words, t.voices, t.follow_ups)


def _forget_checkins(keys: Keys) -> Sequence[Executable]:
    checkins = [key.id for key in keys]
    said = [delete(table).where(table.c.checkin_id.in_(checkins)) for table in _SAID]
    return [*said, delete(t.checkins).where(t.checkins.c.id.in_(checkins))]


def _silence(keys: Keys) -> Sequence[Executable]:
    """Let occurrences go; a schedule that rings no more goes with the last of them."""
    rung = t.occurrences.c.schedule_id == t.schedules.c.id
    spent = and_(
        t.schedules.c.id.in_({key.schedule_id for key in keys}),
        t.schedules.c.next_due.is_(None),
        ~select(t.occurrences).where(rung).exists(),
    )
    past = delete(t.occurrences).where(_among(t.occurrences, keys))
    return [past, delete(t.schedules).where(spent)]


def _forget_broadcasts(keys: Keys) -> Sequence[Executable]:
    ids = [key.id for key in keys]
    parts = (t.broadcast_versions, t.broadcast_heard, t.broadcast_replies)
    said = [delete(table).where(table.c.broadcast_id.in_(ids)) for table in parts]
    return [*said, delete(t.broadcasts).where(t.broadcasts.c.id.in_(ids))]


def _never_sent(before: datetime) -> ColumnElement[bool]:
    return and_(t.broadcasts.c.created_at < before, t.broadcasts.c.leaves_at.is_(None))


def _ended(before: datetime) -> ColumnElement[bool]:
    asked = select(t.join_requests).where(t.join_requests.c.invite_id == t.invites.c.id).exists()
    over = or_(t.invites.c.expires_at < before, t.invites.c.revoked_at < before)
    return and_(over, ~asked)


def _left_open(before: datetime) -> ColumnElement[bool]:
    # The first rows do not know when they were written.
    return or_(t.conversation.c.kept_at < before, t.conversation.c.kept_at.is_(None))


def _nobody(before: datetime) -> ColumnElement[bool]:
    known = [
        select(table).where(table.c.account_id == t.accounts.c.id).exists()
        for table in (t.persons, t.join_requests)
    ]
    return and_(t.accounts.c.started_at < before, ~or_(*known))


def _of_vote(table: Table) -> Past:
    """Return which rows belong to a vote that closed long ago."""

    def past(before: datetime) -> ColumnElement[bool]:
        over = select(t.proposals.c.id).where(t.proposals.c.closed_at < before)
        return table.c.proposal_id.in_(over)

    return past


#: When it was said what an activity taught; many a look-back is never finished.
_LEARNED = func.coalesce(t.activities.c.finished_at, t.activities.c.starts_at)
#: What members said of activities, and where they were.
_OF_ACTIVITIES = (t.activity_answers, t.attendance, t.activity_felt)


def _of_activity(table: Table) -> Past:
    """Return which rows belong to an activity of long ago."""

    def past(before: datetime) -> ColumnElement[bool]:
        over = select(t.activities.c.id).where(t.activities.c.starts_at < before)
        return table.c.activity_id.in_(over)

    return past


def _draft(before: datetime) -> ColumnElement[bool]:
    made = t.proposals.c.created_at < before
    return and_(made, t.proposals.c.stage == Stage.DRAFT.value)


def _forget_drafts(keys: Keys) -> Sequence[Executable]:
    drafts = [key.id for key in keys]
    options = delete(t.proposal_options).where(t.proposal_options.c.proposal_id.in_(drafts))
    return [options, delete(t.proposals).where(t.proposals.c.id.in_(drafts))]


def _spoken(before: datetime) -> ColumnElement[bool]:
    """Questions asked by voice that nobody has to hear any more to vote."""
    asked = t.proposals.c.stage.in_([Stage.DISCUSSION.value, Stage.OPEN.value])
    since = func.coalesce(t.proposals.c.closed_at, t.proposals.c.created_at)
    return and_(t.proposals.c.voice.is_not(None), ~asked, since < before)


def _forget_voices(keys: Keys) -> Sequence[Executable]:
    asked = [key.id for key in keys]
    heard = t.spoken_questions
    silent = update(t.proposals).where(t.proposals.c.id.in_(asked)).values(voice=None)
    return [delete(heard).where(heard.c.proposal_id.in_(asked)), silent]


#: By kind of Retention; a test sees that each has its lines.
LINES: Mapping[str, Sequence[Line]] = {
    "voices": [
        _gone(t.voices, _older(t.voices.c.said_at)),
        Line(table=t.proposals, past=_spoken, acts=_forget_voices),
        _emptied(
            t.setbacks,
            _older(t.setbacks.c.told_at),
            *("voice", "voice_seconds", "sound", "fetch_at"),
        ),
        _emptied(
            t.broadcast_versions, _older(t.broadcast_versions.c.written_at), "content", "file_id"
        ),
        _emptied(t.broadcast_replies, _older(t.broadcast_replies.c.said_at), "file_id"),
        _gone(t.activity_files, _older(t.activity_files.c.given_at)),
    ],
    "words": [
        _gone(t.words, _older(t.words.c.said_at)),
        _emptied(t.departures, _older(t.departures.c.left_at), "why", "missed"),
        _gone(t.concerns, _older(t.concerns.c.said_at)),
        _emptied(t.setbacks, _older(t.setbacks.c.told_at), "text"),
        _emptied(t.ballots, _of_vote(t.ballots), "reason"),
        _gone(t.tasks, _of_vote(t.tasks)),
        _emptied(t.activities, _older(_LEARNED), "learned"),
        Line(
            table=t.broadcasts,
            past=_older(t.broadcasts.c.created_at),
            acts=_forget_broadcasts,
            weight=5,
        ),
    ],
    "answers": [
        Line(table=t.rounds, past=_counted_round, acts=_empty_rounds, weight=100),
        *(_gone(table, _of_vote(table)) for table in (t.ballots, t.ballots_closed)),
        *(_gone(table, _of_vote(table)) for table in (t.entitled, t.felt)),
        *(_gone(table, _of_activity(table)) for table in _OF_ACTIVITIES),
        _gone(t.follow_ups, _older(t.follow_ups.c.since)),
    ],
    # That she answered stays as long as the roll: nobody is counted twice.
    "felt": [
        _emptied(t.felt, _of_vote(t.felt), "value"),
        _emptied(t.activity_felt, _of_activity(t.activity_felt), "value"),
    ],
    "departed": [Line(table=t.checkins, past=_of_departed, acts=_forget_checkins, weight=5)],
    "groups": [_gone(t.group_chats, _older(t.group_chats.c.unreachable_at))],
    "strangers": [_gone(t.accounts, _nobody)],
    "messages": [_gone(t.outbox, _older(t.outbox.c.settled_at))],
    "cards": [_gone(t.shown, _older(t.shown.c.shown_at))],
    "pages": [
        _gone(t.conversation, _left_open),
        Line(table=t.broadcasts, past=_never_sent, acts=_forget_broadcasts, weight=2),
        Line(table=t.proposals, past=_draft, acts=_forget_drafts, weight=5),
    ],
    "invites": [_gone(t.invites, _ended)],
    "bells": [Line(table=t.occurrences, past=_older(t.occurrences.c.dealt_at), acts=_silence)],
    "tries": [_gone(t.code_tries, _older(t.code_tries.c.at))],
    "updates": [_gone(t.dead_updates, _older(t.dead_updates.c.at))],
}


#: Rounds that are counted in one unit of work.
_UNCOUNTED = 10


class SqlPurging(Noun):
    """What has been kept long enough."""

    async def count(self, kind: str, before: datetime) -> int:
        """Count the records of a kind that are past their time."""
        found = 0
        for line in LINES[kind]:
            counted = select(func.count()).select_from(line.keys(before).subquery())
            found += int((await self._run(counted)).scalar_one())
        return found

    async def purge(self, kind: str, before: datetime, limit: int) -> int:
        """Let some of them go, so many rows at most; return how many records went."""
        found = 0
        for line in LINES[kind]:
            keys = await self._all(line.keys(before).limit(max(1, limit // line.weight)))
            for act in line.acts(keys) if keys else ():
                await self._run(act)
            found += len(keys)
        return found

    async def departed(self, before: datetime, limit: int | None = None) -> list[int]:
        """Return who has left everything before then and holds no role, some of them or all."""
        of = t.members.c.person_id == t.persons.c.id
        held = [
            select(t.members.c.id).where(
                of, or_(t.members.c.left_at.is_(None), t.members.c.left_at >= before)
            ),
            select(t.facilitators).where(t.facilitators.c.person_id == t.persons.c.id),
            select(t.coordinators).where(t.coordinators.c.person_id == t.persons.c.id),
        ]
        rows = await self._all(
            select(t.persons.c.id)
            .where(select(t.members.c.id).where(of).exists(), *(~each.exists() for each in held))
            .order_by(t.persons.c.id)
            .limit(limit)
        )
        return [row.id for row in rows]

    async def uncounted(self, before: datetime) -> list[int]:
        """Return some closed rounds past their time that have no totals yet."""
        rows = await self._all(
            select(t.rounds.c.id)
            .where(_full_round(before), t.rounds.c.expected.is_(None))
            .where(t.rounds.c.closed_at.is_not(None))
            .limit(_UNCOUNTED)
        )
        return [row.id for row in rows]
