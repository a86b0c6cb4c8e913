"""A member proposes, talks about it with the others, changes it or takes it back."""

from dataclasses import replace

from deciders import MEMBERS, NOW, OPEN, SECRET, proposes
from stage import PLAN

from collective.actions import collectives, invites, joining, proposals


async def test_three_cannot_vote_in_secret_and_are_told_why(stage, now):
    cast = await stage.found(("Aline", "fr"), ("Dorcas", "fr"), ("Furaha", "fr"))
    await proposes(cast["Aline"], "Qui tient la caisse ?", "Oui ou non")
    await cast["Aline"].sees("Vote ouvert", "Un vote secret demande 5", "ici il y en a 3")


async def accompanies_too(stage, cast, name):
    """Make her the facilitator of a second collective, Amani."""
    async with stage.database.writing() as store:
        accounts = [
            await store.people.ensure_account(cast[who].person, stage.now)
            for who in ("Joséphine", name)
        ]
        [coordinator] = await store.people.persons_of(accounts[0].id)
        at = {"by": coordinator.id, "now": stage.now}
        made = await collectives.create(store, replace(PLAN, draft="two", name="Amani"), **at)
        token = await invites.invite_facilitator(store, made.id, **at)
        await joining.join(store, token, accounts[1], name=None, agreed=True, now=stage.now)


