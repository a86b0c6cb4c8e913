"""Text as Telegram takes it in: parsed, trimmed, measured, its entities counted in UTF-16."""

import json
from dataclasses import dataclass
from typing import Any

from playground import detect
from playground.markup import HtmlReader
from playground.params import Params
from playground.refusals import bad
from playground.spans import Span, code_point, utf16

#: Telegram's bounds: code points of a message and of a caption, bytes of anything.
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
BYTE_LIMIT = 32768


@dataclass(frozen=True, kw_only=True)
class Formatted:
    """A text and its entities, as the Bot API shows them."""

    text: str
    entities: list[dict[str, Any]]

    def fields(self, name: str = "text", entities: str = "entities") -> dict[str, Any]:
        """As fields of a message; nothing for an empty text."""
        if not self.text:
            return {}
        return {name: self.text, **({entities: self.entities} if self.entities else {})}


def plain(source: str) -> Formatted:
    """Give what a person typed."""
    return _finish(source, [])


def of_message(params: Params) -> Formatted:
    """Give the `text` of sendMessage and editMessageText; its length is the caller's to judge."""
    if not params.text("text"):
        raise bad("message text is empty")
    formatted = _formatted(params, "text", "entities")
    if not formatted.text:
        raise bad("text must be non-empty")
    return formatted


def of_caption(params: Params) -> Formatted:
    """Give the `caption` of a picture or document, perhaps empty; too long is refused."""
    formatted = _formatted(params, "caption", "caption_entities")
    if len(formatted.text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    return formatted


def _formatted(params: Params, name: str, entities: str) -> Formatted:
    source, mode = params.text(name), params.text("parse_mode").lower()
    if len(source.encode()) > BYTE_LIMIT:
        raise bad("text is too long")
    if mode == "html":
        return _finish(*HtmlReader(source).read())
    if mode:
        raise bad("unsupported parse_mode")
    return _finish(source, _given(source, params.text(entities)))


def _given(source: str, entities: str) -> list[Span]:
    """Entities the caller counted herself; unreadable ones are ignored, as Telegram does."""
    try:
        given = json.loads(entities or "[]")
    except ValueError:
        return []
    try:
        return [_span(source, entity) for entity in given]
    except (KeyError, TypeError) as error:
        raise bad("can't parse MessageEntity: Object expected") from error


def _span(source: str, entity: dict[str, Any]) -> Span:
    start = code_point(source, entity["offset"])
    end = code_point(source, entity["offset"] + entity["length"])
    extra = {key: str(entity[key]) for key in ["url", "language"] if key in entity}
    return Span(type=entity["type"], start=start, end=end, extra=extra)


def _finish(source: str, spans: list[Span]) -> Formatted:
    text = source.strip()
    begin = len(source) - len(source.lstrip())
    kept = [part for span in spans if (part := span.within(begin, begin + len(text)))]
    every = sorted(kept + detect.detect(text, kept), key=lambda span: (span.start, -span.end))
    return Formatted(text=text, entities=[_entity(text, span) for span in every])


def _entity(text: str, span: Span) -> dict[str, Any]:
    return {
        "type": span.type,
        "offset": utf16(text[: span.start]),
        "length": utf16(text[span.start : span.end]),
        **span.extra,
    }
