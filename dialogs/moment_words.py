"""The words of typed moments, in every language, as patterns for `moments.read`."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from collective import letters
from dialogs.typed import tongues
from locales import tables
from locales.markers import NP_
from locales.words import Words

# Translators: words people type for a moment, with commas between; not word by word.
TODAY = NP_("typed", "today")
TOMORROW = NP_("typed", "tomorrow")
DAY_AFTER = NP_("typed", "the day after tomorrow")
# Translators: the next two are asked for where a day is past: in Lingala "lobi" is yesterday then.
YESTERDAY = NP_("typed", "yesterday")
DAY_BEFORE = NP_("typed", "the day before yesterday")
MORNING = NP_("typed", "morning, am")
AFTERNOON = NP_("typed", "afternoon")
EVENING = NP_("typed", "evening, tonight, pm")
NOON = NP_("typed", "noon")
# Translators: what stands behind or before the number of an hour: "9 h", "ngonga ya 9".
HOUR = NP_("typed", "h, hour, hours")
# Translators: what stands before a length of time, as in "in 3 days".
_IN = NP_("typed", "in")
# Translators: what stands before or behind a length of time that is past, as in "3 days ago".
_AGO = NP_("typed", "ago")
# Translators: words around a moment that change nothing, with commas between.
_FILLING = NP_("typed", "at, on, the, of, this, day, st, nd, rd, th")
# Translators: the same of a day to come, as in "next Monday"; of one that is past.
_NEXT = NP_("typed", "next")
_LAST = NP_("typed", "last, past")

#: To how many letters people cut the name of a day or a month.
_SHORT = (3, 4)


def plain(text: str, *, past: bool = False) -> str:
    """Fold a text, without the words that change nothing; `past`: of a day that is past."""
    idle = _listed(_FILLING) | _listed(_LAST if past else _NEXT)
    return " ".join(word for word in folded(text) if word not in idle)


def folded(text: str) -> list[str]:
    """Fold case and accents, and part letters from digits."""
    apart = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)|[^0-9a-z:/.-]", " ", letters.plain(text))
    # A point, a colon or a dash means something between digits only.
    return re.sub(r"(?<!\d)[:/.-]|[:/.-](?!\d)", " ", apart).split()


@cache
def _listed(entry: tuple[str, str]) -> frozenset[str]:
    said = [words.pgettext(*entry) for words in tongues()]
    return frozenset(word for each in said for word in folded(each))


@cache
def any_of(listed: tuple[str, str]) -> str:
    """Return a pattern of what a catalog lists under an id, in every language."""
    return _either(each for words in tongues() for each in words.pgettext(*listed).split(","))


@cache
def after(unit: tuple[str, str, str]) -> str:
    """Return a pattern of "in so many" of a unit of time, in every language."""
    return rf"(?:{_around(_IN)})\ (?:{_many(unit)})".replace("0", r"\d+")


@cache
def ago(unit: tuple[str, str, str]) -> str:
    """Return a pattern of "so many of a unit of time ago", in every language."""
    said, many = _around(_AGO), _many(unit)
    return rf"(?:{said})\ (?:{many})|(?:{many})\ (?:{said})".replace("0", r"\d+")


@cache
def weekdays() -> Sequence[str]:
    """Return a pattern for each day of the week, Monday first."""
    return [each for _, each in sorted(_named(7, lambda words, n: words.weekday(n)))]


@cache
def months() -> Sequence[tuple[int, str]]:
    """Return a pattern for each month, 1 = January; the longest first, as one may begin another."""
    named = _named(12, lambda words, n: words.month(n + 1))
    return sorted(((n + 1, each) for n, each in named), key=lambda item: -len(item[1]))


def _around(entry: tuple[str, str]) -> str:
    listed = [each for words in tongues() for each in words.pgettext(*entry).split(",")]
    return "|".join(re.escape(" ".join(folded(each))) for each in listed)


def _many(unit: tuple[str, str, str]) -> str:
    said = [words.npgettext(*unit, n, n=0) for words in tongues() for n in (1, 2)]
    if unit is tables.HOURS:
        said += [f"0 {each}" for words in tongues() for each in words.pgettext(*HOUR).split(",")]
    return "|".join(re.escape(" ".join(folded(each))) for each in said)


def _named(many: int, name: Callable[[Words, int], str]) -> Iterable[tuple[int, str]]:
    """Return patterns for the names of days or months, and for how one cuts them short."""
    languages = [[plain(name(words, n)) for n in range(many)] for words in tongues()]
    for n in range(many):
        forms = {names[n] for names in languages}
        for names in languages:
            cuts = {names[n][:end] for end in _SHORT if " " not in names[n]}
            forms |= {cut for cut in cuts if sum(each.startswith(cut) for each in names) == 1}
        yield n, _either(forms)


def _either(phrases: Iterable[str]) -> str:
    found = {plain(each) for each in phrases} - {""}
    return "|".join(sorted(map(re.escape, found), key=len, reverse=True))
