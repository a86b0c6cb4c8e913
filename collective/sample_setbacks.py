"""The setback of the sample collective: a theft in the sixth week, from which it has recovered."""

from datetime import datetime, timedelta

from collective.actions import setbacks
from collective.calendar import local_day
from collective.collectives import Collective
from collective.ports import Ledger
from collective.setbacks import Kind, Told

#: How long before the sample's now it happened, and how much later it was told and learned from.
BEFORE = timedelta(weeks=7, days=2)
TOLD_AFTER, LEARNED_AFTER = timedelta(days=1), timedelta(weeks=4)


async def fill(ledger: Ledger, collective: Collective, *, by: int, now: datetime) -> None:
    """Tell of it and note a lesson, as its facilitator `by` would have."""
    happened = now - BEFORE
    told = Told(
        kind=Kind.THEFT,
        weight=4,
        happened_on=local_day(happened, collective.zone),
        text="Deux machines à coudre ont été volées dans l’atelier pendant la nuit.",
    )
    async with ledger.writing() as store:
        made = await setbacks.tell(
            store, collective.id, told, draft="sample:setback", by=by, now=happened + TOLD_AFTER
        )
        await setbacks.note_lesson(
            store,
            made.id,
            "Deux membres gardent chacune une clé, et les machines dorment chez une voisine.",
            key="sample:lesson",
            by=by,
            now=happened + LEARNED_AFTER,
        )
