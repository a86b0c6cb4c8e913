"""Buttons go over the wire as Telegram reads them."""

from dialogs import keyboards
from dialogs.cards.card import Button, Card


def test_buttons_written_for_an_edit_are_those_of_the_message():
    rows = ((Button(label="4 🙂 Bonne", data="c1:7"),), (Button(label="…", url="https://t.me/x"),))
    card = Card(text="?", buttons=rows)
    assert keyboards.written(card) == keyboards.inline(card).model_dump(exclude_none=True)


def test_a_card_without_buttons_has_none():
    assert keyboards.written(Card(text="!")) is None
