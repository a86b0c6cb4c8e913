"""Coming in with a code of six letters: typed somehow, answered by the facilitator."""

import re
from datetime import timedelta

import pytest

AGREES = ("Français", "Je suis d’accord", "Oui", "Non")


@pytest.fixture
async def cast(stage):
    return await stage.found()


async def code_of(chat, command="/inviter"):
    await chat.says(command)
    record = await chat.saw("Qui ne peut pas l’ouvrir")
    return re.search(r"^[A-Z]{3} [A-Z]{3}$", record["text"], re.MULTILINE)[0]


async def asks(stage, code, name="Mado", typed=str):
    """A stranger who types a code and says what a newcomer is asked."""
    mado = await stage.person(name)
    await mado.says("/start")
    await mado.sees("Tu as un code de six lettres ?")
    await mado.says(typed(code))
    await mado.sees("Dans quelle langue")
    await mado.taps("Français")
    await mado.sees("Tujenge", "Tu viens avec un code")
    for label in (*AGREES[1:], name):
        await mado.taps(label)
    return mado


async def test_she_types_it_as_she_likes_waits_and_is_let_in(stage, cast):
    code = await code_of(cast["Nadine"])
    mado = await asks(stage, code, typed=lambda c: f" {c.lower().replace(' ', ' - ')}.")
    await mado.sees("Tu as demandé à entrer dans Tujenge")
    await mado.says("/start")
    await mado.sees("Tu as demandé à entrer dans Tujenge", "Je te dis quand")
    await cast["Nadine"].sees("Mado a un code et demande à entrer dans Tujenge.")
    await cast["Nadine"].taps("Oui, elle entre")
    await cast["Nadine"].sees("Mado est entrée. Je le lui dis.")
    await mado.saw("Bienvenue dans Tujenge")
    await mado.sees("On essaie")
    assert "Retirer ma demande" not in str([each["keyboard"] for each in await mado.records()])
    assert "point" in {each["command"] for each in stage.menu(mado)}


async def test_on_a_phone_in_use_somebody_else_comes_in_with_a_code(stage):
    cast = await stage.found(("Aline", "fr"))
    phone = cast["Aline"]
    await phone.says(await code_of(cast["Nadine"]))
    await phone.sees("Qui ouvre cette invitation ?")
    for label in ("Une autre personne", *AGREES):
        await phone.taps(label)
    await phone.says("Béatrice")
    await cast["Nadine"].sees("Béatrice a un code et demande à entrer dans Tujenge.")
    await cast["Nadine"].taps("Oui, elle entre")
    await phone.saw("Bienvenue dans Tujenge")
    await phone.sees("On essaie")
    await phone.says("/start")
    await phone.sees("Qui répond ?")


async def test_a_no_is_told_in_her_language_and_leaves_nothing(stage, cast):
    code = await code_of(cast["Nadine"])
    mado = await stage.person("Mado", "ln")
    await mado.says(code)
    for label in ("Lingala", "Nandimi", "Te", "Te", "Mado"):
        await mado.taps(label)
    await mado.sees("Osengi kokota na Tujenge")
    asked = await cast["Nadine"].sees("Mado a un code")
    await cast["Nadine"].taps("Non")
    await cast["Nadine"].sees("C’est noté : non.")
    await mado.sees("okoti na Tujenge te", "Eloko moko te ebombami mpo na yo.")
    async with stage.database.reading() as store:
        assert await store.people.account(mado.person) is None
    await stage.press(cast["Nadine"], asked["message_id"], asked["keyboard"][0][0]["data"])
    await cast["Nadine"].sees("Cette demande a déjà sa réponse")


async def test_the_facilitator_is_not_asked_at_night(stage, cast, now):
    await stage.until(now + timedelta(hours=5))
    mado = await asks(stage, await code_of(cast["Nadine"]))
    await mado.sees("Tu as demandé")
    await cast["Nadine"].never_saw("Mado a un code")
    await stage.until(now + timedelta(hours=14, minutes=1))
    await cast["Nadine"].saw("Mado a un code")


async def test_a_request_nobody_answers_ends_after_two_weeks(stage, cast):
    mado = await asks(stage, await code_of(cast["Nadine"]))
    await cast["Nadine"].saw("Mado a un code")
    await stage.later(days=14, hours=15)
    await mado.sees("Personne n’a répondu à ta demande", "Je ne garde rien sur toi.")
    await cast["Nadine"].taps("Oui, elle entre")
    await cast["Nadine"].sees("Cette demande a déjà sa réponse")


async def test_she_takes_her_request_back(stage, cast):
    mado = await asks(stage, await code_of(cast["Nadine"]))
    await mado.taps("Retirer ma demande")
    await mado.sees("Ta demande est retirée. Je ne garde rien sur toi.")
    async with stage.database.reading() as store:
        assert await store.people.account(mado.person) is None


async def test_who_waits_and_has_herself_erased_waits_no_longer(stage, cast):
    mado = await asks(stage, await code_of(cast["Nadine"]))
    await cast["Nadine"].sees("Mado a un code")
    await mado.says("/oublier")
    await mado.taps("Tout effacer")
    await mado.sees("Tout est effacé.")
    async with stage.database.reading() as store:
        assert await store.people.account(mado.person) is None
    await cast["Nadine"].taps("Oui, elle entre")
    await cast["Nadine"].sees("Cette demande a déjà sa réponse")


