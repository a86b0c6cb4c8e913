"""Reading how a collective is doing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from collective import access, figures
from collective.actions import life
from collective.actions.life import Life, Support
from collective.collectives import Collective
from collective.events import Event
from collective.figures import RoundFigures, Totals, round_figures
from collective.forms import Form
from collective.letters import fold
from collective.ports import Store
from collective.rounds import Round


@dataclass(frozen=True, kw_only=True)
class Summary:
    """One closed round of a collective in numbers, and what else its group lives."""

    collective: Collective
    round: Round
    form: Form
    figures: RoundFigures
    #: Empty after a crisis check-in, which tells of nothing else.
    life: Life = field(default_factory=Life)


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The newest closed round, and how many have answered the one that is open.

    While a round is open only participation is told: a mean read before and after one more
    answer would give that answer away.
    """

    collective: Collective
    last: Summary | None
    open: Round | None
    open_expected: int
    open_answered: int
    #: For who accompanies it and for coordinators.
    support: Support | None = None


async def of_round(
    store: Store, forms: Mapping[str, Form], round_id: int, *, now: datetime
) -> Summary | None:
    """Return the summary of a closed round; None while it is open or when it is gone."""
    round_ = await store.rounds.get(round_id)
    collective = await store.collectives.get(round_.collective_id) if round_ else None
    if round_ is None or collective is None or round_.closed_at is None:
        return None
    form = round_.form_of(forms)
    totals = await totals_of(store, form, round_id)
    return Summary(
        collective=collective,
        round=round_,
        form=form,
        figures=round_figures(form, totals),
        life=Life() if round_.crisis else await life.of_week(store, round_, now=now),
    )


async def totals_of(store: Store, form: Form, round_id: int) -> Totals:
    """Return what was counted when the round closed; count now what never was."""
    kept = await store.rounds.totals(round_id)
    return kept or figures.count(form, await store.checkins.of_round(round_id))


async def read(
    store: Store, forms: Mapping[str, Form], collective_id: int, *, by: int, now: datetime
) -> Overview:
    """Return the overview of a collective; coordinators and its facilitators may. Audited."""
    collective = await access.ensure_may_read(store, by, collective_id)
    await store.audit.append(Event.SUMMARY_READ, by=by, subject=collective_id, now=now)
    found = await overview(store, forms, collective, now=now)
    return replace(found, support=await life.support(store, collective, now=now))


async def overview(
    store: Store, forms: Mapping[str, Form], collective: Collective, *, now: datetime
) -> Overview:
    """Return what anybody in the collective may see."""
    closed = await store.rounds.last_closed(collective.id)
    open_ = await store.rounds.open_of(collective.id, now)
    given = await store.checkins.of_round(open_.id) if open_ else []
    return Overview(
        collective=collective,
        last=await of_round(store, forms, closed.id, now=now) if closed else None,
        open=open_,
        open_expected=len(given),
        open_answered=sum(1 for answers in given if answers),
    )


async def readable(store: Store, *, by: int) -> list[Collective]:
    """Return the collectives whose summaries a person may read, by name."""
    standing = await store.people.standing(by)
    return sorted(
        (
            collective
            for collective in await store.collectives.all()
            if standing.coordinator or collective.id in standing.facilitates
        ),
        key=lambda collective: fold(collective.name),
    )
