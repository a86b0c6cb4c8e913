"""sendMessage, sendPhoto, sendDocument, sendVoice, sendChatAction."""

from typing import Any

from playground import keyboards
from playground.messages import Message
from playground.methods import content, reach
from playground.methods.content import Content
from playground.params import Params
from playground.refusals import bad
from playground.text import TEXT_LIMIT
from playground.world import World

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(world: World, params: Params) -> dict[str, Any]:
    """Message."""
    said = content.of_text(params)
    if len(said.fields["text"]) > TEXT_LIMIT:
        raise bad("message is too long")
    return _send(world, params, said)


def send_photo(world: World, params: Params) -> dict[str, Any]:
    """Message with a picture: uploaded, or by the id of one sent before."""
    return _send(world, params, content.of_file(world, params, "photo", params.text("photo")))


def send_document(world: World, params: Params) -> dict[str, Any]:
    """Message with a file: uploaded, or by the id of one sent before."""
    value = params.text("document")
    return _send(world, params, content.of_file(world, params, "document", value))


def send_voice(world: World, params: Params) -> dict[str, Any]:
    """Message with a voice: uploaded (OGG/OPUS, its `duration` told), or by its id."""
    return _send(world, params, content.of_file(world, params, "voice", params.text("voice")))


def send_chat_action(world: World, params: Params) -> bool:
    """Give shows for five seconds that the bot is busy."""
    chat = reach.writable(world, params)
    action = params.text("action")
    if action not in ACTIONS:
        raise bad("wrong parameter action in request")
    world.events.emit("typing", chat_id=chat, action=action)
    return True


def _send(world: World, params: Params, said: Content) -> dict[str, Any]:
    keyboard = keyboards.read(params)
    chat = reach.writable(world, params)
    keyboard.ensure_allowed(chat)
    message = world.say(
        chat,
        world.bot.id,
        {**said.fields, **_topic(world, params, chat)},
        reply_to=_replied(world, params, chat),
        inline=keyboard.inline,
        reply_markup=keyboard.reply,
        silent=params.flag("disable_notification"),
        protected=params.flag("protect_content"),
        media=said.media,
    )
    if message.reply_markup:
        _lay_keys(world, message, message.reply_markup)
    return world.shown(message)


def _topic(world: World, params: Params, chat: int) -> dict[str, Any]:
    """Give the fields of a message in a topic; a topic is there once somebody wrote in it."""
    topic = params.integer("message_thread_id")
    if not topic:
        return {}
    if not any(each.content.get("message_thread_id") == topic for each in world.messages(chat)):
        raise bad("message thread not found")
    return {"message_thread_id": topic, "is_topic_message": True}


def _lay_keys(world: World, message: Message, markup: dict[str, Any]) -> None:
    """Put a reply keyboard before those it is meant for: all, or whom it mentions or answers."""
    chat = message.chat_id
    people = [chat] if chat > 0 else list(world.groups[chat].members)
    if chat < 0 and markup.get("selective"):
        original = world.message(chat, message.reply_to or 0)
        asked = original.from_id if original else None
        words = (message.text or "").lower()
        people = [
            each
            for each in people
            if each == asked or f"@{world.people[each].username or ' '}".lower() in words
        ]
    world.reply_keys.lay(chat, people, message.message_id, markup)
    world.tell_keys(chat)


def _replied(world: World, params: Params, chat: int) -> int | None:
    """Give the message this one replies to, by the present parameter or the old one."""
    try:
        wanted = params.parsed("reply_parameters") or {}
    except ValueError:
        raise bad("can't parse reply parameters JSON object") from None
    target = int(wanted.get("message_id") or params.integer("reply_to_message_id"))
    if not target or world.message(chat, target) is not None:
        return target or None
    if wanted.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")
