"""A member votes: by button, in her own words or with large keys, in the open or in secret."""

from test_deciding import MEMBERS, NOW, OPEN, SECRET, proposes


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
    await proposes(cast["Béatrice"], "Qui tient la caisse ?", "Oui ou non", SECRET, NOW)
    await dorcas.sees("Qui tient la caisse ?")
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
