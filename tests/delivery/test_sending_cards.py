"""A card's file goes by Telegram's id, and by its bytes where this bot may not use the id."""

import pytest
from aiogram.exceptions import TelegramBadRequest

from collective.audiences import of_collectives
from collective.broadcasts import Kind, Version, WaitingFile
from collective.own_words import VoiceNote, WaitingQuestion
from collective.terms import Terms
from dialogs.cards.card import Card, Media
from dialogs.sending import send_card
from playground.attachments import PICTURE, TABLE
from playground.voices import silence
from tests.delivery.edge import found_collective

BYTES = {"photo": PICTURE, "voice": silence(2), "document": TABLE}
STRANGE = "of another bot"


async def send(side, chat, kind, **file):
    media = Media(kind=kind, name=f"a.{kind}", **file)
    return await send_card(side.bot, side.database, chat, Card(text="Bonjour", media=media), 5)


async def version(side, kind, *, content):
    """A broadcast whose file another bot has sent; its bytes are kept or not."""
    now = side.clock.now()
    made, leads = await found_collective(side.database, now, facilitator=5, members=[])
    async with side.database.writing() as store:
        begun = await store.broadcasts.add(
            draft="d", author_id=leads, language="fr", audience=of_collectives([made.id]), now=now
        )
        said = Version(language="fr", kind=Kind(kind), file_id=STRANGE)
        await store.broadcasts.put_version(begun.id, said, now, now)
        file = WaitingFile(broadcast_id=begun.id, language="fr", file_id=STRANGE, attempts=0)
        if content:
            await store.broadcasts.keep_content(file, content)
    return begun.id, "fr"


async def kept_id(side, place):
    async with side.database.reading() as store:
        [found] = await store.broadcasts.versions(place[0])
    return found.file_id


@pytest.mark.parametrize("kind", BYTES)
async def test_where_the_bot_has_changed_the_bytes_go_and_the_new_id_is_kept(side, mado, kind):
    place = await version(side, kind, content=BYTES[kind])
    await send(side, mado, kind, file_id=STRANGE, version=place)
    new = await kept_id(side, place)
    assert new != STRANGE
    await send(side, mado, kind, file_id=new, version=place)
    assert await side.said(mado) == ["Bonjour", "Bonjour"]


async def test_without_its_bytes_a_strange_id_is_a_refusal(side, mado):
    place = await version(side, "photo", content=None)
    with pytest.raises(TelegramBadRequest, match="wrong remote file identifier"):
        await send(side, mado, "photo", file_id=STRANGE, version=place)


async def test_a_refusal_of_the_message_is_not_taken_for_one_of_the_file(side, mado):
    place = await version(side, "photo", content=PICTURE)
    await send(side, mado, "photo", file_id=STRANGE, version=place)
    with pytest.raises(TelegramBadRequest, match="can't use file of type Photo"):
        await send(side, mado, "voice", file_id=await kept_id(side, place), version=place)
    assert len(side.calls("sendVoice")) == 1


async def test_a_spoken_question_is_heard_from_another_bot_too(side, mado):
    now, note = side.clock.now(), VoiceNote(file_id=STRANGE, seconds=2)
    made, _ = await found_collective(side.database, now, facilitator=5, members=[])
    async with side.database.writing() as store:
        asked = await store.proposals.add(
            draft="d", collective_id=made.id, author_id=None, terms=Terms(voice=note), now=now
        )
        waiting = WaitingQuestion(proposal_id=asked.id, file_id=STRANGE, attempts=0)
        await store.questions.keep_sound(waiting, BYTES["voice"])
    await send(side, mado, "voice", file_id=STRANGE, question=asked.id)
    async with side.database.reading() as store:
        new = await store.questions.sent_as(asked.id)
    assert new != STRANGE
    await send(side, mado, "voice", file_id=new, question=asked.id)
    assert await side.said(mado) == ["Bonjour", "Bonjour"]


async def test_a_card_that_says_enough_goes_without_a_file_that_telegram_does_not_take(side, mado):
    await send(side, mado, "voice", file_id=STRANGE, question=0, spare=True)
    assert await side.said(mado) == ["Bonjour"]
