"""A coordinator creates collectives and reads how they are doing."""

from datetime import timedelta

import pytest

NAMES = ("Aline", "Béatrice", "Clarisse", "Dorcas", "Espérance")


@pytest.fixture
async def jo(stage):
    """A coordinator."""
    return (await stage.found())["Joséphine"]


async def found(jo):
    await jo.says("/nouveau")
    await jo.says("Amani")
    await jo.taps("Couture")
    await jo.says("Goma")
    for label in ("Kinshasa", "Chaque semaine", "Mardi", "09:00", "Lingala et français"):
        await jo.taps(label)


async def test_she_creates_a_collective_and_gets_the_facilitators_link(stage, jo):
    await found(jo)
    await jo.sees("Amani", "Couture · Goma", "Point : chaque mardi, 09:00 (Kinshasa)")
    await jo.taps("Créer")
    await jo.saw("Lien pour l’animatrice de Amani", "pendant 2 semaines")
    furaha = await stage.person("Furaha")
    await furaha.opens(await jo.link())
    for label in ("Français", "Je suis d’accord", "Furaha"):
        await furaha.taps(label)
    await furaha.sees("Bienvenue dans Amani. Tu es animatrice.", "/inviter")


async def test_the_link_comes_with_a_picture_to_scan(jo):
    await found(jo)
    await jo.taps("Créer")
    card = await jo.saw("Lien pour l’animatrice")
    assert card["media"]["kind"] == "photo"


async def test_pressing_create_twice_makes_one_collective(stage, jo):
    await found(jo)
    card = await jo.sees("Amani", "Goma")
    create = card["keyboard"][0][0]["data"]
    for _ in range(2):
        await stage.press(jo, card["message_id"], create)
    async with stage.database.reading() as store:
        names = [each.name for each in await store.collectives.all()]
    assert names.count("Amani") == 1


async def test_she_can_go_back_a_step(jo):
    await jo.says("/nouveau")
    await jo.says("Aman")
    await jo.taps("Retour")
    await jo.says("Amani")
    await jo.sees("Quel est son métier ?")


async def test_the_first_round_opens_on_the_day_and_hour_she_chose(stage, jo, now):
    await found(jo)
    await jo.taps("Créer")
    await jo.saw("Lien pour l’animatrice de Amani")
    async with stage.database.reading() as store:
        [amani] = [each for each in await store.collectives.all() if each.name == "Amani"]
        [first] = [s for s in await store.schedules.upcoming(9) if s.subject == amani.id]
    assert first.next_due.isoformat() == "2026-12-01T08:00:00+00:00"


async def test_only_coordinators_create_collectives(stage):
    cast = await stage.found(("Aline", "fr"))
    for name in ("Aline", "Nadine"):
        await cast[name].says("/nouveau")
        await cast[name].sees("Tu n’as pas accès à cela.")


async def test_she_reads_how_a_collective_is_doing(stage, now):
    cast = await stage.found(*((name, "fr") for name in NAMES))
    await stage.until(now + timedelta(minutes=1))
    for name in NAMES:
        await cast[name].checks_in("4", "2", "1")
    await stage.until(now + timedelta(days=3, minutes=1))
    await cast["Joséphine"].says("/resume")
    summary = await cast["Joséphine"].sees("Tujenge, semaine du jeudi 26 novembre", "▓▓▓▓░ 4,0")
    assert not [name for name in NAMES if name in summary["text"]]


async def test_while_a_round_is_open_she_sees_how_many_and_no_mood(stage, now):
    cast = await stage.found(*((name, "fr") for name in NAMES))
    await stage.until(now + timedelta(minutes=1))
    for name in NAMES:
        await cast[name].says("4")
    await cast["Joséphine"].says("/resume")
    overview = await cast["Joséphine"].sees("Point en cours. Réponses : 5 sur 5.")
    assert "▓" not in overview["text"]


async def test_with_several_collectives_she_chooses_one(stage, jo):
    await found(jo)
    await jo.taps("Créer")
    await jo.saw("Lien pour l’animatrice de Amani")
    await jo.says("/resume")
    await jo.sees("Quel collectif ?")
    await jo.taps("Amani")
    await jo.sees("Amani : aucun point n’est encore fini")
    await jo.taps("Autre collectif")
    await jo.taps("Tujenge")
    await jo.sees("Tujenge : aucun point n’est encore fini")


async def test_members_cannot_read_summaries(stage):
    cast = await stage.found(("Aline", "fr"))
    await cast["Aline"].says("/resume")
    await cast["Aline"].sees("Tu n’as pas accès à cela.")
