"""What is said back to a broadcast, in private and in a group, and what the author answers."""

from datetime import timedelta

import pytest
from sending import message_of, person, send


@pytest.fixture
async def cast(stage):
    return await stage.found(("Aline", "ln"), ("Béatrice", "fr"), group=True)


async def test_a_reply_reaches_the_author_and_her_answer_reaches_who_replied(stage, cast):
    await send(stage, cast)
    await cast["Nadine"].saw("L’envoi est fini.")
    aline, nadine = cast["Aline"], cast["Nadine"]
    asked = await message_of(aline, "Réunion samedi")
    await aline.says("Nakoya te, mwana abeli.", reply_to=asked)
    await aline.sees("Nakopesa Nadine yango.")
    told = await nadine.sees("Aline (Tujenge) répond", "Réunion samedi", "mwana abeli")
    await stage.settled()
    await nadine.says("Courage à vous deux.", reply_to=told["message_id"])
    await nadine.sees("Je transmets à Aline.")
    answer = await aline.sees("Nadine ayanoli yo:", "Courage à vous deux.")
    await stage.settled()
    await aline.speaks(reply_to=answer["message_id"])
    voice = await nadine.sees("Aline te répond :")
    assert voice["media"]["kind"] == "voice"
    await aline.never_saw("mwana abeli.", "Aline te")


async def test_a_reply_in_the_group_reaches_the_author_and_the_group_hears_nothing_more(
    stage, cast
):
    await send(stage, cast)
    await cast["Nadine"].saw("L’envoi est fini.")
    group = await stage.in_group(cast["Béatrice"], cast.group)
    asked = await message_of(group, "Réunion samedi")
    before = len(await group.records())
    await group.sends_photo(caption="voici la salle", reply_to=asked)
    record = await cast["Nadine"].sees("Béatrice (Tujenge) répond", "voici la salle")
    assert record["media"]["kind"] == "photo"
    assert len(await group.records()) == before


async def test_a_reply_to_a_check_in_is_its_answer_and_one_to_a_broadcast_is_none(stage, cast, now):
    await stage.until(now + timedelta(minutes=1))
    aline = cast["Aline"]
    card = await message_of(aline, "○○○")
    await send(stage, cast)
    asked = await message_of(aline, "Réunion samedi")
    await aline.says("4", reply_to=asked)
    await aline.sees("Nakopesa Nadine yango.")
    await cast["Nadine"].saw("Aline (Tujenge) répond", "4")
    async with stage.database.reading() as store:
        [mine] = await store.checkins.open_for(await person(stage, aline), stage.now)
        assert await store.checkins.answers(mine.id) == {}
    await aline.says("4", reply_to=card)
    async with stage.database.reading() as store:
        assert (await store.checkins.answers(mine.id))["motivation"] == "4"


async def test_a_reply_that_cannot_be_handed_over_is_said_to_who_replied_and_to_nobody_else(
    stage, cast
):
    await send(stage, cast)
    await cast["Nadine"].saw("L’envoi est fini.")
    await stage.playground.block(cast["Nadine"].person, wait=True)
    group, beatrice = await stage.in_group(cast["Béatrice"], cast.group), cast["Béatrice"]
    asked = await message_of(group, "Réunion samedi")
    before = len(await group.records())
    await group.says("Je serai là.", reply_to=asked)
    await beatrice.sees("Je ne peux pas joindre Nadine")
    assert len(await group.records()) == before


async def test_who_was_told_that_it_is_passed_on_hears_when_it_does_not_arrive(stage, cast):
    await send(stage, cast)
    await cast["Nadine"].saw("L’envoi est fini.")
    await stage.playground.vanish(cast["Nadine"].person)
    asked = await message_of(cast["Béatrice"], "Réunion samedi")
    await cast["Béatrice"].says("Je serai là.", reply_to=asked)
    await cast["Béatrice"].saw("Je transmets à Nadine.")
    await cast["Béatrice"].sees("Ce que tu as répondu à Nadine n’est pas arrivé.")


async def test_in_the_group_only_who_belongs_to_the_collective_writes_to_the_author(stage, cast):
    await send(stage, cast)
    await cast["Nadine"].saw("L’envoi est fini.")
    left = await person(stage, cast["Béatrice"])
    async with stage.database.writing() as store:
        await store.collectives.remove_member(cast.collective.id, left, stage.now)
    for name in ("Béatrice", "Aline"):
        group = await stage.in_group(cast[name], cast.group)
        asked = await message_of(group, "Réunion samedi")
        await group.says(f"Et moi, {name} ?", reply_to=asked)
    await cast["Nadine"].saw("Et moi, Aline ?")
    await cast["Nadine"].never_saw("Et moi, Béatrice ?")


async def test_what_the_author_replies_to_her_own_message_goes_to_nobody_and_she_is_told(
    stage, cast
):
    nadine = cast["Nadine"]
    await nadine.says("/diffuser")
    await nadine.says("Réunion samedi à 9 h.")
    await nadine.taps("Options")
    await nadine.taps("à moi seule")
    *_, test, _page = await nadine.records()
    await nadine.says("Et dimanche ?", reply_to=test["message_id"])
    await nadine.sees("C’est ton propre message")


async def test_what_is_typed_after_a_broadcast_is_no_reply_but_its_button_when_it_names_it(
    stage, cast
):
    number = await send(stage, cast, heard=True)
    await cast["Nadine"].saw("L’envoi est fini.")
    await cast["Béatrice"].says("C’est où ?")
    await cast["Béatrice"].sees(
        "Pour répondre au message 📣, appuie dessus, puis sur « Répondre »."
    )
    await cast["Béatrice"].says("j'ai entendu")
    async with stage.database.reading() as store:
        assert await store.deliveries.heard(number) == 1
    await cast["Nadine"].never_saw("C’est où ?")
