"""What a person does in the app: write, tap, open a link, block the bot."""

import re
from dataclasses import replace
from typing import Any

from playground import gatherings, members, text
from playground.messages import Message
from playground.people import Group, Person
from playground.refusals import ControlError, number
from playground.world import Press, World

#: A link to the bot: https://t.me/<bot>?start=… and its tg: twin.
LINK = re.compile(
    r"(?:(?:https?://)?(?:t|telegram)\.me/(?P<web>\w+)\?|tg://resolve\?domain=(?P<app>\w+)&)"
    r"(?P<kind>start|startgroup)=(?P<payload>[A-Za-z0-9_-]{0,64})$"
)


def do(world: World, person: Person, act: str, body: dict[str, Any]) -> dict[str, Any]:
    """One of text, tap, link and block, with the fields README names."""
    if act == "text":
        chat, reply = _optional(body, "chat_id"), _optional(body, "reply_to")
        return write(world, person, str(body.get("text", "")), chat, reply)
    if act == "tap":
        return tap(world, person, body)
    if act == "link":
        return follow(world, person, str(body.get("url", "")), _optional(body, "group_id"))
    return {"update_id": block(world, person, blocked=bool(body.get("blocked", True)))}


def _optional(body: dict[str, Any], name: str) -> int | None:
    return None if body.get(name) is None else number(body[name], name)


def write(
    world: World,
    person: Person,
    words: str,
    chat_id: int | None = None,
    reply_to: int | None = None,
) -> dict[str, Any]:
    """She sends a text to the bot, or to a group of hers."""
    chat = person.id if chat_id is None else chat_id
    formatted = text.plain(words)
    if not formatted.text:
        raise ControlError(400, "the text is empty")
    if len(formatted.text) > text.TEXT_LIMIT:
        raise ControlError(400, f"the text is longer than {text.TEXT_LIMIT} characters")
    if reply_to is not None and world.message(chat, reply_to) is None:
        raise ControlError(404, f"there is no message {reply_to} to reply to")
    _ensure_can_write(world, person, chat)
    message = world.say(chat, person.id, formatted.fields(), reply_to=reply_to)
    heard = chat > 0 or _bot_hears(world, world.groups[chat], message)
    update = world.updates.push("message", world.shown(message)) if heard else None
    return {"update_id": update, "message_id": message.message_id, "chat_id": chat}


def _ensure_can_write(world: World, person: Person, chat: int) -> None:
    if chat == person.id:
        if person.blocked:
            raise ControlError(403, f"{person.first_name} has blocked the bot: unblock it first")
        if not person.started:
            world.put_person(replace(person, started=True))
    elif person.id not in world.group(chat).members:
        raise ControlError(403, f"{person.first_name} is not in that group")


def _bot_hears(world: World, group: Group, message: Message) -> bool:
    """Privacy mode: commands, replies to the bot and mentions of it; nothing else."""
    if group.bot != "member":
        return False
    original = world.message(message.chat_id, message.reply_to or 0)
    if original is not None and original.from_id == world.bot.id:
        return True
    name = f"@{world.bot.username}".lower()
    words = message.text or ""
    if re.search(rf"{name}\b", words.lower()):
        return True
    first = message.content.get("entities", [{}])[0]
    command = first.get("type") == "bot_command" and first["offset"] == 0
    return command and "@" not in words[: first["length"]]


def tap(world: World, person: Person, body: dict[str, Any]) -> dict[str, Any]:
    """She presses a button under a message; a link to the bot is followed at once.

    With "forge" the message need not show a button of this data: a slow phone still shows the
    one that was edited away, and a modified app sends what it likes.
    """
    chat = _optional(body, "chat_id") or person.id
    if chat != person.id and person.id not in world.group(chat).members:
        raise ControlError(403, f"{person.first_name} is not in that group")
    message = world.message(chat, _optional(body, "message_id") or 0)
    if message is None:
        raise ControlError(404, f"there is no message {body.get('message_id')} in chat {chat}")
    if body.get("forge"):
        return {"update_id": _press(world, person, message, str(body["data"]))}
    button = _button(message, body)
    if "callback_data" in button:
        return {"update_id": _press(world, person, message, button["callback_data"])}
    if "url" not in button:
        raise ControlError(400, f"the playground cannot press “{button['text']}”")
    if not LINK.match(button["url"]):
        return {"update_id": None, "url": button["url"]}
    done = follow(world, person, button["url"], _optional(body, "group_id"))
    return {"url": button["url"], **done}


def _button(message: Message, body: dict[str, Any]) -> dict[str, Any]:
    rows = message.inline or []
    keys = [key for row in rows for key in row]
    if "button" in body:
        found = [key for key in keys if key["text"] == body["button"]]
    elif "data" in body:
        found = [key for key in keys if key.get("callback_data") == body["data"]]
    else:
        row, column = _optional(body, "row") or 0, _optional(body, "column") or 0
        found = [key for line in rows[row : row + 1] for key in line[column : column + 1]]
    if not found:
        labels = ", ".join(f"“{key['text']}”" for key in keys) or "no button at all"
        raise ControlError(
            404, f"there is no such button; message {message.message_id} has {labels}"
        )
    return found[0]


def _press(world: World, person: Person, message: Message, data: str) -> int | None:
    world.last_press += 1
    # Telegram's ids are 64-bit numbers sent as text, and nobody may count on their order.
    tap_id = str(person.id * 1_000_000 + world.last_press)
    body = {
        "id": tap_id,
        "from": person.user(),
        "message": world.shown(message),
        "chat_instance": str(-message.chat_id * 7919),
        "data": data,
    }
    world.presses[tap_id] = Press(person_id=person.id, at=world.clock.seconds())
    return world.updates.push("callback_query", body)


def follow(world: World, person: Person, url: str, group_id: int | None = None) -> dict[str, Any]:
    """She opens a link to the bot: START in private, or the bot joins a group of hers."""
    link = LINK.match(url)
    if link is None or (link["web"] or link["app"]).lower() != world.bot.username.lower():
        raise ControlError(400, f"not a link to @{world.bot.username}: {url}")
    payload = f" {link['payload']}" if link["payload"] else ""
    if link["kind"] == "start":
        if person.blocked:  # the app's own button there reads RESTART and unblocks
            block(world, person, blocked=False)
        return write(world, world.person(person.id), f"/start{payload}")
    if group_id is None:
        raise ControlError(400, "this link adds the bot to a group: say which by group_id")
    group = world.group(group_id)
    if group.bot != "member":
        gatherings.add_bot(world, group, person)
    return write(world, person, f"/start@{world.bot.username}{payload}", chat_id=group_id)


def block(world: World, person: Person, *, blocked: bool) -> int | None:
    """She blocks the bot, or takes it back; the bot hears of it once she had started."""
    if person.blocked == blocked:
        how = "already" if blocked else "not"
        raise ControlError(409, f"{person.first_name} has {how} blocked the bot")
    world.put_person(replace(person, blocked=blocked))
    if not person.started:
        return None
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    return members.tell_bot(world, person.id, person.id, old, new)
