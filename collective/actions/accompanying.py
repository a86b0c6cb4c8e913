"""Accompanying a collective: who has answered, a gentle reminder, the first steps."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from collective import access
from collective.actions import checkins, hours
from collective.checkins import Answers, CheckIn
from collective.collectives import Collective
from collective.errors import CrisisOpen, RoundClosed
from collective.events import Event
from collective.forms import Form, Kind
from collective.letters import fold
from collective.outbox import Lane
from collective.people import Consent, Member, is_paused
from collective.ports import Store
from collective.rounds import Round


class Progress(StrEnum):
    """How far somebody has come in a round."""

    FINISHED = "finished"
    STARTED = "started"
    SILENT = "silent"
    #: She makes a pause, so nobody misses her.
    PAUSED = "paused"
    #: She came after the round had opened.
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, kw_only=True)
class Participant:
    """A member in a round, as her facilitator may see her."""

    member: Member
    progress: Progress
    #: The digit she chose, only of who agreed that her facilitator sees it with her name.
    motivation: str | None


@dataclass(frozen=True, kw_only=True)
class Participation:
    """Who has answered the open round, else the newest one that closed; None: there was none."""

    collective: Collective
    round: Round | None
    people: tuple[Participant, ...]

    @property
    def answered(self) -> int:
        """How many have said something."""
        told = {Progress.FINISHED, Progress.STARTED}
        return sum(1 for each in self.people if each.progress in told)

    @property
    def expected(self) -> int:
        """How many are asked; who makes a pause counts only if she answered after all."""
        return self.answered + sum(1 for each in self.people if each.progress is Progress.SILENT)


@dataclass(frozen=True, kw_only=True)
class Start:
    """The first steps with a collective, and which of them are done."""

    members: int
    #: Of them, who has no Telegram.
    roster: int
    group: bool
    #: Why nothing arrives in the group, None while it does.
    group_lost: str | None
    #: Members whose Telegram takes no messages from the bot.
    unreached: tuple[Member, ...]
    opened: bool
    next_opens_at: datetime | None

    @property
    def done(self) -> bool:
        """True once nothing is left to be pointed out."""
        return bool(self.members) and self.group and self.opened


async def start(store: Store, collective_id: int, *, by: int) -> Start:
    """Say which first steps are done; its facilitator may ask. Raises NotAllowed."""
    await access.ensure_facilitates(store, by, collective_id)
    members = await store.collectives.members(collective_id)
    group = await store.collectives.group(collective_id)
    return Start(
        members=len(members),
        roster=sum(1 for member in members if member.chat_id is None),
        group=group is not None,
        group_lost=group.unreachable if group else None,
        unreached=tuple(each for each in members if each.unreachable is not None),
        opened=await store.rounds.newest(collective_id) is not None,
        next_opens_at=await checkins.next_opening(store, collective_id),
    )


async def participation(
    store: Store, forms: Mapping[str, Form], collective_id: int, *, by: int, now: datetime
) -> Participation:
    """Tell who has answered: names to the facilitator only, answers only of who agreed. Audited.

    Raises NotAllowed.
    """
    collective = await access.ensure_facilitates(store, by, collective_id)
    round_ = await store.rounds.newest(collective_id)
    asked = {
        checkin.member_id: (checkin, answers)
        for checkin, answers in (await store.checkins.everyone(round_.id) if round_ else [])
    }
    people = [
        await _participant(store, forms, round_, member, asked.get(member.id), now)
        for member in await store.collectives.members(collective_id)
    ]
    await store.audit.append(Event.PARTICIPATION_READ, by=by, subject=collective_id, now=now)
    people.sort(key=lambda each: fold(each.member.name))
    return Participation(collective=collective, round=round_, people=tuple(people))


async def unfinished(store: Store, collective_id: int, *, by: int, now: datetime) -> int:
    """Count whom a gentle reminder would reach. Raises NotAllowed, RoundClosed, CrisisOpen."""
    _, round_ = await _open_round(store, collective_id, by, now)
    return len(await store.checkins.unfinished(round_.id))


async def remind(store: Store, collective_id: int, *, by: int, now: datetime) -> int:
    """Remind who has not finished, at most once a day each; return how many are reminded.

    Raises NotAllowed, RoundClosed, CrisisOpen.
    """
    collective, round_ = await _open_round(store, collective_id, by, now)
    leaves = await hours.leaves_at(store, collective, now=now)
    day = leaves.astimezone(ZoneInfo(collective.zone)).date()
    cards = [
        replace(
            checkins.card(checkin, chat_id, now=leaves, lane=Lane.REMINDER, kind=checkins.REMINDER),
            key=f"nudge:{checkin.id}:{day}",
        )
        for checkin, chat_id in await store.checkins.unfinished(round_.id)
    ]
    await store.audit.append(Event.REMINDED, by=by, subject=round_.id, now=now)
    return await store.outbox.add(cards, now)


async def _open_round(
    store: Store, collective_id: int, by: int, now: datetime
) -> tuple[Collective, Round]:
    collective = await access.ensure_facilitates(store, by, collective_id)
    round_ = await store.rounds.open_of(collective_id, now)
    if round_ is None:
        raise RoundClosed(next_opens_at=await checkins.next_opening(store, collective_id))
    if await store.rounds.crisis_of(collective_id, now) is not None:
        raise CrisisOpen
    return collective, round_


async def _participant(
    store: Store,
    forms: Mapping[str, Form],
    round_: Round | None,
    member: Member,
    asked: tuple[CheckIn, Answers] | None,
    now: datetime,
) -> Participant:
    progress = _progress(member, asked, now)
    motivation = None
    if asked and round_ and Consent.NAMING in await store.people.consents(member.person_id):
        scale = next((q for q in forms[round_.form].questions if q.kind is Kind.SCALE), None)
        digit = asked[1].get(scale.key, "") if scale else ""
        motivation = digit if digit.isdigit() else None
    return Participant(member=member, progress=progress, motivation=motivation)


def _progress(member: Member, asked: tuple[CheckIn, Answers] | None, now: datetime) -> Progress:
    if asked is None:
        return Progress.PAUSED if is_paused(member, now) else Progress.NOT_ASKED
    checkin, answers = asked
    if checkin.finished_at is not None:
        return Progress.FINISHED
    if answers:
        return Progress.STARTED
    return Progress.SILENT if checkin.excused_at is None else Progress.PAUSED
