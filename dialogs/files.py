"""Files lie at Telegram and are known by an id, which is good for one bot and for a time."""

from aiogram.exceptions import TelegramBadRequest

#: Telegram's words for an id it does not know: another bot's, or a file it holds no longer.
_STRANGE = ("wrong remote file identifier", "wrong file identifier", "wrong file_id")


def is_strange(fault: TelegramBadRequest) -> bool:
    """Tell whether Telegram does not know the id of a file."""
    return any(words in fault.message for words in _STRANGE)
