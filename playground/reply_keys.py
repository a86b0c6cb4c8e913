"""What the bot has put in place of a person's own keyboard, in each of her chats."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

#: What a key asks for instead of sending its text, as the Bot API calls it, and as README does.
REQUESTS = {"request_chat": "chat", "request_users": "users"}


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A reply keyboard or a forced reply, and the message that brought it."""

    message_id: int
    markup: dict[str, Any]
    #: A one-time keyboard after its first press: still there, but put away.
    folded: bool = False

    @property
    def keys(self) -> list[dict[str, Any]]:
        """Every key, row by row; none of a forced reply."""
        return [key for row in self.markup.get("keyboard", []) for key in row]

    def shown(self) -> dict[str, Any]:
        """Give it as README describes it."""
        rows = self.markup.get("keyboard", [])
        return {
            "message_id": self.message_id,
            "rows": [[_key(key) for key in row] for row in rows],
            "force_reply": "force_reply" in self.markup,
            "resize": bool(self.markup.get("resize_keyboard")),
            "one_time": bool(self.markup.get("one_time_keyboard")),
            "persistent": bool(self.markup.get("is_persistent")),
            "placeholder": self.markup.get("input_field_placeholder"),
            "folded": self.folded,
        }


def _key(key: dict[str, Any]) -> dict[str, Any]:
    for name, kind in REQUESTS.items():
        if name in key:
            terms = key[name]
            most = {"max_quantity": terms.get("max_quantity", 1)} if kind == "users" else {}
            return {"text": key["text"], "kind": kind, "request_id": terms["request_id"], **most}
    return {"text": key["text"], "kind": "text" if len(key) == 1 else "other"}


class ReplyKeys:
    """The newest of these for each chat and person; they outlive the talk that follows."""

    def __init__(self) -> None:
        self._laid: dict[tuple[int, int], Laid] = {}

    def of(self, chat: int, person: int) -> Laid | None:
        """Give what she has in that chat."""
        return self._laid.get((chat, person))

    def shown(self, chat: int, person: int) -> dict[str, Any] | None:
        """Give it as README describes it; None when her keyboard is her own."""
        laid = self.of(chat, person)
        return laid.shown() if laid else None

    def lay(
        self, chat: int, people: Iterable[int], message_id: int, markup: dict[str, Any]
    ) -> None:
        """The bot sent a keyboard, took one away, or wants a reply."""
        for person in people:
            self._laid.pop((chat, person), None)
            if "remove_keyboard" not in markup:
                self._laid[chat, person] = Laid(message_id=message_id, markup=markup)

    def press(self, chat: int, person: int) -> None:
        """She used a key: a one-time keyboard goes out of the way."""
        laid = self._laid[chat, person]
        if laid.markup.get("one_time_keyboard"):
            self._laid[chat, person] = replace(laid, folded=True)

    def write(self, chat: int, person: int) -> bool:
        """She sent something: a forced reply has had its answer. Says whether that changed it."""
        laid = self.of(chat, person)
        done = laid is not None and "force_reply" in laid.markup
        if done:
            del self._laid[chat, person]
        return done

    def erase(self, chat: int, message_id: int) -> bool:
        """A message went, and with it what it brought. Says whether that changed anything."""
        gone = [
            place
            for place, laid in self._laid.items()
            if place[0] == chat and laid.message_id == message_id
        ]
        for place in gone:
            del self._laid[place]
        return bool(gone)

    def dump(self) -> list[Any]:
        """For keeping over a restart."""
        return [[*place, asdict(laid)] for place, laid in self._laid.items()]

    def load(self, kept: list[Any]) -> None:
        """Take back what `dump` gave."""
        self._laid = {(chat, person): Laid(**laid) for chat, person, laid in kept}
