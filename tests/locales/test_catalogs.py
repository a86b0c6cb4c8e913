"""The catalogs that ship: complete, consistent, and each in the habits of its language."""

import pytest

from locales import catalogs, languages
from locales.checks import Fault


@pytest.fixture(scope="module")
def faults() -> list[Fault]:
    return list(catalogs.faults())


@pytest.mark.parametrize("lang", languages.languages())
@pytest.mark.parametrize(
    "kind",
    ["missing", "obsolete", "fuzzy", "plural", "placeholders", "markup", "too long", "wording"],
)
def test_a_catalog_has_no_fault(faults: list[Fault], lang: str, kind: str) -> None:
    found = [str(fault) for fault in faults if (fault.lang, fault.kind) == (lang, kind)]
    assert not found, "\n" + "\n".join(found)


def test_the_english_sentences_are_short_and_have_plain_placeholders(faults: list[Fault]) -> None:
    found = [str(fault) for fault in faults if fault.lang == languages.SOURCE]
    assert not found, "\n" + "\n".join(found)


def test_french_and_lingala_are_there() -> None:
    assert {"fr", "ln"} <= set(languages.languages())
