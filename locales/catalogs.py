"""Keeps the catalogs in step with the code: `python -m locales.catalogs update|pending|check`."""

import argparse
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.pofile import read_po, write_po

from locales import checks
from locales.extraction import ROOT, extract
from locales.languages import CATALOG, about, texts

#: Said of an entry that no speaker has read. Never `fuzzy`: Babel would drop the entry.
PENDING = "review: pending"


def update(root: Path = ROOT) -> list[Path]:
    """Bring every catalog in step with the code and return the files that changed.

    New ids come in untranslated, ids that are gone leave, nothing is guessed from similar ones.
    Done twice it changes nothing.
    """
    template = extract(root)
    changed = []
    for path in files(root):
        new = updated(path, template)
        if new != path.read_text(encoding="utf-8"):
            path.write_text(new, encoding="utf-8")
            changed.append(path)
    return changed


def updated(path: Path, template: Catalog) -> str:
    """Return the text a catalog has once it is in step with the template."""
    review = about(path.parents[1]).get("review", False)
    header = _header(path.read_text(encoding="utf-8"))
    return header + _body(_merge(template, read(path), review=review))


def pending(root: Path = ROOT) -> list[str]:
    """List what no speaker has read yet, one line an entry."""
    return [
        f"{path.parents[1].name}: {checks.title(message)} = {' / '.join(texts(message.string))!r}"
        for path in files(root)
        for message in read(path)
        if PENDING in message.auto_comments
    ]


def check(root: Path = ROOT) -> list[str]:
    """List what is wrong with the catalogs, one line a fault; an empty list is a release."""
    return [str(fault) for fault in faults(root)]


def faults(root: Path = ROOT) -> Iterator[checks.Fault]:
    """Compare every catalog with the code and with the rules of its language."""
    template = extract(root)
    yield from checks.source_faults(template)
    for path in files(root):
        yield from checks.catalog_faults(path.parents[1].name, read(path), template)


def files(root: Path = ROOT) -> list[Path]:
    """Return the catalog of each language folder."""
    return sorted((root / "locales").glob(f"*/{CATALOG}"))


def read(path: Path) -> Catalog:
    """Read a catalog as it stands; a broken file raises PoFileError with its line."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name, abort_invalid=True)


def _merge(template: Catalog, old: Catalog, *, review: bool) -> Catalog:
    merged = Catalog(charset="utf-8")
    for message in template:
        if message.id:
            _add(merged, message, old.get(message.id, message.context), review=review)
    return merged


def _add(merged: Catalog, message: Message, old: Message | None, *, review: bool) -> None:
    same_shape = old is not None and old.pluralizable == message.pluralizable
    unread = PENDING in old.auto_comments if old and same_shape else review
    merged.add(
        message.id,
        old.string if old and same_shape else None,
        locations=message.locations,
        auto_comments=[*message.auto_comments, *([PENDING] if unread else [])],
        user_comments=old.user_comments if old else (),
        context=message.context,
    )


def _header(text: str) -> str:
    # Kept as people wrote it: Babel's own would carry a date and a version into every diff.
    return text.split("\n\n", 1)[0].rstrip("\n") + "\n\n"


def _body(catalog: Catalog) -> str:
    written = BytesIO()
    write_po(written, catalog, width=0, omit_header=True)
    return written.getvalue().decode("utf-8").rstrip("\n") + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 1 where `check` found something."""
    commands: dict[str, Callable[[Path], list[str]]] = {
        "update": lambda root: [f"{path.relative_to(root)} updated" for path in update(root)],
        "pending": pending,
        "check": check,
    }
    parser = argparse.ArgumentParser(prog="python -m locales.catalogs", description=__doc__)
    parser.add_argument("command", choices=commands)
    command = parser.parse_args(arguments).command
    lines = commands[command](ROOT)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if command == "check" and lines else 0


if __name__ == "__main__":
    sys.exit(main())
