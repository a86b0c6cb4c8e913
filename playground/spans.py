"""Entities while text is being worked on: spans over code points, not yet over UTF-16 units."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, kw_only=True)
class Span:
    """One entity; `extra` is what its type carries (url, language …)."""

    type: str
    start: int
    end: int
    extra: dict[str, str] = field(default_factory=dict)

    def within(self, begin: int, end: int) -> "Span | None":
        """Give the part inside [begin, end), counted from begin; None when nothing is left."""
        start, stop = max(self.start, begin), min(self.end, end)
        return replace(self, start=start - begin, end=stop - begin) if start < stop else None


def utf16(text: str) -> int:
    """Length in UTF-16 units, in which Telegram counts offsets."""
    return len(text.encode("utf-16-le")) // 2


def code_point(text: str, units: int) -> int:
    """Give the index in `text` that lies that many UTF-16 units from its start."""
    return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))
