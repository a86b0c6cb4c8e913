"""Which chat and which message a call means, and whether the bot may touch them."""

from playground.messages import Message
from playground.params import Params
from playground.refusals import bad, forbidden, upgraded
from playground.world import World


def chat(world: World, params: Params, name: str = "chat_id") -> int:
    """Give a chat the bot can see; raises `chat not found` and its kin."""
    if not params.text(name):
        raise bad("chat_id is empty" if name == "chat_id" else f"parameter {name} is empty")
    number = params.integer(name)
    person, group = world.people.get(number), world.groups.get(number)
    if person is not None and person.started:
        return number
    if group is None or group.bot == "absent":
        raise bad("chat not found")
    if group.migrated_to is not None:
        raise upgraded(group.migrated_to)
    kind = "supergroup" if group.type == "supergroup" else "group"
    if group.bot == "kicked":
        raise forbidden(f"bot was kicked from the {kind} chat")
    if group.bot == "left":
        raise forbidden(f"bot is not a member of the {kind} chat")
    return number


def writable(world: World, params: Params) -> int:
    """Give a chat the bot may send to; raises 403 where it was blocked or nobody is left."""
    number = chat(world, params)
    person = world.people.get(number)
    if person is not None and person.deleted:
        raise forbidden("user is deactivated")
    if person is not None and person.blocked:
        raise forbidden("bot was blocked by the user")
    return number


def own_message(world: World, params: Params) -> Message:
    """Give a message the bot may edit: its own, without a reply keyboard."""
    if not params.text("chat_id") and not params.text("message_id"):
        raise bad("message identifier is not specified")
    number = chat(world, params)
    message = world.message(number, params.integer("message_id"))
    if message is None:
        raise bad("message to edit not found")
    if message.from_id != world.bot.id or message.reply_markup or message.service:
        raise bad("message can't be edited")
    return message
