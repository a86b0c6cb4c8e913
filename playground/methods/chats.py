"""getChat, its members, and leaving; getFile."""

from typing import Any

from playground import gatherings, members
from playground.files import DOWNLOAD_LIMIT
from playground.methods import reach
from playground.params import Params
from playground.people import NO_GIFTS
from playground.refusals import bad
from playground.world import World

#: What members of a basic group may do unless its creator says otherwise.
PERMISSIONS = dict.fromkeys(
    (
        "can_send_messages",
        "can_send_audios",
        "can_send_documents",
        "can_send_photos",
        "can_send_videos",
        "can_send_video_notes",
        "can_send_voice_notes",
        "can_send_polls",
        "can_send_other_messages",
        "can_add_web_page_previews",
        "can_change_info",
        "can_invite_users",
        "can_pin_messages",
        "can_manage_topics",
    ),
    True,
)


def get_chat(world: World, params: Params) -> dict[str, Any]:
    """ChatFullInfo, with its required fields."""
    number = reach.chat(world, params)
    info = {
        **world.chat(number),
        "accent_color_id": abs(number) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": NO_GIFTS,
    }
    return {**info, "permissions": PERMISSIONS} if number < 0 else info


def get_chat_member(world: World, params: Params) -> dict[str, Any]:
    """ChatMember of a person or the bot."""
    number = reach.chat(world, params)
    user = params.integer("user_id")
    if user <= 0:
        raise bad("invalid user_id specified")
    if user not in world.people and user != world.bot.id:
        raise bad("user not found")
    if number < 0:
        return members.in_group(world, world.groups[number], user)
    there = user in {number, world.bot.id}
    return members.chat_member(world.user(user), "member" if there else "left")


def get_chat_administrators(world: World, params: Params) -> list[dict[str, Any]]:
    """ChatMember[]: the creator, then the others, the bot among them."""
    number = reach.chat(world, params)
    if number > 0:
        raise bad("there are no administrators in the private chat")
    group = world.groups[number]
    admins = [*group.members[:1], *group.admins]
    if group.bot == "administrator":
        admins.append(world.bot.id)
    return [members.in_group(world, group, user) for user in admins]


def get_chat_member_count(world: World, params: Params) -> int:
    """How many are in the chat, the bot among them."""
    number = reach.chat(world, params)
    return 2 if number > 0 else len(world.groups[number].members) + 1


def leave_chat(world: World, params: Params) -> bool:
    """Give the bot goes."""
    number = reach.chat(world, params)
    if number > 0:
        raise bad("chat member status can't be changed in private chats")
    gatherings.remove_bot(world, world.groups[number], world.bot.id, "left")
    return True


def get_file(world: World, params: Params) -> dict[str, Any]:
    """File, with the path to fetch it from."""
    if not params.text("file_id"):
        raise bad("file_id is empty")
    file = world.files.find(params.text("file_id"))
    if file is None:
        raise bad("invalid file_id")
    if file.size > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    return {**file.fields(), "file_path": file.path}
