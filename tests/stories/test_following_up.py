"""After a decision: what was decided, who does what by when, and what became of it."""

from deciders import MEMBERS, NOW, OPEN, proposes


async def test_what_a_meeting_decided_stands_in_the_ledger_with_who_does_what(stage, now):
    cast = await stage.found(*MEMBERS, group=True)
    group = await stage.in_group(cast["Nadine"], cast.group)
    beatrice, dorcas = cast["Béatrice"], cast["Dorcas"]
    await proposes(beatrice, "Une caisse commune ?", "Oui ou non", OPEN, NOW)
    for name, label in (("Aline", "Iyo"), ("Clarisse", "Te"), ("Dorcas", "Oui")):
        await cast[name].taps(label)
    await beatrice.taps("Non")
    await stage.later(days=3, hours=1)
    await group.saw("Égalité")
    await beatrice.says("/decisions")
    await beatrice.taps("1")
    await beatrice.taps("Décidé en réunion")
    await beatrice.sees("Qu’est-ce qui a été décidé en réunion ?")
    await beatrice.taps("Oui, on le fait")
    await beatrice.says("Chacune met 2 dollars par semaine.")
    await beatrice.taps("Dans 14 jours")
    await beatrice.sees("Adoptée en réunion.", "Décision : Chacune met 2 dollars")
    assert "Ajouter une tâche" in await beatrice.buttons()
    await group.saw("Une caisse commune ?", "Adoptée en réunion.", "Chacune met 2 dollars")
    await cast["Aline"].saw("Endimami na likita.", "Chacune met 2 dollars")
    await dorcas.says("/decisions")
    await dorcas.sees("Une caisse commune ? · ✅ décidée en réunion")
    await stage.later(days=14)
    await beatrice.saw("Où en est-on ?", "Décision : Chacune met 2 dollars")


async def test_who_does_what_by_when_is_followed_up(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice, dorcas = cast["Béatrice"], cast["Dorcas"]
    await proposes(beatrice, "On achète une machine ?", "Oui ou non", OPEN, NOW)
    for name in ("Aline", "Clarisse"):
        await cast[name].taps("Iyo")
    await dorcas.taps("Oui")
    await stage.later(days=3, hours=1)
    await beatrice.taps("Qui fait quoi")
    # The card with the result stays: it asks how it was to decide.
    assert (await beatrice.saw("As-tu pu dire ce que tu pensais ?"))["keyboard"]
    await beatrice.taps("Ce qui est décidé")
    await beatrice.says("On achète une machine d’occasion.")
    await beatrice.taps("Dans 14 jours")
    await beatrice.taps("Ajouter une tâche")
    await beatrice.says("Demander trois prix")
    await beatrice.taps("Dorcas")
    await beatrice.taps("Dans 7 jours")
    await beatrice.sees(
        "Décision : On achète une machine d’occasion.", "Demander trois prix · Dorcas"
    )
    await dorcas.sees("Tujenge te confie une tâche", "Demander trois prix")
    await dorcas.taps("C’est fait")
    await dorcas.sees("✅ Demander trois prix")
    await beatrice.taps("Ajouter une tâche")
    await beatrice.says("Peindre")
    await beatrice.taps("Espérance")
    await beatrice.taps("Dans 7 jours")
    await stage.later(days=14)
    hers = await cast["Espérance"].saw("Décision : On achète", "Peindre", "On y revient")
    [[key]] = hers["keyboard"]
    assert key["text"].startswith("✅ Fait")
    assert key["text"].endswith("Peindre")
    await beatrice.saw("Où en est-on ?")
    await beatrice.taps("Fait en partie")
    await beatrice.sees("C’est fait en partie.")


async def test_the_task_of_who_leaves_is_given_to_somebody_else(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice, dorcas, clarisse = cast["Béatrice"], cast["Dorcas"], cast["Clarisse"]
    await proposes(beatrice, "Une machine & du fil ?", "Oui ou non", OPEN, NOW)
    for name, label in (("Aline", "Iyo"), ("Clarisse", "Iyo"), ("Dorcas", "Oui")):
        await cast[name].taps(label)
    await stage.later(days=3, hours=1)
    await beatrice.saw("Le vote est fini", "Béatrice écrit qui fait quoi")
    for label in ("Qui fait quoi", "Ajouter une tâche"):
        await beatrice.taps(label)
    await beatrice.says("Demander trois prix au marché central")
    for label in ("Dorcas", "Sans date"):
        await beatrice.taps(label)
    await dorcas.sees("Tujenge te confie une tâche")
    await dorcas.says("/oublier")
    await dorcas.taps("Tout effacer")
    await beatrice.saw("avait cette tâche est partie", "personne")
    await beatrice.taps("Choisir qui la fait")
    await beatrice.sees("Qui la fait maintenant ?", "Demander trois prix")
    assert "Personne encore" not in await beatrice.buttons()
    await beatrice.taps("Clarisse")
    await beatrice.sees("Demander trois prix au marché central · Clarisse")
    await clarisse.sees("Demander trois prix", "Euti na: Une machine & du fil ?")
    await beatrice.taps("Changer qui fait quoi")
    await beatrice.taps("Demander trois prix")
    await beatrice.taps("Aline")
    await beatrice.sees("Demander trois prix au marché central · Aline")
    await clarisse.sees("Ozali lisusu na mosala oyo te:", "Demander trois prix", "· Aline")


async def test_what_a_meeting_puts_off_waits_and_she_is_told_where(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice = cast["Béatrice"]
    await proposes(beatrice, "Une caisse commune ?", "Oui ou non", OPEN, NOW)
    await stage.later(days=3, hours=1)
    await beatrice.taps("En parler en réunion")
    await beatrice.taps("Décidé en réunion")
    await beatrice.taps("On en reparle")
    await beatrice.sees("La réunion l’a remise à plus tard.", "/decisions")
    await cast["Dorcas"].says("/decisions")
    await cast["Dorcas"].sees("Une caisse commune ? · ⏳ attend la réunion")
