"""What a group of both languages gets in one message fits into it, and says both."""

import html
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collective.broadcasts import (
    CAPTION_LIMIT,
    CAPTION_ROOM,
    MESSAGE_ROOM,
    TEXT_LIMIT,
    Kind,
    Version,
    apart,
    ensure_fit_together,
)
from collective.errors import TogetherTooLong
from collective.people import NAME_LIMIT
from dialogs.cards.broadcasts import message
from dialogs.cards.card import Card, Media
from dialogs.drawing import _in_one

AUTHOR = "&" * NAME_LIMIT


@st.composite
def versions(draw, language):
    """A version as long as one may be, or shorter; near what two may have together as well."""
    kind = draw(st.sampled_from(Kind))
    file_id = None if kind is Kind.TEXT else draw(st.sampled_from(["one", "other"]))
    longest = TEXT_LIMIT if kind is Kind.TEXT else CAPTION_LIMIT
    near = st.sampled_from([1, 232, 233, 466, 504, 505, 700, 2002, 2003, 3500])
    length = min(longest, draw(near | st.integers(1, longest)))
    text = draw(st.sampled_from("x<é🙂")) * length
    return Version(language=language, kind=kind, text=text, file_id=file_id)


def joined(*said):
    """The message that a group gets."""
    cards = [
        Card(
            text=message(AUTHOR, each.text),
            media=Media(kind=each.kind, name="f") if each.kind is not Kind.TEXT else None,
        )
        for each in said
    ]
    return _in_one(cards)


def seen(card):
    """Its text as Telegram counts it: without markup."""
    return html.unescape(card.text.replace("<b>", "").replace("</b>", ""))


@settings(max_examples=200, deadline=None)
@given(versions("ln"), versions("fr"))
def test_two_that_are_not_refused_fit_into_one_message_with_our_markup(lingala, french):
    if apart(lingala, french):
        ensure_fit_together([french, lingala])
        return
    card = joined(lingala, french)
    room = CAPTION_ROOM if card.media else MESSAGE_ROOM
    with suppress(TogetherTooLong):
        ensure_fit_together([french, lingala])
        assert len(seen(card)) <= room


@pytest.mark.parametrize(("kind", "most"), [(Kind.TEXT, 4004), (Kind.PHOTO, 932)])
def test_only_what_would_not_fit_is_refused(kind, most):
    first = Version(language="fr", text="x" * (most - 300))
    second = Version(language="ln", kind=kind, text="y" * 300)
    ensure_fit_together([first, second])
    with pytest.raises(TogetherTooLong) as refusal:
        ensure_fit_together([first, replace(second, text="y" * 301)])
    assert (refusal.value.limit, refusal.value.length) == (most, most + 1)


def test_a_picture_is_there_in_whichever_language_it_was_sent():
    text = Version(language="ln", text="Zando")
    photo = Version(language="fr", kind=Kind.PHOTO, text="Marché")
    for said in ((text, photo), (photo, text)):
        card = joined(*said)
        assert card.media.kind == Kind.PHOTO
        assert "Zando" in card.text
        assert "Marché" in card.text
