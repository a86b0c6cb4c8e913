"""Being in a chat: ChatMember values, and telling the bot that its own place changed."""

from typing import Any

from playground.people import Group
from playground.world import World

#: What an administrator may do here: all that an app grants unless told otherwise.
RIGHTS = {
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_pin_messages": True,
    "is_anonymous": False,
    "can_send_welcome_messages": True,
}

#: What these statuses carry beside the user.
MORE: dict[str, dict[str, Any]] = {
    "creator": {"is_anonymous": False},
    # The second is a field for old libraries.
    "administrator": {**RIGHTS, "can_be_edited": False, "can_manage_voice_chats": True},
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
    elif user_id == group.members[0]:
        status = "creator"
    else:
        status = "administrator" if user_id in group.admins else "member"
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
