"""A facilitator looks after her collective: first steps, who has answered, a gentle reminder."""

import re
from datetime import timedelta


async def test_a_facilitator_sees_who_has_answered_and_reminds_the_others_once_a_day(stage, now):
    cast = await stage.found(("Aline", "fr"), ("Béa", "ln"), ("Clarisse", "fr"))
    nadine, aline = cast["Nadine"], cast["Aline"]
    await nadine.says("/collectif")
    await nadine.sees("Tujenge · Bukavu", "3 membres", "Pour bien commencer", "✅ Inviter")
    await stage.until(now + timedelta(minutes=1))
    await aline.taps("Bonne")
    await nadine.says("/collectif")
    await nadine.sees("Réponses : 1 sur 3")
    await nadine.taps("Qui a répondu")
    await nadine.sees("1 sur 3 ont répondu", "✍️ Aline", "▫️ Béa")
    await nadine.says("/relancer")
    await nadine.sees("Rappeler aux 3 membres qui n’ont pas fini ?")
    await nadine.taps("Rappeler")
    await nadine.saw("3 membres reçoivent un rappel.")
    await cast["Clarisse"].saw("Ton point est encore ouvert")
    await nadine.says("/relancer")
    await nadine.taps("Rappeler")
    await nadine.saw("Toutes ont déjà reçu un rappel aujourd’hui.")


async def test_somebody_without_telegram_is_written_down_with_her_yes_and_taken_off_again(
    stage, now
):
    cast = await stage.found(("Aline", "fr"))
    nadine = cast["Nadine"]
    await nadine.says("/collectif")
    await nadine.taps("Membres")
    await nadine.taps("Ajouter sans Telegram")
    await nadine.says("Maman Mado")
    await nadine.sees("Maman Mado est-elle d’accord")
    await nadine.taps("Elle est d’accord")
    await nadine.sees("Maman Mado", "Membre depuis", "Elle n’a pas Telegram.")
    await nadine.taps("Retour")
    assert "Maman Mado 📵" in await nadine.buttons()
    await nadine.taps("Retour")
    await nadine.taps("Jour et heure")
    await nadine.sees("jeudi", "17:00")
    await stage.until(now + timedelta(minutes=1))
    await nadine.says("/collectif")
    await nadine.sees("2 membres, 1 sans Telegram", "Réponses : 0 sur 2")
    for label in ("Membres", "Maman Mado", "Retirer de la liste"):
        await nadine.taps(label)
    await nadine.sees("Retirer Maman Mado de la liste ?", "les totaux de Tujenge")
    await nadine.taps("Retirer et effacer")
    await nadine.sees("Membres de Tujenge")
    assert "Maman Mado 📵" not in await nadine.buttons()
    await nadine.taps("Retour")
    await nadine.sees("1 membre", "Réponses : 0 sur 1")


async def test_a_coordinator_sees_counts_and_no_names_of_members(stage):
    cast = await stage.found(("Aline", "fr"))
    josephine = cast["Joséphine"]
    await josephine.says("/collectifs")
    await josephine.taps("Tujenge")
    seen = await josephine.sees("Tujenge", "1 membre", "Animatrice : Nadine")
    assert "Aline" not in seen["text"]
    await josephine.taps("Inviter une animatrice")
    await josephine.saw("Lien pour l’animatrice de Tujenge")


async def test_a_facilitator_enters_answers_and_the_member_may_correct_them_for_two_weeks(
    stage, now
):
    cast = await stage.found(("Aline", "fr"), ("Béa", "fr"))
    nadine, aline, bea = cast["Nadine"], cast["Aline"], cast["Béa"]
    await stage.until(now + timedelta(minutes=1))
    await bea.taps("Bonne")
    await nadine.says("/saisie")
    assert "Béa" not in str(await nadine.buttons())
    await nadine.taps("Aline")
    card = await nadine.sees("Aline · Tujenge", "Comment est ta motivation")
    await nadine.taps("Basse")
    assert (await nadine.sees("Basse"))["message_id"] == card["message_id"]
    for label in ("Vente", "C’est tout", "Rien", "Passer"):
        await nadine.taps(label)
    await nadine.sees("C’est noté.", "1. Basse")
    await aline.sees("Ton animatrice a noté tes réponses", "Basse", "jeudi 10 décembre")
    await stage.later(days=4)
    await aline.taps("Changer une réponse")
    await aline.taps("1")
    await aline.taps("Très bonne")
    async with stage.database.reading() as store:
        round_ = await store.rounds.newest(cast.collective.id)
        said = [answers["motivation"] for _, answers in await store.checkins.everyone(round_.id)]
    assert sorted(said) == ["4", "5"]
    await nadine.taps("1")
    await nadine.saw("Elle a répondu elle-même.")


async def test_who_gets_a_phone_takes_over_her_own_record_after_her_own_yes(stage, now):
    cast = await stage.found(("Aline", "fr"))
    nadine = cast["Nadine"]
    await nadine.says("/collectif")
    for label in ("Membres", "Ajouter sans Telegram"):
        await nadine.taps(label)
    await nadine.says("Maman Mado")
    await nadine.taps("Elle est d’accord")
    await stage.until(now + timedelta(minutes=1))
    await nadine.says("/saisie")
    for label in ("Maman Mado", "Basse"):
        await nadine.taps(label)
    await nadine.says("/collectif")
    for label in ("Membres", "Maman Mado", "Elle a un téléphone"):
        await nadine.taps(label)
    told = await nadine.saw("Lien pour Maman Mado seulement.")
    mado, link = await stage.person("Mado"), re.search(r"https://\S+", told["text"])[0]
    await mado.opens(link)
    await mado.taps("Français")
    await mado.sees("Ton animatrice a déjà noté des réponses")
    for label in ("Je suis d’accord", "Oui", "Non", "Maman Mado"):
        await mado.taps(label)
    await mado.saw("Bienvenue dans Tujenge")
    await stage.later(minutes=3)
    await mado.sees("C’est noté : Basse.", "Qu’as-tu fait avec le groupe")
    async with stage.database.reading() as store:
        members = await store.collectives.members(cast.collective.id)
    assert [each.name for each in members if each.chat_id == mado.person] == ["Maman Mado"]
    assert len(members) == 2
    other = await stage.person("Autre")
    await other.opens(link)
    await other.sees("Cette invitation a déjà servi.")


async def test_a_long_list_is_paged_and_says_where_she_is(stage):
    names = ("Aline", "Béa", "Clarisse", "Dorcas", "Espérance", "Furaha", "Gloria")
    cast = await stage.found(*((name, "fr") for name in names))
    nadine = cast["Nadine"]
    await nadine.says("/collectif")
    await nadine.taps("Membres")
    assert (await nadine.buttons())[5:9] == ["Furaha", "‹", "1/2", "›"]
    await nadine.taps("›")
    assert (await nadine.buttons())[:4] == ["Gloria", "‹", "2/2", "›"]
