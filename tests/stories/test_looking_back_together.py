"""After an activity: who was there, what was learned, a photo, thanks; how a meeting was."""

from datetime import timedelta

from test_planning_together import MEMBERS, plans

from collective.actions import roster

LATER = timedelta(days=2, hours=2)


async def held(stage, cast, now, title, **what):
    """Let Béatrice plan something for Saturday, and Saturday evening come."""
    await plans(cast["Béatrice"], title, **what)
    await cast["Béatrice"].taps("Annoncer")
    await stage.until(now + LATER)


async def adds(nadine, name):
    """Write down somebody without Telegram."""
    await nadine.says("/collectif")
    await nadine.taps("Membres")
    await nadine.taps("Ajouter sans Telegram")
    await nadine.says(name)
    await nadine.taps("Elle est d’accord")


async def test_attendance_what_was_learned_and_a_photo_become_thanks(stage, now):
    cast = await stage.found(*MEMBERS, group=True)
    group = await stage.in_group(cast["Nadine"], cast.group)
    beatrice = cast["Béatrice"]
    await adds(cast["Nadine"], "Mama Furaha")
    await held(stage, cast, now, "Teindre ensemble", kind="Production")
    await beatrice.saw("👥 C’est fini. Comment c’était ?", "Qui était là ?")
    await beatrice.taps("Mama Furaha")
    await beatrice.taps("Aline")
    await beatrice.taps("Dorcas")
    await beatrice.taps("✅ Dorcas")
    await beatrice.sees("👥 2 sur 4")
    await beatrice.taps("C’est tout")
    await beatrice.says("Le bleu tient mieux " + "a" * 1000)
    await beatrice.sees("C’est trop long")
    await beatrice.says("Le bleu tient mieux avec du sel.")
    await beatrice.sees("Le bleu tient mieux avec du sel.", "envoie une photo")
    await beatrice.says("Je n’en ai pas")
    await beatrice.saw("Appuie sur un de ces boutons")
    await beatrice.sees("envoie une photo")
    await beatrice.sends_document("photo.png", size=15_000_000)
    await beatrice.saw("Cette photo est trop lourde : 5 Mo au plus. Tout le reste est enregistré")
    await beatrice.sends_document("petite.png")
    await beatrice.saw("Envoie-le comme photo")
    await beatrice.sends_photo()
    await beatrice.sees("👥 2 sur 4", "Le bleu tient mieux avec du sel.", "Il y a une photo.")
    await beatrice.taps("Terminer et remercier")
    await beatrice.sees("C’est terminé")
    thanks = await group.saw("Merci à vous", "2 membres sur 4 étaient là", "avec du sel")
    assert thanks["media"]["kind"] == "photo"
    await cast["Aline"].says("/agenda")
    await cast["Aline"].taps("Oyo tosalaki")
    await cast["Aline"].sees("Teindre ensemble", "👥 2 na kati ya 4")
    await cast["Aline"].taps("1")
    await cast["Aline"].taps("Foto")
    await cast["Aline"].sees("Teindre ensemble")


async def test_a_group_that_takes_no_photos_is_thanked_all_the_same(stage, now):
    cast = await stage.found(*MEMBERS, group=True)
    await held(stage, cast, now, "Teindre ensemble", kind="Production")
    for label in ("Tout le monde était là", "C’est tout", "⏭ Passer"):
        await cast["Béatrice"].taps(label)
    await cast["Béatrice"].sends_photo()
    stage.playground.world.faults.arm(
        {"kind": "400_chat_not_found", "method": "sendPhoto", "chat_id": cast.group, "count": 1}
    )
    await cast["Béatrice"].taps("Terminer et remercier")
    group = await stage.in_group(cast["Nadine"], cast.group)
    assert (await group.saw("Merci à vous", "3 membres sur 3"))["media"] is None


async def test_a_meeting_of_five_tells_how_it_was_in_numbers(stage, now):
    cast = await stage.found(*MEMBERS, ("Clarisse", "fr"), ("Espérance", "ln"))
    beatrice, aline = cast["Béatrice"], cast["Aline"]
    await held(stage, cast, now, "Likita ya sanza")
    await beatrice.saw("Qui était là ?")
    await beatrice.taps("Tout le monde était là")
    await beatrice.taps("C’est tout")
    await beatrice.speaks(seconds=90)
    await beatrice.sees("60 secondes au plus")
    await beatrice.speaks(seconds=20)
    await beatrice.taps("⏭ Passer")
    await beatrice.sees("👥 5 sur 5", "ton message vocal", "Pas de photo")
    await beatrice.taps("Terminer et remercier")
    thanks = await aline.saw("Matondi na baoyo nyonso bazalaki", "5")
    await stage.press(aline, thanks["message_id"], thanks["keyboard"][0][0]["data"])
    assert (await aline.saw("👥 Likita ya sanza"))["media"]["kind"] == "voice"
    await aline.saw("Okokaki koloba oyo ozalaki kokanisa?")
    for name in ("Aline", "Espérance"):
        await cast[name].taps("Iyo")
        await cast[name].taps("Mwa moke")
    for name in ("Béatrice", "Clarisse", "Dorcas"):
        await cast[name].saw("As-tu pu dire ce que tu pensais ?")
        await cast[name].taps("Oui")
        await cast[name].taps("Non")
    await cast["Dorcas"].says("/agenda")
    await cast["Dorcas"].taps("Ce que nous avons fait")
    await cast["Dorcas"].taps("1")
    await cast["Dorcas"].sees("Likita ya sanza", "5 membres sur 5", "Oui 5", "Non 3")


