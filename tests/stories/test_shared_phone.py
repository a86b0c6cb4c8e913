"""Several women on one phone: each is herself, and nothing of theirs is mixed."""

from datetime import timedelta

import pytest

OTHER = "Une autre personne"
BOTH = ("Aline", "Béatrice")


async def second(stage, cast, phone, name):
    """Let one more woman come in on a phone, by the members' link."""
    await cast["Nadine"].says("/inviter")
    await phone.opens(await cast["Nadine"].link())
    await phone.sees("Qui ouvre cette invitation ?")
    for label in (OTHER, "Français", "Je suis d’accord", "Oui", "Non"):
        await phone.taps(label)
    await phone.says(name)
    await phone.saw("Bienvenue dans Tujenge")
    await phone.taps("4 🙂 Bonne")  # practice
    await phone.sees(f"Bonjour {name}.")


@pytest.fixture
async def phone(stage):
    """Aline's phone, on which Béatrice has come in too; nobody touched it for an hour."""
    cast = await stage.found(("Aline", "fr"))
    await second(stage, cast, cast["Aline"], "Béatrice")
    return cast["Aline"]


@pytest.fixture
async def asked(stage, phone, now):
    """The same phone when both were sent their check-ins."""
    await stage.until(now + timedelta(minutes=16))
    await phone.saw("Pour Aline", "Comment est ta motivation")
    await phone.saw("Pour Béatrice", "Comment est ta motivation")
    return phone


async def card_of(phone, name):
    """The newest message of the bot that is a check-in of hers."""
    found = [r for r in await phone.records() if r["text"].startswith(f"Pour {name}")]
    return found[-1]


async def press(stage, phone, name, label):
    """Press a button of her card, wherever in the chat it is."""
    card = await card_of(phone, name)
    [data] = [b["data"] for row in card["keyboard"] for b in row if label in b["text"]]
    await stage.press(phone, card["message_id"], data)


async def answers_of(stage, phone):
    """What the database holds, by name."""
    async with stage.database.reading() as store:
        account = await store.people.account(phone.person)
        given = {}
        for person in await store.people.persons_of(account.id):
            [checkin] = await store.checkins.open_for(person.id, stage.now)
            given[person.name] = dict(await store.checkins.answers(checkin.id))
        return given


async def test_a_second_woman_comes_in_on_the_same_phone_and_is_greeted_by_her_name(stage, phone):
    await phone.says("/start")
    await phone.sees("Bonjour Béatrice.")
    await stage.later(minutes=16)
    await phone.says("/start")
    await phone.sees("Qui répond ?")
    await phone.taps("Aline")
    await phone.sees("Bonjour Aline.")


async def test_the_command_she_wrote_is_carried_out_once_she_has_said_who_she_is(stage, asked):
    await asked.says("/point")
    await asked.sees("Qui répond ?")
    await asked.taps("Béatrice")
    await asked.sees("Pour Béatrice", "Comment est ta motivation")


async def test_two_cards_in_one_chat_are_answered_in_any_order_and_not_mixed(stage, asked):
    await press(stage, asked, "Aline", "4 🙂")
    await press(stage, asked, "Béatrice", "2 🙁")
    await press(stage, asked, "Aline", "Réunion")
    await press(stage, asked, "Aline", "C’est tout")
    await press(stage, asked, "Béatrice", "Vente")
    await press(stage, asked, "Béatrice", "C’est tout")
    assert await answers_of(stage, asked) == {
        "Aline": {"motivation": "4", "together": "meeting"},
        "Béatrice": {"motivation": "2", "together": "sale"},
    }


async def test_whatever_they_do_in_turn_nothing_is_answered_for_the_other(stage, asked, luck):
    speaker = None
    for _ in range(16):
        act = luck.choice(["press", "press", "type", "reply", "away"])
        name = luck.choice(BOTH)
        before = await answers_of(stage, asked)
        if act == "press":
            keys = (await card_of(asked, name))["keyboard"] or []
            if not keys:
                continue
            speaker, card = name, await card_of(asked, name)
            await stage.press(asked, card["message_id"], luck.choice(keys)[0]["data"])
        elif act == "type":
            await asked.says(luck.choice("123"))
        elif act == "reply":
            speaker, card = name, await card_of(asked, name)
            await asked.says(luck.choice("123"), reply_to=card["message_id"])
        else:
            speaker = None
            await stage.later(minutes=16)
        after = await answers_of(stage, asked)
        assert {each for each in BOTH if before[each] != after[each]} <= {speaker}


async def test_typed_words_are_hers_who_speaks_though_another_card_is_newer(stage, asked):
    await press(stage, asked, "Aline", "4 🙂")
    await press(stage, asked, "Béatrice", "2 🙁")
    await press(stage, asked, "Aline", "Passer")
    # Now Béatrice's card is above Aline's; Aline has the word.
    await asked.says("1")
    await asked.sees("Pour Aline", "C’est noté : Rien.")
    given = await answers_of(stage, asked)
    assert given["Béatrice"] == {"motivation": "2"}


async def test_nobody_is_taken_for_the_last_speaker_after_a_quarter_of_an_hour(stage, asked):
    await press(stage, asked, "Aline", "4 🙂")
    await stage.later(minutes=16)
    await asked.says("1")
    await asked.sees("Qui répond ?")
    assert (await answers_of(stage, asked))["Aline"] == {"motivation": "4"}


