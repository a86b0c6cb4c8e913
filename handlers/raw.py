"""Updates as they come over the wire: not read yet, so they may have any shape."""

from collections.abc import Mapping
from typing import Any

from aiogram.enums import UpdateType
from aiogram.methods import TelegramMethod

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
    return number if isinstance(number, int) else 0


def _inside(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = holder.get(name)
    return found if isinstance(found, dict) else {}
