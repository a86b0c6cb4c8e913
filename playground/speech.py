"""What a person sends on its way: may she write there, and does the bot get to hear it."""

import re
from dataclasses import replace
from typing import Any

from playground.messages import Message
from playground.people import ANONYMOUS_ID, Group, Person
from playground.refusals import ControlError, number
from playground.world import World


def where(person: Person, body: dict[str, Any]) -> int:
    """Give the chat a control call means: her private chat unless `chat_id` says another."""
    return optional(body, "chat_id") or person.id


def optional(body: dict[str, Any], name: str) -> int | None:
    """Read a whole number that may be missing."""
    return None if body.get(name) is None else number(body[name], name)


def utter(
    world: World, person: Person, body: dict[str, Any], content: dict[str, Any], **more: Any
) -> dict[str, Any]:
    """Put her message into the chat `body` names, and tell the bot; answers what README says."""
    chat, reply_to = where(person, body), optional(body, "reply_to")
    if reply_to is not None and world.message(chat, reply_to) is None:
        raise ControlError(404, f"there is no message {reply_to} to reply to")
    ensure_can_write(world, person, chat)
    speaker = _hidden(world, person, chat) if body.get("anonymous") else person.id
    content = {**content, **_topic(world, chat, optional(body, "topic"))}
    message = world.say(chat, speaker, content, reply_to=reply_to, **more)
    return {
        "update_id": tell_bot(world, message),
        "message_id": message.message_id,
        "chat_id": chat,
    }


def _topic(world: World, chat: int, topic: int | None) -> dict[str, Any]:
    """Give the fields of a message in a topic, None being the general one, which shows none."""
    if topic is None:
        return {}
    if chat not in world.groups or not world.groups[chat].forum:
        raise ControlError(409, "only a group with topics has topics")
    return {"message_thread_id": topic, "is_topic_message": True}


def _hidden(world: World, person: Person, chat: int) -> int:
    """Give who speaks when she hides behind her group: its administrators may, in a supergroup."""
    group = world.groups.get(chat)
    if group is None or group.type != "supergroup" or not group.is_admin(person.id):
        raise ControlError(409, "only an administrator can hide, and only in a supergroup")
    return ANONYMOUS_ID


def tell_bot(world: World, message: Message) -> int | None:
    """Queue the message for the bot, unless privacy mode keeps it from it."""
    chat = message.chat_id
    heard = chat > 0 or _bot_hears(world, world.groups[chat], message)
    return world.updates.push("message", world.shown(message)) if heard else None


def ensure_in_chat(world: World, person: Person, chat: int) -> None:
    """Refuse a chat that is neither hers with the bot nor a living group of hers."""
    if chat == person.id:
        return
    group = world.group(chat)
    if person.id not in group.members:
        raise ControlError(403, f"{person.first_name} is not in that group")
    if group.migrated_to is not None:
        raise ControlError(409, f"that group is the supergroup {group.migrated_to} by now")


def ensure_can_write(world: World, person: Person, chat: int) -> None:
    """Refuse where she cannot write; her first word to the bot starts it."""
    ensure_in_chat(world, person, chat)
    if chat != person.id:
        return
    if person.blocked:
        raise ControlError(403, f"{person.first_name} has blocked the bot: unblock it first")
    if not person.started:
        world.put_person(replace(person, started=True))


def _bot_hears(world: World, group: Group, message: Message) -> bool:
    """Privacy mode: commands, replies to the bot and mentions of it, unless it runs the group."""
    if not group.bot_present:
        return False
    if group.bot == "administrator" or not world.bot.privacy:
        return True
    original = world.message(message.chat_id, message.reply_to or 0)
    if original is not None and original.from_id == world.bot.id:
        return True
    name = f"@{world.bot.username}".lower()
    words = message.text or ""
    if re.search(rf"{name}\b", words.lower()):
        return True
    entities = message.content.get("entities", message.content.get("caption_entities")) or [{}]
    command = entities[0].get("type") == "bot_command" and entities[0]["offset"] == 0
    return command and "@" not in words[: entities[0]["length"]]