async def test_who_is_in_two_collectives_is_asked_to_which_she_proposes(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice = cast["Béatrice"]
    await accompanies_too(stage, cast, "Béatrice")
    await beatrice.says("/proposer")
    await beatrice.sees("Quel collectif ?")
    await beatrice.taps("Tujenge")
    await beatrice.says("On achète une machine ?")
    for label in ("Oui ou non", "Personne d’autre", OPEN):
        await beatrice.taps(label)
    await beatrice.sees("Ta proposition à Tujenge")
    await beatrice.taps(NOW)
    await cast["Dorcas"].sees("Béatrice propose", "On achète une machine ?")


async def test_a_draft_can_be_thrown_away(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice = cast["Béatrice"]
    await proposes(beatrice, "On part à Goma ?", "Oui ou non", OPEN)
    await beatrice.taps("Jeter le brouillon")
    await beatrice.sees("Jeter ce brouillon ? Personne d’autre ne l’a vu.")
    await beatrice.taps("Non, garder")
    await beatrice.sees("Ta proposition à Tujenge")
    await beatrice.taps("Jeter le brouillon")
    await beatrice.taps("Jeter le brouillon")
    await beatrice.sees("Le brouillon est effacé.")
    async with stage.database.reading() as store:
        assert await store.register.between(cast.collective.id, now, stage.now) == []
    # What was put to the others is withdrawn instead, with a reason.
    await proposes(beatrice, "On part à Uvira ?", "Oui ou non", OPEN, "En parler d’abord")
    await beatrice.taps("Voir la proposition")
    await beatrice.taps("Changer ou ouvrir")
    assert "Jeter le brouillon" not in await beatrice.buttons()


async def test_until_when_may_be_written(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice = cast["Béatrice"]
    await proposes(beatrice, "Où vendre ?", "Oui ou non", OPEN, "Jusqu’à quand")
    await beatrice.says("samedi")
    await beatrice.sees("À quelle heure")
    await beatrice.says("10h30")
    await beatrice.sees("samedi 28 novembre à 10:30")
    await beatrice.taps("Jusqu’à quand")
    await beatrice.says("dans 5 minutes")
    await beatrice.saw("Un vote dure")
    await beatrice.says("jeudi 9h")
    await beatrice.sees("jeudi 3 décembre à 09:00")


async def test_an_open_vote_is_changed_in_one_go_and_told_once(stage, now):
    cast = await stage.found(*MEMBERS, group=True)
    group = await stage.in_group(cast["Nadine"], cast.group)
    beatrice, dorcas = cast["Béatrice"], cast["Dorcas"]
    in_a_week = ("Jusqu’à quand", "Dans 7 jours", NOW)
    await proposes(beatrice, "Où vendre ?", "Oui ou non", OPEN, *in_a_week)
    await group.saw("Où vendre ?", "jeudi 3 décembre")
    told = len(await dorcas.records())
    await beatrice.says("/decisions")
    await beatrice.taps("1")
    await beatrice.taps("Modifier")
    await beatrice.sees("Où vendre ?", "Le vote se ferme jeudi 3 décembre")
    assert "Changer et prévenir" not in await beatrice.buttons()
    await beatrice.taps("Comment on décide")
    await beatrice.taps("Un choix")
    await beatrice.says("Kadutu\nBagira")
    await beatrice.taps("C’est tout")
    await beatrice.taps("Qui est concerné")
    await beatrice.says("les clientes")
    await beatrice.taps("Oui, c’est fait")
    await beatrice.sees("2. Bagira", "les clientes", "Le vote se ferme jeudi 3 décembre")
    await stage.settled()
    assert len(await dorcas.records()) == told
    await beatrice.taps("Changer et prévenir")
    await dorcas.sees("Cette proposition a changé", "2. Bagira", "les clientes", "jeudi 3 décembre")
    assert len(await dorcas.records()) == told + 1
    await group.saw("Cette proposition a changé", "1. Kadutu")
    # Once somebody has voted it is said before she begins to change anything.
    await beatrice.says("/decisions")
    await beatrice.taps("1")
    await dorcas.taps("1 Kadutu")
    await beatrice.taps("Modifier")
    await beatrice.sees("Quelqu’un a déjà voté : on ne peut plus rien changer.")


async def test_a_proposal_is_withdrawn_with_a_reason(stage, now):
    cast = await stage.found(*MEMBERS, group=True)
    beatrice, dorcas = cast["Béatrice"], cast["Dorcas"]
    group = await stage.in_group(cast["Nadine"], cast.group)
    await proposes(beatrice, "On part à Goma ?", "Oui ou non", OPEN, NOW)
    await dorcas.taps("Non")
    await beatrice.says("/decisions")
    await beatrice.taps("1")
    await beatrice.taps("Retirer")
    await beatrice.says("La route est coupée")
    await dorcas.sees("On part à Goma ?", "retirée : La route est coupée")
    await group.sees("On part à Goma ?", "retirée : La route est coupée")
    await dorcas.has_no_buttons("On part à Goma ?")
    await group.has_no_buttons("On part à Goma ?")
    await dorcas.says("1")
    await dorcas.never_saw("C’est ton vote ?")


async def test_a_worry_reaches_the_author_and_stands_in_the_ledger(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice, aline = cast["Béatrice"], cast["Aline"]
    await proposes(beatrice, "On change de jour ?", "Par consentement", OPEN, "En parler d’abord")
    await aline.sees("On change de jour ?", "Vote ebandi nanu te")
    await aline.taps("Yebisa yango")
    await aline.says("Mokolo nini?")
    await aline.sees("💬 Aline: Mokolo nini?")
    await beatrice.sees("Aline dit de ta proposition : Mokolo nini?")
    await beatrice.taps("Voir la proposition")
    await beatrice.taps("Changer ou ouvrir")
    await beatrice.taps("La question")
    await beatrice.says("On change pour mardi ?")
    await beatrice.taps(NOW)
    await aline.sees("On change pour mardi ?")
    await aline.taps("Nakangi")
    for name in ("Dorcas", "Espérance"):
        await cast[name].taps("D’accord")
    await stage.later(days=3, hours=1)
    await beatrice.saw("Quelqu’un a bloqué : on en parle de nouveau")
    await aline.says("/decisions")
    await aline.sees("On change pour mardi ? · lisolo ezali kokoba", "✋ ekangami")


async def test_a_long_discussion_is_cut_on_the_page_and_whole_behind_it(stage, now):
    cast = await stage.found(*MEMBERS)
    dorcas = cast["Dorcas"]
    await proposes(cast["Béatrice"], "On change de jour ?", "Oui ou non", OPEN, "En parler d’abord")
    async with stage.database.writing() as store:
        [member] = [
            each
            for each in await store.collectives.members(cast.collective.id)
            if each.name == "Dorcas"
        ]
        for n in range(10, 22):
            text, key = f"n{n} {'<&>' * 160}", f"key {n}"
            by = member.person_id
            await proposals.say(store, 1, text, key=key, by=by, now=stage.now)
    await stage.settled()
    await dorcas.says("/decisions")
    await dorcas.taps("1")
    page = await dorcas.sees("Ce qu’on en dit", "… et 10 de plus", "n21")
    assert "n12" not in page["text"]
    await dorcas.taps("Tout ce qui a été dit")
    read = (await dorcas.sees("On change de jour ?", "n10"))["text"]
    await dorcas.taps("Suite")
    read += (await dorcas.sees("n21"))["text"]
    assert not [n for n in range(10, 22) if f"n{n} <&>" not in read]
    await dorcas.taps("Retour")
    await dorcas.sees("Ce qu’on en dit")


async def test_how_many_have_to_vote_in_secret_is_never_called_half_when_it_is_more(stage, now):
    cast = await stage.found(*MEMBERS, ("Furaha", "fr"), ("Gloria", "fr"))
    beatrice = cast["Béatrice"]
    await proposes(beatrice, "Qui tient la caisse ?", "Oui ou non", SECRET, "Combien doivent voter")
    await beatrice.sees("Dans un vote secret, il en faut au moins 5.")
    assert (await beatrice.buttons())[0] == "5 d’entre nous"
