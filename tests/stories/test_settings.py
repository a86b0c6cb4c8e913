"""Home, help and settings: what a person can do, in one message she walks through."""

from datetime import timedelta

import pytest


@pytest.fixture
async def cast(stage, now):
    """A collective whose round has just opened."""
    cast = await stage.found(("Aline", "fr"))
    await stage.until(now + timedelta(minutes=1))
    return cast


async def test_home_leads_everywhere_and_stays_one_message(cast):
    aline = cast["Aline"]
    await aline.says("/start")
    home = await aline.sees("Bonjour Aline.", "Ton point est ouvert.")
    for label, words in (
        ("Réglages", "Que veux-tu changer"),
        ("Suite", "Que veux-tu changer"),
        ("Confidentialité", "Personne d’autre que toi ne voit ta motivation"),
        ("Accueil", "Bonjour Aline."),
        ("Aide", "/pause · Faire une pause"),
    ):
        await aline.taps(label)
        assert (await aline.sees(words))["message_id"] == home["message_id"]
    await aline.says("4")
    await aline.sees("C’est noté : Bonne.")


async def test_a_choice_can_be_changed_and_the_page_says_what_holds(cast):
    aline = cast["Aline"]
    await aline.says("/reglages")
    await aline.taps("Suite")
    await aline.taps("Qui voit ma motivation")
    await aline.sees("Ton animatrice peut-elle voir ta motivation")
    await aline.taps("Oui")
    assert "✅ Oui" in await aline.buttons()
    for label in ("Retour", "Suite", "Avant", "Suite", "Confidentialité"):
        await aline.taps(label)
    await aline.sees("Tu as accepté que ton animatrice voie ta motivation")


async def test_another_language_is_spoken_at_once_also_by_the_card_that_is_open(stage, cast):
    aline = cast["Aline"]
    card = await aline.sees("Comment est ta motivation")
    await aline.says("/langue")
    await aline.taps("Lingala")
    await aline.sees("Mbote Aline.")
    [retold] = [r for r in await aline.records() if r["message_id"] == card["message_id"]]
    assert "Mposa na yo ya kosala" in retold["text"]
    assert {"command": "aide", "description": "Lisalisi"} in stage.menu(aline)
    await aline.says("3")
    await aline.sees("Katikati")


async def test_a_facilitators_commands_are_buttons(cast):
    nadine = cast["Nadine"]
    await nadine.says("/start")
    await nadine.taps("Écrire aux membres")
    await nadine.sees("Écris ton message pour Tujenge.")
    await nadine.says("Bonjour")
    await nadine.taps("Envoyer")
    await nadine.saw("L’envoi est fini.")


async def test_an_invented_page_is_none(stage, cast):
    aline = cast["Aline"]
    await aline.says("/start")
    home = await aline.sees("Bonjour Aline.")
    for data in (
        "sA:summary:1",
        "sA:choice:7",
        "sA:goodbye:99",
        "qA:member:99",
        "pA:52",
        "fA:99",
    ):
        await stage.press(aline, home["message_id"], data)
    await aline.never_saw("Traceback", "Tu as quitté", "Tout est effacé")
