"""A code of four digits closes what is hers on a phone that others hold too."""

from datetime import timedelta

import pytest

CODE, WRONG = "4926", "8053"


async def close_with(phone, code=CODE):
    """Choose a code in the settings."""
    await phone.says("/reglages")
    await phone.taps("Code secret")
    await phone.taps("Choisir un code")
    for _ in range(2):
        await phone.says(code)
    await phone.saw("Ton code secret est gardé")


@pytest.fixture
async def phone(stage, now):
    """Aline's phone with a code, her check-in open, untouched for an hour."""
    cast = await stage.found(("Aline", "fr"))
    aline = cast["Aline"]
    await close_with(aline)
    await stage.until(now + timedelta(minutes=45))
    return aline


async def test_the_code_she_types_never_stays_in_the_chat(stage):
    cast = await stage.found(("Aline", "fr"))
    await close_with(cast["Aline"])
    assert CODE not in await cast["Aline"].transcript()


async def test_two_different_codes_are_asked_for_again(stage):
    cast = await stage.found(("Aline", "fr"))
    aline = cast["Aline"]
    await aline.says("/reglages")
    await aline.taps("Code secret")
    await aline.taps("Choisir un code")
    await aline.says("1234")
    await aline.sees("D’autres devineraient ce code")
    await aline.says(CODE)
    await aline.sees("Écris le même code encore une fois")
    await aline.says(WRONG)
    await aline.sees("Les deux codes n’étaient pas les mêmes.", "Écris un nouveau code")
    await aline.taps("Annuler")
    await aline.says("/start")
    await aline.sees("Bonjour Aline.")


async def test_her_command_waits_for_the_code_and_is_then_carried_out(phone):
    await phone.says("/point")
    await phone.sees("Aline, écris ton code secret")
    await phone.says(WRONG)
    await phone.sees("Ce n’est pas le code", "Aline, écris ton code secret")
    await phone.says(CODE)
    await phone.sees("Comment est ta motivation")
    said = await phone.transcript()
    assert not [code for code in (CODE, WRONG) if code in said]


async def test_guessing_costs_time_and_so_does_a_restart(stage, phone):
    await phone.says("/point")
    for _ in range(3):
        await phone.says(WRONG)
    await phone.sees("Trop d’essais", "dans 1 minute", "ton animatrice peut enlever le code")
    await phone.says(CODE)
    await phone.sees("Trop d’essais")
    await stage.later(minutes=1)
    await phone.says(CODE)
    await phone.sees("Comment est ta motivation")


async def test_her_card_waits_under_a_veil_and_closes_again_after_a_quarter_of_an_hour(
    stage, phone
):
    veil = await phone.sees("Aline : ton point est là.")
    await phone.taps("Ouvrir")
    await phone.sees("Aline, écris ton code secret")
    await phone.never_saw("motivation")
    await phone.says(WRONG)
    await phone.never_saw("motivation")
    await phone.says(CODE)
    card = await phone.sees("Comment est ta motivation")
    assert card["message_id"] == veil["message_id"]
    await phone.taps("4 🙂")
    await phone.says("1")
    await phone.sees("De quoi as-tu besoin")
    await stage.later(minutes=16)
    assert "besoin" not in await phone.texts()
    assert "1" not in (await phone.texts()).split("\n")
    await phone.says("/point")
    await phone.says(CODE)
    await phone.sees("De quoi as-tu besoin")


async def test_somebody_who_is_none_of_them_sees_and_answers_nothing_of_hers(stage, phone):
    await phone.taps("Ouvrir")
    await phone.says(CODE)
    card = await phone.sees("Comment est ta motivation")
    await phone.says("/start")
    await stage.later(minutes=16)
    await phone.says("/start")
    await phone.taps("Ce n’est pas moi")
    await phone.taps("Une autre personne")
    before = await phone.texts()
    await phone.says("4")
    await phone.says("Bonne")
    await stage.press(phone, card["message_id"], card["keyboard"][3][0]["data"])
    await phone.sees("Aline, écris ton code secret")
    assert "motivation" not in before + await phone.texts()
    await phone.says(CODE)
    await phone.says("/point")
    await phone.sees("Bonjour Aline.", "Comment est ta motivation")


