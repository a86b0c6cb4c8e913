"""The summary tells the week of the group: what was held, what is next, and who needs care."""

from datetime import date, time, timedelta

from collective.actions import activities
from collective.activities import Details, Kind


async def plan(stage, cast, title, day, *, kind=Kind.PRODUCTION):
    """An activity that the facilitator has planned."""
    said = Details(kind=kind, title=title, day=day, at=time(10))
    async with stage.database.writing() as store:
        place = cast.collective.id
        [nadine] = await store.collectives.facilitators(place)
        by = nadine.person_id
        await activities.plan(store, place, said, draft=title, by=by, now=stage.now)


async def test_the_group_reads_its_week_and_the_facilitator_who_needs_care(stage, now):
    cast = await stage.found(("Aline", "ln"), ("Clarisse", "fr"), group=True)
    await plan(stage, cast, "Zando ya Kadutu", date(2026, 11, 28), kind=Kind.OPEN_DAY)
    await plan(stage, cast, "Teinture", date(2026, 12, 2))
    await stage.until(now + timedelta(minutes=1))
    aline = cast["Aline"]
    for label in ("3", "Leka", "Kosolola na mokambi"):
        await aline.taps(label)
    await stage.until(now + timedelta(days=4))
    group = await stage.in_group(aline, cast.group)
    held, ahead = "28/11/2026 10:00 · 🚪 Zando ya Kadutu", "02/12/2026 10:00 · 🧵 Teinture"
    read = await group.saw("Activités faites :", held, "Prochaine activité :", ahead)
    assert "Misala ya lisanga oyo esalemi:" in read["text"]
    assert "Ce trimestre" not in read["text"]
    nadine = cast["Nadine"]
    read = await nadine.saw("Au moins une personne attend d’être vue ou appelée.", held, ahead)
    assert "Ce trimestre : 1 fois avec l’extérieur, 0 fois entre membres" in read["text"]
    assert "Aline" not in read["text"]
    await cast["Joséphine"].says("/resume")
    await cast["Joséphine"].sees(
        "Au moins une personne attend", "Ce trimestre : 1 fois avec l’extérieur"
    )
