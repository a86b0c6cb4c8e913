"""The languages that have a folder here: their names, fallbacks and catalogs, each read once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

FOLDER = Path(__file__).parent
CATALOG = "LC_MESSAGES/lisanga.po"
#: The language the code is written in: it needs no folder, and everything ends there.
SOURCE = "en"
#: Whom a folder that names no fallback falls back to: what the whole country's offices read.
FALLBACK = "fr"


@dataclass(frozen=True, kw_only=True)
class Language:
    """One language as its folder describes it (`about.toml` and the catalog)."""

    code: str
    #: Its own name for itself.
    name: str
    #: CLDR's locale for numbers, and for the names its catalog does not give.
    locale: Locale
    #: Codes of the folders asked in turn; after the last comes the English source.
    chain: tuple[str, ...]
    #: What this language's folder says itself.
    own: Catalog
    #: The whole chain.
    sentences: NullTranslations
    #: True: a speaker has to read each new entry before it counts as finished.
    review: bool


def languages() -> tuple[str, ...]:
    """Codes of the languages a person can choose: one for each folder, in alphabetical order."""
    return _codes(FOLDER)


def find(code: str) -> Language:
    """Return the language of that code; the English source where no folder has it."""
    return _language(FOLDER, code) if code in _codes(FOLDER) else _source()


def lacking(context: str, msgid: str) -> list[str]:
    """Return the codes of the languages whose own folder does not say this."""
    return [code for code in languages() if not _says(find(code).own, context, msgid)]


def _says(catalog: Catalog, context: str, msgid: str) -> bool:
    message = catalog.get(msgid, context)
    return message is not None and all(texts(message.string))


def about(folder: Path) -> dict[str, Any]:
    """Read a language folder's `about.toml`: name, locale, fallback, review; all may be missing."""
    path = folder / "about.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


@cache
def _codes(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.parents[1].name for path in folder.glob(f"*/{CATALOG}")))


@cache
def _source() -> Language:
    # British English: the American short date is read wrongly by everyone else.
    return Language(
        code=SOURCE,
        name="English",
        locale=Locale.parse("en_GB"),
        chain=(),
        own=Catalog(),
        sentences=NullTranslations(),
        review=False,
    )


@cache
def _language(folder: Path, code: str) -> Language:
    facts = about(folder / code)
    chain = _chain(folder, code)
    return Language(
        code=code,
        name=facts.get("name", code),
        locale=_locale(folder, chain),
        chain=chain,
        own=_catalog(folder, code),
        sentences=_sentences(folder, chain),
        review=facts.get("review", False),
    )


def _chain(folder: Path, code: str) -> tuple[str, ...]:
    chain: list[str] = []
    while code in _codes(folder) and code not in chain:
        chain.append(code)
        code = about(folder / code).get("fallback", FALLBACK)
    return tuple(chain)


def _locale(folder: Path, chain: tuple[str, ...]) -> Locale:
    """Take the first locale along the chain that CLDR knows: not every language has one."""
    for code in chain:
        try:
            return Locale.parse(about(folder / code).get("locale", code))
        except (UnknownLocaleError, ValueError):
            continue
    return _source().locale


@cache
def _catalog(folder: Path, code: str) -> Catalog:
    with (folder / code / CATALOG).open("rb") as file:
        catalog = read_po(file, locale=code, ignore_obsolete=True, abort_invalid=True)
    for message in list(catalog):
        # A half translated plural would fill its gap with English instead of asking the chain.
        if message.id and not all(texts(message.string)):
            catalog.delete(message.id, message.context)
    return catalog


def _sentences(folder: Path, chain: tuple[str, ...]) -> NullTranslations:
    # The compiled form lives in memory only: nobody can forget to compile it.
    links = []
    for code in chain:
        compiled = BytesIO()
        write_mo(compiled, _catalog(folder, code))
        links.append(Translations(BytesIO(compiled.getvalue())))
    for link in links[1:]:
        links[0].add_fallback(link)
    return links[0]


def texts(words: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """Make a tuple of a catalog's id or translation: Babel gives one string, several or none."""
    return tuple(words) if isinstance(words, tuple | list) else (words or "",)
