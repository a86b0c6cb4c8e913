"""editMessage… and deleteMessage…: what the bot does to messages that are there."""

import json
from typing import Any

from playground import keyboards, text
from playground.messages import Message
from playground.methods import content, reach
from playground.methods.content import Content
from playground.params import Params
from playground.refusals import NOT_MODIFIED, bad
from playground.text import TEXT_LIMIT
from playground.world import World

#: Seconds after which the bot cannot take back a message in a private chat or basic group.
DELETABLE_FOR = 48 * 60 * 60

CAPTION_FIELDS = frozenset({"caption", "caption_entities"})


def edit_message_text(world: World, params: Params) -> dict[str, Any]:
    """Message; without a reply_markup the buttons go."""
    said = content.of_text(params)
    keyboard = keyboards.read(params)
    message = reach.own_message(world, params)
    if "text" not in message.content:
        raise bad("there is no text in the message to edit")
    if len(said.fields["text"]) > TEXT_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    return _edit(world, message, said, keyboard)


def edit_message_caption(world: World, params: Params) -> dict[str, Any]:
    """Message; an empty caption removes it."""
    caption = text.of_caption(params).fields("caption", "caption_entities")
    keyboard = keyboards.read(params)
    message = reach.own_message(world, params)
    if "text" in message.content:
        raise bad("there is no caption in the message to edit")
    kept = {key: value for key, value in message.content.items() if key not in CAPTION_FIELDS}
    said = Content(fields={**kept, **caption}, media=message.media)
    return _edit(world, message, said, keyboard)


def edit_message_media(world: World, params: Params) -> dict[str, Any]:
    """Message with another picture or document; a text message may become one."""
    said = content.of_input_media(world, params)
    keyboard = keyboards.read(params)
    message = reach.own_message(world, params)
    if "voice" in message.content:
        raise bad("message media can't be edited")
    return _edit(world, message, said, keyboard)


def edit_message_reply_markup(world: World, params: Params) -> dict[str, Any]:
    """Message with other buttons, or with none."""
    keyboard = keyboards.read(params)
    message = reach.own_message(world, params)
    return _edit(world, message, Content(fields=message.content, media=message.media), keyboard)


def _edit(
    world: World, message: Message, said: Content, keyboard: keyboards.Keyboard
) -> dict[str, Any]:
    if said.fields == message.content and keyboard.inline == message.inline:
        raise bad(NOT_MODIFIED)
    edited = world.change(message, content=said.fields, media=said.media, inline=keyboard.inline)
    return world.shown(edited)


def delete_message(world: World, params: Params) -> bool:
    """Its own message, and the person's in private, for 48 hours; in supergroups at any time.

    An administrator may delete anybody's.
    """
    chat = reach.chat(world, params)
    if not params.text("message_id"):
        raise bad("message identifier is not specified")
    message = world.message(chat, params.integer("message_id"))
    if message is None:
        raise bad("message to delete not found")
    group = world.groups.get(chat)
    runs = group is not None and group.bot == "administrator"
    if group is not None and message.from_id != world.bot.id and not runs:
        raise bad("message can't be deleted")
    ages = group is None or group.type == "group"
    if ages and world.clock.seconds() - message.date > DELETABLE_FOR:
        raise bad("message can't be deleted for everyone")
    world.erase(message)
    return True


def delete_messages(world: World, params: Params) -> bool:
    """Up to a hundred; those that are not there are passed over."""
    try:
        numbers = json.loads(params.text("message_ids") or "[]")
    except ValueError:
        numbers = None
    if not isinstance(numbers, list):
        raise bad("can't parse message identifiers JSON object")
    if not numbers:
        raise bad("message identifiers are not specified")
    if len(numbers) > 100:
        raise bad("too many message identifiers specified")
    chat = reach.chat(world, params)
    for number in {int(number) for number in numbers} & set(world.chats.get(chat, {})):
        delete_message(world, Params(texts={"chat_id": str(chat), "message_id": str(number)}))
    return True
