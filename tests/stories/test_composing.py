"""What a message to many can be, for whom, in which language, and when."""

from datetime import timedelta

import pytest

TWO = [("Aline", "ln"), ("Béatrice", "fr")]


@pytest.fixture
async def cast(stage):
    """A facilitator, a coordinator, two members and their group."""
    return await stage.found(*TWO, group=True)


PHOTO = {"file_id": "p", "file_unique_id": "u", "width": 90, "height": 90, "file_size": 900}


async def push(stage, who, number, **content):
    """She sends something that the playground's phone has no button for."""
    account = {"id": who.person, "is_bot": False, "first_name": "Nadine"}
    chat = {"id": who.chat, "type": "private", "first_name": "Nadine"}
    date = int(stage.now.timestamp())
    message = {"message_id": number, "from": account, "chat": chat, "date": date, **content}
    await stage.playground.push({"message": message}, wait=True)


async def files(chat):
    """What files the bot has sent here and left, by kind."""
    media = [record.get("media") for record in await chat.records()]
    return [each["kind"] for each in media if each]


async def test_a_picture_in_one_language_a_text_in_another_each_tried_on_herself(stage, cast):
    nadine = cast["Nadine"]
    await nadine.says("/diffuser")
    await nadine.sends_photo(caption="Le marché est samedi.")
    await nadine.sees("📣 Nadine", "Le marché est samedi.", "À 2 membres et au groupe.")
    assert await files(nadine) == ["photo"]
    for label in ("Options", "Une autre langue", "Lingala"):
        await nadine.taps(label)
    await nadine.sees("Langue : Lingala.")
    await nadine.says("Zando ezali mwa mposo.")
    await nadine.sees("Zando ezali mwa mposo.", "À 2 membres")
    assert "▸ Lingala" in await nadine.buttons()
    for label in ("Options", "Essai"):
        await nadine.taps(label)
    await nadine.sees("Zando ezali mwa mposo.", "À 2 membres")
    assert await files(nadine) == ["photo"]  # the test; the preview's has gone
    await nadine.taps("Envoyer")
    await cast["Aline"].sees("📣 Nadine", "Zando ezali mwa mposo.")
    await cast["Béatrice"].sees("📣 Nadine", "Le marché est samedi.")
    assert (await files(cast["Aline"]), await files(cast["Béatrice"])) == ([], ["photo"])


async def test_a_picture_that_telegram_no_longer_knows_leaves_its_page_without_it(stage, cast):
    nadine = cast["Nadine"]
    await nadine.says("/diffuser")
    await nadine.says("La réunion est lundi.")
    for label in ("Options", "Une autre langue", "Lingala"):
        await nadine.taps(label)
    await push(stage, nadine, 9001, photo=[PHOTO], caption="Likita ezali mokolo ya liboso.")
    await nadine.sees("Likita ezali", "À 2 membres")
    await nadine.taps("Français")
    await nadine.sees("La réunion est lundi.")
    await nadine.taps("Lingala")
    await nadine.sees("Likita ezali", "À 2 membres")


async def test_a_voice_and_a_file_are_passed_on_an_album_and_a_place_are_not(stage, cast):
    nadine = cast["Nadine"]
    await nadine.says("/diffuser")
    for number in (9001, 9002):
        await push(stage, nadine, number, media_group_id="7", photo=[PHOTO])
    answer = "un texte, une photo, un message vocal ou un fichier, un à la fois"
    await nadine.sees(answer)
    await push(stage, nadine, 9003, location={"longitude": 27.5, "latitude": -11.7})
    await stage.settled()
    assert len([each for each in await nadine.records() if answer in each["text"]]) == 2
    await nadine.speaks(5)
    await nadine.sees("📣 Nadine", "À 2 membres")
    await nadine.taps("Changer le texte")
    await nadine.sends_document("prix.csv", caption="Les prix.")
    await nadine.sees("Les prix.", "À 2 membres")
    await nadine.taps("Envoyer")
    got = await cast["Aline"].saw("📣 Nadine", "Les prix.")
    assert (got["media"]["kind"], got["media"]["name"]) == ("document", "prix.csv")
    await nadine.says("/diffuser")
    await nadine.speaks(5)
    for label in ("Options", "Plus tard", "27", "09:00", "Envoyer à ce moment"):
        await nadine.taps(label)
    await nadine.says("/diffusions")
    await nadine.sees("⏳ à venir")
    assert "⏳ 27/11/2026 · 🎤" in await nadine.buttons()


