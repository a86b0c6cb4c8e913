"""Hard times: telling of a setback in private, who hears of it, what was learned before."""

from datetime import time, timedelta

from sqlalchemy import select

from collective.actions import activities, carrying_out, closing, proposals
from collective.activities import Details, Kind
from collective.decisions import Consulted, Method, Secrecy
from collective.figures import SAID, Totals
from collective.terms import Terms
from playground import voices
from storage import tables as t


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
    await told(aline, "Un conflit", "2 · C’est dur", "Un autre jour")
    await aline.says("la semaine des pluies")
    await aline.sees("Je n’ai pas compris quel jour", "Quel jour est-ce arrivé ?")
    await aline.says("demain")
    await aline.sees("Choisis aujourd’hui ou un jour passé", "Ou écris-le, par exemple : hier")
    await aline.says("mardi")
    await aline.sees("C’est arrivé mardi 24 novembre.", "Raconte-le avec tes mots")
    await aline.sends_photo()
    await aline.sees("Écris quelques mots, s’il te plaît.", "Raconte-le avec tes mots")
    await aline.speaks(seconds=75)
    await aline.sees("60 secondes")
    await aline.speaks(seconds=20)
    await aline.sees("C’est noté.", "mardi 24 novembre")
    await nadine.sees("Un coup dur est signalé")
    await nadine.taps("Écouter")
    assert (await nadine.sees("24/11/2026 · Un conflit"))["media"]
    await stage.called("getFile")
    await stage.later(minutes=1)
    async with stage.database.reading() as store:
        assert await store.setbacks.sound(1) == voices.silence(20)
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
    await nadine.sees("Personne ne t’attend", "ces trois derniers mois : 1 sur 1")
    await cast["Béa"].says("/suivi")
    await cast["Béa"].sees("Tu n’as pas accès à cela")


async def planned(stage, collective):
    """A market in three days."""
    day = (stage.now + timedelta(days=3)).date()
    said = Details(kind=Kind.SALE, title="Zando", day=day, at=time(10))
    async with stage.database.writing() as store:
        by = (await store.collectives.members(collective.id))[0].person_id
        await activities.plan(store, collective.id, said, draft="a", by=by, now=stage.now)


async def test_in_a_crisis_everybody_is_asked_at_night_and_who_needs_help_is_named_at_once(
    stage, now
):
    names = ("Béa", "Clarisse", "Dorcas", "Furaha")
    cast = await stage.found(("Aline", "ln"), *((name, "fr") for name in names), group=True)
    aline, bea, nadine = cast["Aline"], cast["Béa"], cast["Nadine"]
    await planned(stage, cast.collective)
    await stage.until(now + timedelta(hours=8))
    await bea.says("/sos")
    await bea.sees("Si tu es en danger, appelle quelqu’un", "/coupdur")
    assert "crise" in [each["command"] for each in stage.menu(nadine)]
    await nadine.says("/crise")
    await nadine.sees("Demander maintenant aux 5 membres de Tujenge", "à toute heure")
    await nadine.taps("Oui, leur demander")
    await nadine.sees("Réponses : 0 sur 5")
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
    assert len(await aline.buttons()) == 1
    for label in ("Oui", "Une autre"):
        await bea.taps(label)
    await bea.says("Mado, au marché")
    await nadine.saw("Béa, de Tujenge, dit qui a besoin d’aide :", "Mado, au marché")
    for name in names[1:-1]:
        await cast[name].checks_in("1", "1")
    await nadine.says("/crise")
    await nadine.sees("Réponses : 4 sur 5", "Sans nouvelles")
    assert [label for label in await nadine.buttons() if label in names] == ["Furaha"]
    await nadine.taps("Qui voir ou appeler")
    await nadine.sees("1. Aline", "2. Béa")
    async with stage.database.reading() as store:
        events = (await store._unit.execute(select(t.audit.c.event))).scalars().all()
    # Who looks at names leaves a trace, by whichever way she comes to them.
    assert events.count("follow_ups_read") == 1
    await nadine.says("/relancer")
    await nadine.sees("Un point d’urgence est ouvert")
    await stage.later(hours=13)
    await cast["Furaha"].saw("Je n’ai pas encore de nouvelles de toi")
    await bea.never_saw("Ton point est encore ouvert", "Je n’ai pas encore de nouvelles")
    await cast["Furaha"].checks_in("1", "1")
    await nadine.says("/crise")
    await nadine.taps("Le fermer maintenant")
    await nadine.sees("plus personne ne peut répondre")
    await nadine.taps("Oui, le fermer")
    await nadine.saw("🆘 Tujenge : comment va le groupe", "Oui 4", "Non 1")
    await aline.taps("Bongola eyano")
    await aline.sees("Mituna oyo esili. Soki ozali na mposa ya lisalisi, solola na mokambi.")
    group = await stage.in_group(bea, cast.group)
    seen = await group.saw("🆘 Tujenge : comment vous allez", "5 membres sur 5", "Oui 4")
    assert not [word for word in ("Aline", "aide") if word in seen["text"]]
    await nadine.saw("🆘 Tujenge : comment va le groupe", "Moi, dire à l’animatrice 1")
    await nadine.says("/crise")
    await nadine.sees("Demander maintenant", "🆘 Tujenge : comment va le groupe", "Non 1")
    await stage.later(hours=30)
    await bea.saw("Ton point est encore ouvert")


