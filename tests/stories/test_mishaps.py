"""What people do that nobody planned: always a short clear answer, never silence."""


async def test_an_unknown_command_gets_one_suggestion_as_a_button(stage):
    cast = await stage.found(("Aline", "ln"))
    aline, nadine = cast["Aline"], cast["Nadine"]
    for written, meant in {"/bonjour": "/aide", "/Point": "/point", "/diffuse": "/aide"}.items():
        await aline.says(written)
        await aline.sees("Nayebi liloba oyo te.")
        assert await aline.buttons() == [meant]
    await nadine.says("/difuser@LisangaBot samedi")
    await nadine.taps("/diffuser")
    await nadine.sees("Écris ton message pour Tujenge.")
    await nadine.says("Samedi.")
    await nadine.sees("📣 Nadine", "Samedi.")


async def test_small_talk_is_told_where_help_is(stage):
    cast = await stage.found(("Aline", "ln"))
    await cast["Aline"].says("Mbote!")
    await cast["Aline"].sees("Nayoki te. /aide ekolakisa")


async def test_a_button_of_a_wizard_that_was_left_says_the_page_is_old(stage):
    nadine = (await stage.found(("Aline", "ln")))["Nadine"]
    await nadine.says("/diffuser")
    card = await nadine.sees("Écris ton message")
    data = card["keyboard"][0][0]["data"]
    await nadine.says("/annuler")
    await stage.press(nadine, card["message_id"], data)
    await nadine.sees("Cette page est ancienne")


async def test_a_button_from_nowhere_says_the_page_is_old(stage):
    aline = (await stage.found(("Aline", "ln")))["Aline"]
    card = await aline.sees("Mbote Aline")
    await stage.press(aline, card["message_id"], "zz:1")
    await aline.sees("Lokasa oyo esili")


async def test_who_blocks_the_bot_and_comes_back_is_reached_again(stage):
    aline = (await stage.found(("Aline", "ln")))["Aline"]
    await stage.playground.block(aline.person, wait=True)
    async with stage.database.reading() as store:
        assert (await store.people.account(aline.person)).unreachable == "blocked"
    await stage.playground.block(aline.person, blocked=False, wait=True)
    await aline.says("/start")
    await aline.sees("Mbote Aline")


async def test_facilitators_of_nothing_get_a_clear_no(stage):
    aline = (await stage.found(("Aline", "fr")))["Aline"]
    for command in ("/inviter", "/diffuser", "/nouveau", "/resume"):
        await aline.says(command)
        await aline.sees("Tu n’as pas accès à cela.")


async def test_help_answers_to_telegrams_own_name(stage):
    aline = (await stage.found(("Aline", "fr")))["Aline"]
    await aline.says("/help")
    await aline.sees("/point · Mon point", "Écris STOP à tout moment")


async def test_a_command_is_never_the_text_a_wizard_waits_for(stage):
    nadine = (await stage.found(("Aline", "ln")))["Nadine"]
    await nadine.says("/diffuser")
    await nadine.says("/annuler")
    await nadine.sees("Tu as quitté cette page.")
    await nadine.says("Samedi.")
    await nadine.sees("Je n’ai pas compris")
    await nadine.says("/annuler")
    await nadine.sees("Bonjour Nadine")


async def test_who_cancels_is_told_that_the_page_is_left(stage):
    nadine = (await stage.found(("Aline", "ln")))["Nadine"]
    await nadine.says("/diffuser")
    await nadine.taps("Annuler")
    await nadine.sees("Tu as quitté cette page.")


async def test_words_on_a_page_of_buttons_bring_the_page_back(stage):
    josephine = (await stage.found(("Aline", "ln")))["Joséphine"]
    await josephine.says("/nouveau")
    await josephine.says("Tumaini")
    first = await josephine.sees("Quel est son métier")
    await josephine.says("la couture")
    await josephine.saw("Appuie sur un de ces boutons")
    again = await josephine.sees("Quel est son métier")
    assert (again["message_id"] != first["message_id"], bool(again["keyboard"])) == (True, True)
    await josephine.taps("Couture")
    await josephine.sees("Où est-il")


async def test_a_picture_where_words_are_asked_is_asked_for_in_words(stage):
    josephine = (await stage.found(("Aline", "ln")))["Joséphine"]
    await josephine.says("/nouveau")
    await josephine.sends_photo()
    await josephine.sees("Écris quelques mots")
    await josephine.says("Tumaini")
    await josephine.sees("Quel est son métier")


async def test_without_an_open_check_in_she_is_told_when_the_next_one_comes(stage):
    aline = (await stage.found(("Aline", "fr")))["Aline"]
    await aline.says("/point")
    await aline.sees("Aucun point n’est ouvert", "Tujenge", "jeudi 26 novembre")


async def test_an_administrator_who_hides_is_asked_to_write_as_herself(stage):
    cast = await stage.found(("Aline", "ln"), group=True)
    group = await stage.in_group(cast["Joséphine"], await stage.migrate(cast.group))
    name = stage.playground.world.bot.username
    await group.says(f"/lier@{name}", anonymous=True)
    await group.sees("Je ne vois pas qui écrit au nom du groupe.")
    await group.says(f"/resume@{name}", anonymous=True)
    await group.sees("Il n’y a pas encore de résumé")
