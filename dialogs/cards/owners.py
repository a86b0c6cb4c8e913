"""Whose card it is, on a phone that may carry several persons."""

from dataclasses import replace

from collective.people import Person, speaker
from dialogs.cards.card import Card, Scene
from dialogs.cards.sheets import SHEET


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
    if len(persons) == 1:
        return card
    whose = scene.words.gettext("For {name}", name=owner.name)
    return replace(card, owner=owner.id, text=f"<b>{whose}</b>\n\n{card.text}")


async def speaking(scene: Scene) -> Person | None:
    """Return who answers in this chat now; None where nobody does, or she has to be asked."""
    account = scene.account
    return await scene.store.people.person_of(account.id, scene.now) if account else None
