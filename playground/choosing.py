"""What a person does with a reply keyboard: press a key, share one of her groups or people."""

from typing import Any

from playground import gatherings, speech, text
from playground.people import Group, Person
from playground.refusals import ControlError, number
from playground.reply_keys import REQUESTS
from playground.world import World


def press(world: World, person: Person, body: dict[str, Any]) -> dict[str, Any]:
    """She presses the key with that label: its text is sent, in a group as a reply."""
    chat, label = speech.where(person, body), str(body["key"])
    laid = world.reply_keys.of(chat, person.id)
    keys = laid.keys if laid else []
    found = next((key for key in keys if key["text"] == label), None)
    if laid is None or found is None:
        labels = ", ".join(f"“{key['text']}”" for key in keys) or "no key at all"
        raise ControlError(404, f"there is no such key; {person.first_name} has {labels}")
    if found.keys() & REQUESTS.keys():
        raise ControlError(400, f"“{label}” asks for a choice: use share")
    if len(found) > 1:
        raise ControlError(400, f"the playground cannot press “{label}”")
    reply = {"reply_to": laid.message_id} if chat < 0 else {}
    sent = speech.utter(world, person, {"chat_id": chat, **reply}, text.plain(label).fields())
    _put_away(world, person, chat)
    return sent


def share(world: World, person: Person, body: dict[str, Any]) -> dict[str, Any]:
    """She answers a key of kind chat or users with one of her groups, or with people."""
    kind, wanted = _request(world, person, number(body.get("request_id"), "request_id"))
    if kind == "chat":
        content = {"chat_shared": _shared_chat(world, person, wanted, body)}
    else:
        content = {"users_shared": _shared_users(world, wanted, body)}
    sent = speech.utter(world, person, {}, content)
    _put_away(world, person, person.id)
    return sent


def choices(world: World, person: Person, request_id: int) -> dict[str, Any]:
    """Give the ids her app would let her choose from, as {"chats": …} or {"people": …}."""
    kind, wanted = _request(world, person, request_id)
    if kind == "users":
        bots = wanted.get("user_is_bot")
        return {"people": [] if bots else [each for each in world.people if each != person.id]}
    fitting = [
        group.id for group in world.groups.values() if _misfit(group, person, wanted) is None
    ]
    return {"chats": fitting}


def _request(world: World, person: Person, request_id: int) -> tuple[str, dict[str, Any]]:
    """Give whether the key with that number asks for a chat or for users, and its terms."""
    laid = world.reply_keys.of(person.id, person.id)
    for key in laid.keys if laid else []:
        for name, kind in REQUESTS.items():
            if name in key and key[name]["request_id"] == request_id:
                return kind, key[name]
    raise ControlError(404, f"{person.first_name} has no key with the request {request_id}")


def _misfit(group: Group, person: Person, wanted: dict[str, Any]) -> str | None:
    """Say why she cannot choose that group; None when she can."""
    rights = wanted.get("user_administrator_rights") or wanted.get("bot_administrator_rights")
    checks = {
        "there are no channels here": wanted.get("chat_is_channel"),
        "it has topics, or has none": wanted.get("chat_is_forum", group.forum) != group.forum,
        "no group here has a username": wanted.get("chat_has_username"),
        "she is not in that group": person.id not in group.members,
        "that group is a supergroup by now": group.migrated_to is not None,
        "she did not create that group": wanted.get("chat_is_created")
        and person.id != group.members[0],
        "she is no administrator of that group": rights and not group.is_admin(person.id),
    }
    return next((words for words, wrong in checks.items() if wrong), None)


def _shared_chat(
    world: World, person: Person, wanted: dict[str, Any], body: dict[str, Any]
) -> dict[str, Any]:
    group = world.group(number(body.get("chat_id"), "chat_id"))
    if misfit := _misfit(group, person, wanted):
        raise ControlError(409, misfit)
    rights = wanted.get("bot_administrator_rights")
    if not group.bot_present and (rights or wanted.get("bot_is_member")):
        gatherings.add_bot(world, group, person)
    if rights and world.group(group.id).bot != "administrator":
        gatherings.promote_bot(world, world.group(group.id), person.id)
    title = {"title": group.title} if wanted.get("request_title") else {}
    return {"request_id": wanted["request_id"], "chat_id": group.id, **title}


def _shared_users(world: World, wanted: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    people = [world.person(number(one, "people")) for one in body.get("people") or []]
    if not 1 <= len(people) <= int(wanted.get("max_quantity", 1)):
        raise ControlError(400, f"share 1 to {wanted.get('max_quantity', 1)} people")
    fields = ["first_name", "last_name"] if wanted.get("request_name") else []
    fields += ["username"] if wanted.get("request_username") else []
    users = [
        {
            "user_id": each.id,
            **{name: value for name, value in each.names().items() if name in fields},
        }
        for each in people
    ]
    return {"request_id": wanted["request_id"], "users": users}


def _put_away(world: World, person: Person, chat: int) -> None:
    world.reply_keys.press(chat, person.id)
    world.tell_keys(chat)
