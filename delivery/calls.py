"""The HTTP session of every call: aiogram's, without what costs and helps nobody."""

from typing import Any, Final

from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import Response
from aiogram.types import Message

#: aiogram asks for these types anew at each answer. pydantic makes such a type in milliseconds and
#: remembers it only while somebody holds it.
_HELD: Final[tuple[Any, ...]] = (Response[bool], Response[Message], Response[Message | bool])


class Calls(AiohttpSession):
    """aiogram's session; it closes at once."""

    async def close(self) -> None:
        """Close every connection. aiohttp waits for TLS itself, so aiogram's nap is left out."""
        if self._session is not None:
            await self._session.close()
