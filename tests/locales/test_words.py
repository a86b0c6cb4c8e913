"""Sentences: the chain of languages, plurals, and what may stand in a placeholder."""

import html
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales import languages
from locales.words import Markup, Words

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
HEADER += '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'


def entry(msgid: str, msgstr: str) -> str:
    return f'msgid "{msgid}"\nmsgstr "{msgstr}"\n\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house with French, Lingala and a newcomer that brings a catalog and nothing else."""
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    answers = 'msgid "{n} answer"\nmsgid_plural "{n} answers"\nmsgstr[0] "%s"\nmsgstr[1] "%s"\n'
    catalogs = {
        "fr": entry("Hello", "Bonjour") + entry("Thanks", "Merci") + entry("Here", "Ici"),
        "ln": entry("Hello", "Mbote") + answers % ("eyano {n}", "biyano {n}"),
        "sw": entry("Hello", "Habari") + entry("Thanks", ""),
    }
    for code, text in catalogs.items():
        path = tmp_path / code / languages.CATALOG
        path.parent.mkdir(parents=True)
        path.write_text(HEADER + text, encoding="utf-8")
    return tmp_path


def test_a_missing_sentence_is_said_in_french_and_then_in_english(folder: Path) -> None:
    ln = Words("ln")
    assert [ln.gettext(said) for said in ("Hello", "Thanks", "Bye")] == ["Mbote", "Merci", "Bye"]


def test_a_new_folder_speaks_at_once_and_falls_back_to_french(folder: Path) -> None:
    assert languages.languages() == ("fr", "ln", "sw")
    sw = Words("sw")
    assert [sw.gettext(said) for said in ("Hello", "Thanks", "Bye")] == ["Habari", "Merci", "Bye"]
    assert (sw.name, sw.weekday(0)) == ("sw", "Jumatatu")
    assert sw.list_and("abc") == "a, b na c"


def test_about_toml_names_the_language_and_its_fallback(folder: Path) -> None:
    about = 'name = "Kiswahili"\nfallback = "ln"\nlocale = "sw_CD"\n'
    (folder / "sw" / "about.toml").write_text(about, encoding="utf-8")
    sw = Words("sw")
    assert (sw.name, sw.ngettext("{n} answer", "{n} answers", 2)) == ("Kiswahili", "biyano 2")
    assert sw.gettext("Here") == "Ici"


def test_an_unknown_language_speaks_english() -> None:
    assert Words("zz").lang == Words("../fr").lang == "en"
    assert Words("zz").ngettext("{n} answer", "{n} answers", 0) == "0 answers"


@pytest.mark.parametrize(
    ("n", "said"), [(0, "eyano 0"), (1, "eyano 1"), (2, "biyano 2"), (1234, "biyano 1.234")]
)
def test_zero_is_singular_and_numbers_are_filled_in(folder: Path, n: int, said: str) -> None:
    assert Words("ln").ngettext("{n} answer", "{n} answers", n) == said


def test_both_our_languages_have_a_name_of_their_own() -> None:
    assert {code: Words(code).name for code in languages.languages()} == {
        "fr": "Français",
        "ln": "Lingala",
    }


@given(st.text())
def test_a_value_cannot_become_markup_nor_a_template(value: str) -> None:
    said = Words("fr").gettext("<b>{name}</b>", name=value)
    inner = said.removeprefix("<b>").removesuffix("</b>")
    assert not set('<>"') & set(inner)
    assert html.unescape(inner) == value


@given(st.text())
def test_plain_words_leave_every_value_as_it_is(value: str) -> None:
    assert Words("ln").plain.gettext("{name}", name=value) == value


def test_what_words_return_is_not_escaped_again() -> None:
    words = Words("fr")
    names = words.list_and(["Aline & <Béa>", "Cécile"])
    assert words.gettext("{names}.", names=names) == "Aline &amp; &lt;Béa&gt; et Cécile."
    assert words.gettext("{tag}", tag=Markup("<i>")) == "<i>"


def test_html_does_not_slip_into_plain_words() -> None:
    with pytest.raises(TypeError):
        Words("fr").plain.gettext("{name}", name=Words("fr").gettext("Hello"))


def test_a_missing_field_is_an_error_and_not_a_hole() -> None:
    with pytest.raises(KeyError):
        Words("fr").gettext("{name}")


def test_nothing_stays_nothing() -> None:
    assert Words("ln").gettext("") == Words("ln").pgettext("help", "") == ""


def test_a_language_that_cldr_does_not_know_counts_like_its_fallback(folder: Path) -> None:
    (folder / "sw" / "about.toml").write_text('locale = "zz"\n', encoding="utf-8")
    assert Words("sw").number(0.5, 1) == "0,5"


@pytest.mark.parametrize("lang", ["fr", "ln"])
def test_yes_and_no_to_cancelling_do_not_ask_for_the_same(lang: str) -> None:
    said = [Words(lang).pgettext("button", each) for each in ("Yes, cancel it", "No, keep it")]
    assert len({each.partition(",")[2] for each in said}) == 2
