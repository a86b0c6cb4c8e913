"""What the machine can see of French typography and of Lingala words."""

import pytest
from babel.messages.catalog import Message

from locales import french, lingala


def say(text: str, context: str | None = None) -> Message:
    return Message("id", text, context=context)


@pytest.mark.parametrize(
    "text",
    ["L’heure\u202f: 17:00", "Prête\u202f?", "«\u202f{name}\u202f»", "", "R&amp;D, {n}\u202f!"],
)
def test_set_like_french(text: str) -> None:
    assert french.problems(say(text)) == []


@pytest.mark.parametrize("text", ["L'heure", "Prête ?", "Prête?", "Fin :", "« {name} »", "{name}!"])
def test_not_set_like_french(text: str) -> None:
    assert french.problems(say(text))


@pytest.mark.parametrize(
    "text",
    [
        "Matondi mpo na eyano na yo.",
        "Likita ekobanda na ngonga ya {time}.",
        "<b>{name}</b>, ozali koyoka ndenge nini?",
        "Tinda numéro ya téléphone na yo to pona /point",
        "mokolo mwa yambo, mokolo ya 24 sanza ya yambo",
        "Ozwi biyano 5 na bato 12.",
    ],
)
def test_lingala_that_passes(text: str) -> None:
    assert lingala.problems(say(text)) == []


@pytest.mark.parametrize(
    ("text", "context", "fault"),
    [
        ("Eyaxno na yo", None, "unknown word: eyaxno"),
        ("Karibu sana", None, "unknown word: karibu"),
        ("Mokɔlɔ", None, "plain letters only: mokɔlɔ"),
        ("Mbóte", None, "plain letters only: mbóte"),
        ("mɔ̌kɔ́", None, "tone mark"),
        ("Bato nionso", None, "say 'nyonso', not 'nionso'"),
        ("Eza malamu", None, "say 'ezali', not 'eza'"),
        ("Mpo na ngai po na yo", None, "say 'mpo na', not 'po na'"),
        ("Tozosala", None, "say 'tozosala' without -zo-"),
        ("5 biyano", None, "the number follows the noun: biyano"),
        ("Ozwi {n} biyano", None, "the number follows the noun: biyano"),
        ("Kotinda", "button", "a button has the bare stem, not 'kotinda'"),
        ("Botinda eyano", None, "'botinda' speaks to several"),
        ("Eyano na bino", "question", "'bino' speaks to several"),
        ("Malamu ?", None, "no space before"),
    ],
)
def test_lingala_that_is_stopped(text: str, context: str | None, fault: str) -> None:
    assert [said for said in lingala.problems(say(text, context)) if said.startswith(fault)]


@pytest.mark.parametrize(
    ("text", "context"),
    [("Botinda eyano na bino", "group"), ("Boyokani ezali malamu", None), ("Koma awa", "button")],
)
def test_what_only_looks_like_a_fault_passes(text: str, context: str | None) -> None:
    assert lingala.problems(say(text, context)) == []


def test_each_form_of_a_plural_is_read() -> None:
    message = Message(("a", "b"), ("eyano {n}", "biyanno {n}"))
    assert lingala.problems(message) == ["unknown word: biyanno"]


@pytest.mark.parametrize("name", ["allowed.txt", "counted.txt", "bo-nouns.txt", "verbs.txt"])
def test_word_lists_are_in_order_and_say_nothing_twice(name: str) -> None:
    lines = (lingala.LEXICON / name).read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert words == sorted(set(words))


def test_the_allow_list_holds_only_what_nothing_else_accepts() -> None:
    words = (lingala.LEXICON / "allowed.txt").read_text(encoding="utf-8").splitlines()
    listed = (lingala.LEXICON / "wordlist.txt").read_text(encoding="utf-8").splitlines()
    assert not set(words) & set(listed)
