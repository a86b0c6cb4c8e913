"""The words of typed moments, in every language, as patterns for `moments.read`."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from dialogs.typed import tongues
from locales import tables
from locales.markers import NP_
from locales.words import Words

# Translators: words people type for a moment, with commas between; not word by word.
TODAY = NP_("typed", "today")
TOMORROW = NP_("typed", "tomorrow")
DAY_AFTER = NP_("typed", "the day after tomorrow")
MORNING = NP_("typed", "morning, am")
AFTERNOON = NP_("typed", "afternoon")
EVENING = NP_("typed", "evening, tonight, pm")
NOON = NP_("typed", "noon")
# Translators: what stands behind or before the number of an hour: "9 h", "ngonga ya 9".
HOUR = NP_("typed", "h, hour, hours")
# Translators: what stands before a length of time, as in "in 3 days".
_IN = NP_("typed", "in")
# Translators: words around a moment that change nothing, with commas between.
_FILLING = NP_("typed", "at, on, the, of, this, day, st, nd, rd, th")

#: To how many letters people cut the name of a day or a month.
_SHORT = (3, 4)


def plain(text: str) -> str:
    """Fold a text, without the words that change nothing."""
    return " ".join(word for word in folded(text) if word not in _filling())


def folded(text: str) -> list[str]:
    """Fold case and accents, and part letters from digits."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    signs = "".join(each for each in letters if not unicodedata.combining(each))
    apart = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)|[^0-9a-z:/.-]", " ", signs)
    # A point, a colon or a dash means something between digits only.
    return re.sub(r"(?<!\d)[:/.-]|[:/.-](?!\d)", " ", apart).split()


@cache
def _filling() -> frozenset[str]:
    said = [words.pgettext(*_FILLING) for words in tongues()]
    return frozenset(word for each in said for word in folded(each))


@cache
def any_of(listed: tuple[str, str]) -> str:
    """Return a pattern of what a catalog lists under an id, in every language."""
    return _either(each for words in tongues() for each in words.pgettext(*listed).split(","))


@cache
def after(unit: tuple[str, str, str]) -> str:
    """Return a pattern of "in so many" of a unit of time, in every language."""
    said = [words.npgettext(*unit, n, n=0) for words in tongues() for n in (1, 2)]
    if unit is tables.HOURS:
        said += [f"0 {each}" for words in tongues() for each in words.pgettext(*HOUR).split(",")]
    first = [each for words in tongues() for each in words.pgettext(*_IN).split(",")]
    before, many = (
        "|".join(re.escape(" ".join(folded(each))) for each in some) for some in (first, said)
    )
    return rf"(?:{before})\ (?:{many})".replace("0", r"\d+")


@cache
def weekdays() -> Sequence[str]:
    """Return a pattern for each day of the week, Monday first."""
    return [each for _, each in sorted(_named(7, lambda words, n: words.weekday(n)))]


@cache
def months() -> Sequence[tuple[int, str]]:
    """Return a pattern for each month, 1 = January; the longest first, as one may begin another."""
    named = _named(12, lambda words, n: words.month(n + 1))
    return sorted(((n + 1, each) for n, each in named), key=lambda item: -len(item[1]))


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
