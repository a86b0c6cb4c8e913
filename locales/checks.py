"""What can be wrong with a catalog: gaps, placeholders, markup, lengths, a language's own rules."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from string import Formatter

from babel.messages import Catalog
from babel.messages.catalog import Message

from locales import french, lingala
from locales.languages import SOURCE, texts

#: Longest text by context, in characters: a question is read standing, a button shows about 24
#: on a small phone (a command is a button at home), Telegram cuts a toast at 200.
LIMITS = {
    "question": 120,
    "toast": 200,
    **dict.fromkeys(("button", "choice", "command", "setback"), 24),
}
#: The plural of the languages here: zero and one are singular.
PLURAL = "nplurals=2; plural=(n > 1);"
#: What a speaker would mark with a red pen, as far as a machine can.
RULES: dict[str, Callable[[Message], list[str]]] = {
    "fr": french.problems,
    "ln": lingala.problems,
}

_TAG = re.compile(r"</?([a-z-]+)")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing to mend in one entry."""

    lang: str
    #: missing · obsolete · fuzzy · placeholders · markup · too long · plural · wording
    kind: str
    #: The entry: its context in brackets and its id.
    entry: str
    detail: str = ""

    def __str__(self) -> str:
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.lang}: {self.kind}: {self.entry}{detail}".replace("\n", "\\n")


def title(message: Message) -> str:
    """Name an entry on one line: [context] id."""
    context = f"[{message.context}] " if message.context else ""
    return context + texts(message.id)[0]


def source_faults(template: Catalog) -> Iterator[Fault]:
    """Check the English sentences themselves: lengths, and placeholders that are plain names."""
    for message in template:
        where = title(message)
        for text in texts(message.id):
            if any(not name.isidentifier() for name in _fields(text)):
                yield Fault(lang=SOURCE, kind="placeholders", entry=where)
            yield from _too_long(SOURCE, message.context, text, where)


def catalog_faults(lang: str, catalog: Catalog, template: Catalog) -> Iterator[Fault]:
    """Check one language against the template of all ids."""
    for message in template:
        if message.id and not _translated(catalog.get(message.id, message.context), message):
            yield Fault(lang=lang, kind="missing", entry=title(message))
    for message in catalog.obsolete.values():
        yield Fault(lang=lang, kind="obsolete", entry=title(message))
    if catalog.plural_forms != PLURAL and lang in RULES:
        yield Fault(lang=lang, kind="plural", entry=PLURAL, detail=catalog.plural_forms)
    for message in catalog:
        if message.id:
            yield from _entry_faults(lang, message, template)


def _translated(found: Message | None, wanted: Message) -> bool:
    if found is None or found.pluralizable != wanted.pluralizable:
        return False
    return texts(found.id) == texts(wanted.id) and all(texts(found.string))


def _entry_faults(lang: str, message: Message, template: Catalog) -> Iterator[Fault]:
    where = title(message)
    if template.get(message.id, message.context) is None:
        yield Fault(lang=lang, kind="obsolete", entry=where)
    if message.fuzzy:
        yield Fault(lang=lang, kind="fuzzy", entry=where)
    for text in filter(None, texts(message.string)):
        if not _same_fields(message, text):
            yield Fault(lang=lang, kind="placeholders", entry=where, detail=text)
        if _tags(text) not in [_tags(source) for source in texts(message.id)]:
            yield Fault(lang=lang, kind="markup", entry=where, detail=text)
        yield from _too_long(lang, message.context, text, where)
    for detail in RULES[lang](message) if lang in RULES else ():
        yield Fault(lang=lang, kind="wording", entry=where, detail=detail)


def _same_fields(message: Message, text: str) -> bool:
    """Compare placeholders; the number of a plural may stay unsaid in one of its forms."""
    optional = {"n"} if message.pluralizable else set()
    wanted = {name for source in texts(message.id) for name in _fields(source)}
    return _fields(text) | optional == wanted | optional


def _fields(text: str) -> set[str]:
    """Name the placeholders of a text; anything but plain `{name}` shows as it is written."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return {"{"}
    return {
        name + (f":{spec}" if spec else "") + (f"!{conversion}" if conversion else "")
        for _, name, spec, conversion in parts
        if name is not None
    }


def _tags(text: str) -> list[str]:
    return sorted(_TAG.findall(text))


def _too_long(lang: str, context: str | None, text: str, where: str) -> Iterator[Fault]:
    limit = LIMITS.get(context or "")
    if limit and len(text) > limit:
        detail = f"{len(text)} of {limit} characters: {text}"
        yield Fault(lang=lang, kind="too long", entry=where, detail=detail)
