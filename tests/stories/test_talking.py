"""She says what she needs in her own words, written or spoken."""

from datetime import timedelta

import pytest

from playground import voices

FIVE = [(name, "fr") for name in ("Aline", "Béatrice")]


@pytest.fixture
async def cast(stage, now):
    """A collective whose round has just opened."""
    cast = await stage.found(*FIVE, group=True)
    await stage.until(now + timedelta(minutes=1))
    return cast


async def asks_for_words(who, need):
    for label in ("3 😐", "⏭ Passer", need):
        await who.taps(label)


async def test_who_wants_to_talk_writes_why_and_only_her_facilitator_reads_it(stage, cast):
    aline, nadine = cast["Aline"], cast["Nadine"]
    await asks_for_words(aline, "Parler à l’animatrice")
    await aline.sees("Je préviens ton animatrice", "Veux-tu en dire plus", "Ton animatrice le")
    await aline.says("Ma machine <est> cassée")
    await aline.sees("C’est noté : tes propres mots.", "As-tu ta place dans le groupe")
    await nadine.saw("Aline, de Tujenge, dit ce dont elle a besoin", "Ma machine <est> cassée")
    for chat in (cast["Joséphine"], cast["Béatrice"], await stage.in_group(aline, cast.group)):
        await chat.never_saw("machine")


async def test_a_voice_note_is_received_at_once_and_reaches_her_facilitator(stage, cast):
    aline, nadine = cast["Aline"], cast["Nadine"]
    await asks_for_words(aline, "Parler à l’animatrice")
    await aline.speaks(12)
    await aline.sees("C’est noté : ton message vocal.", "As-tu ta place")
    heard = await nadine.saw("Aline, de Tujenge, dit ce dont elle a besoin")
    assert heard["media"]["kind"] == "voice"
    async with stage.database.reading() as store:
        account = await store.people.account(aline.person)
        [person] = await store.people.persons_of(account.id)
        [checkin] = await store.checkins.open_for(person.id, stage.now)
        said = await store.own_words.get(checkin.id, "need_words")
    assert said.sound == voices.silence(12)


async def test_a_voice_that_cannot_be_fetched_now_keeps_nobody_waiting(stage, cast):
    aline, nadine = cast["Aline"], cast["Nadine"]
    await asks_for_words(aline, "Parler à l’animatrice")
    stage.slow_down("getFile")
    await aline.speaks(12)
    await aline.sees("C’est noté : ton message vocal.")
    await stage.called("getFile")
    await nadine.never_saw("dit ce dont elle a besoin")
    await stage.later(minutes=5)
    await nadine.saw("Aline, de Tujenge, dit ce dont elle a besoin")


async def test_nobody_hears_who_did_not_ask_for_it_and_she_is_told_so(stage, cast):
    aline = cast["Aline"]
    await asks_for_words(aline, "Matériel")
    await aline.sees("Personne d’autre ne le voit ni ne l’entend")
    await aline.speaks(3)
    await aline.sees("C’est noté : ton message vocal.")
    await cast["Nadine"].never_saw("Aline")


async def test_what_is_too_long_gets_a_short_answer_and_may_be_said_again(cast):
    aline = cast["Aline"]
    await asks_for_words(aline, "Conseil")
    await aline.speaks(3600)
    await aline.sees("C’est trop long : 60 secondes au plus.")
    await aline.says("a" * 1001)
    await aline.sees("C’est trop long : 1 000 lettres au plus")
    await aline.says("Quel prix demander ?")
    await aline.sees("C’est noté : tes propres mots.")


async def test_a_voice_where_choices_are_asked_is_explained(cast):
    aline = cast["Aline"]
    await aline.speaks(3)
    await aline.saw("Appuie sur un bouton, ou écris son numéro")
    await aline.sees("Comment est ta motivation")


async def test_a_voice_that_telegram_sends_twice_is_one_answer(stage, cast):
    aline = cast["Aline"]
    await asks_for_words(aline, "Conseil")
    await aline.speaks(3)
    await aline.sees("C’est noté : ton message vocal.", "As-tu ta place")
    await stage.again(aline)
    await aline.sees("C’est noté : ton message vocal.", "As-tu ta place")
