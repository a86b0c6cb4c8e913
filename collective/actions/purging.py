"""Purging what has been kept long enough. Audit lines and totals of rounds stay for good."""

from collections.abc import Mapping
from datetime import datetime

from collective import figures
from collective.forms import Form
from collective.ports import Store
from collective.retention import Retention

#: Rows of a kind that go in one unit of work: no answer waits long for a purge.
BATCH = 100
#: Rows that go with one person, roughly.
_PERSON = 10


async def count(store: Store, keep: Retention, *, now: datetime) -> Mapping[str, int]:
    """Return how many records of each kind would go."""
    found = {
        kind: await store.purging.count(kind, keep.before(kind, now)) for kind, _ in keep.kinds()
    }
    found["departed"] += len(await store.purging.departed(keep.before("departed", now)))
    return found


async def purge(
    store: Store,
    forms: Mapping[str, Form],
    keep: Retention,
    *,
    now: datetime,
    batch: int = BATCH,
) -> Mapping[str, int]:
    """Purge a batch of each kind and return how many records went; empty: nothing is left."""
    await _count_rounds(store, forms, keep.before("answers", now))
    gone = {
        kind: await store.purging.purge(kind, keep.before(kind, now), batch)
        for kind, _ in keep.kinds()
    }
    departed = await store.purging.departed(keep.before("departed", now), max(1, batch // _PERSON))
    for person_id in departed:
        await store.traces.erase(person_id, now)
    gone["departed"] += len(departed)
    return {kind: number for kind, number in gone.items() if number}


async def _count_rounds(store: Store, forms: Mapping[str, Form], before: datetime) -> None:
    """Keep the totals of rounds that closed before there were any."""
    for round_id in await store.purging.uncounted(before):
        round_ = await store.rounds.get(round_id)
        given = await store.checkins.of_round(round_id)
        if round_ is not None:
            await store.rounds.keep_totals(round_id, figures.count(round_.form_of(forms), given))
