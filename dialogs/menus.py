"""The menus of commands that Telegram shows: to everybody, and in one chat."""

from collections.abc import Sequence

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeUnion,
)

from collective.people import DEFAULT_LANGUAGE
from dialogs import commands
from dialogs.broom import REPLY_PATIENCE
from locales.words import Words

log = structlog.get_logger()

_EVERY_PRIVATE = BotCommandScopeAllPrivateChats()
_EVERY_GROUP = BotCommandScopeAllGroupChats()


async def set_defaults(bot: Bot) -> None:
    """Give groups and newcomers a menu; that it cannot be done now hurts nobody."""
    words = Words(DEFAULT_LANGUAGE).plain
    try:
        await put(bot, commands.commands_for((), words), _EVERY_PRIVATE)
        await put(bot, commands.group_commands(words), _EVERY_GROUP)
    except AiogramError as fault:
        log.warning("menus_not_set", error=type(fault).__name__)


async def put(bot: Bot, listed: Sequence[tuple[str, str]], scope: BotCommandScopeUnion) -> None:
    """Set the commands, each with what it does; raises what aiogram raises."""
    menu = [BotCommand(command=name, description=text) for name, text in listed]
    await bot.set_my_commands(menu, scope=scope, request_timeout=REPLY_PATIENCE)
