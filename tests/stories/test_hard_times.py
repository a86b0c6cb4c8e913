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
