"""Showing a person everything that is kept about her, and erasing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from collective import figures
from collective.actions import broadcast_follow, leaving, proposals
from collective.collectives import Collective
from collective.events import Event
from collective.forms import Form
from collective.people import Role
from collective.ports import Store
from collective.rounds import Round


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What is kept about one person; no other person's name is in it."""

    #: Her rows by table, column by column.
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    #: What the numbers in them mean.
    collectives: Mapping[int, Collective]
    rounds: Mapping[int, Round]


async def asked(store: Store, *, by: int, now: datetime) -> None:
    """Keep that she asked to see what is kept about her."""
    await store.audit.append(Event.DATA_EXPORTED, by=by, subject=None, now=now)


async def read(store: Store, person_id: int) -> Kept:
    """Return what is kept about a person, for her own eyes."""
    rows = await store.traces.read(person_id)
    named = {
        row["collective_id"] for table in rows.values() for row in table if "collective_id" in row
    }
    collectives = [await store.collectives.get(key) for key in sorted(named - {None})]
    rounds = [await store.rounds.get(row["round_id"]) for row in rows["checkins"]]
    return Kept(
        rows=rows,
        collectives={each.id: each for each in collectives if each},
        rounds={each.id: each for each in rounds if each},
    )


async def erase(store: Store, forms: Mapping[str, Form], *, by: int, now: datetime) -> None:
    """Erase everything about her. Totals of closed rounds stay: they carry no names.

    What she was responsible for is handed over. Even the last coordinator may: her data are hers.
    """
    for collective_id in sorted((await store.people.standing(by)).facilitates):
        await leaving.leave(store, Role.FACILITATOR, collective_id, by=by, now=now)
    for round_id in await store.traces.uncounted_rounds(by):
        # Held: a round that closes at this moment has counted her, or never saw her.
        round_ = await store.rounds.hold(round_id)
        if round_ is not None and round_.closed_at is not None:
            given = await store.checkins.of_round(round_id)
            await store.rounds.keep_totals(round_id, figures.count(round_.form_of(forms), given))
    await store.broadcasts.discard_unsent(by)
    for broadcast_id in await store.broadcasts.leaving_of(by):
        # What has arrived has arrived; nobody would be there to answer for the rest.
        await broadcast_follow.cancel(store, broadcast_id, by=by, now=now)
    for collective_id in sorted((await store.people.standing(by)).member_of):
        # Held: a vote that opens at this moment finds her gone.
        await store.collectives.hold(collective_id)
        await leaving.hand_over(store, by, collective_id, now=now)
    await store.proposals.forget_drafts(by)
    await proposals.withdraw_spoken(store, by=by, now=now)
    await store.audit.append(Event.ERASED, by=by, subject=None, now=now)
    await store.traces.erase(by, now)
