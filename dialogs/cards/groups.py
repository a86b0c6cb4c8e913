"""Small messages about the Telegram group of a collective: to it, and to who links it."""

import html

from pydantic import Field

from collective.outbox import Ids
from dialogs.cards.card import Button, Card, Press, Scene
from reports import reasons


class GroupPress(Press, prefix="gA"):
    """A press that says whose group a new one is."""

    collective: int
    chat: int = Field(lt=0)


async def draw_group_linked(ids: Ids, scene: Scene) -> Card | None:
    """Tell a group what it will see here, and what I do not read."""
    collective = await scene.store.collectives.get(int(ids["collective"]))
    if collective is None:
        return None
    return Card(
        text=(
            scene.words.pgettext(
                "group",
                "Hello everyone. I will post the summary of {collective} here after each check-in. "
                "It carries no names. I do not read what you write to each other.",
                collective=collective.name,
            )
        )
    )


async def draw_group_lost(ids: Ids, scene: Scene) -> Card | None:
    """Tell a facilitator that a group takes no messages, and what helps; None once it does."""
    collective = await scene.store.collectives.get(int(ids["collective"]))
    group = await scene.store.collectives.group(int(ids["collective"]))
    if collective is None or group is None or group.unreachable is None:
        return None
    why = reasons.of_group(group.unreachable, scene.words)
    return Card(text=f"<b>{html.escape(collective.name)}</b>\n{why}")


async def draw_group_help(_ids: Ids, scene: Scene) -> Card:
    """Tell a group what I do here."""
    return Card(
        text=scene.words.pgettext(
            "group",
            "After each check-in I post the summary here; /resume shows it again. Everything else "
            "each of you tells me in private.",
        )
    )


async def draw_whose_group(ids: Ids, scene: Scene) -> Card | None:
    """Ask the facilitator of several collectives, in private, which one a new group is for."""
    standing = await scene.store.people.standing(int(ids["person"]))
    found = [await scene.store.collectives.get(key) for key in sorted(standing.facilitates)]
    chat = int(ids["chat"])
    rows = tuple(
        (Button(label=c.name, data=GroupPress(collective=c.id, chat=chat).pack()),)
        for c in found
        if c
    )
    text = scene.words.gettext("I am in a new group. Which collective is it for?")
    return Card(text=text, buttons=rows)


async def draw_choose(ids: Ids, scene: Scene) -> Card | None:
    """Let her choose one of her groups in which I am, with a key that opens their list."""
    collective = await scene.store.collectives.get(int(ids["collective"]))
    if collective is None:
        return None
    text = scene.words.gettext(
        "Press the large key below and choose the group of {collective}. A group that is not in "
        "the list: add me to it first.",
        collective=collective.name,
    )
    label = scene.words.plain.pgettext("button", "Choose the group")
    return Card(text=text, buttons=((Button(label=label, asks_group=collective.id),),))


async def draw_chosen(ids: Ids, scene: Scene) -> Card | None:
    """Say whose group it is now, and take the key away."""
    collective = await scene.store.collectives.get(int(ids["collective"]))
    if collective is None:
        return None
    text = scene.words.gettext(
        "It is the group of {collective} now. I have greeted it.", collective=collective.name
    )
    return Card(text=text, folds=True)