async def test_a_draft_outlives_the_bot_and_is_sent_to_whom_she_chose(stage, cast):
    nadine = cast["Nadine"]
    await nadine.says("/diffuser")
    await nadine.says("Seulement toi.")
    await stage.sleeps_through(minutes=5)
    for label in ("Options", "À qui", "Personnes choisies", "Béatrice", "C’est tout"):
        await nadine.taps(label)
    await nadine.sees("Seulement toi.", "À 1 personne choisie.")
    await nadine.taps("Envoyer")
    await cast["Béatrice"].sees("Seulement toi.")
    await nadine.saw("Envoyés : 1")
    await cast["Aline"].never_saw("Seulement toi.")


async def test_who_has_not_answered_and_an_audience_of_nobody(stage, cast, now):
    nadine = cast["Nadine"]
    await nadine.says("/diffuser")
    await nadine.says("Pense à répondre.")
    for label in ("Options", "À qui", "Pas encore répondu"):
        await nadine.taps(label)
    await nadine.sees("Pense à répondre.", "Personne ne le recevrait ainsi.")
    assert "Envoyer" not in await nadine.buttons()
    await stage.until(now + timedelta(minutes=1))
    await cast["Béatrice"].checks_in("4")
    for label in ("Options", "À qui", "Pas encore répondu"):
        await nadine.taps(label)
    await nadine.sees("À 1 membre qui n’a pas encore répondu.")
    await nadine.taps("Envoyer")
    await cast["Aline"].saw("Pense à répondre.")
    await cast["Béatrice"].never_saw("Pense à répondre.")


async def test_the_moment_may_be_written_and_what_is_no_moment_to_come_is_refused(stage, cast):
    nadine = cast["Nadine"]
    await nadine.says("/diffuser")
    await nadine.says("À bientôt.")
    for label in ("Options", "Plus tard"):
        await nadine.taps(label)
    for text, answer in (
        ("quand tu veux", "Je n’ai pas compris quand."),
        ("15/10/2026 9h", "Ce moment est passé."),
        ("15/10 9h", "C’est trop loin : 60 jours au plus."),
    ):
        await nadine.says(text)
        await nadine.saw(answer)
    await nadine.says("lobi")
    await nadine.sees("À quelle heure")
    await nadine.says("14h30")
    await nadine.sees("À bientôt.", "Il part vendredi 27 novembre à 14:30.")
    for label in ("Options", "Plus tard"):
        await nadine.taps(label)
    await nadine.says("samedi à 9 heures")
    await nadine.sees("Il part samedi 28 novembre à 09:00.")
    # The page stays open until that has passed: what its button says would not be true.
    await stage.later(hours=48)
    page = [each for each in await nadine.records() if "Il part samedi" in each["text"]][-1]
    await stage.press(nadine, page["message_id"], page["keyboard"][0][0]["data"])
    await nadine.saw("Ce moment est passé.")
    await cast["Aline"].never_saw("À bientôt.")


async def test_later_is_listed_can_be_changed_and_taken_back(stage, cast, now):
    nadine = cast["Nadine"]
    await nadine.says("/diffuser")
    await nadine.says("À demain.")
    for label in ("Options", "Plus tard", "27", "09:00"):
        await nadine.taps(label)
    await nadine.sees("À demain.", "Il part vendredi 27 novembre à 09:00.")
    await nadine.taps("Envoyer")
    await nadine.sees("Il part vendredi 27 novembre à 09:00", "/diffusions")
    await nadine.says("/diffusions")
    await nadine.taps("⏳ 27/11/2026 · À demain.")
    await nadine.taps("Modifier")
    await nadine.taps("Changer le texte")
    await nadine.says("À après-demain.")
    for label in ("Options", "Plus tard", "28", "10:00", "Envoyer à ce moment"):
        await nadine.taps(label)
    await stage.until(now + timedelta(hours=20))
    await cast["Aline"].never_saw("demain")
    await nadine.says("/diffusions")
    for label in ("⏳", "Retirer"):
        await nadine.taps(label)
    await nadine.sees("✖️")
    await stage.until(now + timedelta(hours=44))
    await cast["Aline"].never_saw("demain")


