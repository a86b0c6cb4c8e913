"""Sending: from a card to the call of Telegram's that puts it into a chat."""

from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendDocument, SendPhoto, SendVoice
from aiogram.types import BufferedInputFile, Message

from dialogs import keyboards
from dialogs.cards import Card

#: How each kind of file is sent.
_METHODS = {"photo": SendPhoto, "voice": SendVoice, "document": SendDocument}
#: Telegram's words for an id it does not know: another bot's, or a file it holds no longer.
_STRANGE = ("wrong remote file identifier", "wrong file identifier", "wrong file_id")


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What became of a card: its message, and the id of a file that was sent by its bytes."""

    message_id: int
    file_id: str | None = None


async def send_card(bot: Bot, chat_id: int, card: Card, patience: int) -> Sent:
    """Send a card; raises what aiogram raises, also after `patience` seconds.

    A file goes by its id: that costs nothing. Where the bot has changed since, Telegram refuses
    the id before anything was sent, and the bytes go instead if we have them.
    """
    media = card.media
    if media is None:
        message = await bot.send_message(
            chat_id, card.text, request_timeout=patience, **_rest(card)
        )
        return Sent(message_id=message.message_id)
    if media.file_id is not None:
        try:
            message = await _send_file(bot, chat_id, card, media.file_id, patience)
            return Sent(message_id=message.message_id)
        except TelegramBadRequest as fault:
            if media.content is None or not any(words in fault.message for words in _STRANGE):
                raise
    upload = BufferedInputFile(media.content or b"", media.name)
    message = await _send_file(bot, chat_id, card, upload, patience)
    return Sent(message_id=message.message_id, file_id=_file_id(message, media.kind))


async def _send_file(
    bot: Bot, chat_id: int, card: Card, file: str | BufferedInputFile, patience: int
) -> Message:
    kind = card.media.kind if card.media else ""
    fields: dict[str, Any] = {kind: file, "caption": card.text, **_rest(card)}
    return await bot(_METHODS[kind](chat_id=chat_id, **fields), request_timeout=patience)


def _rest(card: Card) -> dict[str, Any]:
    return {"reply_markup": keyboards.markup(card), "disable_notification": card.silent}


def _file_id(message: Message, kind: str) -> str | None:
    """Return the id under which this bot can send the file again."""
    held = getattr(message, kind)
    # Of a picture Telegram makes several sizes; the last is the largest.
    newest = held[-1] if isinstance(held, list) and held else held
    return newest.file_id if newest else None
