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


async def test_a_code_is_asked_for_before_an_answer_is_changed_by_a_press(stage, phone):
    await phone.says("/point")
    await phone.says(CODE)
    card = await phone.sees("Comment est ta motivation")
    await stage.later(minutes=16)
    await stage.press(phone, card["message_id"], card["keyboard"][0][0]["data"])
    await phone.sees("Aline, écris ton code secret")
    await phone.never_saw("C’est noté")
    await phone.says(CODE)
    await phone.sees("Comment est ta motivation")


async def test_who_knows_the_code_changes_or_removes_it(phone):
    await phone.says("/reglages")
    await phone.says(CODE)
    await phone.sees("Réglages")
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
