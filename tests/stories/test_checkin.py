"""A member answers her check-in."""

from dataclasses import replace
from datetime import timedelta

import pytest
from stage import PLAN

from collective.actions import collectives

FIVE = [(name, "fr") for name in ("Aline", "Béatrice", "Clarisse", "Dorcas", "Espérance")]


@pytest.fixture
async def cast(stage, now):
    """A collective whose round has just opened."""
    cast = await stage.found(*FIVE)
    await stage.until(now + timedelta(minutes=1))
    return cast


async def test_she_answers_by_button_and_is_thanked(cast):
    aline = cast["Aline"]
    await aline.sees("Bonjour Aline. 5 questions, 1 minute.", "○○○○○", "Comment est ta motivation")
    await aline.taps("4 🙂 Bonne")
    await aline.sees("C’est noté : Bonne.", "●○○○○", "Qu’as-tu fait avec le groupe")
    await aline.taps("Vente")
    await aline.taps("Réunion")
    await aline.taps("C’est tout")
    await aline.sees("C’est noté : Vente et Réunion.", "●●○○○", "De quoi as-tu besoin")
    await aline.taps("Rien")
    # Who needs nothing is not asked to say more about it.
    await aline.sees("C’est noté : Rien.", "●●●○", "As-tu ta place dans le groupe")
    await aline.taps("Un peu")
    await aline.sees("Merci. Ton point est fini", "Bonne", "Vente et Réunion", "Rien", "Un peu")


async def test_the_card_stays_one_message_while_she_taps(cast):
    aline = cast["Aline"]
    before = len(await aline.records())
    await aline.taps("4")
    await aline.taps("Rien cette semaine")
    await aline.taps("❓ Aide")
    assert len(await aline.records()) == before


async def test_she_answers_by_typing_numbers(cast):
    aline = cast["Aline"]
    await aline.says("2")
    await aline.sees("C’est noté : Basse.", "Qu’as-tu fait")
    await aline.says("1 3")
    await aline.sees("C’est noté : Production et Réunion.")
    await aline.says("4")
    await aline.sees("C’est noté : Matériel.")
    await aline.checks_in()
    await aline.sees("Ton point est fini", "Matériel")


async def test_after_typing_only_the_newest_card_has_buttons(cast):
    aline = cast["Aline"]
    await aline.says("2")
    await aline.sees("Qu’as-tu fait")
    asking = [each for each in await aline.records() if each["keyboard"] and "●" in each["text"]]
    assert len(asking) == 1


async def test_a_reply_finds_the_card_it_replies_to(cast):
    aline = cast["Aline"]
    card = await aline.sees("Comment est ta motivation")
    await aline.says("5", reply_to=card["message_id"])
    await aline.sees("C’est noté : Très bonne.")


async def test_a_number_that_is_no_choice_is_explained_and_asked_again(cast):
    aline = cast["Aline"]
    await aline.says("9")
    await aline.saw("Appuie sur un bouton, ou écris son numéro")
    await aline.sees("Comment est ta motivation")


async def test_every_question_can_be_passed(cast):
    aline = cast["Aline"]
    await aline.checks_in()
    await aline.sees("Ton point est fini", "Je préfère ne pas répondre")


async def test_nothing_excludes_the_rest(cast):
    aline = cast["Aline"]
    await aline.taps("4")
    await aline.taps("1 🧵 Production")
    await aline.taps("Rien cette semaine")
    assert [label for label in await aline.buttons() if "✅" in label] == [
        "✅ 7 Rien cette semaine"
    ]


async def test_a_mark_can_be_taken_back(cast):
    aline = cast["Aline"]
    await aline.taps("4")
    await aline.taps("Vente")
    await aline.taps("Vente")
    assert not [label for label in await aline.buttons() if "✅" in label or "tout" in label]


async def test_pressing_an_old_copy_of_a_button_twice_is_harmless(stage, cast):
    aline = cast["Aline"]
    card = await aline.sees("Comment est ta motivation")
    data = card["keyboard"][3][0]["data"]
    for _ in range(2):
        await stage.press(aline, card["message_id"], data)
    await aline.sees("C’est noté : Bonne.")