async def test_a_reply_to_a_card_is_its_persons(stage, asked):
    await press(stage, asked, "Aline", "4 🙂")
    hers = await card_of(asked, "Béatrice")
    await asked.says("5", reply_to=hers["message_id"])
    await asked.sees("Pour Béatrice", "C’est noté : Très bonne.")
    assert (await answers_of(stage, asked))["Aline"] == {"motivation": "4"}


async def test_the_other_takes_the_phone_over_from_home(stage, phone):
    await phone.says("/start")
    await phone.sees("Bonjour Béatrice.")
    await phone.taps("Ce n’est pas moi")
    await phone.taps("Aline")
    await phone.sees("Bonjour Aline.")


async def test_a_page_one_of_them_opened_is_not_the_others(stage, now):
    cast = await stage.found(("Aline", "fr"))
    phone = cast["Nadine"]
    await second(stage, cast, phone, "Béatrice")
    await stage.later(minutes=16)
    await phone.says("/diffuser")
    await phone.taps("Nadine")
    await phone.sees("Écris ton message")
    page = await phone.sees("Écris ton message")
    await stage.later(minutes=16)
    await phone.says("/start")
    await phone.taps("Béatrice")
    await phone.says("Bonjour")
    await phone.saw("Pour Béatrice", "Comment est ta motivation")
    await phone.never_saw("Envoyer à")
    await stage.press(phone, page["message_id"], page["keyboard"][0][0]["data"])
    await phone.sees("Cette page est ancienne")


async def test_a_stranger_who_borrows_the_phone_learns_how_to_come_in(stage, phone):
    await stage.later(minutes=16)
    await phone.says("/point")
    await phone.taps(OTHER)
    await phone.sees("Aucun point n’est ouvert")
    await phone.says("/start")
    await phone.sees("Tu as un code de six lettres ?")


async def test_a_sheet_is_hers_who_opened_it(stage, asked):
    await asked.says("/reglages")
    await asked.taps("Béatrice")
    sheet = await asked.sees("Pour Béatrice", "Que veux-tu changer")
    [pause] = [k["data"] for row in sheet["keyboard"] for k in row if "pause" in k["text"]]
    await press(stage, asked, "Aline", "4 🙂")
    await asked.sees("Pour Aline", "C’est noté")
    await stage.press(asked, sheet["message_id"], pause)
    await asked.sees("Pour Béatrice", "combien de temps")


async def test_a_word_that_stops_me_waits_for_who_says_it(stage, phone):
    await stage.later(minutes=16)
    await phone.says("Arrêt !")
    await phone.sees("Qui répond ?")
    await phone.taps("Aline")
    await phone.sees("Pour Aline", "Je ne t’envoie rien", "Que veux-tu ?")


async def test_who_says_no_leaves_the_phone_to_its_owner(stage):
    cast = await stage.found(("Aline", "fr"))
    await cast["Nadine"].says("/inviter")
    aline = cast["Aline"]
    await aline.opens(await cast["Nadine"].link())
    for label in (OTHER, "Français", "Non, merci"):
        await aline.taps(label)
    await aline.sees("Je ne garde rien sur toi")
    await aline.says("/start")
    await aline.sees("Bonjour Aline.")


async def test_stop_is_obeyed_once_it_is_known_whose_it_is(asked, stage):
    await asked.says("STOP")
    await asked.taps("Béatrice")
    await asked.sees("Je ne t’envoie rien jusqu’au")
    await stage.later(hours=25)
    await asked.saw("Pour Aline", "est encore ouvert")
    await asked.never_saw("Pour Béatrice\n\nTon point est encore ouvert")


async def test_who_leaves_and_erases_herself_takes_nothing_of_the_others_along(stage, asked):
    await press(stage, asked, "Aline", "4 🙂")
    await press(stage, asked, "Béatrice", "2 🙁")
    await asked.says("/mesdonnees")
    page = stage.file_of(await asked.sees("Voici ce que je garde sur toi, Béatrice"))
    assert '"value": "2"' in page
    assert not [each for each in ("Aline", '"value": "4"') if each in page]
    for label in ("Tout effacer", "Tout effacer"):
        await asked.taps(label)
    await asked.saw("Tout est effacé.")
    await stage.later(minutes=16)
    await asked.says("/mesreponses")
    await asked.sees("Tujenge", "4")
    async with stage.database.reading() as store:
        account = await store.people.account(asked.person)
        assert [each.name for each in await store.people.persons_of(account.id)] == ["Aline"]
    await stage.later(hours=25)
    await asked.saw("Ton point est encore ouvert")
    await asked.never_saw("Pour Béatrice\n\nTon point est encore ouvert")


async def test_a_phone_of_two_in_discreet_mode_says_names_and_opens_each_card_to_its_own(
    stage, phone, now
):
    await phone.says("/reglages")
    for label in ("Mode discret", "Activer"):
        await phone.taps(label)
    await stage.until(now + timedelta(minutes=20))
    await phone.never_saw("Comment est ta motivation")
    for name, label in (("Aline", "4 🙂"), ("Béatrice", "2 🙁")):
        [veil] = [r for r in await phone.records() if f"Bonjour {name}. Un petit mot" in r["text"]]
        await stage.press(phone, veil["message_id"], veil["keyboard"][0][0]["data"])
        await phone.saw(f"Pour {name}", "Comment est ta motivation")
        await press(stage, phone, name, label)
    given = await answers_of(stage, phone)
    assert {name: each["motivation"] for name, each in given.items()} == {
        "Aline": "4",
        "Béatrice": "2",
    }
    await stage.later(hours=23)
    left = [record["text"] for record in await phone.records()]
    assert not [text for text in left if "C’est noté" in text]