async def test_of_two_on_a_phone_the_code_of_one_closes_only_what_is_hers(stage, now):
    cast = await stage.found(("Aline", "fr"))
    phone = cast["Aline"]
    await close_with(phone)
    await cast["Nadine"].says("/inviter")
    await phone.opens(await cast["Nadine"].link())
    for label in ("Une autre personne", "Français", "Je suis d’accord", "Oui", "Non"):
        await phone.taps(label)
    await phone.says("Béatrice")
    await phone.saw("Bienvenue dans Tujenge")
    await stage.until(now + timedelta(minutes=16))
    veil = await phone.saw("Aline : ton point est là.")
    hers = await phone.saw("Pour Béatrice", "Comment est ta motivation")
    await stage.press(phone, hers["message_id"], hers["keyboard"][0][0]["data"])
    await phone.sees("Pour Béatrice", "C’est noté : Très basse.")
    # Béatrice has the word; Aline's card asks for Aline's code all the same.
    await stage.press(phone, veil["message_id"], veil["keyboard"][0][0]["data"])
    await phone.sees("Aline, écris ton code secret")
    await phone.says("1", reply_to=veil["message_id"])
    await phone.sees("Aline, écris ton code secret")
    await phone.says(CODE)
    card = await phone.saw("Pour Aline", "Comment est ta motivation")
    await stage.press(phone, card["message_id"], card["keyboard"][4][0]["data"])
    await phone.sees("Pour Aline", "C’est noté : Très bonne.")
    # A press of Béatrice's takes the phone over; Aline's card, still open, is closed by that.
    await stage.press(phone, hers["message_id"], hers["keyboard"][1][0]["data"])
    aline = [r for r in await phone.records() if r["text"].startswith("Pour Aline")][-1]
    await stage.press(phone, aline["message_id"], aline["keyboard"][0][0]["data"])
    await phone.sees("Aline, écris ton code secret")


async def test_who_knows_the_code_changes_or_removes_it(phone):
    await phone.says("/reglages")
    await phone.says(CODE)
    await phone.sees("Que veux-tu changer")
    await phone.taps("Code secret")
    await phone.taps("Changer le code")
    for code in (CODE, WRONG, WRONG):
        await phone.says(code)
    await phone.saw("Ton code secret est gardé")
    await phone.says("/reglages")
    await phone.taps("Code secret")
    await phone.taps("Enlever le code")
    await phone.says(CODE)
    await phone.sees("Ce n’est pas le code")
    await phone.says(WRONG)
    await phone.sees("Tu n’as plus de code secret")


async def test_somebody_else_on_the_phone_needs_no_code_of_hers(stage, phone):
    await phone.says("/start")
    await phone.taps("Ce n’est pas moi")
    await phone.taps("Une autre personne")
    await phone.sees("Tu as un code de six lettres ?")


async def test_in_a_group_a_facilitator_is_not_asked_for_her_code(stage):
    cast = await stage.found()
    nadine = cast["Nadine"]
    await close_with(nadine)
    await stage.later(minutes=16)
    group = await stage.group("Bana Tujenge", nadine)
    await stage.playground.move_bot(group, present=True, by=nadine.person, wait=True)
    await (await stage.in_group(nadine, group)).saw("Tujenge")


async def test_her_facilitator_takes_a_forgotten_code_away(stage, now):
    cast = await stage.found(("Aline", "fr"))
    await close_with(cast["Aline"])
    nadine = cast["Nadine"]
    await nadine.says("/reglages")
    await nadine.taps("Code secret")
    await nadine.taps("Un code oublié")
    await nadine.taps("Aline")
    await cast["Aline"].saw("On a enlevé ton code secret")
    await stage.later(minutes=16)
    await cast["Aline"].says("/start")
    await cast["Aline"].sees("Bonjour Aline.")
