"""What the page is shown of the world, as README describes it."""

from typing import TYPE_CHECKING, Any

from playground.fault_kinds import KINDS
from playground.people import Group, Person

if TYPE_CHECKING:  # the world tells the page of itself by these
    from playground.world import World


def of_world(world: "World") -> dict[str, Any]:
    """Give everything but the clock."""
    return {
        "bot": world.bot.state(),
        "people": [of_person(world, person) for person in world.people.values()],
        "groups": [of_group(world, group) for group in world.groups.values()],
        "faults": world.faults.shown(),
        "fault_kinds": list(KINDS),
        "last_event": world.events.last,
    }


def of_person(world: "World", person: Person) -> dict[str, Any]:
    """Give a person, her menu and her reply keyboard."""
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "language_code": person.language_code,
        "started": person.started,
        "blocked": person.blocked,
        "deleted": person.deleted,
        "extra": person.extra,
        "commands": world.commands.seen(person.id, person.id, person.language_code),
        "keyboard": world.reply_keys.shown(person.id, person.id),
        "last_message_id": max(world.chats.get(person.id, {}), default=None),
    }


def of_group(world: "World", group: Group) -> dict[str, Any]:
    """Give a group, and the menu and reply keyboard of each member."""
    return {
        "id": group.id,
        "title": group.title,
        "type": group.type,
        "members": list(group.members),
        "admins": list(group.admins),
        "forum": group.forum,
        "bot": group.bot,
        "migrated_to": group.migrated_to,
        "extra": group.extra,
        "commands": {str(member): _menu(world, group, member) for member in group.members},
        "keyboards": {
            str(member): laid
            for member in group.members
            if (laid := world.reply_keys.shown(group.id, member))
        },
        "last_message_id": max(world.chats.get(group.id, {}), default=None),
    }


def _menu(world: "World", group: Group, member: int) -> list[dict[str, str]]:
    if not group.bot_present:
        return []
    language = world.people[member].language_code
    return world.commands.seen(group.id, member, language, admin=group.is_admin(member))
