"""Groups: founding one, coming and going, bringing the bot in and sending it away."""

from dataclasses import replace
from typing import Any

from playground import members
from playground.messages import Message
from playground.people import ANONYMOUS_ID, BotAccount, Group, Person
from playground.refusals import ControlError, number
from playground.world import World

PERSON_FIELDS = ("first_name", "last_name", "username", "language_code")


def introduce(world: World, body: dict[str, Any]) -> Person:
    """Add a person; fields we do not know become her marks."""
    if not str(body.get("first_name") or "").strip():
        raise ControlError(400, "a person needs a first_name")
    given = number(body.get("id") or world.free_person_id(), "id")
    if given <= 0 or given in world.people or given == world.bot.id:
        raise ControlError(409, f"the id {given} is taken or is no person's")
    names = {name: body[name] for name in PERSON_FIELDS if body.get(name)}
    extra = {key: value for key, value in body.items() if key not in {*PERSON_FIELDS, "id"}}
    world.put_person(Person(id=given, extra=extra, **names))
    return world.people[given]


def found(world: World, body: dict[str, Any]) -> Group:
    """Add a group, without the bot; its first member is its creator."""
    people = [world.person(number(one, "members")).id for one in body.get("members") or []]
    if not people or not str(body.get("title") or "").strip():
        raise ControlError(400, "a group needs a title and at least one member")
    kind = body.get("type", "group")
    if kind not in {"group", "supergroup"}:
        raise ControlError(400, "a group's type is group or supergroup")
    forum = bool(body.get("forum"))
    if forum and kind != "supergroup":
        raise ControlError(400, "only a supergroup has topics")
    known = {"title", "members", "type", "forum"}
    extra = {key: value for key, value in body.items() if key not in known}
    group = Group(
        id=world.free_group_id(kind),
        title=str(body["title"]),
        type=kind,
        members=tuple(dict.fromkeys(people)),
        forum=forum,
        extra=extra,
    )
    world.put_group(group)
    return group


def set_privacy(world: World, *, on: bool) -> BotAccount:
    """Let the bot hear everything in groups, or only what is meant for it."""
    world.bot = replace(world.bot, privacy=on)
    world.events.emit("bot", bot=world.bot.state())
    return world.bot


def migrate(world: World, group: Group, by: int) -> tuple[Group, int | None]:
    """Turn a group into a supergroup, as Telegram does when it grows or a setting asks for it.

    The bot is told in both: it joins the new one, and never hears that it left the old one.
    """
    if group.type != "group":
        raise ControlError(409, "that is a supergroup already")
    fresh = replace(group, id=world.free_group_id("supergroup"), type="supergroup")
    world.put_group(fresh)
    world.put_group(replace(group, migrated_to=fresh.id))
    parting = world.say(group.id, by, {"migrate_to_chat_id": fresh.id})
    arrival = world.say(fresh.id, ANONYMOUS_ID, {"migrate_from_chat_id": group.id})
    if not group.bot_present:
        return fresh, None
    world.updates.push("message", world.shown(parting))
    members.tell_bot(world, fresh.id, by, "left", fresh.bot)
    return fresh, world.updates.push("message", world.shown(arrival))


def move_person(world: World, group: Group, person: Person, *, present: bool) -> int | None:
    """She joins or leaves; the bot hears of it when it is there."""
    if present == (person.id in group.members):
        raise ControlError(409, f"{person.first_name} is already {'in' if present else 'out'}")
    rest = tuple(member for member in group.members if member != person.id)
    admins = tuple(admin for admin in group.admins if admin != person.id)
    world.put_group(replace(group, members=(*rest, person.id) if present else rest, admins=admins))
    _, update = _service(world, group.id, person.id, person.user(), present=present)
    return update


def move_bot(
    world: World, group: Group, by: int, *, present: bool, admin: bool = False
) -> int | None:
    """Bring the bot in or send it away; with `admin` it becomes an administrator too."""
    if not present:
        return remove_bot(world, group, world.person(by).id)
    update = None if admin and group.bot == "member" else add_bot(world, group, world.person(by))
    return promote_bot(world, world.group(group.id), by) if admin else update


def appoint(world: World, group: Group, person: Person, *, admin: bool) -> None:
    """Make her an administrator, or an ordinary member again."""
    _ensure_member(group, person)
    rest = tuple(each for each in group.admins if each != person.id)
    world.put_group(replace(group, admins=(*rest, person.id) if admin else rest))


def promote_bot(world: World, group: Group, by: int) -> int | None:
    """Make the bot an administrator: it then hears everything that is said there."""
    if group.bot != "member":
        raise ControlError(409, "the bot is not an ordinary member of that group")
    world.put_group(replace(group, bot="administrator"))
    return members.tell_bot(world, group.id, by, "member", "administrator")


def add_bot(world: World, group: Group, by: Person) -> int | None:
    """Let a member bring the bot in: my_chat_member, then the service message."""
    _ensure_member(group, by)
    if group.bot_present:
        raise ControlError(409, "the bot is already in that group")
    world.put_group(replace(group, bot="member"))
    old = "left" if group.bot == "absent" else group.bot
    members.tell_bot(world, group.id, by.id, old, "member")
    _, update = _service(world, group.id, by.id, world.bot.user(), present=True)
    return update


def remove_bot(world: World, group: Group, by: int, status: str = "kicked") -> int | None:
    """Send the bot away (kicked) or let it go (left); it still hears of that."""
    if not group.bot_present:
        raise ControlError(409, "the bot is not in that group")
    world.put_group(replace(group, bot=status))
    members.tell_bot(world, group.id, by, group.bot, status)
    message = _say(world, group.id, by, world.bot.user(), present=False)
    return world.updates.push("message", world.shown(message))


def _ensure_member(group: Group, person: Person) -> None:
    if person.id not in group.members:
        raise ControlError(403, f"{person.first_name} is not in the group {group.title}")


def _service(
    world: World, group_id: int, by: int, user: dict[str, Any], *, present: bool
) -> tuple[Message, int | None]:
    message = _say(world, group_id, by, user, present=present)
    heard = world.groups[group_id].bot_present
    return message, world.updates.push("message", world.shown(message)) if heard else None


def _say(world: World, group_id: int, by: int, user: dict[str, Any], *, present: bool) -> Message:
    """Add the service message, with the fields Telegram still sends for old libraries."""
    if present:
        content = {
            "new_chat_participant": user,
            "new_chat_member": user,
            "new_chat_members": [user],
        }
    else:
        content = {"left_chat_participant": user, "left_chat_member": user}
    return world.say(group_id, by, content)
