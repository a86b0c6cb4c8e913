"""A message: what is kept, what the bot is shown, what the page is shown."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message of a chat; an edit replaces it by a new value."""

    chat_id: int
    message_id: int
    from_id: int
    date: int
    #: The Bot API's fields that make it what it is: text, photo, new_chat_members …
    content: dict[str, Any]
    edit_date: int | None = None
    reply_to: int | None = None
    #: Rows of inline buttons, as the Bot API shows them.
    inline: list[list[dict[str, Any]]] | None = None
    #: A reply keyboard, its removal or a forced reply: it bars the message from edits.
    reply_markup: dict[str, Any] | None = None
    #: The emoji the bot has put under it.
    reaction: str | None = None
    silent: bool = False
    protected: bool = False
    #: What the page needs about its picture, document or voice (see README).
    media: dict[str, Any] | None = None
    #: Marks of whoever made it (a sample, say), unknown to the bot.
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str | None:
        """Its text, or the caption of its file."""
        text: str | None = self.content.get("text", self.content.get("caption"))
        return text

    @property
    def service(self) -> dict[str, Any] | None:
        """For the page: what happened; None for what somebody wrote or sent."""
        if joined := self.content.get("new_chat_members"):
            return {"kind": "members_added", "people": [user["id"] for user in joined]}
        if new := self.content.get("migrate_to_chat_id"):
            return {"kind": "migrated", "chat_id": new}
        if old := self.content.get("migrate_from_chat_id"):
            return {"kind": "moved", "chat_id": old}
        if left := self.content.get("left_chat_member"):
            return {"kind": "member_left", "people": [left["id"]]}
        if chat := self.content.get("chat_shared"):
            return {"kind": "chat_shared", "chat_id": chat["chat_id"]}
        if users := self.content.get("users_shared"):
            return {"kind": "users_shared", "people": [user["user_id"] for user in users["users"]]}
        return None

    def shown(self) -> dict[str, Any]:
        """Give the fields of the Bot API's Message that do not need the world around it."""
        optional = {
            "edit_date": self.edit_date,
            "has_protected_content": self.protected or None,
            "reply_markup": {"inline_keyboard": self.inline} if self.inline else None,
        }
        present = {name: value for name, value in optional.items() if value is not None}
        return {
            "message_id": self.message_id,
            "date": self.date,
            **self.content,
            **present,
        }

    def record(self) -> dict[str, Any]:
        """Give the fields of the page's record that do not need the world around it."""
        content = self.content
        return {
            "chat_id": self.chat_id,
            "message_id": self.message_id,
            "from_id": self.from_id,
            "date": self.date,
            "edit_date": self.edit_date,
            "text": self.text,
            "entities": content.get("entities", content.get("caption_entities", [])),
            "media": self.media,
            "keyboard": self.inline and [[_key(key) for key in row] for row in self.inline],
            "reply_to": self.reply_to,
            "reaction": self.reaction,
            "service": self.service,
            "silent": self.silent,
            "protected": self.protected,
            "extra": self.extra,
        }


def _key(button: dict[str, Any]) -> dict[str, Any]:
    if "callback_data" in button:
        return {"text": button["text"], "kind": "callback", "data": button["callback_data"]}
    if "url" in button:
        return {"text": button["text"], "kind": "url", "url": button["url"]}
    return {"text": button["text"], "kind": "other"}
