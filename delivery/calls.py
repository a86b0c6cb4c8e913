"""The HTTP session of every call: aiogram's, without what costs and helps nobody."""

from typing import Any, Final

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile, Message
from aiohttp import FormData, JsonPayload

#: aiogram asks for these types anew at each answer. pydantic makes such a type in milliseconds and
#: remembers it only while somebody holds it.
_HELD: Final[tuple[Any, ...]] = (
    Response[Any],
    Response[bool],
    Response[Message],
    Response[Message | bool],
)


class Calls(AiohttpSession):
    """aiogram's session; it writes JSON and closes at once."""

    def build_form_data(  # type: ignore[override] # aiohttp takes the one and the other
        self, bot: Bot, method: TelegramMethod[TelegramType]
    ) -> FormData | JsonPayload:
        """Write a call as JSON, which costs a third of a form; as a form where it carries files."""
        files: dict[str, InputFile] = {}
        fields = {
            name: self.prepare_value(value, bot, files, _dumps_json=False)
            for name, value in method.model_dump(warnings=False, exclude_none=True).items()
        }
        if files:
            return super().build_form_data(bot, method)
        return JsonPayload({name: value for name, value in fields.items() if value is not None})

    async def close(self) -> None:
        """Close every connection. aiohttp waits for TLS itself, so aiogram's nap is left out."""
        if self._session is not None:
            await self._session.close()
