"""Coming in."""

from datetime import timedelta

import pytest

from collective.invites import LIFETIME
from collective.people import Role
from storage import tables as t

#: What a new member presses before she is asked her name.
AGREES = ("Français", "Je suis d’accord", "Oui", "Non")


async def invitation(stage, *members):
    """A founded collective and its members' link."""
    cast = await stage.found(*members)
    await cast["Nadine"].says("/inviter")
    return cast, await cast["Nadine"].link()


async def test_a_new_member_is_asked_her_language_her_agreement_and_her_name(stage):
    _, link = await invitation(stage)
    aline = await stage.person("Aline", "fr")
    await aline.opens(link)
    await aline.sees("Je suis Lisanga")
    await aline.taps("Lingala")
    await aline.sees("Babengisi yo na Tujenge", "Ondimi?")
    await aline.taps("Nandimi")
    await aline.sees("Mokambi (animatrice) akoki komona mposa na yo")
    await aline.taps("Iyo")
    await aline.sees("bayekolaka masanga", "/reglages")
    await aline.taps("Te")
    await aline.sees("Nabenga yo ndenge nini?")
    await aline.says("Mama Aline")
    await aline.saw("Boyei malamu na Tujenge", "mosangani")
    await aline.sees("Tomeka", "Mposa na yo ya kosala na lisanga ezali ndenge nini")
    await aline.taps("4 🙂 Malamu")
    await aline.saw("Oyanoli: Malamu.", "eloko moko ebombami te")
    await aline.sees("Mbote Mama Aline.", "mituna oyo elandi")


async def test_of_the_practice_nothing_is_kept_however_often_she_presses(stage):
    _, link = await invitation(stage)
    aline = await stage.person("Aline")
    await aline.opens(link)
    for label in (*AGREES, "Aline"):
        await aline.taps(label)
    card = await aline.sees("On essaie")
    await aline.taps("Aide")
    await aline.sees("On essaie", "Toutes les réponses sont bonnes.")
    for row in (0, 1, 2):
        await stage.press(aline, card["message_id"], card["keyboard"][row][0]["data"])
    homes = [each for each in await aline.records() if "Bonjour Aline." in each["text"]]
    assert len(homes) == 1
    async with stage.database.reading() as store:
        for table in (t.checkins, t.answers):
            assert (await store._unit.execute(table.select())).all() == []


async def test_practice_is_answered_by_typing_too(stage):
    _, link = await invitation(stage)
    aline = await stage.person("Aline")
    await aline.opens(link)
    for label in (*AGREES, "Aline"):
        await aline.taps(label)
    await aline.says("4")
    await aline.saw("Tu as répondu : Bonne.", "C’était pour essayer")
    await aline.sees("Bonjour Aline.")


async def test_she_may_take_the_name_she_has_on_telegram(stage):
    _, link = await invitation(stage)
    aline = await stage.person("Aline")
    await aline.opens(link)
    for label in (*AGREES, "Aline"):
        await aline.taps(label)
    await aline.saw(
        "Bienvenue dans Tujenge", "Ton prochain point commence jeudi 26 novembre à 17:00"
    )


async def test_who_says_no_is_left_in_peace_and_nothing_is_kept(stage):
    _, link = await invitation(stage)
    aline = await stage.person("Aline")
    await aline.opens(link)
    await aline.taps("Français")
    await aline.taps("Non, merci")
    await aline.sees("Je ne garde rien sur toi")
    async with stage.database.reading() as store:
        assert await store.people.account(aline.person) is None


async def test_her_menu_is_that_of_her_role_in_her_language(stage):
    cast, _ = await invitation(stage, ("Aline", "ln"))
    menus = {
        name: {each["command"]: each["description"] for each in stage.menu(cast[name])}
        for name in ("Aline", "Nadine", "Joséphine")
    }
    assert menus["Aline"]["point"] == "Mituna na ngai ya mposo"
    assert {"diffuser", "inviter", "resume", "aide"} <= set(menus["Nadine"]) - {"nouveau"}
    assert {"nouveau", "diffuser", "resume", "aide"} <= set(menus["Joséphine"])
    assert not {"diffuser", "inviter"} & set(menus["Aline"])
    assert "inviter" not in menus["Joséphine"]


async def test_changing_the_language_changes_the_menu(stage):
    cast = await stage.found(("Aline", "fr"))
    await cast["Aline"].says("/langue")
    await cast["Aline"].taps("Lingala")
    await cast["Aline"].sees("Mbote Aline.")
    assert {"command": "aide", "description": "Lisalisi"} in stage.menu(cast["Aline"])


async def test_the_same_person_comes_in_once(stage):
    cast, link = await invitation(stage, ("Aline", "fr"))
    await cast["Aline"].opens(link)
    await cast["Aline"].taps("Aline")
    await cast["Aline"].sees("Tu es déjà entrée")


async def test_a_facilitator_can_be_a_member_too(stage):
    cast, link = await invitation(stage)
    await cast["Nadine"].opens(link)
    await cast["Nadine"].taps("Nadine")
    await cast["Nadine"].sees("Tu es invitée à rejoindre Tujenge.", "Je garde", "tes réponses")
    for label in ("Je suis d’accord", "Non", "Oui"):
        await cast["Nadine"].taps(label)
    await cast["Nadine"].saw("Bienvenue dans Tujenge", "membre")
    assert "point" in {each["command"] for each in stage.menu(cast["Nadine"])}


