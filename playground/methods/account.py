"""The bot's own account: who it is, its name and descriptions."""

from dataclasses import replace
from typing import Any

from playground.params import Params
from playground.refusals import bad
from playground.world import World


def get_me(world: World, _: Params) -> dict[str, Any]:
    """User, with what only the bot itself is told."""
    return {
        **world.bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.bot.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_my_name(world: World, params: Params) -> dict[str, str]:
    """BotName in that language, else the general one."""
    return {"name": _in_language(world.bot.names, params)}


def get_my_description(world: World, params: Params) -> dict[str, str]:
    """BotDescription in that language, else the general one."""
    return {"description": _in_language(world.bot.descriptions, params)}


def get_my_short_description(world: World, params: Params) -> dict[str, str]:
    """BotShortDescription in that language, else the general one."""
    return {"short_description": _in_language(world.bot.short_descriptions, params)}


def set_my_name(world: World, params: Params) -> bool:
    """At most 64 characters; an empty one returns to the general name."""
    names = _changed(world.bot.names, params, "name", 64)
    if not names.get(""):
        raise bad("bot name must be non-empty")
    return _keep(world, names=names)


def set_my_description(world: World, params: Params) -> bool:
    """At most 512 characters."""
    return _keep(world, descriptions=_changed(world.bot.descriptions, params, "description", 512))


def set_my_short_description(world: World, params: Params) -> bool:
    """At most 120 characters."""
    texts = _changed(world.bot.short_descriptions, params, "short_description", 120)
    return _keep(world, short_descriptions=texts)


def _in_language(texts: dict[str, str], params: Params) -> str:
    return texts.get(params.text("language_code")) or texts.get("", "")


def _changed(texts: dict[str, str], params: Params, name: str, limit: int) -> dict[str, str]:
    value = params.text(name).strip()
    if len(value) > limit:
        raise bad(f"bot {name.replace('_', ' ')} is too long")
    changed = {**texts, params.text("language_code"): value}
    return {language: text for language, text in changed.items() if text}


def _keep(world: World, **fields: Any) -> bool:
    world.bot = replace(world.bot, **fields)
    world.events.emit("bot", bot=world.bot.state())
    return True
