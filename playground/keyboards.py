"""reply_markup: read strictly, kept as the Bot API shows it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playground.params import Params
from playground.refusals import bad

#: Ways a button can act; one of them must be there.
ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "pay",
    "disabled",
)
#: What a key of a reply keyboard may ask for, and how Telegram speaks of it.
REQUESTS = {
    "request_contact": "phone number",
    "request_location": "location",
    "request_poll": "poll",
    "web_app": "web App buttons",
    "request_users": "users",
    "request_chat": "chats",
}
LOOKS = ("text", "style", "icon_custom_emoji_id")


@dataclass(frozen=True, kw_only=True)
class Keyboard:
    """What came with a message: buttons under it, or another keyboard for the person's input."""

    inline: list[list[dict[str, Any]]] | None = None
    reply: dict[str, Any] | None = None

    def ensure_allowed(self, chat_id: int) -> None:
        """Refuse keys that ask for something in a group: only a private chat may."""
        rows = self.reply.get("keyboard", []) if self.reply else []
        asked = (name for row in rows for key in row for name in key if name in REQUESTS)
        if chat_id < 0 and (name := next(asked, None)):
            raise bad(f"{REQUESTS[name]} can be requested in private chats only")


def read(params: Params) -> Keyboard:
    """Give the `reply_markup` of a call; an empty one is none."""
    try:
        markup = params.parsed("reply_markup")
    except ValueError:
        raise bad("can't parse reply keyboard markup JSON object") from None
    if markup is None:
        return Keyboard()
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup, "inline_keyboard")
        inline = [[_button(button) for button in row] for row in rows if row]
        return Keyboard(inline=inline or None)
    if "keyboard" in markup:
        rows = _rows(markup, "keyboard")
        keys = [[_key(key) for key in row] for row in rows if row]
        return Keyboard(reply={**markup, "keyboard": keys} if keys else None)
    asks = markup.get("remove_keyboard") or markup.get("force_reply")
    return Keyboard(reply=markup if asks else None)


def _rows(markup: dict[str, Any], name: str) -> list[list[Any]]:
    rows = markup[name]
    if not isinstance(rows, list):
        raise bad(f'field "{name}" must be of type Array')
    for row in rows:
        if not isinstance(row, list):
            raise bad(f'field "{name}" must be an Array of Arrays')
    return rows


def _key(key: Any) -> dict[str, Any]:
    if isinstance(key, str):
        return {"text": key}
    if not isinstance(key, dict):
        raise bad("can't parse keyboard button: KeyboardButton must be a String or an Object")
    if not isinstance(key.get("text"), str):
        raise bad("can't parse keyboard button: Can't find field \"text\"")
    action = next((name for name in REQUESTS if key.get(name)), None)
    if action in {"request_chat", "request_users"} and not isinstance(
        key[action].get("request_id"), int
    ):
        raise bad("can't parse keyboard button: Can't find field \"request_id\"")
    return {"text": key["text"], **({action: key[action]} if action else {})}


def _button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad("can't parse inline keyboard button: Can't find field \"text\"")
    action = next((name for name in ACTIONS if button.get(name) not in (None, "")), None)
    if action is None:
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if action == "callback_data" and len(button[action].encode()) > 64:
        raise bad("BUTTON_DATA_INVALID")
    if action == "url":
        _check_url(button["url"])
    return {name: button[name] for name in (*LOOKS, action) if button.get(name) is not None}


def _check_url(url: str) -> None:
    parts = urlsplit(url if "//" in url else f"http://{url}")
    if parts.scheme == "tg":
        return
    if parts.scheme not in {"http", "https"}:
        raise bad(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if "." not in parts.netloc.strip("."):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
