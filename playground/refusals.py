"""How the Bot API says no: a code, the official words, sometimes parameters; rarely, why yes."""

from dataclasses import dataclass
from typing import Any

#: Said whenever an edit would leave the message as it is; clients match on its beginning.
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
#: What the older of two pollers is told.
CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
#: Said of a tap that was answered, is too old or never was.
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True)
class Described:
    """True, with the sentence that webhooks' methods add."""

    description: str


class RefusalError(Exception):
    """A Bot API answer with ok=false; `code` is also the HTTP status."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    @property
    def retry_after(self) -> int | None:
        """Seconds to wait, when this is a flood refusal."""
        value = self.parameters.get("retry_after")
        return value if isinstance(value, int) else None


def bad(words: str) -> RefusalError:
    """400, with the prefix every such answer carries."""
    return RefusalError(400, f"Bad Request: {words}")


def upgraded(chat_id: int) -> RefusalError:
    """400: the group became that supergroup."""
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    return RefusalError(400, words, migrate_to_chat_id=chat_id)


def forbidden(words: str) -> RefusalError:
    """403: the bot may not write to that chat."""
    return RefusalError(403, f"Forbidden: {words}")


def flood(seconds: int) -> RefusalError:
    """429: wait that many whole seconds."""
    return RefusalError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def number(value: object, name: str) -> int:
    """Read a whole number a control call carries; raises ControlError 400 by its name."""
    try:
        return int(str(value))
    except ValueError:
        raise ControlError(400, f"{name} must be a whole number, not {value!r}") from None


class ControlError(Exception):
    """A control call that cannot be done, said in plain English for whoever plays."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words
