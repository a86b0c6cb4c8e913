"""A collective decides: somebody proposes, everybody votes, and what came out is carried out."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from stage import PLAN
from test_discreet import VEIL, go_discreet
from test_shared_phone import second

from collective.actions import collectives, invites, joining, proposals

MEMBERS = (
    ("Aline", "ln"),
    ("Béatrice", "fr"),
    ("Clarisse", "ln"),
    ("Dorcas", "fr"),
    ("Espérance", "fr"),
)
OPEN, SECRET, NOW = "Vote ouvert", "Vote secret", "Ouvrir le vote"


async def proposes(chat, question, *labels):
    """Propose something that concerns nobody else, then press these buttons."""
    await chat.says("/proposer")
    await chat.says(question)
    await chat.taps(labels[0])
    await chat.taps("Personne d’autre")
    for label in labels[1:]:
        await chat.taps(label)
    await chat.stage.settled()


async def loses_its_buttons(chat, words):
    """Wait until no message that holds these words has a button."""
    for _ in range(500):
        with_buttons = [each for each in await chat.records() if each["keyboard"]]
        if not [each for each in with_buttons if words in each["text"]]:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(await chat.transcript())


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
    await cast["Dorcas"].sees("Décidé", "On achète une machine ? · ✅ adoptée")
    await cast["Dorcas"].taps("1")
    await cast["Dorcas"].sees("Oui : Aline, Dorcas, Espérance")
    # From outside one reads what came out, and of so few not how many were for it.
    josephine = cast["Joséphine"]
    await josephine.says("/collectifs")
    await josephine.taps("Tujenge")
    await josephine.taps("Leurs décisions")
    read = await josephine.sees("On achète une machine ?", "Adoptée.")
    assert not [each for each in ("Aline", "Dorcas", "Oui 3") if each in read["text"]]


async def test_a_typed_vote_counts_only_once_it_is_confirmed(stage, now):
    cast = await stage.found(*MEMBERS)
    await proposes(cast["Béatrice"], "Qui tient la caisse ?", "Par consentement", SECRET, NOW)
    dorcas, aline = cast["Dorcas"], cast["Aline"]
    await dorcas.sees("Béatrice propose", "Qui tient la caisse ?")
    await dorcas.says("4")
    await dorcas.sees("Tu as écrit : 4 ✋ Je bloque", "C’est ton vote ?")
    await dorcas.taps("Non")
    await dorcas.sees("0 sur 5 a voté")
    await aline.sees("Qui tient la caisse ?")
    await aline.says("ee")
    asked = await aline.sees("Okomi: 1 👍 Nandimi")
    yes = asked["keyboard"][0][0]["data"]
    await aline.says("/aide")
    await stage.press(aline, asked["message_id"], yes)
    await aline.saw("Oponi.", "Moto 1 aponi")
    # Others may hold her phone: what she chose in secret is neither named nor ticked.
    await aline.never_saw("Okomi")
    await aline.never_saw("Liponi na yo")
    assert "✅" not in " ".join(await aline.buttons())


async def test_a_secret_vote_is_labelled_truly_and_shows_no_names(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice = cast["Béatrice"]
    await proposes(beatrice, "Dorcas trésorière ?", "Oui ou non", SECRET, NOW)
    for name, label in (("Aline", "Iyo"), ("Clarisse", "Iyo"), ("Dorcas", "Oui")):
        await cast[name].saw("🔒")
        await cast[name].taps(label)
    await cast["Espérance"].taps("Non")
    await beatrice.taps("Oui")
    await stage.later(days=3, hours=1)
    await beatrice.says("/decisions")
    await beatrice.taps("1")
    page = await beatrice.sees("Adoptée.", "Oui 4", "Non 1")
    assert not [name for name in ("Aline", "Clarisse", "Espérance") if name in page["text"]]


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


async def test_a_worry_reaches_the_author_and_stands_in_the_ledger(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice, aline = cast["Béatrice"], cast["Aline"]
    await proposes(beatrice, "On change de jour ?", "Par consentement", OPEN, "En parler d’abord")
    await aline.sees("On change de jour ?", "Vote ebandi nanu te")
    await aline.taps("Yebisa yango")
    await aline.says("Mokolo nini?")
    await aline.sees("💬 Aline: Mokolo nini?")
    await beatrice.sees("Aline dit de ta proposition : Mokolo nini?")
    await beatrice.taps("Le regarder")
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
    await loses_its_buttons(dorcas, "Goma")
    await dorcas.says("1")
    await dorcas.never_saw("C’est ton vote ?")


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
    await dorcas.sees("Une caisse commune ? · ✅ décidé en réunion")
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
    await beatrice.says("/decisions")
    await beatrice.taps("1")
    await beatrice.taps("Qui fait quoi")
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


async def test_the_facilitator_votes_for_who_is_absent_in_open_votes_only(stage, now):
    cast = await stage.found(*MEMBERS)
    nadine, espe = cast["Nadine"], cast["Espérance"]
    await proposes(cast["Béatrice"], "Réunion mardi ?", "Oui ou non", OPEN, NOW)
    await nadine.says("/decisions")
    await nadine.taps("1")
    await nadine.taps("Voter pour une membre")
    await nadine.taps("Espérance")
    await nadine.taps("Oui")
    await nadine.taps("Oui, elle me l’a dit")
    await espe.sees("a voté pour toi", "Ton vote : Oui")
    await espe.taps("Non")
    await espe.sees("Ton vote : Non")
    await nadine.taps("Voter pour une membre")
    await nadine.taps("Dorcas")
    await nadine.taps("Oui")
    await nadine.taps("Oui, elle me l’a dit")
    await cast["Aline"].taps("Iyo")
    await stage.later(days=3, hours=1)
    await espe.says("/decisions")
    await espe.taps("1")
    await espe.sees("Oui : Aline, Dorcas (noté par l’animatrice ou l’animateur)", "Non : Espérance")
    await proposes(cast["Béatrice"], "Qui préside ?", "Oui ou non", SECRET, NOW)
    await nadine.says("/decisions")
    await nadine.taps("1")
    assert "Voter pour une membre" not in await nadine.buttons()


async def test_a_spoken_question_is_heard_with_the_ballot(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice, aline = cast["Béatrice"], cast["Aline"]
    await beatrice.says("/proposer")
    await beatrice.speaks(seconds=12)
    await beatrice.taps("Oui ou non")
    await beatrice.taps("Personne d’autre")
    await beatrice.taps(OPEN)
    await beatrice.taps(NOW)
    shown = await aline.sees("Béatrice apesi likanisi")
    assert shown["media"]["kind"] == "voice"
    await aline.taps("Iyo")
    changed = await aline.sees("Liponi na yo: Iyo")
    assert changed["message_id"] == shown["message_id"]
    await aline.says("mpo ete ezali malamu", reply_to=shown["message_id"])
    await aline.sees("Ntina na yo: mpo ete ezali malamu")


async def test_the_last_page_of_a_check_in_leads_to_the_open_vote(stage, now):
    cast = await stage.found(*MEMBERS)
    await proposes(cast["Béatrice"], "On achète du pagne ?", "Oui ou non", OPEN, NOW)
    await stage.until(now + timedelta(minutes=1))
    dorcas = cast["Dorcas"]
    await dorcas.checks_in("4", "2", "1")
    await dorcas.sees("Il y a aussi à voter")
    await dorcas.taps("🗳 On achète du pagne ?")
    await dorcas.sees("Béatrice propose")
    await dorcas.taps("Oui")
    await dorcas.says("/start")
    await dorcas.never_saw("1 vote t’attend.")


async def test_three_cannot_vote_in_secret_and_are_told_why(stage, now):
    cast = await stage.found(("Aline", "fr"), ("Dorcas", "fr"), ("Furaha", "fr"))
    await proposes(cast["Aline"], "Qui tient la caisse ?", "Oui ou non")
    await cast["Aline"].sees("Vote ouvert", "Un vote secret demande 5", "ici il y en a 3")


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


async def test_a_button_made_before_the_question_changed_casts_nothing(stage, now):
    cast = await stage.found(*MEMBERS)
    await proposes(cast["Béatrice"], "On achète du pagne ?", "Oui ou non", OPEN, NOW)
    dorcas = cast["Dorcas"]
    shown = await dorcas.sees("On achète du pagne ?")
    async with stage.database.writing() as store:
        asked = await store.proposals.get(1)
        terms = replace(asked.terms, question="On loue une machine ?")
        await proposals.amend(store, asked.id, terms, by=asked.author_id, now=stage.now)
    await stage.press(dorcas, shown["message_id"], shown["keyboard"][0][0]["data"])
    await dorcas.sees("a changé", "On loue une machine ?", "0 sur 5 a voté")
    await dorcas.taps("Oui")
    await dorcas.sees("Ton vote : Oui", "1 sur 5 a voté")


async def test_a_closed_ballot_says_kindly_since_when(stage, now):
    cast = await stage.found(*MEMBERS)
    await proposes(cast["Béatrice"], "On achète du pagne ?", "Oui ou non", OPEN, NOW)
    dorcas = cast["Dorcas"]
    shown = await dorcas.sees("Béatrice propose")
    data = shown["keyboard"][0][0]["data"]
    await stage.later(days=4)
    await stage.press(dorcas, shown["message_id"], data)
    await dorcas.sees("Le vote est fermé depuis")


async def test_two_on_one_phone_vote_each_with_her_own_ballot(stage, now):
    cast = await stage.found(("Aline", "fr"))
    phone = cast["Aline"]
    await second(stage, cast, phone, "Béatrice")
    await stage.later(hours=1)
    await proposes(cast["Nadine"], "On achète du pagne ?", "Oui ou non", NOW)
    for name, label in (("Aline", "Oui"), ("Béatrice", "Non")):
        shown = await phone.saw(f"Pour {name}", "On achète du pagne ?")
        data = next(b["data"] for row in shown["keyboard"] for b in row if label in b["text"])
        await stage.press(phone, shown["message_id"], data)
        await phone.saw(f"Pour {name}", f"Ton vote : {label}")
    await stage.later(days=3, hours=1)
    await phone.says("/start")
    await cast["Nadine"].says("/decisions")
    await cast["Nadine"].taps("1")
    await cast["Nadine"].sees("Oui : Aline", "Non : Béatrice")


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
    await beatrice.says("/decisions")
    await beatrice.taps("1")
    await beatrice.taps("Changer ou ouvrir")
    assert "Jeter le brouillon" not in await beatrice.buttons()


async def test_a_vote_comes_under_the_veil_to_who_is_discreet(stage, now):
    cast = await stage.found(*MEMBERS)
    dorcas = cast["Dorcas"]
    await go_discreet(dorcas)
    await proposes(cast["Béatrice"], "Qui tient la caisse ?", "Oui ou non", SECRET, NOW)
    veil = await dorcas.sees(VEIL.replace("Aline", "Dorcas"))
    await dorcas.never_saw("Qui tient la caisse")
    await dorcas.says("oui")
    card = await dorcas.sees("Béatrice propose", "Qui tient la caisse ?", "0 sur 5 a voté")
    await dorcas.never_saw("C’est ton vote ?")
    assert card["message_id"] == veil["message_id"]
    await dorcas.taps("Oui")
    await dorcas.sees("Tu as voté. Tu peux changer jusqu’à la fin.")
    await stage.later(days=3, hours=1)
    assert "caisse" not in await dorcas.texts()
    await dorcas.saw(VEIL.replace("Aline", "Dorcas"))


async def test_the_privacy_page_says_who_knows_a_vote(stage, now):
    cast = await stage.found(("Aline", "ln"), ("Dorcas", "fr"))
    await cast["Dorcas"].says("/confidentialite")
    await cast["Dorcas"].sees(
        "Quand un vote ouvert est fini, les membres", "Dans un vote secret, personne"
    )
    await cast["Aline"].says("/confidentialite")
    await cast["Aline"].sees("Soki vote na miso ya bato nyonso esili", "Na vote ya sekele")


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
    page = await dorcas.sees("Ce que disent les autres", "… et 10 de plus", "n21")
    assert "n12" not in page["text"]
    await dorcas.taps("Tout ce qui a été dit")
    read = (await dorcas.sees("On change de jour ?", "n10"))["text"]
    await dorcas.taps("Suite")
    read += (await dorcas.sees("n21"))["text"]
    assert not [n for n in range(10, 22) if f"n{n} <&>" not in read]
    await dorcas.taps("Retour")
    await dorcas.sees("Ce que disent les autres")


async def test_a_spoken_question_with_long_options_is_played_on_request(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice, dorcas = cast["Béatrice"], cast["Dorcas"]
    await beatrice.says("/proposer")
    await beatrice.speaks(seconds=12)
    await beatrice.taps("Un choix")
    await beatrice.says("\n".join(f"{n} {'très loin ' * 5}ou loin" for n in range(1, 9)))
    await beatrice.taps("C’est tout")
    await beatrice.says("les familles " * 15)
    for label in ("Non", OPEN, NOW):
        await beatrice.taps(label)
    shown = await dorcas.sees("Béatrice propose", "8. 8 très loin")
    assert shown["media"] is None
    await dorcas.taps("Écouter")
    heard = await dorcas.sees("Béatrice propose")
    assert heard["media"]["kind"] == "voice"
    await stage.press(dorcas, shown["message_id"], shown["keyboard"][1][0]["data"])
    await dorcas.sees("Ton vote : 1 très loin")


async def test_the_task_of_who_leaves_is_given_to_somebody_else(stage, now):
    cast = await stage.found(*MEMBERS)
    beatrice, dorcas, clarisse = cast["Béatrice"], cast["Dorcas"], cast["Clarisse"]
    await proposes(beatrice, "On achète une machine ?", "Oui ou non", OPEN, NOW)
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
    await clarisse.sees("Demander trois prix", "On achète une machine ?")
    await beatrice.taps("Passer une tâche")
    await beatrice.taps("Demander trois prix")
    await beatrice.taps("Aline")
    await beatrice.sees("Demander trois prix au marché central · Aline")
