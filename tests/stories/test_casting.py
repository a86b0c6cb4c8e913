"""A member votes: by button, in her own words or with large keys, in the open or in secret."""

from dataclasses import replace
from datetime import timedelta

from deciders import MEMBERS, NOW, OPEN, SECRET, proposes
from test_discreet import VEIL, go_discreet
from test_shared_phone import second

from collective.actions import proposals


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
    for label in ("Non", "Oui"):
        await beatrice.taps(label)
    # What she changes shows on no card: that it is kept is said over the chat.
    calls = stage.playground.world.calls.after(0)
    taps = [call["params"] for call in calls if call["method"] == "answerCallbackQuery"]
    assert [each.get("text") for each in taps[-2:]] == ["Merci, c’est noté."] * 2
    await stage.later(days=3, hours=1)
    await beatrice.says("/decisions")
    await beatrice.taps("1")
    page = await beatrice.sees("Adoptée.", "Oui 4", "Non 1")
    assert not [name for name in ("Aline", "Clarisse", "Espérance") if name in page["text"]]


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


async def test_a_button_made_before_the_question_changed_casts_nothing(stage, now):
    cast = await stage.found(*MEMBERS)
    await proposes(cast["Béatrice"], "On achète du pagne ?", "Oui ou non", OPEN, NOW)
    dorcas = cast["Dorcas"]
    shown = await dorcas.sees("On achète du pagne ?")
    async with stage.database.writing() as store:
        asked = await store.proposals.get(1)
        terms = replace(asked.terms, question="On loue une machine ?")
        await proposals.amend(store, asked.id, terms, by=asked.author_id, now=stage.now)
    await stage.settled()
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


async def test_a_typed_yes_or_no_answers_whether_that_is_her_vote(stage, now):
    cast = await stage.found(*MEMBERS)
    await proposes(cast["Béatrice"], "Qui tient la caisse ?", "Par consentement", OPEN, NOW)
    dorcas = cast["Dorcas"]
    await dorcas.says("je bloque")
    await dorcas.sees("Tu as écrit : 4 ✋ Je bloque", "C’est ton vote ?")
    await dorcas.says("non")
    await dorcas.sees("0 sur 5 a voté")
    await dorcas.says("3")
    await stage.sleeps_through(minutes=1)
    await dorcas.says("oui")
    await dorcas.sees("Ton vote : Pas d’accord", "1 sur 5 a voté")
    await dorcas.says("oui")
    await dorcas.sees("Tu as écrit : 1 👍 D’accord")
    await dorcas.taps("c’est mon vote")
    await dorcas.says("pourquoi pas", reply_to=(await dorcas.records())[-1]["message_id"])
    await dorcas.sees("Ta raison : pourquoi pas")


async def test_nothing_typed_in_a_secret_vote_stays_in_the_chat(stage, now):
    cast = await stage.found(*MEMBERS)
    await proposes(cast["Béatrice"], "Qui tient la caisse ?", "Par consentement", SECRET, NOW)
    dorcas = cast["Dorcas"]
    await dorcas.says("je bloque")
    await dorcas.sees("Tu as écrit : 4 ✋ Je bloque")
    await dorcas.says("oui")
    await dorcas.sees("Tu as voté.")
    there = await dorcas.texts()
    assert "Tu as écrit" not in there
    assert not {"je bloque", "oui"} & {*there.splitlines()}
    refused = {"kind": "400_chat_not_found", "method": "deleteMessage", "chat_id": dorcas.chat}
    stage.playground.world.faults.arm(refused)
    await dorcas.says("3")
    await dorcas.sees("Tu as écrit : 3", "Je ne peux pas effacer ce que tu as écrit.")


async def test_what_was_typed_and_never_confirmed_goes_when_the_vote_is_over(stage, now):
    cast = await stage.found(*MEMBERS)
    await proposes(cast["Béatrice"], "Qui tient la caisse ?", "Par consentement", SECRET, NOW)
    dorcas = cast["Dorcas"]
    await dorcas.says("je bloque")
    await dorcas.sees("Tu as écrit : 4 ✋ Je bloque")
    await stage.later(days=3, hours=1)
    await dorcas.saw("Le vote est fini")
    assert "Tu as écrit" not in await dorcas.texts()


async def test_a_ballot_is_taken_back_while_the_vote_is_open(stage, now):
    cast = await stage.found(*MEMBERS)
    await proposes(cast["Béatrice"], "On part à Goma ?", "Oui ou non", OPEN, NOW)
    dorcas = cast["Dorcas"]
    assert "Retirer mon vote" not in " ".join(await dorcas.buttons())
    await dorcas.taps("Oui")
    await dorcas.taps("Retirer mon vote")
    await dorcas.sees("Ton vote est retiré.", "0 sur 5 a voté")
    await dorcas.taps("Non")
    await dorcas.sees("Ton vote : Non", "1 sur 5 a voté")


async def test_a_ballot_with_large_keys_is_cast_by_one_of_them(stage, now):
    cast = await stage.found(*MEMBERS)
    dorcas = cast["Dorcas"]
    await dorcas.says("/reglages")
    for label in ("Suite", "Gros boutons", "Oui"):
        await dorcas.taps(label)
    await proposes(cast["Béatrice"], "On part à Goma ?", "Oui ou non", OPEN, NOW)
    await dorcas.sees("On part à Goma ?")
    await dorcas.presses("Oui")
    await dorcas.sees("Ton vote : Oui")
    await dorcas.presses("Retirer mon vote")
    await dorcas.sees("Ton vote est retiré.")
    await dorcas.says("non")
    await dorcas.sees("Tu as écrit : 2 👎 Non")
    await dorcas.presses("c’est mon vote")
    await dorcas.sees("Ton vote : Non")
    await dorcas.presses("Oui")
    await dorcas.sees("Ton vote : Oui")
    await proposes(cast["Béatrice"], "Qui tient la caisse ?", "Oui ou non", SECRET, NOW)
    await dorcas.sees("Qui tient la caisse ?")
    # The key of the other vote comes once more, as after a restart: it casts nothing here.
    await stage.again(dorcas)
    await dorcas.sees("Qui tient la caisse ?", "Tu as écrit : 1 👍 Oui")
    await dorcas.presses("Non")
    await dorcas.sees("0 sur 5 a voté")
    await dorcas.presses("Oui")
    await dorcas.sees("Tu as voté.")
    assert "👍" not in (await dorcas.texts()).partition("Qui tient la caisse ?")[2]


async def test_a_ballot_of_an_older_bot_brings_the_new_one(stage, now):
    cast = await stage.found(*MEMBERS)
    await proposes(cast["Béatrice"], "On part à Goma ?", "Oui ou non", OPEN, NOW)
    dorcas = cast["Dorcas"]
    shown = await dorcas.sees("On part à Goma ?")
    await stage.press(dorcas, shown["message_id"], "bA:1:c:yes")
    await dorcas.saw("Cette carte est ancienne.")
    await dorcas.sees("On part à Goma ?", "0 sur 5 a voté")
