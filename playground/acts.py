"""What a person does in the app: write, send, tap, open a link, block the bot."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from playground import attachments, choosing, gatherings, members, speech, text
from playground.messages import Message
from playground.people import Person
from playground.refusals import ControlError
from playground.speech import optional
from playground.world import Press, World

#: A link to the bot: https://t.me/<bot>?start=… and its tg: twin.
LINK = re.compile(
    r"(?:(?:https?://)?(?:t|telegram)\.me/(?P<web>\w+)\?|tg://resolve\?domain=(?P<app>\w+)&)"
    r"(?P<kind>start|startgroup)=(?P<payload>[A-Za-z0-9_-]{0,64})$"
)


def do(world: World, person: Person, act: str, body: dict[str, Any]) -> dict[str, Any]:
    """One of ACTS, with the fields README names."""
    if person.deleted:
        raise ControlError(403, f"{person.first_name} has deleted her account")
    return ACTS[act](world, person, body)


def write(world: World, person: Person, body: dict[str, Any]) -> dict[str, Any]:
    """She sends a text to the bot, or to a group of hers."""
    formatted = text.plain(str(body.get("text", "")))
    if not formatted.text:
        raise ControlError(400, "the text is empty")
    if len(formatted.text) > text.TEXT_LIMIT:
        raise ControlError(400, f"the text is longer than {text.TEXT_LIMIT} characters")
    return speech.utter(world, person, body, formatted.fields())


def tap(world: World, person: Person, body: dict[str, Any]) -> dict[str, Any]:
    """She presses a button under a message, or with "key" one of her reply keyboard.

    A link to the bot is followed at once.

    With "forge" the message need not show a button of this data, nor be there any more: a slow
    phone still shows what was edited away or deleted, and a modified app sends what it likes.
    """
    chat = speech.where(person, body)
    speech.ensure_in_chat(world, person, chat)
    if "key" in body:
        return choosing.press(world, person, body)
    number = optional(body, "message_id") or 0
    message = world.message(chat, number)
    if message is None and body.get("forge") and world.was_said(chat, number):
        # The Bot API's InaccessibleMessage.
        gone = {"chat": world.chat(chat), "message_id": number, "date": 0}
        return {"update_id": _press(world, person, chat, gone, str(body["data"]))}
    if message is None:
        raise ControlError(404, f"there is no message {body.get('message_id')} in chat {chat}")
    if body.get("forge"):
        return {"update_id": _press(world, person, chat, world.shown(message), str(body["data"]))}
    button = _button(message, body)
    if "callback_data" in button:
        data = button["callback_data"]
        return {"update_id": _press(world, person, chat, world.shown(message), data)}
    if "url" not in button:
        raise ControlError(400, f"the playground cannot press “{button['text']}”")
    if not LINK.match(button["url"]):
        return {"update_id": None, "url": button["url"]}
    return {"url": button["url"], **follow(world, person, {**body, "url": button["url"]})}


def _button(message: Message, body: dict[str, Any]) -> dict[str, Any]:
    rows = message.inline or []
    keys = [key for row in rows for key in row]
    if "button" in body:
        found = [key for key in keys if key["text"] == body["button"]]
    elif "data" in body:
        found = [key for key in keys if key.get("callback_data") == body["data"]]
    else:
        row, column = optional(body, "row") or 0, optional(body, "column") or 0
        found = [key for line in rows[row : row + 1] for key in line[column : column + 1]]
    if not found:
        labels = ", ".join(f"“{key['text']}”" for key in keys) or "no button at all"
        raise ControlError(
            404, f"there is no such button; message {message.message_id} has {labels}"
        )
    return found[0]


def _press(
    world: World, person: Person, chat: int, message: dict[str, Any], data: str
) -> int | None:
    world.last_press += 1
    # Telegram's ids are 64-bit numbers sent as text, and nobody may count on their order.
    tap_id = str(person.id * 1_000_000 + world.last_press)
    body = {
        "id": tap_id,
        "from": person.user(),
        "message": message,
        "chat_instance": str(-chat * 7919),
        "data": data,
    }
    world.presses[tap_id] = Press(person_id=person.id, at=world.clock.seconds())
    return world.updates.push("callback_query", body)


def follow(world: World, person: Person, body: dict[str, Any]) -> dict[str, Any]:
    """She opens a link to the bot: START in private, or the bot joins a group of hers."""
    url, group_id = str(body.get("url", "")), optional(body, "group_id")
    link = LINK.match(url)
    if link is None or (link["web"] or link["app"]).lower() != world.bot.username.lower():
        raise ControlError(400, f"not a link to @{world.bot.username}: {url}")
    payload = f" {link['payload']}" if link["payload"] else ""
    if link["kind"] == "start":
        if person.blocked:  # the app's own button there reads RESTART and unblocks
            block(world, person, {"blocked": False})
        return write(world, world.person(person.id), {"text": f"/start{payload}"})
    if group_id is None:
        raise ControlError(400, "this link adds the bot to a group: say which by group_id")
    group = world.group(group_id)
    if not group.bot_present:
        gatherings.add_bot(world, group, person)
    words = f"/start@{world.bot.username}{payload}"
    return write(world, person, {"text": words, "chat_id": group_id})


def block(world: World, person: Person, body: dict[str, Any]) -> dict[str, Any]:
    """She blocks the bot, or takes it back; the bot hears of it once she had started."""
    blocked = bool(body.get("blocked", True))
    if person.blocked == blocked:
        how = "already" if blocked else "not"
        raise ControlError(409, f"{person.first_name} has {how} blocked the bot")
    world.put_person(replace(person, blocked=blocked))
    if not person.started:
        return {"update_id": None}
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    return {"update_id": members.tell_bot(world, person.id, person.id, old, new)}


def vanish(world: World, person: Person, _: dict[str, Any]) -> dict[str, Any]:
    """She deletes her account; nobody tells the bot."""
    world.put_person(replace(person, deleted=True))
    return {"update_id": None}


Act = Callable[[World, Person, dict[str, Any]], dict[str, Any]]

#: By the name the control API gives them.
ACTS: dict[str, Act] = {
    "text": write,
    **{kind: partial(attachments.send, kind=kind) for kind in attachments.DEFAULTS},
    "tap": tap,
    "share": choosing.share,
    "link": follow,
    "block": block,
    "vanish": vanish,
}
