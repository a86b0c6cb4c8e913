"""A facilitator writes to her collective."""

from datetime import timedelta

import pytest

TWO = [("Aline", "ln"), ("Béatrice", "fr")]


@pytest.fixture
async def cast(stage):
    """A facilitator, two members and their group."""
    return await stage.found(*TWO, group=True)


async def compose(nadine, text):
    await nadine.says("/diffuser")
    await nadine.sees("Écris ton message pour Tujenge.")
    await nadine.says(text)


async def test_everyone_and_the_group_get_it_under_her_name(stage, cast):
    await compose(cast["Nadine"], "Réunion samedi à 9 h.")
    await cast["Nadine"].sees("📣 Nadine", "Réunion samedi", "À 2 membres et au groupe.")
    await cast["Nadine"].taps("Envoyer")
    await cast["Aline"].sees("📣 Nadine", "Réunion samedi à 9 h.")
    await cast["Béatrice"].sees("📣 Nadine", "Réunion samedi à 9 h.")
    group = await (await stage.in_group(cast["Aline"], cast.group)).sees("Réunion samedi")
    assert group["text"].count("Réunion samedi") == 1


async def test_she_learns_how_many_were_sent(cast):
    await compose(cast["Nadine"], "Bonjour.")
    await cast["Nadine"].taps("Envoyer")
    await cast["Nadine"].sees("L’envoi est fini.", "Envoyés : 3")


async def test_who_blocked_the_bot_is_counted_apart(stage, cast):
    await stage.playground.block(cast["Aline"].person, wait=True)
    await compose(cast["Nadine"], "Bonjour.")
    await cast["Nadine"].taps("Envoyer")
    await cast["Nadine"].sees("Envoyés : 2", "Bloqué : 1")


async def test_nothing_leaves_before_she_presses_send(cast):
    await compose(cast["Nadine"], "Pas encore.")
    await cast["Nadine"].taps("Annuler")
    await cast["Nadine"].says("/aide")
    await cast["Aline"].never_saw("Pas encore")


async def test_she_can_change_the_text(cast):
    await compose(cast["Nadine"], "Samedi.")
    await cast["Nadine"].taps("Changer le texte")
    await cast["Nadine"].says("Dimanche.")
    await cast["Nadine"].taps("Envoyer")
    await cast["Aline"].sees("Dimanche.")
    await cast["Aline"].never_saw("Samedi")


async def test_pressing_send_twice_sends_once(stage, cast):
    await compose(cast["Nadine"], "Une fois.")
    card = await cast["Nadine"].sees("Une fois.")
    send = card["keyboard"][0][0]["data"]
    for _ in range(2):
        await stage.press(cast["Nadine"], card["message_id"], send)
    await cast["Nadine"].saw("Envoyés : 3")
    assert len([r for r in await cast["Aline"].records() if "Une fois." in r["text"]]) == 1


async def test_what_looks_like_html_arrives_as_it_was_written(cast):
    await compose(cast["Nadine"], "2 < 3 & <b>gras</b>")
    await cast["Nadine"].taps("Envoyer")
    await cast["Béatrice"].sees("2 < 3 & <b>gras</b>")


async def test_a_text_too_long_is_refused_and_asked_again(cast):
    await compose(cast["Nadine"], "a" * 4000)
    await cast["Nadine"].saw("3 500 lettres au plus")
    await cast["Nadine"].says("Court.")
    await cast["Nadine"].sees("Court.", "À 2 membres")


async def test_at_night_it_waits_for_the_morning_and_says_so(stage, cast, now):
    await stage.until(now + timedelta(hours=4))
    await compose(cast["Nadine"], "Bonne nuit.")
    await cast["Nadine"].sees("le message part vendredi 27 novembre à 07:00")
    await cast["Nadine"].taps("Envoyer")
    await cast["Nadine"].sees("attend son tour")
    await cast["Aline"].never_saw("Bonne nuit.")
    await stage.until(now + timedelta(hours=14, minutes=1))
    await cast["Aline"].saw("Bonne nuit.")


async def test_members_cannot_broadcast(cast):
    await cast["Béatrice"].says("/diffuser")
    await cast["Béatrice"].sees("Tu n’as pas accès à cela.")


async def test_a_card_waits_while_the_composer_takes_the_text(stage, cast, now):
    await cast["Nadine"].says("/inviter")
    await cast["Nadine"].opens(await cast["Nadine"].link())
    await cast["Nadine"].taps("Nadine")
    await cast["Nadine"].taps("Je suis d’accord")
    for label in ("Oui", "Oui"):
        await cast["Nadine"].taps(label)
    await stage.until(now + timedelta(minutes=1))
    await cast["Nadine"].saw("Comment est ta motivation")
    await compose(cast["Nadine"], "4")
    await cast["Nadine"].sees("📣 Nadine", "À 2 membres")