async def test_who_asks_for_the_facilitator_is_heard(cast):
    aline = cast["Aline"]
    for label in ("3", "Passer", "Parler à l’animatrice"):
        await aline.taps(label)
    await aline.sees("Je préviens ton animatrice")
    await cast["Nadine"].saw("Aline, de Tujenge, veut te parler.")


async def test_point_shows_the_card_again_where_she_left_it(cast):
    aline = cast["Aline"]
    await aline.taps("4")
    await aline.says("/point")
    await aline.sees("C’est noté : Bonne.", "Qu’as-tu fait")


async def test_a_press_after_the_closing_is_told_kindly(stage, cast):
    aline = cast["Aline"]
    card = await aline.sees("Comment est ta motivation")
    await stage.later(days=3, hours=1)
    await stage.press(aline, card["message_id"], card["keyboard"][0][0]["data"])
    await aline.saw("Ce point est fermé. Le prochain commence jeudi 3 décembre à 17:00.")


async def test_nobody_can_answer_for_somebody_else_with_a_forged_button(stage, cast):
    card = await cast["Aline"].sees("Comment est ta motivation")
    data = card["keyboard"][0][0]["data"]
    dorcas = cast["Dorcas"]
    hers = await dorcas.sees("Comment est ta motivation")
    await stage.press(dorcas, hers["message_id"], data)
    await dorcas.sees("Tu n’as pas accès à cela")
    await cast["Aline"].never_saw("C’est noté")


@pytest.mark.parametrize(
    "data", ["cA:{}:motivation:s:9", "cA:{}:nothing:s:1", "cA:{}:together:m:xyz"]
)
async def test_an_invented_button_gets_a_short_answer(stage, cast, data):
    card = await cast["Aline"].sees("Comment est ta motivation")
    number = card["keyboard"][0][0]["data"].split(":")[1]
    await stage.press(cast["Aline"], card["message_id"], data.format(number))
    await cast["Aline"].sees("Cette réponse n’est pas dans la liste")


async def test_without_a_round_point_says_so(stage):
    cast = await stage.found(("Aline", "ln"))
    await cast["Aline"].says("/point")
    await cast["Aline"].sees("Sikoyo mituna ya mposo ezali te")


async def test_a_number_that_telegram_sends_twice_answers_once(stage, cast):
    aline = cast["Aline"]
    await aline.says("3")
    await aline.sees("C’est noté : Moyenne.")
    await stage.again(aline)
    await aline.sees("C’est noté : Moyenne.", "Qu’as-tu fait")


async def test_after_the_last_question_her_words_are_not_taken_for_an_answer(cast):
    aline = cast["Aline"]
    await aline.checks_in("4", "2", "1")
    await aline.says("Bonjour")
    await aline.sees("Je n’ai pas compris")


async def test_after_the_closing_small_talk_gets_one_answer(stage, cast):
    await stage.later(days=3, hours=1)
    await cast["Aline"].says("Bonjour")
    await cast["Aline"].sees("Je n’ai pas compris")
    await cast["Aline"].never_saw("Appuie sur un bouton")


async def test_nobody_is_promised_a_call_that_no_message_can_ask_for(stage, cast):
    await stage.playground.block(cast["Nadine"].person, wait=True)
    for label in ("3", "Passer", "Parler à l’animatrice"):
        await cast["Aline"].taps(label)
    await cast["Aline"].sees("Je n’arrive pas à joindre ton animatrice")


async def test_who_is_in_two_collectives_reads_which_one_asks(stage, now):
    cast = await stage.found(("Aline", "fr"))
    async with stage.database.writing() as store:
        account = await store.people.account(cast["Joséphine"].person)
        jo = await store.people.person_of(account.id, stage.now)
        plan = replace(PLAN, draft="second", name="Amani")
        made = await collectives.create(store, plan, by=jo.id, now=stage.now)
        account = await store.people.account(cast["Aline"].person)
        aline = await store.people.person_of(account.id, stage.now)
        await store.collectives.add_member(made.id, aline.id, stage.now)
    await stage.until(now + timedelta(minutes=1))
    await cast["Aline"].saw("Tujenge", "Comment est ta motivation")
    await cast["Aline"].saw("Amani", "Comment est ta motivation")
