"""Activities of a sample collective: what it did together, and what is ahead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from collective.actions import activities, activity_bells, looking_back
from collective.activities import Activity, Coming, Details, Kind
from collective.calendar import Cadence
from collective.feelings import Felt, Question
from collective.ports import Ledger

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Held:
    """One activity with what was said of it before and after."""

    planner: str
    kind: Kind
    title: str
    #: How many days after now it is; before now where it is negative.
    days: int
    at: time = time(9)
    place: str | None = None
    with_whom: str | None = None
    open_to_others: bool = False
    repeats: Cadence | None = None
    in_charge: str | None = None
    #: Who said she comes, who may come; who was there, None: it was not looked back on.
    come: Sequence[str] = ()
    may_come: Sequence[str] = ()
    there: Sequence[str] | None = None
    learned: str | None = None
    #: It was put off by so many days; it was cancelled.
    put_off: int = 0
    cancelled: bool = False


#: Oldest first.
ACTIVITIES = (
    Held(
        planner="Clarisse",
        kind=Kind.TRAINING,
        title="Tokoyekola kotya langi ya bleu",
        days=-68,
        place="Atelier ya Kadutu",
        in_charge="Clarisse",
        come=("Aline", "Béatrice", "Clarisse", "Gloria"),
        there=("Aline", "Béatrice", "Clarisse", "Dorcas", "Gloria"),
        learned="Le sel fixe le bleu ; on rince deux fois.",
    ),
    Held(
        planner="Nadine",
        kind=Kind.MEETING,
        title="Réunion du mois : la machine à broder",
        days=-47,
        at=time(15),
        in_charge="Nadine",
        come=("Aline", "Béatrice", "Clarisse", "Dorcas", "Furaha"),
        there=("Aline", "Béatrice", "Clarisse", "Dorcas", "Espérance", "Furaha"),
        learned="On note qui prend la machine et quand.",
    ),
    Held(
        planner="Dorcas",
        kind=Kind.VISIT,
        title="Visite à l’association Umoja",
        days=-33,
        place="Bagira",
        with_whom="l’association Umoja",
        open_to_others=True,
        in_charge="Dorcas",
        come=("Béatrice", "Dorcas", "Gloria"),
        may_come=("Aline",),
        there=("Aline", "Béatrice", "Dorcas", "Gloria"),
        learned="Elles vendent ensemble le samedi, chacune son tour à la caisse.",
        put_off=3,
    ),
    Held(
        planner="Furaha",
        kind=Kind.PRODUCTION,
        title="Trente pagnes pour la commande",
        days=-19,
        in_charge="Furaha",
        come=("Clarisse", "Espérance", "Furaha"),
        cancelled=True,
    ),
    Held(
        planner="Aline",
        kind=Kind.SALE,
        title="Koteka na zando ya Kadutu",
        days=-5,
        place="Zando ya Kadutu",
        open_to_others=True,
        repeats=Cadence.WEEKLY,
        in_charge="Aline",
        come=("Aline", "Clarisse"),
        there=("Aline", "Clarisse", "Espérance"),
        learned="Bato balingaka bilamba ya mike.",
    ),
    Held(
        planner="Nadine",
        kind=Kind.MEETING,
        title="Réunion du mois : les apprenties",
        days=3,
        at=time(15),
        in_charge="Béatrice",
        come=("Béatrice", "Dorcas"),
        may_come=("Gloria",),
    ),
)
#: What the women said after a meeting, in turn.
_FELT = (Felt.YES, Felt.YES, Felt.A_LITTLE, Felt.YES, Felt.NO, Felt.YES)


async def fill(
    ledger: Ledger,
    collective_id: int,
    persons: Mapping[str, int],
    zone: str,
    together: Sequence[Held],
    *,
    now: datetime,
) -> None:
    """Plan, come and look back as people would have; `persons` are their numbers by name."""
    today = now.astimezone(ZoneInfo(zone)).date()
    for place, held in enumerate(together):
        planned_at = min(now - _DAY, now + (held.days - 6) * _DAY)
        in_charge = persons[held.in_charge] if held.in_charge else None
        said = Details(
            kind=held.kind,
            title=held.title,
            day=today + (held.days - held.put_off) * _DAY,
            at=held.at,
            place=held.place,
            open_to_others=held.open_to_others,
            with_whom=held.with_whom,
            repeats=held.repeats,
            in_charge=in_charge,
        )
        async with ledger.writing() as store:
            made = await activities.plan(
                store,
                collective_id,
                said,
                draft=f"sample:{collective_id}:{place}",
                by=persons[held.planner],
                now=planned_at,
            )
        await _before(ledger, made, held, persons, planned_at)
        if held.there is not None:
            await _after(ledger, made, held, persons)


async def _before(
    ledger: Ledger, made: Activity, held: Held, persons: Mapping[str, int], planned_at: datetime
) -> None:
    """Say who comes; put it off or cancel it on the next day."""
    said = [*((name, Coming.YES) for name in held.come)]
    said += [(name, Coming.MAYBE) for name in held.may_come]
    leads, later = persons[held.planner], planned_at + _DAY
    async with ledger.writing() as store:
        for name, coming in said:
            await activities.answer(store, made.id, coming, by=persons[name], now=planned_at)
        if held.put_off:
            day = made.details.day + held.put_off * _DAY
            await activities.put_off(store, made.id, day, held.at, by=leads, now=later)
        if held.cancelled:
            await activities.cancel(store, made.id, by=leads, now=later)


async def _after(ledger: Ledger, made: Activity, held: Held, persons: Mapping[str, int]) -> None:
    """Look back on it in the evening; after a meeting say how it was; let its series go on."""
    evening = made.starts_at + held.put_off * _DAY + timedelta(hours=4)
    by = persons[held.in_charge or held.planner]
    async with ledger.writing() as store:
        for name in held.there or ():
            member = await store.collectives.member(made.collective_id, persons[name])
            if member is not None:
                await looking_back.mark(store, made.id, member.id, present=True, by=by, now=evening)
        if held.learned is not None:
            await looking_back.write(store, made.id, held.learned, by=by, now=evening)
        await looking_back.finish(store, made.id, by=by, now=evening)
        await activity_bells.make_next(store, made.id, now=evening)
    if held.kind is not Kind.MEETING:
        return
    for question in Question:
        for name, felt in zip(held.there or (), _FELT, strict=False):
            async with ledger.writing() as store:
                await looking_back.feel(store, made.id, question, felt, by=persons[name])
