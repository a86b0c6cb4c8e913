"""A phone that others look at: notifications say nothing, and the chat empties itself."""

from datetime import timedelta

import pytest

VEIL = "Bonjour Aline. Un petit mot pour toi."


async def go_discreet(chat):
    """Turn discreet mode on in the settings."""
    await chat.says("/reglages")
    await chat.taps("Mode discret")
    await chat.sees("Le mode discret n’est pas activé.", "effacé en moins d’un jour")
    await chat.taps("Activer")
    await chat.sees("Le mode discret est activé.")


@pytest.fixture
async def cast(stage, now):
    """A collective in which Aline is discreet; the round has just opened."""
    cast = await stage.found(("Aline", "fr"), ("Dorcas", "fr"))
    await go_discreet(cast["Aline"])
    await stage.until(now + timedelta(minutes=1))
    return cast


async def test_a_notification_says_nothing_and_a_tap_opens_the_card_in_its_place(stage, cast):
    aline = cast["Aline"]
    veil = await aline.sees(VEIL)
    await aline.never_saw("motivation", "Bonjour Aline. 5 questions")
    await aline.taps("Ouvrir")
    card = await aline.sees("Comment est ta motivation")
    assert card["message_id"] == veil["message_id"]
    await aline.taps("4 🙂")
    await aline.sees("C’est noté : Bonne.")
    # Whoever is not discreet reads her card at once.
    await cast["Dorcas"].sees("Comment est ta motivation")


async def test_what_she_writes_at_a_veil_opens_it_and_answers_nothing(stage, cast):
    aline = cast["Aline"]
    await aline.says("4")
    await aline.saw("Comment est ta motivation")
    await aline.never_saw("C’est noté")
    await aline.says("4")
    await aline.sees("C’est noté : Bonne.")


async def test_only_the_veils_of_her_own_chat_can_be_opened(stage, cast):
    data = (await cast["Aline"].sees(VEIL))["keyboard"][0][0]["data"]
    dorcas = cast["Dorcas"]
    hers = await dorcas.sees("Comment est ta motivation")
    for number in (data, "vA:404", "vA:-1"):
        await stage.press(dorcas, hers["message_id"], number)
        await dorcas.sees("Cela n’existe plus")
    before = await cast["Aline"].texts()
    for row in range(1, 40):
        await stage.press(dorcas, hers["message_id"], f"vA:{row}")
    await dorcas.never_saw("Aline")
    assert await cast["Aline"].texts() == before


async def test_summaries_and_broadcasts_come_under_a_veil_too(stage, cast, now):
    aline = cast["Aline"]
    await cast["Nadine"].says("/diffuser")
    await cast["Nadine"].says("Réunion vendredi à 9 h.")
    await cast["Nadine"].taps("Envoyer")
    await stage.settled()
    await aline.never_saw("Réunion vendredi")
    await aline.taps("Ouvrir")
    await aline.sees("Nadine", "Réunion vendredi à 9 h.")
    await stage.until(now + timedelta(days=4))
    await aline.never_saw("Résumé", "Ton point est encore ouvert")
    # What she opened is gone; what she did not open still waits under its veil.
    assert "9 h" not in await aline.texts()
    await aline.taps("Ouvrir")
    await aline.sees("Tujenge")


async def test_a_veil_opened_too_late_says_kindly_that_it_has_closed(stage, cast, now):
    await stage.until(now + timedelta(days=3, hours=1))
    aline = cast["Aline"]
    for record in await aline.records():
        for row in record["keyboard"] or []:
            if row[0]["text"] == "Ouvrir" and record["text"] == VEIL:
                await stage.press(aline, record["message_id"], row[0]["data"])
    await aline.saw("Ce point est fermé")


async def test_after_a_day_nothing_is_left_of_what_was_said_and_the_card_comes_back(stage, cast):
    aline = cast["Aline"]
    await aline.taps("Ouvrir")
    await aline.says("4")
    await aline.sees("C’est noté : Bonne.")
    await stage.sleeps_through(minutes=1)
    await stage.later(hours=20)
    said = await aline.texts()
    assert "4" not in said.split("\n")
    assert not [w for w in ("motivation", "noté", "mode discret", "petit mot") if w in said]
    await aline.says("/point")
    await aline.sees("Qu’as-tu fait")


async def test_what_is_too_old_to_be_deleted_says_nothing_any_more(stage, cast):
    await cast["Aline"].taps("Ouvrir")
    card = await cast["Aline"].sees("Comment est ta motivation")
    await stage.sleeps_through(hours=60)
    after = {each["message_id"]: each for each in await cast["Aline"].records()}
    found = after[card["message_id"]]
    assert (found["text"], found["keyboard"]) == ("Effacé.", None)


async def test_turned_off_again_she_reads_at_once(stage, now):
    aline = (await stage.found(("Aline", "fr")))["Aline"]
    await go_discreet(aline)
    await aline.taps("Désactiver")
    await aline.sees("Le mode discret n’est pas activé.")
    await stage.until(now + timedelta(minutes=1))
    await aline.sees("Comment est ta motivation")
