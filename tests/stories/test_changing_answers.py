"""She stops, goes on days later, and changes her answers until the round closes."""

from datetime import timedelta

import pytest


@pytest.fixture
async def aline(stage, now):
    """A member whose round has just opened."""
    cast = await stage.found(("Aline", "fr"), ("Béatrice", "fr"))
    await stage.until(now + timedelta(minutes=1))
    return cast["Aline"]


async def test_who_stops_is_not_reminded_and_goes_on_days_later(stage, aline, now):
    await aline.says("4")
    await aline.says("2")
    await aline.taps("Arrêter ici")
    await aline.sees("on s’arrête ici. Ce que tu as dit est gardé.", "●●○○○", "jusqu’au dimanche")
    await stage.until(now + timedelta(hours=49))
    await aline.never_saw("encore ouvert")
    await stage.people["Béatrice"].saw("encore ouvert")
    await aline.says("/point")
    await aline.sees("C’est noté : Vente.", "De quoi as-tu besoin")
    await aline.taps("Arrêter ici")
    await aline.taps("Continuer")
    await aline.checks_in("1")
    await aline.sees("Ton point est fini", "Bonne", "Vente", "Rien")


async def test_an_answer_is_changed_by_button_and_the_rest_stays(aline):
    await aline.checks_in("4", "2", "2")
    await aline.taps("Changer une réponse")
    await aline.sees("Quelle réponse veux-tu changer", "1. Comment est ta motivation", "Conseil")
    await aline.taps("2")
    await aline.sees("Ta réponse pour l’instant : Vente.", "Qu’as-tu fait")
    assert "✅ 2 🛍 Vente" in await aline.buttons()
    await aline.taps("Réunion")
    await aline.taps("C’est tout")
    await aline.sees("Ton point est fini", "Bonne", "Vente et Réunion", "Conseil")
    await aline.taps("Changer une réponse")
    await aline.taps("Ne rien changer")
    await aline.sees("Ton point est fini")


async def test_a_typed_text_corrects_what_the_card_asks_again(aline):
    await aline.checks_in("4", "2", "1")
    await aline.says("changer une réponse")
    await aline.says("1")
    await aline.sees("Ta réponse pour l’instant : Bonne.")
    await aline.says("2")
    await aline.sees("Ton point est fini", "Basse")


async def test_a_reply_to_a_finished_card_corrects_the_answer_it_can_only_mean(aline):
    await aline.checks_in("4", "2", "1")
    card = await aline.sees("Ton point est fini", "Vente")
    await aline.says("Formation", reply_to=card["message_id"])
    card = await aline.sees("Ton point est fini", "Formation")
    # A number could mean any of them.
    await aline.says("3", reply_to=card["message_id"])
    await aline.sees("Quelle réponse veux-tu changer")


async def test_a_correction_that_opens_a_question_asks_it(aline):
    await aline.checks_in("4", "2", "1")
    await aline.taps("Changer une réponse")
    await aline.taps("3")
    await aline.taps("Matériel")
    await aline.sees("C’est noté : Matériel.", "Veux-tu en dire plus")


async def test_after_the_closing_nothing_can_be_changed_and_the_card_says_when_the_next_comes(
    stage, aline
):
    await aline.checks_in("4", "2", "1")
    card = await aline.sees("Ton point est fini")
    await stage.later(days=3, hours=1)
    await aline.says("5", reply_to=card["message_id"])
    await aline.sees("Ce point est fermé. Le prochain commence jeudi 3 décembre à 17:00.")
    await stage.press(aline, card["message_id"], card["keyboard"][0][0]["data"])
    await aline.sees("Ce point est fermé.")


async def test_help_explains_the_question_in_place_and_keeps_what_is_ticked(aline):
    await aline.taps("4")
    await aline.taps("Vente")
    before = len(await aline.records())
    await aline.taps("Aide")
    await aline.sees("Tout ce que tu as fait avec d’autres")
    assert "✅ 2 🛍 Vente" in await aline.buttons()
    assert len(await aline.records()) == before


async def test_her_own_line_is_for_her_alone(stage, aline):
    await aline.taps("4 🙂")
    await stage.later(days=7)
    await aline.says("/mesreponses")
    # The round that is open now is no silence yet.
    shown = await aline.sees("Tujenge : ta motivation", "26/11/2026  ▓▓▓▓░ 4")
    assert "03/12" not in shown["text"]
    await stage.people["Nadine"].says("/mesreponses")
    await stage.people["Nadine"].sees("Tu n’as pas accès à cela")
