"""Whose card it is, on a phone that may carry several persons."""

from dataclasses import replace

from collective.people import Person
from dialogs.cards.card import Card, Scene


async def addressed(card: Card, scene: Scene) -> Card | None:
    """Draw a card in its owner's chat only, and say whose it is where the phone carries several.

    A button's ids can be written by anybody: what is not hers to see is None.
    """
    if card.owner is None:
        return card
    account = scene.account
    persons = await scene.store.people.persons_of(account.id) if account else []
    owner = next((person for person in persons if person.id == card.owner), None)
    if owner is None:
        return None
    if len(persons) == 1:
        return card
    whose = scene.words.gettext("For {name}", name=owner.name)
    return replace(card, text=f"<b>{whose}</b>\n\n{card.text}")


async def speaking(scene: Scene) -> Person | None:
    """Return who answers in this chat now; None where nobody does, or she has to be asked."""
    account = scene.account
    return await scene.store.people.person_of(account.id, scene.now) if account else None