async def test_an_invented_link_gets_a_kind_answer(stage):
    aline = await stage.person("Aline")
    await aline.opens("https://t.me/LisangaPlaygroundBot?start=i_invented")
    await aline.sees("Je ne connais pas cette invitation")


async def test_an_old_link_is_over(stage):
    _, link = await invitation(stage)
    await stage.later(seconds=LIFETIME[Role.MEMBER].total_seconds())
    aline = await stage.person("Aline")
    await aline.opens(link)
    await aline.sees("n’est plus valable")


async def test_a_new_link_ends_the_old_one(stage):
    cast, link = await invitation(stage)
    await cast["Nadine"].says("/inviter")
    aline = await stage.person("Aline")
    await aline.opens(link)
    await aline.sees("n’est plus valable")


async def test_the_coordinators_link_works_once(stage):
    link = await stage.coordinator_link()
    first, second = await stage.person("Joséphine"), await stage.person("Espérance")
    for each in (first, second):
        await each.opens(link)
    await first.taps("Français")
    await first.taps("Je suis d’accord")
    await first.taps("Joséphine")
    await first.sees("Maintenant, tu es coordinatrice")
    await second.sees("Dans quelle langue")
    await second.taps("Français")
    await second.sees("Cette invitation a déjà servi")


async def test_a_name_of_a_thousand_letters_is_refused_and_asked_again(stage):
    _, link = await invitation(stage)
    aline = await stage.person("Aline")
    await aline.opens(link)
    for label in AGREES:
        await aline.taps(label)
    await aline.says("A" * 1000)
    await aline.saw("40 lettres au plus")
    await aline.says("Aline")
    await aline.saw("Bienvenue dans Tujenge")


async def test_who_joins_within_a_day_of_the_opening_is_asked_too(stage, now):
    _, link = await invitation(stage)
    await stage.until(now + timedelta(hours=1))
    aline = await stage.person("Aline")
    await aline.opens(link)
    for label in (*AGREES, "Aline"):
        await aline.taps(label)
    await aline.sees("On essaie")
    await aline.taps("4 🙂 Bonne")
    await aline.sees("Ton point est ouvert")
    await stage.later(minutes=2)
    await aline.sees("Bonjour Aline.", "Comment est ta motivation")


async def test_a_stranger_learns_how_to_come_in(stage):
    mado = await stage.person("Mado", "ln")
    await mado.says("/start")
    await mado.sees("Ozali na code ya bilembo 6?", "senga code to lien epai ya mokambi")


async def test_a_no_followed_by_a_block_still_leaves_nothing(stage):
    _, link = await invitation(stage)
    aline = await stage.person("Aline")
    await aline.opens(link)
    await aline.taps("Français")
    await aline.taps("Non, merci")
    await stage.playground.block(aline.person, wait=True)
    async with stage.database.reading() as store:
        assert await store.people.account(aline.person) is None


async def test_a_facilitator_reads_what_she_is_invited_to(stage):
    jo = (await stage.found())["Joséphine"]
    await jo.says("/nouveau")
    await jo.says("Amani")
    await jo.taps("Couture")
    await jo.says("Goma")
    for label in ("Kinshasa", "Chaque semaine", "Mardi", "09:00", "Français", "Créer"):
        await jo.taps(label)
    await jo.saw("Lien pour l’animatrice")
    furaha = await stage.person("Furaha")
    await furaha.opens(await jo.link())
    await furaha.taps("Français")
    await furaha.sees("Tu es invitée à accompagner Amani comme animatrice.")


@pytest.mark.parametrize("method", ["editMessageReplyMarkup", "sendMessage", "answerCallbackQuery"])
async def test_a_hiccup_of_telegram_while_she_comes_in_costs_her_nothing(stage, method):
    _, link = await invitation(stage)
    aline = await stage.person("Aline")
    await aline.opens(link)
    for label in AGREES:
        await aline.taps(label)
    stage.slow_down(method)
    await aline.says("Aline")
    await aline.saw("Bienvenue dans Tujenge")
    await aline.never_saw("Je n’ai pas compris", "page est ancienne")


async def test_an_invitation_that_could_not_be_shown_leaves_the_earlier_one_alone(stage):
    cast, link = await invitation(stage)
    stage.slow_down("sendPhoto")
    await cast["Nadine"].says("/inviter")
    await cast["Nadine"].saw("Recommence")
    aline = await stage.person("Aline")
    await aline.opens(link)
    await aline.sees("Je suis Lisanga")


async def test_a_facilitator_who_only_tries_her_link_stays_what_she_is(stage):
    cast, link = await invitation(stage)
    await cast["Nadine"].opens(link)
    await cast["Nadine"].taps("Nadine")
    await cast["Nadine"].taps("Non, merci")
    await cast["Nadine"].sees("Bonjour Nadine.")
    assert "point" not in {each["command"] for each in stage.menu(cast["Nadine"])}
