"""What she types finds its question, in words of either language."""

from datetime import timedelta

import pytest


@pytest.fixture
async def cast(stage, now):
    """A collective whose round has just opened."""
    cast = await stage.found(("Aline", "fr"), ("Mado", "ln"))
    await stage.until(now + timedelta(minutes=1))
    return cast


async def test_words_faces_and_numbers_are_understood_in_both_languages(cast):
    aline, mado = cast["Aline"], cast["Mado"]
    await aline.says("bonne")
    await aline.sees("C’est noté : Bonne.")
    await aline.says("Vente et réunion")
    await aline.sees("C’est noté : Vente et Réunion.")
    await aline.says("eloko te")  # Lingala, to a card in French
    await aline.sees("C’est noté : Rien.")
    await aline.says("ouais")
    await aline.sees("Ton point est fini", "Oui")
    await mado.says("🙂")
    await mado.sees("Eyano na yo: Malamu.")
    await mado.says("koteka, formation")
    await mado.sees("Eyano na yo: Koteka mpe Formation.")
    await mado.says("4 🧰 Biloko ya mosala")
    await mado.sees("Eyano na yo: Biloko ya mosala.")


async def test_a_text_equal_to_a_button_presses_it(cast):
    aline = cast["Aline"]
    await aline.says("aide")
    await aline.sees("1, c’est très bas", "Comment est ta motivation")
    await aline.says("PASSER")
    await aline.sees("Je préfère ne pas répondre", "Qu’as-tu fait")
    await aline.says("leka")
    await aline.sees("De quoi as-tu besoin")
    await aline.says("arreter ici")
    await aline.sees("on s’arrête ici")
    await aline.says("continuer")
    await aline.sees("De quoi as-tu besoin")


async def test_a_button_written_that_telegram_sends_twice_is_pressed_once(stage, cast):
    aline = cast["Aline"]
    await aline.says("passer")
    await aline.sees("Qu’as-tu fait")
    await stage.again(aline)
    await aline.sees("Qu’as-tu fait")


async def test_in_a_question_of_words_a_buttons_label_is_still_the_button(cast):
    aline = cast["Aline"]
    for typed in ("3", "1", "2"):
        await aline.says(typed)
    await aline.sees("Veux-tu en dire plus")
    await aline.says("Passer")
    await aline.sees("C’est noté : Je préfère ne pas répondre.")


async def test_an_open_wizard_takes_its_text_before_the_card(stage, cast):
    nadine = cast["Nadine"]
    async with stage.database.writing() as store:
        account = await store.people.account(nadine.person)
        [person] = await store.people.persons_of(account.id)
        await store.collectives.add_member(cast.collective.id, person.id, stage.now)
    await stage.later(days=7)
    await nadine.sees("Comment est ta motivation")
    await nadine.says("/diffuser")
    await nadine.says("4")
    await nadine.sees("4")
    await nadine.never_saw("C’est noté")
    # A label of the open page is its button, whatever the page waits for.
    await nadine.says("annuler")
    await nadine.says("4")
    await nadine.sees("C’est noté : Bonne.")
