"""Another small collective beside the sample: members without Telegram, who meet nobody outside."""

from datetime import datetime, time, timedelta

from collective import sample_activities
from collective.actions import collectives, invites, roster
from collective.actions.collectives import Plan
from collective.activities import Kind
from collective.calendar import Cadence
from collective.collectives import Collective, GroupLanguage, Rhythm, Trade
from collective.ports import Ledger
from collective.sample_activities import Held

NAME = "Amani (exemple)"
FACILITATOR = "Esther"
#: How long before the sample's now it was founded: since then no opening of its own has passed.
FOUNDED = timedelta(days=6)

#: Written down by their facilitator.
MEMBERS = ("Mado", "Neema", "Riziki", "Sifa", "Zawadi")


def _held(kind: Kind, title: str, days: int, there: int) -> Held:
    return Held(
        planner=FACILITATOR,
        kind=kind,
        title=title,
        days=days,
        in_charge=FACILITATOR,
        there=MEMBERS[:there],
    )


#: So much by themselves, and for so long, that the summary has a word about it. Most of it was
#: noted afterwards: they had been together for longer.
ACTIVITIES = (
    _held(Kind.TRAINING, "Broder au point de croix", -61, 5),
    _held(Kind.PRODUCTION, "Vingt nappes brodées", -47, 4),
    _held(Kind.PRODUCTION, "Finir les nappes", -33, 5),
    _held(Kind.MUTUAL_HELP, "Réparer le toit de l’atelier", -19, 3),
    _held(Kind.PRODUCTION, "Dix chemins de table", -5, 4),
)


async def found(ledger: Ledger, zone: str, *, by: int, now: datetime) -> tuple[Collective, str]:
    """Found it as a coordinator would have; return it with its facilitator's invitation."""
    plan = Plan(
        draft="sample:neighbour",
        name=NAME,
        trade=Trade.EMBROIDERY,
        place="Goma",
        zone=zone,
        language=GroupLanguage.LINGALA,
        rhythm=Rhythm(cadence=Cadence.MONTHLY, weekday=3, at=time(17)),
    )
    async with ledger.writing() as store:
        made = await collectives.create(store, plan, by=by, now=now)
        token = await invites.invite_facilitator(store, made.id, by=by, now=now)
    return made, token


async def fill(ledger: Ledger, collective: Collective, *, by: int, now: datetime) -> None:
    """Write its members down and do things together, as its facilitator `by` would have."""
    persons = {FACILITATOR: by}
    for name in MEMBERS:
        async with ledger.writing() as store:
            member = await roster.add(
                store,
                collective.id,
                name,
                draft=f"sample:{name}",
                agreed=True,
                by=by,
                now=now - FOUNDED,
            )
        persons[name] = member.person_id
    await sample_activities.fill(
        ledger, collective.id, persons, collective.zone, ACTIVITIES, now=now
    )
