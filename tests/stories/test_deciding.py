"""A collective decides: somebody proposes, everybody votes, and all hear what came out."""

from deciders import MEMBERS, NOW, OPEN, proposes


async def test_a_proposal_is_voted_on_and_everybody_hears_what_came_out(stage, now):
    cast = await stage.found(*MEMBERS, group=True)
    group = await stage.in_group(cast["Nadine"], cast.group)
    beatrice, aline = cast["Béatrice"], cast["Aline"]
    await proposes(beatrice, "On achète une machine ?", "Oui ou non", OPEN)
    await beatrice.sees("Ta proposition à Tujenge", "On achète une machine ?", "Au moins 3 sur 5")
    await beatrice.taps(NOW)
    await aline.sees("Béatrice apesi likanisi", "On achète une machine ?", "Vote na miso ya bato")
    told = await group.saw("On achète une machine ?", "avec moi")
    await aline.opens(told["keyboard"][0][0]["url"])
    await aline.taps("Iyo")
    await aline.sees("Liponi na yo: Iyo", "Moto 1 aponi, na kati ya bato 5")
    await cast["Dorcas"].taps("Non")
    await cast["Dorcas"].taps("Oui")
    await cast["Espérance"].taps("Oui")
    await stage.later(days=3, hours=1)
    await group.saw("Adoptée.", "Oui 3", "2 n’ont pas répondu")
    await aline.sees("Vote esili", "Endimami.", "Okokaki koloba oyo ozalaki kokanisa?")
    await aline.taps("Iyo")
    await aline.sees("Bayokaki likanisi na yo?")
    await aline.taps("Mwa moke")
    await aline.sees("Matondi.")
    await cast["Dorcas"].says("/decisions")
    await cast["Dorcas"].sees("Terminé", "On achète une machine ? · ✅ adoptée")
    await cast["Dorcas"].taps("1")
    await cast["Dorcas"].sees("Oui : Aline, Dorcas, Espérance")
    # From outside one reads what came out, and of so few not how many were for it.
    josephine = cast["Joséphine"]
    await josephine.says("/collectifs")
    await josephine.taps("Tujenge")
    await josephine.taps("Leurs décisions")
    read = await josephine.sees("On achète une machine ?", "Adoptée.")
    assert not [each for each in ("Aline", "Dorcas", "Oui 3") if each in read["text"]]


async def test_others_are_asked_about_and_their_absence_is_said(stage, now):
    cast = await stage.found(*MEMBERS, group=True)
    group = await stage.in_group(cast["Nadine"], cast.group)
    dorcas = cast["Dorcas"]
    await dorcas.says("/proposer")
    await dorcas.says("Où vendre samedi ?")
    await dorcas.taps("Un choix")
    await dorcas.says("Au marché de Kadutu\nÀ la paroisse")
    await dorcas.sees("1. Au marché de Kadutu", "2. À la paroisse")
    await dorcas.taps("C’est tout")
    await dorcas.says("les clientes")
    await dorcas.taps("Non")
    await dorcas.taps(OPEN)
    await dorcas.sees("Concerne aussi : les clientes. On ne leur a pas demandé.")
    await dorcas.taps(NOW)
    for name in ("Aline", "Béatrice", "Clarisse"):
        await cast[name].sees("Où vendre samedi ?")
        await cast[name].says("2")
        await cast[name].taps("Oui" if name == "Béatrice" else "Iyo")
    await stage.later(days=3, hours=1)
    await group.saw("Choisi : À la paroisse.", "Décidé sans consulter : les clientes.")
    await dorcas.says("/decisions")
    await dorcas.sees("Où vendre samedi ? · ✅ À la paroisse")


async def test_what_only_the_members_are_told_of_is_not_listed_in_the_group(stage, now):
    cast = await stage.found(*MEMBERS, group=True)
    group = await stage.in_group(cast["Nadine"], cast.group)
    hidden = ("Oui ou non", OPEN, "Qui est prévenu", "Chaque membre", NOW)
    await proposes(cast["Béatrice"], "Qui paie le loyer ?", *hidden)
    await group.says("/decisions")
    await group.sees("Rien n’a encore été décidé")
    await cast["Dorcas"].says("/decisions")
    await cast["Dorcas"].sees("Qui paie le loyer ?")


async def test_too_few_votes_get_more_time_once_or_go_to_the_meeting(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice = cast["Béatrice"]
    await proposes(beatrice, "Une caisse commune ?", "Oui ou non", OPEN, NOW)
    await cast["Dorcas"].taps("Oui")
    await stage.later(days=3, hours=1)
    await beatrice.saw("Trop peu ont voté", "Il en fallait 3", "Que faire maintenant ?")
    # Béatrice is here to say it: nobody else is offered what would be refused.
    await cast["Nadine"].says("/decisions")
    await cast["Nadine"].taps("1")
    await cast["Nadine"].sees("Une caisse commune ?", "Trop peu ont voté")
    offered = {"Donner plus de temps", "En parler en réunion", "Laisser tomber"}
    assert not offered & set(await cast["Nadine"].buttons())
    await beatrice.taps("Donner plus de temps")
    await beatrice.saw("1 sur 5 a voté")
    await stage.later(days=3, hours=1)
    await beatrice.saw("Que faire maintenant ?")
    assert "Donner plus de temps" not in await beatrice.buttons()
    await beatrice.taps("En parler en réunion")
    await beatrice.sees("On en parle à la réunion.")


async def test_the_privacy_page_says_who_knows_a_vote(stage, now):
    cast = await stage.found(("Aline", "ln"), ("Dorcas", "fr"))
    await cast["Dorcas"].says("/confidentialite")
    await cast["Dorcas"].sees(
        "Quand un vote ouvert est fini, les membres", "Dans un vote secret, personne"
    )
    await cast["Aline"].says("/confidentialite")
    await cast["Aline"].sees("Soki vote na miso ya bato nyonso esili", "Na vote ya sekele")
