"""A member's own line: how she was, check-in by check-in, for her eyes only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from collective.collectives import Collective
from collective.forms import Form, Kind, Question
from collective.ports import Store

#: How many check-ins her line shows, the newest ones.
LENGTH = 8


@dataclass(frozen=True, kw_only=True)
class Step:
    """One check-in of hers."""

    opened_at: datetime
    question: Question
    #: What she answered, None for silence: a gap, which is not zero.
    value: str | None
    #: She made a pause: nobody missed her.
    paused: bool


@dataclass(frozen=True, kw_only=True)
class OwnLine:
    """Her steps in one collective, the oldest first."""

    collective: Collective
    steps: tuple[Step, ...]


async def read(store: Store, forms: Mapping[str, Form], *, by: int, now: datetime) -> list[OwnLine]:
    """Return her line in each of her collectives; she alone reads it."""
    standing = await store.people.standing(by)
    found = []
    for collective_id in sorted(standing.member_of):
        collective = await store.collectives.get(collective_id)
        if collective is not None:
            steps = await _steps(store, forms, collective_id, by, now)
            found.append(OwnLine(collective=collective, steps=steps))
    return found


async def _steps(
    store: Store, forms: Mapping[str, Form], collective_id: int, by: int, now: datetime
) -> tuple[Step, ...]:
    steps = []
    # One more than is shown: what is still open is no silence yet.
    for checkin in await store.checkins.newest_of(by, collective_id, now, LENGTH + 1):
        round_ = await store.rounds.get(checkin.round_id)
        scale = _scale(round_.form_of(forms)) if round_ else None
        if round_ is not None and scale is not None:
            answers = await store.checkins.answers(checkin.id)
            value, paused = answers.get(scale.key), checkin.excused_at is not None
            if value is not None or paused or not round_.takes_answers(now):
                steps.append(
                    Step(opened_at=round_.opens_at, question=scale, value=value, paused=paused)
                )
    return tuple(reversed(steps[:LENGTH]))


def _scale(form: Form) -> Question | None:
    return next((question for question in form.questions if question.kind is Kind.SCALE), None)
