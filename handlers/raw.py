"""Updates as they come over the wire: not read yet, so they may have any shape."""

from collections.abc import Mapping
from typing import Any

from aiogram import Bot
from aiogram.enums import UpdateType
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError

Raw = dict[str, Any]

_KINDS = frozenset(kind.value for kind in UpdateType)


class RawUpdates(TelegramMethod[list[Raw]]):
    """getUpdates without reading the updates: one that cannot be read must not stop the others."""

    __returning__ = list[Raw]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Unreadable(Exception):
    """The update is of no kind that anybody knows, or of no shape that this kind has."""


def read(raw: Raw, bot: Bot) -> Update:
    """Read an update; raise Unreadable."""
    try:
        update = Update.model_validate(_clean(raw), context={"bot": bot})
        update.event_type  # noqa: B018 - it is looked for on reading
    except (ValueError, RecursionError, UpdateTypeLookupError) as fault:
        raise Unreadable(type(fault).__name__) from None
    return update


def _clean(value: Any) -> Any:
    """Leave out what no database takes: NUL, half characters. Raise ValueError for wide numbers."""
    if isinstance(value, str):
        if "\0" in value:
            value = value.replace("\0", "")
        return value if value.isascii() else value.encode(errors="replace").decode()
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_clean(each) for each in value]
    if isinstance(value, int) and _wide(value):
        raise ValueError("number")
    return value


def kind_of(raw: Mapping[str, Any]) -> str:
    """Name what an update is: its one field beside the id; "unknown" for what we do not know."""
    return next((key for key in raw if key in _KINDS), "unknown")


def chat_of(raw: Mapping[str, Any]) -> int:
    """Return the chat whose order the update belongs to, the person's own where it has none.

    0 for what cannot be read: it may have any shape.
    """
    event = _inside(raw, kind_of(raw))
    holder = _inside(event, "message") if "data" in event else event
    number = (_inside(holder, "chat") or _inside(event, "from")).get("id")
    return number if isinstance(number, int) and not _wide(number) else 0


def chats_of(raw: Mapping[str, Any]) -> set[int]:
    """Return every chat whose order the update belongs to.

    What is said in a supergroup waits until its group has said that it became this one.
    """
    told = _inside(raw, kind_of(raw)).get("migrate_to_chat_id")
    return {chat_of(raw), *([told] if isinstance(told, int) and not _wide(told) else [])}


def _wide(number: int) -> bool:
    """Tell a number that no database keeps; Telegram's own have 52 bits."""
    return not -(2**63) <= number < 2**63


def _inside(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = holder.get(name)
    return found if isinstance(found, dict) else {}
