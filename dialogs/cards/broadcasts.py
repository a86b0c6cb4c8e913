"""A broadcast as it arrives, and what its author is told before it leaves."""

import html
from datetime import datetime

from collective.actions.broadcasts import MESSAGE
from collective.broadcasts import Broadcast, Stage, Version, fitting
from collective.collectives import CONGO_ZONES
from collective.outbox import Ids
from dialogs.cards.card import Button, Card, Media, Press, Scene, still_there
from dialogs.cards.deliveries import heard_button


class DraftPress(Press, prefix="dA"):
    """A press that opens a draft."""

    broadcast: int


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """Draw the author's words under her name."""
    broadcast = await scene.store.broadcasts.get(int(ids["broadcast"]))
    if broadcast is None or broadcast.author_id is None or broadcast.cancelled_at is not None:
        return None
    author = await scene.store.people.person(broadcast.author_id)
    if author is None:
        return None
    if not await _still_meant(broadcast, int(ids.get("collective", 0)), scene):
        return None
    versions = await scene.store.broadcasts.versions(broadcast.id)
    # One language by itself: for a test, and where a group gets a message with each file.
    alone = {"language": ids["language"]} if "language" in ids else {}
    language = str(alone.get("language", scene.words.lang))
    version = fitting(versions, language, broadcast.language)
    if version is None:
        return None
    return Card(
        text=message(author.name, version.text or ""),
        media=_media(broadcast.id, version),
        buttons=heard_button(broadcast, scene.words),
        identity=(MESSAGE, {"broadcast": broadcast.id, **alone}),
    )


async def _still_meant(broadcast: Broadcast, collective: int, scene: Scene) -> bool:
    """Tell whether a chat is still to get it, by the collective of its row or by another.

    A chat has one row, however many collectives of hers it is for, and she may leave one.
    """
    if not collective or await still_there(collective, scene):
        return True
    return scene.chat_id > 0 and await scene.store.audiences.reaches(
        broadcast.audience, scene.chat_id, author=broadcast.author_id or 0, now=scene.now
    )


def _media(broadcast_id: int, version: Version) -> Media | None:
    """Return the file of a version; None for a text, and once the file was purged."""
    if version.file_id is None:
        return None
    return Media(
        kind=version.kind.value,
        name=version.file_name or version.kind.value,
        file_id=version.file_id,
        version=(broadcast_id, version.language),
    )


def message(author: str, text: str) -> str:
    """Show who writes, then what: no words of ours, so a group of two languages gets it once."""
    return f"📣 <b>{html.escape(author)}</b>\n\n{html.escape(text, quote=False)}"


async def draw_planned(ids: Ids, scene: Scene) -> Card | None:
    """Tell the author when her message leaves, and where she can take it back."""
    broadcast = await scene.store.broadcasts.get(int(ids["broadcast"]))
    if broadcast is None or broadcast.leaves_at is None:
        return None
    moment = scene.words.moment(broadcast.leaves_at, await _zone(broadcast, scene))
    text = scene.words.gettext(
        "Your message is queued. It leaves {moment}; until then /diffusions lets you change it.",
        moment=moment,
    )
    return Card(text=text)


async def draw_late(ids: Ids, scene: Scene) -> Card | None:
    """Ask the author about a message whose moment was missed."""
    broadcast = await scene.store.broadcasts.get(int(ids["broadcast"]))
    if broadcast is None or broadcast.stage is not Stage.DRAFT:
        return None
    due = datetime.fromisoformat(str(ids["due"]))
    text = scene.words.gettext(
        "Your message did not leave {moment}: I was not there. Do you still want to send it?",
        moment=scene.words.moment(due, await _zone(broadcast, scene)),
    )
    label = scene.words.plain.pgettext("button", "Look at it")
    press = DraftPress(broadcast=broadcast.id)
    return Card(text=text, buttons=((Button(label=label, data=press.pack()),),))


async def draw_not_hers(ids: Ids, scene: Scene) -> Card | None:
    """Tell the author that her message does not leave because she lost the right to send it."""
    broadcast = await scene.store.broadcasts.get(int(ids["broadcast"]))
    if broadcast is None or broadcast.stage is not Stage.CANCELLED:
        return None
    due = datetime.fromisoformat(str(ids["due"]))
    text = scene.words.gettext(
        "Sending your message of {moment} is stopped: you may no longer write to these people.",
        moment=scene.words.moment(due, await _zone(broadcast, scene)),
    )
    return Card(text=text)


async def _zone(broadcast: Broadcast, scene: Scene) -> str:
    """Return by which clocks its moment is told: those of the first collective it is for."""
    zones = sorted(await scene.store.audiences.zones(broadcast.audience))
    collective = await scene.store.collectives.get(zones[0]) if zones else None
    return collective.zone if collective else CONGO_ZONES[0]
