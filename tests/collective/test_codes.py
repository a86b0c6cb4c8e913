"""A code reads the same however it is written, and nothing else reads as one."""

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from collective import codes

CODES = st.text(codes.ALPHABET, min_size=codes.LENGTH, max_size=codes.LENGTH)
#: Letters and digits that people confuse, in print, in writing, on a phone.
ALIKE = ["0OQD", "1IJL", "2Z", "5S", "6GC", "8B", "UVY"]
GAPS = st.sampled_from(["", " ", "-", "\u202f", " – ", "."])


def test_a_new_code_is_six_letters_of_the_alphabet():
    drawn = {codes.new_code() for _ in range(200)}
    assert len(drawn) > 190
    assert all(codes.read(code, exact=True) == code for code in drawn)


def test_no_two_letters_of_the_alphabet_look_alike_and_none_is_a_vowel():
    for alike in ALIKE:
        assert len(set(alike) & set(codes.ALPHABET)) == 1
    assert not set("AEIOUY") & set(codes.ALPHABET)


@examples(max_examples=60)
@given(code=CODES, gaps=st.lists(GAPS, min_size=7, max_size=7), small=st.booleans())
def test_case_spaces_and_dashes_do_not_count(code, gaps, small):
    written = "".join(gap + letter for gap, letter in zip(gaps, code, strict=False)) + gaps[-1]
    written = written.lower() if small else written
    assert codes.read(written) == codes.read(written, exact=True) == code
    assert codes.read(codes.printed(code)) == code


@examples(max_examples=60)
@given(code=CODES, data=st.data())
def test_whatever_looks_like_a_letter_is_read_as_it(code, data):
    seen = "".join(
        data.draw(st.sampled_from(next((a for a in ALIKE if letter in a), letter)))
        for letter in code
    )
    assert codes.read(seen) == codes.read(seen.lower()) == code


@examples(max_examples=60)
@given(one=CODES, other=CODES)
def test_two_codes_never_read_alike(one, other):
    assert (codes.read(one) == codes.read(other)) == (one == other)


@pytest.mark.parametrize(
    "text", ["", "BCDFH", "BCDFHKL", "4", "Mbote", "BCDFHA", "BCD FHK?", "/start", "STOP", "🙂" * 6]
)
def test_anything_else_is_no_code(text):
    assert codes.read(text) is None


@pytest.mark.parametrize("text", ["BONBON", "CHOISI", "TISSUS", "LISOLO", "BCDFH0"])
def test_words_of_six_letters_are_no_exact_code(text):
    assert codes.read(text, exact=True) is None


def test_the_hash_needs_the_installations_keys_and_those_of_yesterday_still_find_it():
    old, new = b"old", b"new"
    [made] = codes.hashes("BCDFHK", (old,))
    assert made in codes.hashes("BCDFHK", (new, old))
    assert made not in codes.hashes("BCDFHK", (new,))
    assert made not in codes.hashes("BCDFHL", (old,))


def test_who_tries_cannot_be_read_back_without_the_keys():
    assert codes.tried_by(7, (b"a",)) == codes.tried_by(7, (b"a", b"b"))
    assert (
        len({codes.tried_by(7, (b"a",)), codes.tried_by(8, (b"a",)), codes.tried_by(7, (b"b",))})
        == 3
    )
