"""Extraction, update, pending and check, on a small house of their own."""

import shutil
from pathlib import Path

import pytest

from locales import catalogs
from locales.extraction import ROOT, extract
from locales.languages import CATALOG, FOLDER

CODE = """
from locales.markers import N_, NP_, NNP_
def say(words, name):
    # Translators: the name of a person
    words.gettext("Hello {name}", name=name)
    words.ngettext("{n} answer", "{n} answers", 3)
    words.plain.pgettext("button", "Send")
    words.npgettext("group", "{n} came", "{n} came all", 3)
KEPT = (N_("Kept"), NP_("role", "member"), NNP_("span", "{n} day", "{n} days"))
"""
FORM = """
[[questions]]
text = "How are you?"
help = "Press one."
choices = [{key = "1", label = "Well"}]
[[rotation.items]]
key = "place"
text = "Do you have your place?"
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A project of one module and one form, with empty catalogs."""
    for path, text in {"dialogs/hello.py": CODE, "collective/forms/weekly.toml": FORM}.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    for lang in ("fr", "ln"):
        path = tmp_path / "locales" / lang / CATALOG
        path.parent.mkdir(parents=True)
        header = (FOLDER / lang / CATALOG).read_text(encoding="utf-8").split("\n\n")[0]
        path.write_text(header + "\n", encoding="utf-8")
        shutil.copy(FOLDER / lang / "about.toml", path.parents[1])
    return tmp_path


def translate(house: Path, lang: str, msgid: str, msgstr: str) -> None:
    path = house / "locales" / lang / CATALOG
    old = path.read_text(encoding="utf-8")
    new = old.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{msgstr}"')
    assert new != old
    path.write_text(new, encoding="utf-8")


def test_every_kind_of_call_marker_and_form_text_is_found(house: Path) -> None:
    assert {(m.context, m.id) for m in extract(house) if m.id} == {
        (None, "Hello {name}"),
        (None, ("{n} answer", "{n} answers")),
        ("button", "Send"),
        ("group", ("{n} came", "{n} came all")),
        (None, "Kept"),
        ("role", "member"),
        ("span", ("{n} day", "{n} days")),
        ("question", "How are you?"),
        ("question", "Do you have your place?"),
        ("help", "Press one."),
        ("choice", "Well"),
    }


def test_updating_twice_changes_nothing(house: Path) -> None:
    assert len(catalogs.update(house)) == 2
    assert catalogs.update(house) == []


def test_the_shipped_catalogs_are_as_update_leaves_them() -> None:
    template = extract(ROOT)
    for path in catalogs.files(ROOT):
        assert catalogs.updated(path, template) == path.read_text(encoding="utf-8")


def test_a_new_lingala_entry_waits_for_a_speaker_and_a_french_one_does_not(house: Path) -> None:
    catalogs.update(house)
    assert "ln: [button] Send = ''" in catalogs.pending(house)
    assert not [line for line in catalogs.pending(house) if line.startswith("fr")]


def test_what_a_speaker_has_read_stays_read(house: Path) -> None:
    catalogs.update(house)
    translate(house, "ln", "Send", "Tinda")
    path = house / "locales/ln" / CATALOG
    read = path.read_text(encoding="utf-8").replace("#. review: pending\n", "")
    path.write_text(read, encoding="utf-8")
    assert (catalogs.update(house), catalogs.pending(house)) == ([], [])


def test_entries_follow_the_code_and_are_never_guessed(house: Path) -> None:
    catalogs.update(house)
    translate(house, "fr", "Send", "Envoyer")
    module = house / "dialogs" / "hello.py"
    module.write_text(CODE.replace('"Send"', '"Send it"'), encoding="utf-8")
    assert "fr: obsolete: [button] Send" in catalogs.check(house)
    catalogs.update(house)
    text = (house / "locales/fr" / CATALOG).read_text(encoding="utf-8")
    assert 'msgid "Send it"\nmsgstr ""' in text
    assert "Envoyer" not in text
    assert "fuzzy" not in text


def test_hints_reach_the_translator(house: Path) -> None:
    catalogs.update(house)
    text = (house / "locales/ln" / CATALOG).read_text(encoding="utf-8")
    assert "#. Translators: the name of a person\n#. review: pending\n#: dialogs/hello.py\n" in text


@pytest.mark.parametrize(
    ("msgid", "msgstr", "fault"),
    [
        ("Hello {name}", "Bonjour {nom}", "placeholders: Hello {name} (Bonjour {nom})"),
        ("Hello {name}", "Bonjour {name", "placeholders: Hello {name} (Bonjour {name)"),
        ("Hello {name}", "<b>{name}</b>", "markup: Hello {name} (<b>{name}</b>)"),
        ("Send", "Envoyer maintenant à tous", "too long: [button] Send (25 of 24 characters"),
        ("Kept", "L'idée", "wording: Kept (straight apostrophe"),
    ],
)
def test_check_names_the_fault(house: Path, msgid: str, msgstr: str, fault: str) -> None:
    catalogs.update(house)
    translate(house, "fr", msgid, msgstr)
    assert [line for line in catalogs.check(house) if line.startswith(f"fr: {fault}")]


def test_check_finds_gaps_fuzzy_entries_and_a_wrong_plural_rule(house: Path) -> None:
    catalogs.update(house)
    path = house / "locales/ln" / CATALOG
    wrong = path.read_text(encoding="utf-8").replace("(n > 1)", "(n != 1)")
    path.write_text(wrong.replace("#: dialogs", "#, fuzzy\n#: dialogs", 1), encoding="utf-8")
    kinds = {line.split(": ")[1] for line in catalogs.check(house) if line.startswith("ln")}
    assert kinds == {"missing", "fuzzy", "plural"}


def test_a_form_text_that_is_too_long_is_found_in_english(house: Path) -> None:
    form = house / "collective/forms/weekly.toml"
    form.write_text(FORM.replace("Well", "Well enough to go on like this"), encoding="utf-8")
    assert [line for line in catalogs.check(house) if line.startswith("en: too long: [choice]")]


def test_the_command_says_by_its_exit_code_whether_all_is_well(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalogs, "ROOT", house)
    assert catalogs.main(["update"]) == 0
    assert catalogs.main(["check"]) == 1
    assert "fr: missing: [button] Send\n" in capsys.readouterr().out


def test_a_placeholder_that_is_more_than_a_name_is_found_in_english(house: Path) -> None:
    module = house / "dialogs" / "hello.py"
    module.write_text(CODE.replace('"Kept"', '"Kept {share:.1f}"'), encoding="utf-8")
    assert "en: placeholders: Kept {share:.1f}" in catalogs.check(house)
