"""Entities that Telegram finds by itself: commands, links, mentions, hashtags, addresses."""

import re
from collections.abc import Iterable

from playground.spans import Span

#: Ordered: where two would overlap, the earlier kind wins.
PATTERNS = {
    "email": re.compile(r"\b[\w.+-]+@(?:[\w-]+\.)+[a-zA-Z]{2,}\b"),
    "url": re.compile(
        r"(?:https?://[^\s<>\"']+|\b(?:[a-z0-9-]+\.)+(?:com|org|net|me|cd|cg|fr|be|info|io)\b"
        r"(?:/[^\s<>\"']*)?)(?<![.,;:!?)\]])",
        re.IGNORECASE,
    ),
    "bot_command": re.compile(
        r"\B(?<![/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?\b(?![/<>])", re.ASCII
    ),
    "mention": re.compile(r"\B@[a-zA-Z0-9_]{3,32}\b", re.ASCII),
    "hashtag": re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}"),
}
#: Nothing is looked for inside these.
OPAQUE = frozenset({"code", "pre", "text_link"})


def detect(text: str, known: Iterable[Span]) -> list[Span]:
    """Give what Telegram would mark on its own, beside the spans that are already there."""
    taken = [span for span in known if span.type in OPAQUE]
    found = []
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            span = Span(type=kind, start=match.start(), end=match.end())
            if not any(span.within(other.start, other.end) for other in taken):
                taken.append(span)
                found.append(span)
    return found
