"""Whose card it is, on a phone that may carry several persons.

What a chat shows is on record with its owner. A copy may be missing there: the bot died between
sending and recording. So each button of a card says it too.
"""

from dataclasses import replace

from collective.people import Person, speaker
from dialogs.cards.card import WHOSE, Button, Card, Scene
from dialogs.cards.sheets import SHEET

#: Characters of ASCII that Telegram takes as callback data.
LONGEST = 64


async def addressed(card: Card, scene: Scene) -> Card | None:
    """Draw a card in its owner's chat only, and say whose it is where the phone carries several.

    A button's ids can be written by anybody: what is not hers to see is None.
    """
    sheet = card.identity is not None and card.identity[0] == SHEET
    if card.owner is None and not sheet:
        return card
    account = scene.account
    persons = await scene.store.people.persons_of(account.id) if account else []
    number = card.owner
    if number is None:
        # A sheet is hers who walks through it.
        there = speaker(account, persons, scene.now) if account and len(persons) > 1 else None
        if there is None:
            return card
        number = there.id
    owner = next((person for person in persons if person.id == number), None)
    if owner is None:
        return None
    rows = tuple(tuple(_marked(button, owner.id) for button in row) for row in card.buttons)
    if len(persons) == 1:
        return replace(card, buttons=rows)
    whose = scene.words.gettext("For {name}", name=owner.name)
    return replace(card, owner=owner.id, buttons=rows, text=f"<b>{whose}</b>\n\n{card.text}")


def owner_of(data: str) -> int | None:
    """Read whose card a button was on; None where it does not say."""
    number = data.partition(WHOSE)[2]
    return int(number) if number.isascii() and number.isdigit() else None


def _marked(button: Button, person: int) -> Button:
    data = f"{button.data}{WHOSE}{person}"
    return replace(button, data=data) if button.data and len(data) <= LONGEST else button


async def speaking(scene: Scene) -> Person | None:
    """Return who answers in this chat now; None where nobody does, or she has to be asked."""
    account = scene.account
    return await scene.store.people.person_of(account.id, scene.now) if account else None
