"""She stops, makes a pause, leaves, comes back, sees what is kept about her, and erases it."""

from datetime import timedelta

import pytest

from storage import tables as t

FIVE = [(name, "fr") for name in ("Aline", "Béatrice", "Clarisse", "Dorcas", "Espérance")]


@pytest.fixture
async def cast(stage, now):
    """A collective whose round has just opened."""
    cast = await stage.found(*FIVE)
    await stage.until(now + timedelta(minutes=1))
    return cast


async def test_stop_is_obeyed_at_once_and_she_chooses_in_her_own_time(stage, cast):
    aline = cast["Aline"]
    await aline.says("Stop !")
    await aline.sees("Je ne t’envoie rien jusqu’au jeudi 3 décembre", "Que veux-tu ?")
    assert await aline.buttons() == [
        "Continuer comme avant",
        "Faire une pause",
        "Partir",
        "Tout effacer",
        "Accueil",
    ]
    before = len(await aline.records())
    await stage.later(hours=49)
    assert len(await aline.records()) == before
    await aline.says("retour")
    await aline.sees("Bonjour Aline.", "Ton point est ouvert.")


async def test_a_typo_asks_first(stage, cast):
    aline = cast["Aline"]
    await aline.says("arete")
    await aline.sees("Veux-tu arrêter ?")
    await aline.taps("Oui, arrêter")
    await aline.sees("Je ne t’envoie rien jusqu’au")
    await aline.taps("Continuer comme avant")
    await aline.sees("Ton point est ouvert.")
    await aline.taps("Mon point")
    await aline.sees("Comment est ta motivation")


async def test_stop_is_no_wizards_text_and_is_heard_from_strangers(stage, cast):
    nadine, fatou = cast["Nadine"], await stage.person("Fatou", "ln")
    await nadine.says("/diffuser")
    await nadine.sees("Écris ton message")
    await nadine.says("stop")
    await nadine.sees("Que veux-tu ?")
    await fatou.says("TIKA")
    await fatou.sees("Sikoyo ozali na lisanga moko te")
    await fatou.taps("Longola nyonso")
    await fatou.sees("Nabombaka compte na yo ya Telegram")
    await fatou.taps("Longola nyonso")
    await fatou.sees("Nyonso elongolami.")
    async with stage.database.reading() as store:
        assert await store.people.account(fatou.person) is None


async def test_a_pause_until_the_next_opening_says_so_then(stage, cast, now):
    aline = cast["Aline"]
    await aline.says("/pause")
    await aline.taps("1 semaine")
    await aline.sees("Je ne t’envoie rien jusqu’au jeudi 3 décembre")
    await stage.until(now + timedelta(days=3, hours=1))
    await aline.never_saw("0 membre", "la semaine du groupe")
    await cast["Nadine"].saw("0 membre sur 4")
    await stage.until(now + timedelta(days=14, minutes=1))
    await aline.sees("Ta pause est finie.", "Comment est ta motivation")


async def test_she_leaves_says_why_to_whom_she_likes_and_comes_back(stage, cast):
    aline, nadine = cast["Aline"], cast["Nadine"]
    card = await aline.sees("Comment est ta motivation")
    await aline.says("/stop")
    await aline.taps("Partir")
    await aline.sees("Quitter : Tujenge ?", "pas pourquoi")
    await aline.taps("Oui, partir")
    left = await aline.saw("Tu as quitté Tujenge.", "Jusqu’au samedi 26 décembre")
    assert left["keyboard"][0][0]["text"] == "Revenir"
    await nadine.sees("Aline a quitté Tujenge.")
    await aline.says("Je déménage")
    await aline.sees("Qu’est-ce qui t’aurait fait rester ?")
    await aline.taps("Passer")
    await aline.taps("Oui, mon animatrice")
    await aline.sees("Bonne route")
    await nadine.sees("Aline, qui a quitté Tujenge, veut bien rester en contact", "Je déménage")
    await stage.press(aline, card["message_id"], card["keyboard"][0][0]["data"])
    await aline.sees("Tu as quitté Tujenge.")
    await aline.says("Je reviens")
    await aline.taps("Tujenge")
    await aline.taps("Revenir")
    await aline.sees("Bonjour Aline.", "Tujenge : le prochain point")
    await nadine.sees("Aline est de retour dans Tujenge.")


async def test_none_of_the_questions_has_to_be_answered(stage, cast):
    aline = cast["Aline"]
    await aline.says("/stop")
    for label in ("Partir", "Oui, partir", "Pas de questions"):
        await aline.taps(label)
    await aline.sees("Bonne route")
    await cast["Nadine"].never_saw("rester en contact")
    assert [m["command"] for m in stage.menu(aline)] == ["aide"]
    await aline.says("/start")
    await aline.sees("Tu n’es dans aucun collectif")


async def test_a_facilitator_who_leaves_hands_over(stage, cast):
    nadine, josephine = cast["Nadine"], cast["Joséphine"]
    await nadine.says("/reglages")
    for label in ("Arrêter ou partir", "Partir"):
        await nadine.taps(label)
    await nadine.sees("Quitter : Tujenge (animatrice) ?")
    await nadine.taps("Oui, partir")
    await josephine.sees("Tujenge n’a plus d’animatrice.", "/collectifs")
    await josephine.says("/stop")
    for label in ("Partir", "Oui, partir"):
        await josephine.taps(label)
    await josephine.sees("Tu es la seule coordinatrice")


async def test_she_is_sent_everything_that_is_kept_and_erases_it(stage, cast):
    aline, dorcas = cast["Aline"], cast["Dorcas"]
    await aline.taps("4")
    await aline.says("/mesdonnees")
    sent = await aline.sees("Voici ce que je garde sur toi, Aline", "Tes réponses : 1")
    page = stage.file_of(sent)
    assert "Comment est ta motivation" in page
    assert '"question": "motivation"' in page
    assert not [name for name in ("Nadine", "Dorcas", "Joséphine") if name in page]
    await aline.says("/oublier")
    await aline.sees("Effacer tout ce que je garde sur toi ?")
    await aline.taps("Tout effacer")
    await aline.sees("Tout est effacé.")
    async with stage.database.reading() as store:
        assert await store.people.account(aline.person) is None
        left = await store.people._all(t.shown.select().where(t.shown.c.chat_id == aline.chat))
        assert left == []
    before = len(await aline.records())
    await stage.later(days=3)
    assert len(await aline.records()) == before
    await dorcas.saw("la semaine du groupe", "0 membre sur 4")


async def test_what_was_queued_for_the_morning_finds_who_left_in_the_night_gone(stage, cast, now):
    await stage.until(now + timedelta(hours=5))
    nadine = cast["Nadine"]
    await nadine.says("/diffuser")
    await nadine.says("À samedi.")
    await nadine.taps("Envoyer")
    await cast["Aline"].says("/pause")
    await cast["Aline"].taps("1 semaine")
    await cast["Dorcas"].says("/stop")
    for label in ("Partir", "Oui, partir"):
        await cast["Dorcas"].taps(label)
    await stage.later(hours=14)
    await cast["Clarisse"].saw("À samedi.")
    for name in ("Aline", "Dorcas"):
        await cast[name].never_saw("À samedi.")
