"""What two collectives are told that a coordinator has paired."""

from collective.actions import pairings
from collective.actions.pairings import Side
from collective.outbox import Ids
from dialogs.cards.card import Button, Card, Press, Scene
from locales.words import Words


class PairingPress(Press, prefix="uA"):
    """A press that begins to plan the visit, for one of the two."""

    pairing: int
    collective: int


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """Tell a facilitator, a member or a group; None for who belongs to neither any more."""
    number = int(ids["pairing"])
    if scene.chat_id < 0:
        owner = await scene.store.collectives.by_group(scene.chat_id)
        side = await pairings.side(scene.store, number, owner.id) if owner else None
        return Card(text=_group(side, scene.words)) if side else None
    person = int(ids["person"])
    standing = await scene.store.people.standing(person)
    led = await _sides(scene, number, standing.facilitates)
    if led:
        plans = tuple((_plan(number, each, scene.words, several=len(led) > 1),) for each in led)
        return Card(text=_facilitator(led[0], scene.words), buttons=plans, owner=person)
    sides = await _sides(scene, number, standing.member_of)
    return Card(text=_member(sides[0], scene.words), owner=person) if sides else None


async def _sides(scene: Scene, number: int, places: frozenset[int]) -> list[Side]:
    found = [await pairings.side(scene.store, number, each) for each in sorted(places)]
    return [each for each in found if each is not None]


def _plan(number: int, side: Side, words: Words, *, several: bool) -> Button:
    label = words.plain.pgettext("button", "Plan this visit")
    if several:
        label = f"{label} · {side.collective.name}"
    data = PairingPress(pairing=number, collective=side.collective.id).pack()
    return Button(label=label, data=data)


def _facilitator(side: Side, words: Words) -> str:
    text = words.gettext(
        "🤝 A coordinator proposes that {collective} and {other} ({place}) visit each other.",
        collective=side.collective.name,
        other=side.other.name,
        place=side.other.place,
    )
    if not side.led_by:
        return text
    names = words.plain.list_and(side.led_by)
    agree = words.gettext(
        "Agree on a day with who accompanies {other}: {names}.",
        other=side.other.name,
        names=names,
    )
    return f"{text}\n\n{agree}"


def _group(side: Side, words: Words) -> str:
    return words.pgettext(
        "group",
        "🤝 A visit is proposed to you: {other} ({place}). Talk about when you could meet.",
        other=side.other.name,
        place=side.other.place,
    )


def _member(side: Side, words: Words) -> str:
    return words.gettext(
        "🤝 A visit is proposed to {collective}: {other} ({place}). Talk with the others about it.",
        collective=side.collective.name,
        other=side.other.name,
        place=side.other.place,
    )
