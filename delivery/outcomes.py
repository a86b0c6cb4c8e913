"""What Telegram's answer to a send means for its row."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError

#: Seconds to wait when Telegram asks for a pause and does not say how long.
SHORT_PAUSE = 5


class Outcome(Enum):
    """What to do with the row."""

    #: Telegram asked to wait: it was certainly not sent.
    WAIT = auto()
    #: The connection never stood: it was certainly not sent.
    UNSENT = auto()
    #: It may or may not have arrived.
    UNCLEAR = auto()
    #: The person or the group takes no messages, this one or any other.
    BLOCKED = auto()
    #: The group has another id now.
    MOVED = auto()
    #: Telegram will never take it.
    REFUSED = auto()


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """An outcome and its reason, a short key without anything that was said."""

    outcome: Outcome
    reason: str
    #: WAIT: seconds.
    seconds: int = 0
    #: MOVED: the new chat id.
    chat_id: int = 0


#: Telegram's words, and the reason they stand for.
_CLOSED = {
    "blocked by the user": "blocked",
    "user is deactivated": "deactivated",
    "was kicked": "kicked",
    "is not a member": "not_a_member",
    "initiate conversation": "never_started",
    "group chat was deleted": "deleted",
    "chat not found": "chat_not_found",
    "not enough rights to send text": "no_rights",
    "have no write access": "no_rights",
    "CHAT_WRITE_FORBIDDEN": "no_rights",
}
_REFUSED = {
    "not enough rights to send": "no_media",
    "VOICE_MESSAGES_FORBIDDEN": "no_voice",
    "wrong remote file identifier": "file_gone",
    "wrong file": "file_gone",
    "message is too long": "too_long",
    "can't parse entities": "bad_html",
    "Too Large": "too_large",
}


def verdict(error: AiogramError) -> Verdict:
    """Judge an exception that aiogram raised for a send."""
    match error:
        case TelegramRetryAfter():
            return Verdict(outcome=Outcome.WAIT, reason="slow_down", seconds=error.retry_after)
        case TelegramAPIError() if error.message.startswith("Too Many Requests"):
            # It did not say how long.
            return Verdict(outcome=Outcome.WAIT, reason="slow_down", seconds=SHORT_PAUSE)
        case TelegramMigrateToChat():
            return Verdict(outcome=Outcome.MOVED, reason="moved", chat_id=error.migrate_to_chat_id)
        case TelegramForbiddenError() | TelegramBadRequest() if reason := _closed(error):
            return Verdict(outcome=Outcome.BLOCKED, reason=reason)
        case TelegramNetworkError() if isinstance(error.__cause__, ClientConnectorError):
            return Verdict(outcome=Outcome.UNSENT, reason="no_connection")
        case TelegramUnauthorizedError():
            return Verdict(outcome=Outcome.UNSENT, reason="unauthorized")
        case TelegramBadRequest() | TelegramNotFound() | TelegramEntityTooLarge():
            reason = _known(error, _REFUSED) or "refused"
            return Verdict(outcome=Outcome.REFUSED, reason=reason)
        case _:
            # A time-out, a 5xx, an HTML page of a proxy, a shape nobody documented: it may have
            # arrived.
            return Verdict(outcome=Outcome.UNCLEAR, reason="unclear")


def _closed(error: TelegramAPIError) -> str | None:
    """Return why the chat takes nothing; None: the fault is this message's."""
    other = "forbidden" if isinstance(error, TelegramForbiddenError) else None
    return _known(error, _CLOSED) or other


def _known(error: TelegramAPIError, reasons: Mapping[str, str]) -> str | None:
    return next((reason for words, reason in reasons.items() if words in error.message), None)
