"""Being in a chat: ChatMember values, and telling the bot that its own place changed."""

from typing import Any

from playground.people import Group
from playground.world import World

#: What these statuses carry beside the user.
MORE: dict[str, dict[str, Any]] = {
    "creator": {"is_anonymous": False},
    "kicked": {"until_date": 0},
}


def chat_member(user: dict[str, Any], status: str) -> dict[str, Any]:
    """Give the Bot API's ChatMember of that status."""
    return {"user": user, "status": status, **MORE.get(status, {})}


def in_group(world: World, group: Group, user_id: int) -> dict[str, Any]:
    """Give the ChatMember of a person or the bot in a group."""
    if user_id == world.bot.id:
        status = "left" if group.bot == "absent" else group.bot
    elif user_id not in group.members:
        status = "left"
    else:
        status = "creator" if user_id == group.members[0] else "member"
    return chat_member(world.user(user_id), status)


def tell_bot(world: World, chat_id: int, by: int, old: str, new: str) -> int | None:
    """Queue my_chat_member: somebody moved the bot from one status to another."""
    bot = world.bot.user()
    body = {
        "chat": world.chat(chat_id),
        "from": world.user(by),
        "date": world.clock.stamp(),
        "old_chat_member": chat_member(bot, old),
        "new_chat_member": chat_member(bot, new),
    }
    return world.updates.push("my_chat_member", body)
