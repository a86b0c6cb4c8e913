"""Filters that every update meets; aiogram takes those written with `F` to a thread each time."""

from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message


class Private(Filter):
    """In somebody's private chat."""

    async def __call__(self, event: Message | CallbackQuery | ChatMemberUpdated) -> bool:
        """Look at the chat; a press may come without its message."""
        held = event.message if isinstance(event, CallbackQuery) else event
        return held is not None and held.chat.type == ChatType.PRIVATE
