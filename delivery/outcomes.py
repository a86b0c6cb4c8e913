"""What Telegram's answer to a send means for its row."""

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
    #: The person or group does not take messages.
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
_FORBIDDEN = {
    "blocked by the user": "blocked",
    "user is deactivated": "deactivated",
    "was kicked": "kicked",
    "is not a member": "not_a_member",
    "initiate conversation": "never_started",
    "group chat was deleted": "deleted",
}
_REFUSED = {
    "chat not found": "chat_not_found",
    "not enough rights": "no_rights",
    "have no write access": "no_rights",
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
        case TelegramForbiddenError():
            return Verdict(outcome=Outcome.BLOCKED, reason=_reason(error, _FORBIDDEN, "forbidden"))
        case TelegramNetworkError() if isinstance(error.__cause__, ClientConnectorError):
            return Verdict(outcome=Outcome.UNSENT, reason="no_connection")
        case TelegramUnauthorizedError():
            return Verdict(outcome=Outcome.UNSENT, reason="unauthorized")
        case TelegramBadRequest() | TelegramNotFound() | TelegramEntityTooLarge():
            return Verdict(outcome=Outcome.REFUSED, reason=_reason(error, _REFUSED, "refused"))
        case _:
            # A time-out, a 5xx, an HTML page of a proxy, a shape nobody documented: it may have
            # arrived.
            return Verdict(outcome=Outcome.UNCLEAR, reason="unclear")


def _reason(error: TelegramAPIError, known: dict[str, str], other: str) -> str:
    return next((reason for words, reason in known.items() if words in error.message), other)
