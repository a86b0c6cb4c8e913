"""setMyCommands, getMyCommands, deleteMyCommands."""

import re
from typing import Any

from playground.commands import DEFAULT, Menu, Scope
from playground.methods import reach
from playground.params import Params
from playground.refusals import bad
from playground.world import World

#: Scope types, and which of chat_id and user_id each needs.
SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
MOST = 100


def set_my_commands(world: World, params: Params) -> bool:
    """Give keeps a menu for a scope and a language."""
    menu = _menu(params)
    world.commands.set(_scope(world, params), _language(params), menu)
    world.events.emit("commands")
    return True


def get_my_commands(world: World, params: Params) -> Menu:
    """BotCommand[]: that very menu, without falling back."""
    return world.commands.get(_scope(world, params), _language(params))


def delete_my_commands(world: World, params: Params) -> bool:
    """Forgets a menu, so that a wider one shows."""
    world.commands.set(_scope(world, params), _language(params), [])
    world.events.emit("commands")
    return True


def _menu(params: Params) -> Menu:
    try:
        given = params.parsed("commands")
    except ValueError:
        raise bad("can't parse commands JSON object") from None
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad("expected an Array of BotCommand")
    menu = [_command(item) for item in given]
    if len(menu) > MOST:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    return menu


def _command(item: Any) -> dict[str, str]:
    if not isinstance(item, dict):
        raise bad("can't parse BotCommand: expected an Object")
    name = str(item.get("command", "")).strip().removeprefix("/")
    words = str(item.get("description", "")).strip()
    if not name:
        raise bad("command must be non-empty")
    if len(name) > 32:
        raise bad("command length must not exceed 32")
    if not words:
        raise bad("command description must be non-empty")
    if len(words) > 256:
        raise bad("command description length must not exceed 256")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise bad("BOT_COMMAND_INVALID")
    return {"command": name, "description": words}


def _scope(world: World, params: Params) -> Scope:
    try:
        given = params.parsed("scope")
    except ValueError:
        raise bad("can't parse BotCommandScope JSON object") from None
    if given is None:
        return DEFAULT
    kind = given.get("type") if isinstance(given, dict) else None
    if kind not in SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    inner = Params(texts={name: str(given[name]) for name in SCOPES[kind] if name in given})
    chat = reach.chat(world, inner) if "chat_id" in SCOPES[kind] else 0
    user = inner.integer("user_id") if "user_id" in SCOPES[kind] else 0
    if "user_id" in SCOPES[kind] and user not in world.people:
        raise bad("user not found")
    if chat > 0 and kind != "chat":
        raise bad("can't use specified scope in private chats")
    return kind, chat, user


def _language(params: Params) -> str:
    language = params.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("invalid language code specified")
    return language