async def test_the_sixth_wrong_code_of_an_hour_is_not_even_looked_at(stage, cast):
    code = await code_of(cast["Nadine"])
    mado = await stage.person("Mado")
    for _ in range(5):
        await mado.says("BCD FHK")
        await mado.sees("Je ne connais pas ce code.")
    await mado.says(code)
    await mado.sees("Assez de codes pour le moment.", "60 minutes")
    await stage.later(hours=1)
    await mado.says(code)
    await mado.sees("Dans quelle langue")


async def test_what_is_no_code_gets_the_question_again(stage):
    mado = await stage.person("Mado")
    await mado.says("Bonjour")
    await mado.sees("Tu as un code de six lettres ?", "demande un code ou un lien")


async def test_who_has_a_role_already_comes_in_with_a_code_too(stage, cast):
    code = await code_of(cast["Nadine"])
    jo = cast["Joséphine"]
    await jo.says(code)
    await jo.taps("Joséphine")
    await jo.sees("Tu es invitée à rejoindre Tujenge.", "Tu viens avec un code")
    for label in ("Je suis d’accord", "Oui", "Oui"):
        await jo.taps(label)
    await jo.sees("Tu as demandé à entrer dans Tujenge")
    await cast["Nadine"].saw("Joséphine a un code")
    await cast["Nadine"].taps("Oui, elle entre")
    await jo.saw("Bienvenue dans Tujenge. Tu es membre.")
    await jo.sees("On essaie")
    await jo.says(code)
    await jo.taps("Joséphine")
    await jo.sees("Tu es déjà entrée")


async def test_a_facilitators_code_is_answered_by_the_coordinator(stage, cast):
    jo = cast["Joséphine"]
    await jo.says("/nouveau")
    await jo.says("Amani")
    await jo.taps("Couture")
    await jo.says("Goma")
    for label in ("Kinshasa", "Chaque semaine", "Mardi", "09:00", "Français", "Créer"):
        await jo.taps(label)
    record = await jo.saw("Lien pour l’animatrice de Amani", "Qui ne peut pas l’ouvrir")
    furaha = await stage.person("Furaha")
    await furaha.says(re.search(r"^[A-Z]{3} [A-Z]{3}$", record["text"], re.MULTILINE)[0])
    for label in ("Français", "Je suis d’accord", "Furaha"):
        await furaha.taps(label)
    await furaha.sees("Je te dis quand une coordinatrice a répondu.")
    await jo.sees("Furaha a un code et demande à accompagner Amani comme animatrice.")
    await jo.taps("Oui, elle entre")
    await furaha.sees("Bienvenue dans Amani. Tu es animatrice.")


async def test_the_link_comes_with_cards_to_print_and_both_end_the_earlier_ones(stage, cast):
    before = await code_of(cast["Nadine"])
    await cast["Nadine"].says("/inviter")
    cards = await cast["Nadine"].sees("Des cartes à imprimer et à découper")
    assert (cards["media"]["kind"], cards["media"]["name"]) == (
        "document",
        "lisanga-invitation.pdf",
    )
    mado = await stage.person("Mado")
    await mado.says(before)
    await mado.sees("n’est plus valable")


async def test_cards_that_could_not_be_sent_are_asked_for_again(stage, cast):
    stage.slow_down("sendDocument")
    await cast["Nadine"].says("/inviter")
    await cast["Nadine"].saw("Qui ne peut pas l’ouvrir")
    await cast["Nadine"].sees("Recommence")


async def test_who_waits_is_found_on_the_page_of_the_collective(stage, cast):
    nadine, mado = cast["Nadine"], await asks(stage, await code_of(cast["Nadine"]))
    await nadine.saw("Mado a un code")
    await nadine.says("/collectif")
    await nadine.taps("Demandes d’entrée")
    await nadine.sees("Mado a un code")
    await nadine.taps("Oui, elle entre")
    await mado.saw("Bienvenue dans Tujenge")
    await nadine.says("/collectif")
    assert "Demandes d’entrée" not in await nadine.buttons()


async def test_a_coordinator_finds_who_asks_to_accompany_a_collective(stage, cast):
    josephine = cast["Joséphine"]
    await josephine.says("/collectifs")
    await josephine.taps("Tujenge")
    await josephine.taps("Inviter une animatrice")
    record = await josephine.saw("Qui ne peut pas l’ouvrir")
    code = re.search(r"^[A-Z]{3} [A-Z]{3}$", record["text"], re.MULTILINE)[0]
    bea = await stage.person("Béa")
    await bea.says(code)
    for label in ("Français", "Je suis d’accord", "Béa"):
        await bea.taps(label)
    await josephine.sees("Béa a un code")
    await josephine.says("/collectifs")
    await josephine.taps("Tujenge")
    await josephine.taps("Demandes d’entrée")
    await josephine.sees("Béa a un code et demande à accompagner Tujenge")
    await josephine.taps("Oui, elle entre")
    await bea.saw("Bienvenue dans Tujenge")
