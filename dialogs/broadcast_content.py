"""What a broadcast can say: read from her message, shown by Telegram's kinds."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import Message

from collective.broadcasts import Kind, Version

#: What Telegram calls each kind of file.
MEDIA = {
    Kind.PHOTO: ContentType.PHOTO,
    Kind.VOICE: ContentType.VOICE,
    Kind.DOCUMENT: ContentType.DOCUMENT,
}


def read(message: Message, language: str) -> tuple[Version, int | None] | None:
    """Read what can be passed on, and how heavy its file is; None: nothing of it can."""
    text = message.text or message.caption
    if message.text is not None:
        return Version(language=language, text=text), None
    if message.photo:
        # Of a picture Telegram makes several sizes; the last is the largest.
        return _file(Kind.PHOTO, message.photo[-1], language, text)
    if message.voice is not None:
        return _file(Kind.VOICE, message.voice, language, text)
    if message.document is not None and message.animation is None:
        return _file(Kind.DOCUMENT, message.document, language, text)
    return None


def _file(kind: Kind, file: Any, language: str, text: str | None) -> tuple[Version, int | None]:
    version = Version(
        language=language,
        kind=kind,
        text=text,
        file_id=file.file_id,
        file_name=getattr(file, "file_name", None),
        mime=getattr(file, "mime_type", None),
    )
    return version, file.file_size
