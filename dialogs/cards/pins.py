"""Asking for the code that closes what is a person's, and what is said about codes."""

from collective.errors import PinWaits
from collective.outbox import Ids
from dialogs.cards import refusals, who
from dialogs.cards.card import Card, Scene

#: The card that waits for a code. Its ids: the person, and what she had asked for: `then` is a
#: command or a kind of card, whose ids stand beside it.
ASKED = "pin"


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """Ask for her code, or say how long no try is taken; `wrong`: the last one was not it."""
    person = await scene.store.people.person(int(ids["person"]))
    pin = await scene.store.people.pin(int(ids["person"]))
    if person is None or pin is None:
        return None
    words = scene.words
    try:
        pin.ensure_open(scene.now)
    except PinWaits as refusal:
        text = refusals.sentence(refusals.ids_of(refusal), words)
        text += "\n\n" + words.gettext(
            "If you have forgotten it, your facilitator can take the code away."
        )
    else:
        text = words.gettext(
            "{name}, write your secret code of 4 digits. I delete your message at once.",
            name=person.name,
        )
    if "wrong" in ids:
        text = words.gettext("That is not the code.") + "\n\n" + text
    return Card(
        text=text,
        buttons=who.not_me(words),
        identity=(ASKED, {key: value for key, value in ids.items() if key != "wrong"}),
    )


async def draw_opened(ids: Ids, scene: Scene) -> Card | None:
    """Thank her for the code."""
    person = await scene.store.people.person(int(ids["person"]))
    if person is None:
        return None
    text = scene.words.gettext("Thank you, {name}. Please press once more.", name=person.name)
    return Card(text=text)


async def draw_kept(_ids: Ids, scene: Scene) -> Card:
    """Say what her new code does."""
    return Card(
        text=scene.words.gettext(
            "Your secret code is kept. I ask for it when nobody has written for 15 minutes."
        )
    )


async def draw_gone(_ids: Ids, scene: Scene) -> Card:
    """Say that she took her code away."""
    return Card(text=scene.words.gettext("You have no secret code any more."))


async def draw_removed(ids: Ids, scene: Scene) -> Card:
    """Tell her that somebody took away the code she had forgotten."""
    return Card(
        text=scene.words.gettext(
            "Your secret code was taken away for you. You can choose a new one in /reglages."
        ),
        owner=int(ids["person"]),
    )