async def lived(stage, collective, *opens):
    """Rounds that have closed, in which five of five were well."""
    said = {"motivation": {SAID: 5, "4": 5}}
    async with stage.database.writing() as store:
        for each in opens:
            closes = each + timedelta(hours=72)
            round_ = await store.rounds.add(
                collective_id=collective.id, form="weekly", opens_at=each, closes_at=closes
            )
            totals = Totals(expected=5, answered=5, counts=said)
            await store.rounds.keep_totals(round_.id, totals)
            await store.rounds.mark_closed(round_.id, closes)


async def test_once_the_group_has_recovered_it_is_asked_what_was_learned(stage, now):
    names = ("Aline", "Béa", "Clarisse", "Dorcas", "Furaha")
    cast = await stage.found(*((name, "fr") for name in names))
    aline, nadine = cast["Aline"], cast["Nadine"]
    await lived(stage, cast.collective, *(now - timedelta(weeks=n) for n in (4, 3, 2)))
    await told(aline, "Un vol", "4", "Aujourd’hui", "C’est tout")
    await aline.sees("Pour se relever : aucun point")
    await stage.until(now + timedelta(minutes=1))
    for name in names:
        await cast[name].checks_in("4")
    await stage.later(hours=73)
    await aline.saw("26/11/2026 · Un vol · Tujenge", "après 3 jours", "Qu’est-ce que le groupe")
    card = await nadine.saw("Qu’est-ce que le groupe en a appris")
    await nadine.taps("Dire ce qu’on a appris")
    await nadine.says("a" * 4000)
    await nadine.sees("C’est trop long")
    await nadine.says("Deux clés.")
    await nadine.sees("Relevé : après 3 jours", "· Deux clés.")
    assert "Qu’est-ce que le groupe" in card["text"]


async def test_a_departure_that_leaves_a_task_open_is_offered_as_a_setback(stage, now):
    cast = await stage.found(("Aline", "fr"), ("Béa", "fr"))
    aline, nadine = cast["Aline"], cast["Nadine"]
    terms = Terms(
        question="On achète une machine ?",
        method=Method.MAJORITY,
        consulted=Consulted.NOBODY,
        secrecy=Secrecy.OPEN,
        closes_at=now + timedelta(hours=2),
    )
    place, at = cast.collective.id, stage.now
    async with stage.database.writing() as store:
        members = await store.collectives.members(place)
        by = next(each.person_id for each in members if each.name == "Aline")
        made = await proposals.draft(store, place, terms, draft="d", by=by, now=at)
        await proposals.open_vote(store, made.id, by=by, now=at)
        await closing.close(store, made.id, now=terms.closes_at)
        said = {"person_id": by, "draft": "t", "by": by, "now": at}
        await carrying_out.add_task(store, made.id, "Chercher le prix", **said)
    await aline.says("STOP")
    for label in ("Partir", "Oui, partir"):
        await aline.taps(label)
    await nadine.saw("Quelqu’un a quitté Tujenge, et 1 tâche n’est plus à personne.")
    await nadine.taps("Noter un coup dur")
    await nadine.saw("À quel point est-ce lourd pour le groupe ?")
    for label in ("3", "Aujourd’hui", "C’est tout"):
        await nadine.taps(label)
    await nadine.saw("C’est noté.", "Des départs · Tujenge", "Signalé par Nadine.")
