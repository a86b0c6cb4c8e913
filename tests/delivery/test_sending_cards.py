"""A card's file goes by Telegram's id, and by its bytes where this bot may not use the id."""

import pytest
from aiogram.exceptions import TelegramBadRequest

from dialogs.cards.card import Card, Media
from dialogs.sending import send_card
from playground.attachments import PICTURE, TABLE
from playground.voices import silence

BYTES = {"photo": PICTURE, "voice": silence(2), "document": TABLE}


def card(kind, **file):
    return Card(text="<b>Bonjour</b>", media=Media(kind=kind, name=f"a.{kind}", **file))


@pytest.mark.parametrize("kind", BYTES)
async def test_what_went_by_its_bytes_goes_by_its_new_id_from_then_on(side, mado, kind):
    first = await send_card(side.bot, mado, card(kind, content=BYTES[kind]), 5)
    again = await send_card(side.bot, mado, card(kind, file_id=first.file_id), 5)
    assert again.file_id is None
    assert await side.said(mado) == ["Bonjour", "Bonjour"]


@pytest.mark.parametrize("kind", BYTES)
async def test_where_the_bot_has_changed_the_bytes_go(side, mado, kind):
    other = card(kind, file_id="of another bot", content=BYTES[kind])
    sent = await send_card(side.bot, mado, other, 5)
    assert sent.file_id not in {None, "of another bot"}
    assert await side.said(mado) == ["Bonjour"]


async def test_without_its_bytes_a_strange_id_is_a_refusal(side, mado):
    with pytest.raises(TelegramBadRequest, match="wrong remote file identifier"):
        await send_card(side.bot, mado, card("photo", file_id="of another bot"), 5)


async def test_a_refusal_of_the_message_is_not_taken_for_one_of_the_file(side, mado):
    first = await send_card(side.bot, mado, card("photo", content=PICTURE), 5)
    with pytest.raises(TelegramBadRequest, match="can't use file of type Photo"):
        await send_card(side.bot, mado, card("voice", file_id=first.file_id, content=b"OggS"), 5)
    assert len(side.calls("sendVoice")) == 1
