"""Sending: from a card to the call of Telegram's that puts it into a chat."""

from dataclasses import replace
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendDocument, SendPhoto, SendVoice
from aiogram.types import BufferedInputFile, Message

from collective.faults import severity
from collective.ports import Ledger
from dialogs import keyboards
from dialogs.cards import Card
from dialogs.cards.card import Media
from dialogs.files import is_strange

log = structlog.get_logger()

#: How each kind of file is sent.
_METHODS = {"photo": SendPhoto, "voice": SendVoice, "document": SendDocument}


async def send_card(bot: Bot, ledger: Ledger, chat_id: int, card: Card, patience: int) -> int:
    """Send a card and return its message; raises what aiogram raises.

    A file goes by its id: that costs nothing. Where the bot has changed since, Telegram refuses
    the id before anything was sent; then the bytes go, if we have them, and the new id is kept.
    A card that says enough without its file goes without where Telegram does not take that: a
    group may forbid photos, a person voice messages.
    """
    media = card.media
    if media is None:
        return await _send_text(bot, chat_id, card, patience)
    try:
        return await _send_media(bot, ledger, chat_id, card, media, patience)
    except TelegramBadRequest as fault:
        if not media.spare:
            raise
        log.warning("file_left_out", kind=media.kind, error=type(fault).__name__)
    return await _send_text(bot, chat_id, card, patience)


async def _send_text(bot: Bot, chat_id: int, card: Card, patience: int) -> int:
    message = await bot.send_message(chat_id, card.text, request_timeout=patience, **_rest(card))
    return message.message_id


async def _send_media(
    bot: Bot, ledger: Ledger, chat_id: int, card: Card, media: Media, patience: int
) -> int:
    try:
        return (await _send_file(bot, chat_id, card, media, patience)).message_id
    except TelegramBadRequest as fault:
        content = await _kept(ledger, media) if is_strange(fault) else None
        if content is None:
            raise
    upload = replace(media, content=content, file_id=None)
    message = await _send_file(bot, chat_id, card, upload, patience)
    try:
        await _keep_id(ledger, media, message)
    except Exception as fault:  # noqa: BLE001 - it has arrived: without the id the bytes go again
        log.log(severity(fault), "file_id_not_kept", error=fault)
    return message.message_id


async def _send_file(bot: Bot, chat_id: int, card: Card, media: Media, patience: int) -> Message:
    file = media.file_id or BufferedInputFile(media.content or b"", media.name)
    fields: dict[str, Any] = {media.kind: file, "caption": card.text, **_rest(card)}
    return await bot(_METHODS[media.kind](chat_id=chat_id, **fields), request_timeout=patience)


def _rest(card: Card) -> dict[str, Any]:
    return {"reply_markup": keyboards.markup(card), "disable_notification": card.silent}


async def _kept(ledger: Ledger, media: Media) -> bytes | None:
    if media.content is not None:
        return media.content
    async with ledger.reading() as store:
        if media.question is not None:
            return await store.questions.sound(media.question)
        return await store.broadcasts.content(*media.version) if media.version else None


async def _keep_id(ledger: Ledger, media: Media, message: Message) -> None:
    held = getattr(message, media.kind)
    # Of a picture Telegram makes several sizes; the last is the largest.
    newest = held[-1] if isinstance(held, list) and held else held
    if media.file_id is None or not newest:
        return
    async with ledger.writing() as store:
        if media.question is not None:
            await store.questions.keep_sent_as(media.question, newest.file_id)
        elif media.version is not None:
            await store.broadcasts.keep_file_id(*media.version, media.file_id, newest.file_id)
