"""What people type instead of pressing is understood in every language, or is nothing."""

import pytest

from collective.forms import Kind, load_forms
from dialogs import typed
from locales.languages import languages
from locales.words import Words

FORM = load_forms()["weekly"].asking("my_place")
CHOICES = [
    (question, place, choice)
    for question in FORM.questions
    for place, choice in enumerate(question.choices, 1)
]


@pytest.mark.parametrize("lang", [*languages(), "en"])
@pytest.mark.parametrize(
    ("question", "place", "choice"), CHOICES, ids=[f"{q.key}-{c.key}" for q, _, c in CHOICES]
)
def test_every_choice_may_be_written_as_number_face_word_or_whole_label(
    question, place, choice, lang
):
    word = Words(lang).plain.pgettext("choice", choice.label)
    label = " ".join(part for part in (str(place), choice.face, word) if part)
    for text in (str(place), choice.face, word, word.upper(), f" {word}. ", label):
        if text:
            assert typed.answer(question, text) == choice.key, text


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("oui", "yes"),
        ("Iyo!", "yes"),
        ("yes", "yes"),
        ("NON", "no"),
        ("te", "no"),
        ("Un  peu", "a_little"),
        ("mwa moke", "a_little"),
        ("👍🏿", "yes"),
    ],
)
def test_yes_and_no_have_many_words(text, key):
    assert typed.answer(FORM.question("my_place"), text) == key


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Vente et réunion", "sale,meeting"),
        ("reunion, VENTE", "sale,meeting"),
        ("koteka mpe formation", "sale,training"),
        ("🧵 & 🤝", "production,mutual_help"),
        ("Visite ou échange", "visit"),
        ("Vente et rien cette semaine", None),
        ("vente et sommeil", None),
    ],
)
def test_several_choices_are_written_with_any_joint(text, value):
    assert typed.answer(FORM.question("together"), text) == value


@pytest.mark.parametrize("text", ["", " ", "?", "bonjour", "8", "oui et non", "🐘"])
@pytest.mark.parametrize("key", [q.key for q in FORM.questions if q.kind is not Kind.WORDS])
def test_what_is_no_choice_means_nothing(key, text):
    assert typed.answer(FORM.question(key), text) is None


def test_a_number_is_no_word():
    question = FORM.question("motivation")
    assert typed.answer(question, "4") == "4"
    assert typed.spoken(question, "4") is None


def test_a_button_is_named_with_or_without_its_number_and_face():
    buttons = [("2 🛍 Vente", "sale"), ("⏭ Passer", "skip"), ("C’est tout", None), ("1", "one")]
    for text in ("vente", "2 vente", "2 🛍 VENTE"):
        assert typed.button(buttons, text) == "sale"
    assert typed.button(buttons, "passer !") == "skip"
    assert typed.button(buttons, "1") == "one"
    assert typed.button(buttons, "c'est tout") is None
    assert typed.button(buttons, "⏭") is None
