"""What fits into one message. A list that is cut says how much more there is."""

import html
import re
from collections.abc import Sequence

from collective.broadcasts import CAPTION_ROOM, FRAME, MESSAGE_ROOM
from locales.words import Words

_TAGS = re.compile(r"</?[a-z][^>]*>")
#: Kept free for what says how much more there is, and whose card it is.
_SPARE = 300
#: What fits under a file, beside whose card it is.
CAPTION = CAPTION_ROOM - FRAME
#: The longest label of a button, in characters.
_LABEL = 24
#: How many lines of a list are read on a small phone.
MOST = 8


def length(text: str) -> int:
    """Count what Telegram counts of a text in HTML: UTF-16 units, without the tags."""
    return len(html.unescape(_TAGS.sub("", text)).encode("utf-16-le")) // 2


def label(text: str) -> str:
    """Return a text as a button bears it."""
    return text if len(text) <= _LABEL else text[: _LABEL - 1].rstrip() + "…"


def room(*blocks: str) -> int:
    """Return how much fits into a message beside these, which stand in paragraphs."""
    return MESSAGE_ROOM - _SPARE - sum(length(each) + 2 for each in blocks)


def cut(lines: Sequence[str], space: int, words: Words, most: int = MOST) -> list[str]:
    """Return the first of the lines, as many as fit; then how many more there are, if any."""
    kept: list[str] = []
    for line in lines[:most]:
        space -= length(line) + 1
        if space < 0:
            break
        kept.append(line)
    left = len(lines) - len(kept)
    return [*kept, words.ngettext("… and {n} more", "… and {n} more", left)] if left else kept


def parts(lines: Sequence[str], space: int) -> list[str]:
    """Return all of the lines in parts that fit, at least one."""
    found = [""]
    for line in lines:
        longer = f"{found[-1]}\n{line}" if found[-1] else line
        if found[-1] and length(longer) > space:
            found.append(line)
        else:
            found[-1] = longer
    return found
