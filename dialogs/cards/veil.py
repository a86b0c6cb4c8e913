"""A veil over what the bot sends by itself, where a phone is looked at by others.

It says that there is something, never what. The same veil serves discreet mode and the code of a
person. Its button names the row of the outbox that it covers: any veil can be lifted after a
restart, and of a row that was sent to another chat nothing is shown.
"""

from collections.abc import Sequence
from dataclasses import replace

from collective.actions import announcing
from collective.actions.checkins import AFTER_PAUSE, CARD, OPENING, REMINDER
from collective.actions.telling import VOTE, VOTE_OPENED, VOTE_REMINDER
from collective.outbox import Ids, Lane, Row
from collective.people import Person
from dialogs.cards.card import Button, Card, Press, Scene, Wipe

#: Under which kind a veil is remembered.
VEIL = "veil"
#: What is drawn under a veil where the row's own kind speaks only at its moment.
LIFTED = {
    OPENING: CARD,
    REMINDER: CARD,
    AFTER_PAUSE: CARD,
    VOTE_OPENED: VOTE,
    VOTE_REMINDER: VOTE,
    **dict.fromkeys((announcing.PLANNED, announcing.CHANGED), announcing.ACTIVITY),
    announcing.REMINDER: announcing.ACTIVITY,
    announcing.CANCELLED: announcing.ACTIVITY,
}
#: Kinds that say what is new of it: they are drawn as themselves while that is still true.
NEWS = frozenset({announcing.CHANGED, announcing.REMINDER, announcing.CANCELLED})


class VeilPress(Press, prefix="vA"):
    """A press that lifts a veil."""

    row: int


async def over(card: Card, row: Row, scene: Scene) -> Card:
    """Return what may be seen at once of a message of the outbox: itself, or a veil over it."""
    if scene.account is None:
        return card
    persons = await scene.store.people.persons_of(scene.account.id)
    owner = _owner(persons, card.owner or row.person)
    among = persons if owner is None else [owner]
    closed = bool(among) and all(each.closed(scene.now) for each in among)
    # What answers an act of hers is not veiled: she is looking at her phone.
    discreet = scene.account.discreet and row.lane is not Lane.REPLY
    if not closed and not discreet:
        return card
    veil = _drawn(owner, row, scene)
    return replace(
        veil,
        silent=card.silent,
        identity=remembered(card.identity, row.id),
        asks=str(row.id),
    )


def remembered(identity: tuple[str, Ids] | None, row: int = 0) -> tuple[str, Ids]:
    """Return as what the veil over a card is remembered: by the card, or else by its row."""
    if identity is None:
        return VEIL, {"row": row}
    kind, ids = identity
    return VEIL, {**ids, "of": kind}


def copies(identity: tuple[str, Ids]) -> tuple[tuple[str, Ids], tuple[str, Ids]]:
    """Return as what one card may be in a chat already: open, and under a veil."""
    kind, ids = identity
    if kind != VEIL or "of" not in ids:
        return identity, remembered(identity)
    return identity, (str(ids["of"]), {key: ids[key] for key in ids if key != "of"})


async def draw_wipe(ids: Ids, scene: Scene) -> Wipe:
    """Take a message away; what Telegram no longer deletes says nothing any more."""
    return Wipe(message_id=int(ids["message"]), instead=scene.words.gettext("Deleted."))


async def draw_cover(ids: Ids, scene: Scene) -> Wipe | None:
    """Put the veil back over a message; None once its owner has no code any more."""
    row = await scene.store.outbox.sent(int(ids["row"]), scene.chat_id)
    if row is None or scene.account is None:
        return await draw_wipe(ids, scene)
    persons = await scene.store.people.persons_of(scene.account.id)
    if not any(each.has_pin for each in persons):
        return None
    wipe = await draw_wipe(ids, scene)
    return replace(wipe, cover=_drawn(_owner(persons, row.person), row, scene))


def _owner(persons: Sequence[Person], number: int | None) -> Person | None:
    """Return whose message it is; None: of nobody in particular, among several."""
    alone = persons[0] if len(persons) == 1 else None
    return next((each for each in persons if each.id == number), alone)


def _drawn(owner: Person | None, row: Row, scene: Scene) -> Card:
    words = scene.words
    discreet = scene.account is not None and scene.account.discreet
    if owner is None:
        text = words.gettext("Hello. A little word for you.")
    elif LIFTED.get(row.kind) == CARD and not discreet:
        text = words.gettext("{name}: your check-in is there.", name=owner.name)
    elif LIFTED.get(row.kind) == VOTE and not discreet:
        text = words.gettext("{name}: there is a vote for you.", name=owner.name)
    else:
        text = words.gettext("Hello {name}. A little word for you.", name=owner.name)
    label = words.plain.pgettext("button", "Open")
    press = VeilPress(row=row.id).pack()
    return Card(
        text=text,
        buttons=((Button(label=label, data=press),),),
        owner=owner.id if owner else None,
    )
