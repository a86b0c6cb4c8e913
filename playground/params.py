"""Parameters of a Bot API call, in whichever of the official ways they came."""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, ClientResponse, MultipartReader, web
from aiohttp.web_request import FileField


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file inside the request."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Params:
    """Texts and uploads by name; every value is text, JSON values are their JSON text."""

    texts: dict[str, str] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Give the value, or "" when it is missing: Telegram does not tell these apart."""
        return self.texts.get(name, "")

    def integer(self, name: str, default: int = 0) -> int:
        """Give a whole number; what is not one counts as 0, as with Telegram."""
        if name not in self.texts:
            return default
        try:
            return int(self.texts[name])
        except ValueError:
            return 0

    def flag(self, name: str) -> bool:
        """Give a boolean in any of the spellings Telegram takes."""
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def parsed(self, name: str) -> Any:
        """Give a JSON value, None when missing.

        Raises ValueError when it is not JSON.
        """
        return json.loads(self.texts[name]) if self.text(name) else None

    def shown(self) -> dict[str, Any]:
        """For the log of calls: JSON opened up, files by name and size."""
        shown: dict[str, Any] = {name: _opened(value) for name, value in self.texts.items()}
        for name, file in self.files.items():
            shown[name] = {"file": file.name, "size": len(file.data)}
        return shown


def _opened(value: str) -> Any:
    if not value.startswith(("{", "[")):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


async def read(request: web.Request) -> Params:
    """Query string first, then the body (form, multipart or JSON).

    Raises HTTPBadRequest without a body, as Telegram does, for what cannot be read.
    """
    params = Params(texts=dict(request.query))
    try:
        if request.content_type == "application/json":
            _add_json(params, await request.json())
        elif request.method == "POST":
            await _add_form(params, request)
    except ValueError as error:
        raise web.HTTPBadRequest(text="") from error
    if sum(map(len, params.texts.values())) > 1024 * 1024:
        raise web.HTTPRequestEntityTooLarge(max_size=1024 * 1024, actual_size=0, text="")
    return params


async def read_reply(response: ClientResponse) -> Params:
    """Read what a webhook answered with: a call as JSON or a form; anything else is none."""
    params = Params()
    with suppress(ValueError, web.HTTPBadRequest):
        if response.content_type == "application/json":
            _add_json(params, await response.json())
        elif response.content_type == "application/x-www-form-urlencoded":
            params.texts.update(parse_qsl(await response.text()))
        elif response.content_type == "multipart/form-data":
            async for part in MultipartReader.from_response(response):
                if isinstance(part, BodyPartReader):
                    await _add_part(params, part)
    return params


async def _add_part(params: Params, part: BodyPartReader) -> None:
    name, data = part.name or "", bytes(await part.read(decode=True))
    if part.filename is None:
        params.texts[name] = data.decode()
    else:
        mime = part.headers.get("Content-Type", "application/octet-stream")
        params.files[name] = Upload(name=part.filename, mime=mime, data=data)


def _add_json(params: Params, body: Any) -> None:
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="")
    for name, value in body.items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        params.texts.setdefault(name, text)


async def _add_form(params: Params, request: web.Request) -> None:
    for name, value in (await request.post()).items():
        if isinstance(value, FileField):
            data = value.file.read()
            params.files[name] = Upload(name=value.filename, mime=value.content_type, data=data)
        else:
            text = value if isinstance(value, str) else bytes(value).decode()
            params.texts.setdefault(name, text)
