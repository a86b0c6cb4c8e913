"""Finds every sentence of the code and the forms: the template that catalogs are compared with."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from locales.languages import FOLDER

ROOT = FOLDER.parent

#: What carries a message id, and at which place (from 1; "c" is the context). Named one by one:
#: Babel's own list knows no markers of ours, and a name without places loses its plural.
KEYWORDS = {
    "gettext": (1,),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "N_": (1,),
    "NP_": ((1, "c"), 2),
    "NNP_": ((1, "c"), 2, 3),
}
#: A comment that begins so, just above a call, is shown to translators.
HINT = "Translators:"

#: Babel's own shapes: file, line, id, hints, context; and line, keyword, arguments, hints.
Message = tuple[str, int, str | tuple[str, ...], list[str], str | None]
Found = tuple[int, str, tuple[str, str], list[str]]


def extract(root: Path = ROOT) -> Catalog:
    """Return all message ids under `root`, by file, context and id, with file names only.

    Line numbers are left out: they would change the catalogs with every edit of the code.
    """
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call] # Babel's gap
    found = extract_from_dir(root, methods, options, KEYWORDS, [HINT])
    template = Catalog(charset="utf-8")
    for name, _, msgid, hints, context in sorted(found, key=_place):
        template.add(msgid, locations=[(name, 0)], auto_comments=hints, context=context)
    return template


def _place(found: Message) -> tuple[str, str, str]:
    name, _, msgid, _, context = found
    return name, context or "", str(msgid)


def form_messages(
    file: BinaryIO, _keywords: Iterable[str], _tags: Iterable[str], options: Mapping[str, str]
) -> Iterator[Found]:
    """Give the texts of a form file to Babel (its extractor protocol).

    Contexts: `question` for what is asked, `help` for the explanation, `choice` for an answer.
    """
    form = tomllib.load(file)
    rotation = form.get("rotation", {})
    for question in [*form.get("questions", []), rotation, *rotation.get("items", [])]:
        if "text" in question:
            yield _message("question", question["text"])
        if "help" in question:
            yield _message("help", question["help"])
        for choice in question.get("choices", []):
            yield _message("choice", choice["label"])


def _message(context: str, msgid: str) -> Found:
    return 1, "pgettext", (context, msgid), []
