"""Hard times: telling of a setback in private, who hears of it, what was learned before."""

from datetime import timedelta


async def told(who, *labels):
    await who.says("/coupdur")
    for label in labels:
        await who.taps(label)


async def test_a_member_tells_of_a_setback_and_only_who_accompanies_the_group_hears_of_it(stage):
    cast = await stage.found(("Aline", "fr"), ("Béa", "ln"), group=True)
    aline, bea, nadine = cast["Aline"], cast["Béa"], cast["Nadine"]
    await told(aline, "Un vol", "4 · Le travail s’arrête", "Hier")
    await aline.sees("Raconte-le avec tes mots", "avec ton nom")
    await aline.says("x" * 1001)
    await aline.sees("C’est trop long")
    await aline.says("On a pris la machine à coudre.")
    await aline.sees("C’est noté.", "Un vol · Tujenge", "mercredi 25 novembre", "4 · Le travail")
    await nadine.sees("Un coup dur est signalé", "Signalé par Aline.", "On a pris la machine")
    await nadine.taps("Dire ce qu’on a appris")
    await nadine.says("Fermer l’atelier à deux clés.")
    await nadine.sees("Ce qui a été appris :", "· Fermer l’atelier à deux clés.")
    await bea.never_saw("machine", "machini")
    group = await stage.in_group(bea, cast.group)
    await group.never_saw("machine", "vol")
    await told(bea, "Koyiba", "2 · Ezali mpasi", "Lelo", "Esili")
    await bea.sees("Koyiba · Tujenge", "Oyo lisanga eyekolaki", "Fermer l’atelier à deux clés.")
    await told(bea, "Oyo bayebisi liboso")
    seen = await bea.sees("1. 26/11/2026 · Koyiba")
    assert "25/11" not in seen["text"]


async def test_a_setback_is_told_aloud_on_a_day_of_the_calendar(stage, now):
    cast = await stage.found(("Aline", "fr"))
    aline, nadine = cast["Aline"], cast["Nadine"]
    await told(aline, "Un conflit", "2 · C’est dur", "Un autre jour", "24")
    await aline.sends_photo()
    await aline.sees("Raconte-le avec tes mots")
    await aline.speaks(seconds=75)
    await aline.sees("60 secondes")
    await aline.speaks(seconds=20)
    await aline.sees("C’est noté.", "mardi 24 novembre")
    await nadine.sees("Un coup dur est signalé")
    await nadine.taps("Écouter")
    assert (await nadine.sees("24/11/2026 · Un conflit"))["media"]
    await stage.until(now + timedelta(minutes=1))
    await aline.says("/oublier")
    await aline.taps("effacer")
    await nadine.says("/coupdur")
    await nadine.taps("Ce qui a été signalé")
    await nadine.taps("1")
    seen = await nadine.sees("Un conflit · Tujenge", "mardi 24 novembre")
    assert "Aline" not in seen["text"]


async def test_who_asks_to_talk_waits_on_the_list_until_it_is_noted(stage, now):
    cast = await stage.found(("Aline", "fr"), ("Béa", "fr"))
    aline, nadine = cast["Aline"], cast["Nadine"]
    await nadine.says("/suivi")
    await nadine.sees("Personne ne t’attend")
    await stage.until(now + timedelta(minutes=1))
    for label in ("3", "Passer", "Parler à l’animatrice"):
        await aline.taps(label)
    await aline.says("Ma machine <est> cassée")
    await nadine.saw("Aline, de Tujenge, veut te parler.", "Depuis jeudi 26 novembre à 17:01")
    await stage.later(hours=50)
    await nadine.says("/start")
    await nadine.sees("1 membre attend que tu la voies")
    await nadine.taps("Qui voir ou appeler")
    await nadine.sees("1. Aline · veut te parler · depuis 2 jours")
    await nadine.taps("1")
    await nadine.sees("Aline, de Tujenge, veut te parler.", "Ma machine <est> cassée")
    await nadine.taps("Pas jointe")
    await nadine.sees("C’est noté : Pas jointe", "Elle reste sur ta liste.")
    await nadine.says("appelée")
    await nadine.sees("C’est noté : Appelée")
    await nadine.taps("Qui voir ou appeler")
    await nadine.sees("Personne ne t’attend")
    await cast["Béa"].says("/suivi")
    await cast["Béa"].sees("Tu n’as pas accès à cela")


async def test_in_a_crisis_everybody_is_asked_at_night_and_who_needs_help_is_named_at_once(
    stage, now
):
    names = ("Béa", "Clarisse", "Dorcas", "Furaha")
    cast = await stage.found(("Aline", "ln"), *((name, "fr") for name in names), group=True)
    aline, bea, nadine = cast["Aline"], cast["Béa"], cast["Nadine"]
    await stage.until(now + timedelta(hours=8))
    await nadine.says("/crise")
    await nadine.sees("Demander maintenant aux 5 membres de Tujenge", "à toute heure")
    await nadine.taps("Oui, leur demander")
    await nadine.sees("0 réponses sur 5")
    await aline.sees("🆘 Mituna ya likama · Tujenge", "Mbote Aline. Likambo", "Ozali na libateli")
    for label in ("3 👎 Te", "Ngai, yebisa mokambi"):
        await aline.taps(label)
    await aline.sees("Nayebisi mokambi sikoyo", "Ezali nani")
    await nadine.saw("🆘 Aline, de Tujenge, a besoin d’aide.")
    await aline.says("Ndako ezikaki")
    await nadine.saw("Aline, de Tujenge, dit ce dont elle a besoin", "Ndako ezikaki")
    for label in ("Nyonso etelemi", "Esili", "4"):
        await aline.taps(label)
    await aline.sees("🆘 Mituna ya likama · Tujenge", "Matondi")
    for name in names[:-1]:
        await cast[name].checks_in("1", "1")
    await nadine.says("/crise")
    await nadine.sees("4 réponses sur 5", "Sans nouvelles")
    assert [label for label in await nadine.buttons() if label in names] == ["Furaha"]
    await nadine.says("/relancer")
    await nadine.sees("Un point d’urgence est ouvert")
    await stage.later(hours=13)
    await cast["Furaha"].saw("Je n’ai pas encore de nouvelles de toi")
    await bea.never_saw("Ton point est encore ouvert")
    await cast["Furaha"].checks_in("1", "1")
    await nadine.says("/crise")
    await nadine.taps("Le fermer maintenant")
    group = await stage.in_group(bea, cast.group)
    seen = await group.saw("🆘 Tujenge : comment vous allez", "5 membres sur 5", "Oui 4")
    assert not [word for word in ("Aline", "aide") if word in seen["text"]]
    await nadine.saw("🆘 Tujenge : comment va le groupe", "Moi, dire à l’animatrice 1")
    await stage.later(hours=30)
    await bea.saw("Ton point est encore ouvert")