async def test_what_was_due_while_the_bot_was_away_leaves_or_is_asked_about(stage, cast, now):
    nadine = cast["Nadine"]
    for text, day in (("Un.", "27"), ("Deux.", "28")):
        await nadine.says("/diffuser")
        await nadine.says(text)
        for label in ("Options", "Plus tard", day, "09:00", "Envoyer"):
            await nadine.taps(label)
        await nadine.saw("/diffusions")
    await stage.sleeps_through(hours=16 + 3)
    await cast["Aline"].saw("Un.")
    await nadine.saw("L’envoi est fini.")
    await stage.sleeps_through(hours=24 + 21)
    await nadine.saw("n’est pas parti samedi 28 novembre à 09:00")
    await cast["Aline"].never_saw("Deux.")
    for label in ("Le regarder", "Envoyer"):
        await nadine.taps(label)
    await cast["Aline"].saw("Deux.")


async def test_two_long_texts_are_refused_until_the_group_can_get_them_in_one(stage, cast):
    nadine = cast["Nadine"]
    await nadine.says("/diffuser")
    await nadine.says("a" * 3000)
    for label in ("Options", "Une autre langue", "Lingala"):
        await nadine.taps(label)
    await nadine.says("b" * 1500)
    await nadine.saw("4 004 lettres au plus", "4 500")
    await nadine.says("b" * 1004)
    await nadine.sees("bbb", "À 2 membres et au groupe.")
    await nadine.taps("Envoyer")
    await nadine.saw("L’envoi est fini.", "Envoyés : 3")
    await (await stage.in_group(cast["Aline"], cast.group)).saw("a" * 3000, "b" * 1004)


async def test_who_lost_the_right_to_send_what_she_planned_is_told(stage, cast, now):
    nadine = cast["Nadine"]
    await nadine.says("/diffuser")
    await nadine.says("À demain.")
    for label in ("Options", "Plus tard", "27", "09:00", "Envoyer"):
        await nadine.taps(label)
    async with stage.database.writing() as store:
        [leads] = await store.collectives.facilitators(cast.collective.id)
        await store.collectives.remove_facilitator(cast.collective.id, leads.person_id)
    await stage.until(now + timedelta(hours=17))
    await nadine.saw("prévu vendredi 27 novembre à 09:00 est arrêté", "tu ne peux plus écrire")
    await cast["Aline"].never_saw("À demain.")


async def test_a_coordinator_writes_to_all_who_read_lingala(stage, cast):
    chief = cast["Joséphine"]
    await chief.says("/diffuser")
    await chief.sees("Qui le reçoit ?", "Personnes : 2. Groupes : 0.")
    for label in ("Langues", "Lingala", "C’est tout"):
        await chief.taps(label)
    await chief.sees("· Lingala", "Personnes : 1. Groupes : 0.")
    await chief.taps("Combien, et où")
    await chief.sees("· Tujenge : 1")
    for label in ("Retour", "Écrire"):
        await chief.taps(label)
    await chief.says("Mbote.")
    await chief.sees("📣 Joséphine", "Mbote.", "Personnes : 1. Groupes : 0.")
    await chief.taps("Envoyer")
    await cast["Aline"].sees("📣 Joséphine", "Mbote.")
    await chief.saw("Envoyé")
    await cast["Béatrice"].never_saw("Mbote.")


async def test_a_draft_opens_for_its_author_only_and_a_planned_one_stays_planned(stage, cast, now):
    nadine = cast["Nadine"]
    await nadine.says("/diffuser")
    await nadine.says("Mon brouillon.")
    for label in ("Options", "Plus tard", "27", "09:00", "Envoyer"):
        await nadine.taps(label)
    message = (await cast["Aline"].records())[-1]["message_id"]
    await stage.press(cast["Aline"], message, "dA:1")
    await cast["Aline"].never_saw("brouillon")
    await nadine.says("/diffusions")
    for label in ("⏳", "Modifier"):
        await nadine.taps(label)
    await nadine.sees("Mon brouillon.", "Il part vendredi 27 novembre à 09:00.")
    for label in ("Options", "À qui", "Pas encore répondu"):
        await nadine.taps(label)
    await nadine.saw("Personne ne le recevrait ainsi.")
    await nadine.taps("Retour")
    assert "Envoyer à ce moment" in await nadine.buttons()
    await nadine.taps("Annuler")
    await stage.until(now + timedelta(hours=17))
    await cast["Aline"].saw("Mon brouillon.")
