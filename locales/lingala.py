"""What a machine can check in a Lingala text: its words, its spelling, and a few habits.

The word lists are facts collected from human-written Lingala (`ln/lexicon/SOURCES.md`). They find
misspelt and invented words; whether a sentence is right, only a speaker can say.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from babel.messages.catalog import Message

from locales.languages import FOLDER, texts

LEXICON = FOLDER / "ln" / "lexicon"

SUBJECTS = ("", "na", "o", "a", "to", "bo", "ba", "e")
EXTENSIONS = ("is", "el", "an", "am")
ENDINGS = ("aki", "aka", "a", "i", "e")

_ASIDE = re.compile(r"<[^>]*>|https?://\S+|[@/]\w+")
_FIELD = re.compile(r"\{(\w*)[^}]*\}")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_NUMBER_FIRST = re.compile(r"(\b\w+ )?(?:\d+|\{n\}) ([^\W\d_]+)")
# Literary forms that live on in the names of days and months, and in "a little".
_KEPT = re.compile(r"\bmwa (?:yambo|mibale|misato|minei|mitano|mposo|moke)\b|\bsanza ya yambo\b")


def unknown_words(text: str) -> list[str]:
    """Return the words of a text that no source, verb rule or allow-list knows, each once."""
    return [word for word in dict.fromkeys(_words(text)) if not _is_known(word)]


def problems(message: Message) -> list[str]:
    """Say what is wrong with a catalog entry, a line for each fault; blank entries pass."""
    context = message.context or ""
    return [fault for text in texts(message.string) for fault in _faults(text, context)]


def _faults(text: str, context: str) -> Iterator[str]:
    words = _words(text)
    for word in unknown_words(text):
        accented = not word.replace("'", "").isascii()
        yield f"{'plain letters only' if accented else 'unknown word'}: {word}"
    if any(unicodedata.combining(sign) for sign in unicodedata.normalize("NFC", text)):
        yield f"tone mark: {text}"
    # What people type is understood as they write it.
    if context != "typed":
        yield from (f"say {use!r}, not {avoid!r}: {text}" for use, avoid in _avoided(words))
    yield from (f"say {word!r} without -zo-" for word in words if _is_spoken_progressive(word))
    if context == "button" and words and words[0] in _lines("verbs.txt"):
        yield f"a button has the bare stem, not {words[0]!r}"
    if not context.startswith("group"):
        yield from (f"{word!r} speaks to several" for word in words if _is_plural_you(word))
    yield from _numbers_before_nouns(text)
    if re.search(r"\s[?!;:]", text):
        yield f"no space before ? ! ; : in Lingala: {text}"


def _words(text: str) -> list[str]:
    bare = _FIELD.sub(" ", _ASIDE.sub(" ", html.unescape(text)))
    return _WORD.findall(unicodedata.normalize("NFC", bare).lower().replace("’", "'"))


def _is_known(word: str) -> bool:
    if word in _lines("allowed.txt"):
        return True
    listed = _lines("wordlist.txt")
    people = word.startswith("ba") and len(word) >= 6 and word[2:] in listed
    return word in listed or people or any(_subjects(word))


def _subjects(word: str, tense: tuple[str, ...] = ("", "ko")) -> Iterator[str]:
    """Yield the subject prefix of each way to read a word as a verb; "bare" where it has none."""
    for subject in SUBJECTS:
        for prefix in (subject + time + self for time in tense for self in ("", "mi")):
            for ending in ENDINGS:
                stem = word.removeprefix(prefix).removesuffix(ending)
                if word == prefix + stem + ending and _is_root(stem):
                    yield subject or "bare"


def _is_root(stem: str) -> bool:
    roots = _roots()
    return stem in roots or (stem[-2:] in EXTENSIONS and stem[:-2] in roots)


def _is_plural_you(word: str) -> bool:
    if word in _lines("bo-nouns.txt") or "bare" in (readings := set(_subjects(word))):
        return False
    return word == "bino" or "bo" in readings


def _is_spoken_progressive(word: str) -> bool:
    return not any(_subjects(word)) and any(_subjects(word, tense=("zo",)))


def _avoided(words: list[str]) -> Iterator[tuple[str, str]]:
    text = f" {_KEPT.sub(' ', ' '.join(words))} "
    for line in _lines("variants.tsv"):
        use, avoid = line.split("\t")[:2]
        if f" {avoid} " in text:
            yield use, avoid


def _numbers_before_nouns(text: str) -> Iterator[str]:
    for match in _NUMBER_FIRST.finditer(_ASIDE.sub("", text).lower()):
        before, noun = match.groups()
        # "mokolo ya 24 sanza ya ..." is a date.
        if before != "ya " and noun in _lines("counted.txt"):
            yield f"the number follows the noun: {noun} …"


@cache
def _lines(file: str) -> frozenset[str]:
    lines = (LEXICON / file).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith(("#", "use\t")))


@cache
def _roots() -> frozenset[str]:
    # A root of one or two letters would accept nearly anything: its forms are in the lists.
    return frozenset(verb[2:-1] for verb in _lines("verbs.txt") if len(verb) >= 6)
