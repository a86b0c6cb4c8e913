"""The log of Bot API calls: what the bot asked for and what it was told."""

from collections import deque
from typing import Any

HELD = 20_000


class Calls:
    """The latest calls, numbered from 1; never a token."""

    def __init__(self) -> None:
        self._held: deque[dict[str, Any]] = deque(maxlen=HELD)
        self.last = 0

    def add(
        self, method: str, params: dict[str, Any], chat_id: int | None, at: str
    ) -> dict[str, Any]:
        """Note a call as it arrives; its outcome is filled in once it is known."""
        self.last += 1
        call = {
            "seq": self.last,
            "method": method,
            "params": params,
            "chat_id": chat_id,
            "ok": None,
            "error_code": None,
            "description": None,
            "at": at,
        }
        self._held.append(call)
        return call

    def after(self, number: int) -> list[dict[str, Any]]:
        """Give calls later than that number."""
        return [call for call in self._held if call["seq"] > number]
