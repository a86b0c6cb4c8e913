"""What people do that nobody planned: always a short clear answer, never silence."""


async def test_an_unknown_command_is_told_where_help_is(stage):
    cast = await stage.found(("Aline", "ln"))
    await cast["Aline"].says("/bonjour")
    await cast["Aline"].sees("Nayebi liloba oyo te. /aide ekolakisa")


async def test_small_talk_is_told_where_help_is(stage):
    cast = await stage.found(("Aline", "ln"))
    await cast["Aline"].says("Mbote!")
    await cast["Aline"].sees("Nayoki te. /aide ekolakisa")


async def test_a_button_of_a_wizard_that_was_left_says_the_page_is_old(stage):
    nadine = (await stage.found(("Aline", "ln")))["Nadine"]
    await nadine.says("/diffuser")
    card = await nadine.sees("Écris ton message")
    data = card["keyboard"][0][0]["data"]
    await nadine.taps("Annuler")
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
    await aline.sees("Bonjour Aline", "/point · Mon point")


async def test_a_command_is_never_the_text_a_wizard_waits_for(stage):
    nadine = (await stage.found(("Aline", "ln")))["Nadine"]
    await nadine.says("/diffuser")
    await nadine.says("/annuler")
    await nadine.sees("Bonjour Nadine")
    await nadine.says("Samedi.")
    await nadine.sees("Je n’ai pas compris")
