"""What a message may hold: text, a picture, a document, a voice; from uploads or file ids."""

import json
from dataclasses import dataclass
from typing import Any

from playground import text
from playground.files import StoredFile
from playground.params import Params
from playground.refusals import bad
from playground.world import World

#: How Telegram names the kinds when one is used as another.
NAMES = {"photo": "Photo", "document": "Document", "voice": "VoiceNote"}
#: What editMessageMedia may put in place of another.
EDITABLE = frozenset({"photo", "document"})


@dataclass(frozen=True, kw_only=True)
class Content:
    """Fields of the Bot API's Message, and what the page needs about a file."""

    fields: dict[str, Any]
    media: dict[str, Any] | None = None


def of_text(params: Params) -> Content:
    """Give a text, its length not yet judged: send and edit refuse it in different words."""
    fields = text.of_message(params).fields()
    try:
        options = params.parsed("link_preview_options") or {}
    except ValueError:
        options = {}
    if params.flag("disable_web_page_preview") or options.get("is_disabled"):
        fields["link_preview_options"] = {"is_disabled": True}
    return Content(fields=fields)


def of_file(world: World, params: Params, kind: str, value: str) -> Content:
    """Give a file with its caption; `value` is a file id or attach://name."""
    caption = text.of_caption(params).fields("caption", "caption_entities")
    file = _file(world, params, kind, value)
    return Content(fields={**world.files.content(file), **caption}, media=file.media())


def of_input_media(world: World, params: Params) -> Content:
    """Give the `media` of editMessageMedia, whose caption lies inside it."""
    try:
        media = json.loads(params.text("media") or "null")
    except ValueError:
        raise bad("can't parse input media JSON object") from None
    if not isinstance(media, dict) or media.get("type") not in EDITABLE:
        raise bad("can't parse InputMedia: type must be photo or document")
    inner = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in media.items()
    }
    kind = inner["type"]
    return of_file(world, Params(texts=inner, files=params.files), kind, inner.get("media", ""))


def _file(world: World, params: Params, kind: str, value: str) -> StoredFile:
    name = value.removeprefix("attach://")
    upload = params.files.get(name) or (params.files.get(kind) if not value else None)
    if upload is not None:
        return world.files.add(kind, upload, seconds=params.integer("duration"))
    if not value or value.startswith("attach://"):
        raise bad(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    file = world.files.find(value)
    if file is None:
        raise bad("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
    if file.kind != kind:
        raise bad(f"can't use file of type {NAMES[file.kind]} as {NAMES[kind]}")
    return file
