"""parse_mode=HTML, read as strictly as Telegram reads it and refused in its words."""

import re

from playground.refusals import RefusalError, bad
from playground.spans import Span

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
#: Telegram knows these four named references and no other.
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

REFERENCE = re.compile(r"&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|([a-z]+));?")
START = re.compile(r"<([^\s>]*)((?:\s+[^\s=>]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*>")
NAME = re.compile(r"<([^\s>]*)[\s>]")
END = re.compile(r"</([^\s>]*)\s*>")
ATTRIBUTE = re.compile(r"([^\s=>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")


def unescape(text: str) -> str:
    """Resolve character references; what is none stays as written."""
    return REFERENCE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return NAMED.get(name, match[0])
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]


class HtmlReader:
    """Reads one text; a new one for each."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._out: list[str] = []
        self._length = 0
        self._open: list[tuple[str, dict[str, str], int]] = []
        self._spans: list[Span] = []

    def read(self) -> tuple[str, list[Span]]:
        """Give the text without tags, and its spans in code points; raises RefusalError."""
        at = 0
        while (tag := self._source.find("<", at)) >= 0:
            self._write(self._source[at:tag])
            at = self._end(tag) if self._source.startswith("</", tag) else self._start(tag)
        self._write(self._source[at:])
        if self._open:
            name = self._open[-1][0]
            raise unparsed(f'Can\'t find end tag corresponding to start tag "{name}"')
        return "".join(self._out), self._spans

    def _write(self, piece: str) -> None:
        text = unescape(piece)
        self._out.append(text)
        self._length += len(text)

    def _start(self, tag: int) -> int:
        offset = self._byte(tag)
        match = START.match(self._source, tag)
        head = NAME.match(self._source, tag)
        if head and head[1].lower() not in TAGS:
            raise unparsed(f'Unsupported start tag "{head[1].lower()}" at byte offset {offset}')
        if match is None:
            raise unparsed(f"Unclosed start tag at byte offset {offset}")
        attributes = {
            found[1].lower(): unescape(found[2] or found[3] or found[4] or "")
            for found in ATTRIBUTE.finditer(match[2])
        }
        name = match[1].lower()
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise unparsed(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
        self._open.append((name, attributes, self._length))
        return match.end()

    def _end(self, tag: int) -> int:
        offset = self._byte(tag)
        if not self._open:
            raise unparsed(f"Unexpected end tag at byte offset {offset}")
        match = END.match(self._source, tag)
        if match is None:
            raise unparsed(f"Unclosed end tag at byte offset {offset}")
        name, attributes, start = self._open.pop()
        found = match[1].lower()
        if found not in {"", name}:
            raise unparsed(
                f"Unmatched end tag at byte offset {offset}, "
                f'expected "</{name}>", found "</{found}>"'
            )
        self._close(name, attributes, start)
        return match.end()

    def _close(self, name: str, attributes: dict[str, str], start: int) -> None:
        kind, extra = TAGS[name], {}
        if name == "a":
            extra["url"] = attributes.get("href") or "".join(self._out)[start:]
        elif name == "blockquote" and "expandable" in attributes:
            kind = "expandable_blockquote"
        if start < self._length:
            self._spans.append(Span(type=kind, start=start, end=self._length, extra=extra))

    def _byte(self, index: int) -> int:
        return len(self._source[:index].encode())


def unparsed(words: str) -> RefusalError:
    """400: the entities cannot be read; Telegram keeps the capital letter here."""
    return bad(f"can't parse entities: {words}")