async def test_who_left_meanwhile_is_said_kindly_and_what_was_noted_stays(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice, dorcas = cast["Béatrice"], cast["Dorcas"]
    await held(stage, cast, now, "Visite", kind="Visite")
    asked = await beatrice.saw("Qui était là ?")
    keys = {key["text"]: key["data"] for row in asked["keyboard"] for key in row}
    await beatrice.taps("Aline")
    await dorcas.says("STOP")
    await dorcas.taps("Partir")
    await dorcas.taps("Oui, partir")
    await stage.press(beatrice, asked["message_id"], keys["▫️ Dorcas"])
    await beatrice.saw("Elle a quitté le collectif. Ce qui est noté reste.")
    await beatrice.saw("👥 1 sur 3")


async def test_a_look_back_is_asked_for_three_times_then_never_again(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice = cast["Béatrice"]
    await held(stage, cast, now, "Atelier", kind="Atelier")
    for later in (timedelta(days=1), timedelta(days=3), timedelta(days=10)):
        await stage.until(now + LATER + later)
    asked = [each for each in await beatrice.records() if "Comment c’était ?" in each["text"]]
    assert len(asked) == 3
    assert [bool(each["keyboard"]) for each in asked] == [False, False, True]


async def test_of_what_is_over_nothing_is_offered_that_can_no_longer_be(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice, aline = cast["Béatrice"], cast["Aline"]
    await held(stage, cast, now, "Atelier", kind="Atelier")
    old = await aline.saw("📅 Béatrice abongisi")
    await aline.says("iyo", reply_to=old["message_id"])
    await aline.sees("Mosala oyo ya lisanga esili to etikami")
    await beatrice.says("/agenda")
    await beatrice.taps("Ce que nous avons fait")
    await beatrice.taps("1")
    await beatrice.sees("C’est fini.")
    await beatrice.taps("Changer")
    await beatrice.taps("Qui est responsable")
    await beatrice.taps("Dorcas")
    await beatrice.taps("Enregistrer")
    await beatrice.sees("C’est changé. Je préviens les personnes concernées.")
    await cast["Dorcas"].sees("Tu es responsable de ceci maintenant. Dis comment c’était.")
    assert not {"Reporter", "Annuler l’activité"} & set(await beatrice.buttons())
    await beatrice.taps("Ça n’a pas eu lieu")
    await beatrice.sees("Je ne préviens personne.", "Atelier")
    await beatrice.taps("Ça n’a pas eu lieu")
    await beatrice.sees("❌ Ceci n’a pas eu lieu", "Atelier")
    assert await beatrice.buttons() == ["Agenda des activités"]


async def test_the_check_in_and_home_lead_to_what_comes_next(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice, dorcas = cast["Béatrice"], cast["Dorcas"]
    await plans(beatrice, "Foire de Kadutu", kind="Vente")
    await beatrice.taps("Annoncer")
    await dorcas.saw("📅 Béatrice prévoit")
    await dorcas.says("/start")
    await dorcas.sees("Prochaine activité : sa 28/11/2026 15:00 · 🛍 Foire de Kadutu")
    await stage.until(now + timedelta(minutes=1))
    await dorcas.checks_in("4")
    await dorcas.sees("Il y a aussi la prochaine activité")
    await dorcas.taps("🛍")
    await dorcas.taps("Je viens")
    await dorcas.sees("Ta réponse : Je viens", "Viennent : 1")


async def test_a_long_list_of_names_is_turned_and_a_button_pressed_twice_is_the_same(stage, now):
    cast = await stage.found(*MEMBERS)
    async with stage.database.writing() as store:
        [led] = await store.collectives.facilitators(cast.collective.id)
        for n in range(14):
            await roster.add(
                store,
                cast.collective.id,
                f"Mama {n:02}",
                draft=f"r{n}",
                agreed=True,
                by=led.person_id,
                now=now,
            )
    beatrice = cast["Béatrice"]
    await held(stage, cast, now, "Marché", kind="Vente")
    asked = await beatrice.saw("Qui était là ?")
    await beatrice.taps("Suite")
    assert "▫️ Mama 13" in await beatrice.buttons()
    await beatrice.says("Mama 13")
    await beatrice.sees("👥 1 sur 17")
    keys = {key["text"]: key["data"] for row in asked["keyboard"] for key in row}
    for _ in range(2):
        await stage.press(beatrice, asked["message_id"], keys["▫️ Aline"])
    await beatrice.sees("👥 2 sur 17")
    await beatrice.taps("C’est tout")
    await beatrice.says("On a tout vendu.", reply_to=asked["message_id"])
    await beatrice.sees("On a tout vendu.")
