"""The life of the group: an activity is planned, told, answered, moved, held and looked back on."""

from dataclasses import replace
from datetime import timedelta

from stage import PLAN

MEMBERS = (("Aline", "ln"), ("Béatrice", "fr"), ("Dorcas", "fr"))


async def plans(chat, title, *, kind="Réunion", when="samedi 15h", place="Kadutu"):
    """Plan something for us alone, up to the page with all of it."""
    await chat.says("/activite")
    await chat.taps(kind)
    await chat.says(title)
    await chat.says(when)
    await chat.says(place)
    await chat.taps("Non, seulement nous")


async def test_what_is_planned_reaches_everybody_and_each_says_whether_she_comes(stage, now):
    cast = await stage.found(*MEMBERS, group=True)
    group = await stage.in_group(cast["Nadine"], cast.group)
    beatrice, aline, dorcas = cast["Béatrice"], cast["Aline"], cast["Dorcas"]
    await plans(beatrice, "Coudre les uniformes", kind="Production")
    await beatrice.sees("Pour Tujenge", "Coudre les uniformes", "samedi 28 novembre à 15:00")
    await beatrice.taps("Annoncer")
    await beatrice.sees("C’est prévu.", "Responsable : Béatrice")
    await aline.sees("📅 Béatrice abongisi", "Coudre les uniformes", "Okoya?")
    told = await group.saw("Prévu pour vous", "Coudre les uniformes")
    await aline.opens(told["keyboard"][0][0]["url"])
    await aline.taps("Nakoya te")
    await aline.sees("Eyano na yo: Nakoya te")
    await aline.says("iyo")
    await aline.sees("Eyano na yo: Nakoya.", "Bakoya: 1")
    await dorcas.saw("📅 Béatrice prévoit")
    await dorcas.says("Peut-être")
    await dorcas.sees("Ta réponse : Peut-être", "Viennent : 1. Peut-être : 1.")
    await beatrice.says("/agenda")
    await beatrice.sees("28/11/2026 15:00", "Coudre les uniformes")
    await beatrice.taps("1")
    await beatrice.sees("👍 1 · Aline", "🤔 1 · Dorcas")
    await beatrice.taps("Dans mon agenda")
    sent = await beatrice.saw("Ouvre ce fichier")
    assert "SUMMARY:Coudre les uniformes" in stage.file_of(sent)
    await group.says("/agenda")
    shown = await group.sees("Ce que vous avez prévu", "Coudre les uniformes")
    await dorcas.opens(shown["keyboard"][0][0]["url"])
    await dorcas.sees("Ce qui est prévu", "Peut-être")


