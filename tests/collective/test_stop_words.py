"""A stop word is obeyed however it is written; what only looks like one is asked about."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collective.letters import fold
from collective.stopping import (
    BACK_WORDS,
    FORGIVEN_FROM,
    STOP_WORDS,
    Wish,
    one_typo,
    read_wish,
)

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ACCENTS = str.maketrans({"e": "é", "a": "à", "i": "î", "o": "ô"})
words = st.sampled_from(sorted(STOP_WORDS))
long_words = st.sampled_from(sorted(word for word in STOP_WORDS if len(word) >= FORGIVEN_FROM))


@given(words, st.booleans(), st.booleans(), st.sampled_from(["", " ", "!", "…", " ?! "]))
def test_case_accents_and_marks_around_a_stop_word_change_nothing(word, loud, accents, mark):
    said = word.translate(ACCENTS) if accents else word
    assert read_wish(f"{mark}{said.upper() if loud else said}{mark}") is Wish.STOP


@given(long_words, st.integers(0, 6), st.sampled_from(LETTERS), st.sampled_from("rmis"))
def test_one_typo_in_a_long_word_is_asked_about(word, at, letter, how):
    at = min(at, len(word) - 2)
    said = {
        "r": word[:at] + letter + word[at + 1 :],
        "m": word[:at] + word[at + 1 :],
        "i": word[:at] + letter + word[at:],
        "s": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }[how]
    assert one_typo(said, word) or said == word
    assert read_wish(said) in (Wish.MAYBE_STOP, Wish.STOP)


@settings(max_examples=50)
@given(long_words, st.text(LETTERS, min_size=2, max_size=2))
def test_two_typos_are_too_many(word, tail):
    assume(not any(one_typo(word + tail, other) for other in STOP_WORDS))
    assert read_wish(word + tail) is None


@pytest.mark.parametrize("said", ["tiko", "stip", "sto", "bina", "rima"])
def test_no_typo_is_forgiven_in_a_short_word(said):
    assert read_wish(said) is None


@pytest.mark.parametrize(
    "said", ["stop it", "ne t'arrête pas", "on arrête la vente", "", "😀", "4"]
)
def test_a_stop_word_inside_a_message_is_no_wish(said):
    assert read_wish(said) is None


@given(st.text(max_size=12))
def test_only_the_listed_words_stop_without_asking(text):
    assert (read_wish(text) is Wish.STOP) == (fold(text) in STOP_WORDS)


@pytest.mark.parametrize("said", [*sorted(BACK_WORDS), "RETOUR", "Je reviens."])
def test_she_can_call_the_bot_back(said):
    assert read_wish(said) is Wish.BACK