async def test_a_plan_that_cannot_be_is_refused_in_words_and_nothing_is_lost(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice = cast["Béatrice"]
    await beatrice.says("/activite")
    await beatrice.taps("Portes ouvertes")
    await beatrice.says("a" * 4000)
    await beatrice.sees("C’est trop long : 120 lettres au plus", "Comment s’appelle l’activité ?")
    assert "Annuler" in await beatrice.buttons()
    await beatrice.says("Voir nos tissus")
    await beatrice.says("hier 9h")
    await beatrice.sees("Je n’ai pas compris quand")
    await beatrice.says("25/11/2026")
    await beatrice.sees("Ce moment est passé", "Quel jour ?")
    await beatrice.says("28/11/2030")
    await beatrice.sees("C’est trop loin")
    await beatrice.taps("30")
    await beatrice.saw("lundi 30 novembre : à quelle heure (heure de Lubumbashi)")
    await beatrice.taps("09:00")
    await beatrice.taps("Pas encore connu")
    await beatrice.taps("Oui, c’est ouvert")
    await beatrice.saw("Voir nos tissus", "lundi 30 novembre à 09:00", "peuvent venir aussi")
    await beatrice.taps("Avec qui")
    await beatrice.says("le collectif Amani")
    await beatrice.taps("Combien de fois")
    await beatrice.taps("Une fois par mois")
    await beatrice.taps("Qui est responsable")
    await beatrice.taps("Dorcas")
    await beatrice.saw("Avec : le collectif Amani", "une fois par mois", "Responsable : Dorcas")
    await beatrice.taps("Annoncer")
    await cast["Dorcas"].sees("📅 Béatrice prévoit", "Voir nos tissus")
    assert "Changer" in await cast["Dorcas"].buttons()


async def test_an_hour_that_the_clocks_leave_out_is_refused_with_the_next_one(
    stage, now, monkeypatch
):
    monkeypatch.setattr("stage.PLAN", replace(PLAN, zone="Europe/Brussels"))
    cast = await stage.found(*MEMBERS)
    beatrice = cast["Béatrice"]
    await beatrice.says("/activite")
    await beatrice.taps("Visite")
    await beatrice.says("Nuit des lumières")
    await beatrice.says("28/03/2027 2h30")
    await beatrice.sees("Ce jour-là on change d’heure : 02:30 n’existe pas. Choisis 03:00")
    await beatrice.says("28/03/2027 3h")
    await beatrice.sees("C’est où ?")


async def test_who_had_answered_hears_that_it_is_put_off_or_cancelled(stage, now):
    cast = await stage.found(*MEMBERS, group=True)
    group = await stage.in_group(cast["Nadine"], cast.group)
    beatrice, aline, dorcas = cast["Béatrice"], cast["Aline"], cast["Dorcas"]
    await plans(beatrice, "Likita")
    await beatrice.taps("Annoncer")
    shown = await aline.saw("📅 Béatrice abongisi")
    old = shown["keyboard"][0][0]["data"]
    await dorcas.saw("📅 Béatrice prévoit")
    await dorcas.taps("Je viens")
    await beatrice.taps("Reporter")
    await beatrice.says("dimanche 10h")
    await beatrice.sees("Voici comment ce sera", "dimanche 29 novembre à 10:00")
    await beatrice.taps("Enregistrer")
    await beatrice.sees("C’est changé.")
    await dorcas.sees("Ce n’est plus samedi 28 novembre à 15:00", "dimanche 29 novembre à 10:00")
    await group.saw("Ce n’est plus samedi 28 novembre à 15:00")
    await aline.never_saw("29")
    await stage.press(aline, shown["message_id"], old)
    await aline.sees("🔁", "29")
    await aline.taps("👍 Nakoya")
    await beatrice.taps("Annuler l’activité")
    await beatrice.taps("Non, garder")
    await beatrice.sees("dimanche 29 novembre à 10:00", "👍 2 · Aline, Dorcas")
    await beatrice.taps("Annuler l’activité")
    await beatrice.taps("Oui, annuler")
    await dorcas.sees("Ceci n’aura pas lieu", "Likita")
    await aline.sees("Oyo ekosalema te")
    await group.saw("Ceci n’aura pas lieu")
    await dorcas.says("/agenda")
    await dorcas.sees("Rien n’est prévu")


async def test_who_comes_is_reminded_and_a_series_goes_on_until_it_is_ended(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice, aline, dorcas = cast["Béatrice"], cast["Aline"], cast["Dorcas"]
    await plans(beatrice, "Likita ya mposo")
    await beatrice.taps("Combien de fois")
    await beatrice.taps("Chaque semaine")
    await beatrice.taps("Annoncer")
    await aline.saw("📅 Béatrice abongisi")
    await aline.taps("Mbala mosusu")
    await dorcas.saw("📅 Béatrice prévoit")
    await dorcas.taps("Je ne viens pas")
    await stage.until(now + timedelta(days=1, hours=1))
    await aline.saw("🔔", "Likita ya mposo", "Eyano na yo: Mbala mosusu")
    await dorcas.never_saw("🔔")
    await stage.until(now + timedelta(days=2, hours=18))
    await aline.saw("Ezongi lisusu", "mokolo ya 5")
    await beatrice.says("/agenda")
    await beatrice.taps("1")
    await beatrice.taps("Annuler l’activité")
    assert "Seulement celle-ci" in await beatrice.buttons()
    await beatrice.taps("Plus aucune après")
    await beatrice.sees("Aucune autre ne suivra")
    await stage.until(now + timedelta(days=12))
    await beatrice.says("/agenda")
    await beatrice.sees("Rien n’est prévu")


async def test_what_she_was_in_charge_of_is_given_on_when_she_leaves(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice, nadine, dorcas = cast["Béatrice"], cast["Nadine"], cast["Dorcas"]
    await plans(beatrice, "Atelier du lundi", kind="Atelier", when="lundi 9h")
    await beatrice.taps("Combien de fois")
    await beatrice.taps("Chaque semaine")
    await beatrice.taps("Annoncer")
    await dorcas.saw("📅 Béatrice prévoit")
    await beatrice.says("STOP")
    await beatrice.taps("Partir")
    await beatrice.taps("Oui, partir")
    await nadine.saw("La personne responsable est partie", "Atelier du lundi")
    await nadine.taps("Qui est responsable", on="La personne responsable est partie")
    await nadine.taps("Dorcas", on="Qui en est responsable")
    await nadine.taps("Enregistrer", on="Responsable : Dorcas")
    await nadine.sees("C’est changé.", "Responsable : Dorcas")
    told = await dorcas.sees("Tu es responsable de ceci maintenant", "Atelier du lundi")
    changes = told["keyboard"][-2][0]["data"]
    await dorcas.taps("Annuler l’activité")
    await dorcas.taps("Toute la série")
    await dorcas.sees("Ceci n’aura pas lieu")
    await stage.press(dorcas, 1, changes)
    await dorcas.saw("Cette activité est terminée ou annulée.")
    await stage.until(now + timedelta(days=6))
    await dorcas.says("/agenda")
    await dorcas.sees("Rien n’est prévu")
