"""A broadcast as it arrives, and what became of it."""

import html

from collective.broadcasts import Delivery, fitting
from collective.outbox import Ids
from dialogs.cards.card import Card, Scene, still_there
from locales.words import Words


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """Draw the author's words under her name."""
    broadcast = await scene.store.broadcasts.get(int(ids["broadcast"]))
    if broadcast is None or broadcast.author_id is None:
        return None
    author = await scene.store.people.person(broadcast.author_id)
    if author is None:
        return None
    collective = int(ids["collective"])
    if collective and not await still_there(collective, scene):
        return None
    versions = await scene.store.broadcasts.versions(broadcast.id)
    version = fitting(versions, scene.words.lang, broadcast.language)
    return Card(text=message(author.name, version.text or "")) if version else None


def message(author: str, text: str) -> str:
    """Show who writes, then what: no words of ours, so a group of two languages gets it once."""
    return f"📣 <b>{html.escape(author)}</b>\n\n{html.escape(text, quote=False)}"


async def draw_queued(_ids: Ids, scene: Scene) -> Card:
    """Tell the author that her message is on its way."""
    text = scene.words.gettext("Your message is queued. I will tell you when it is done.")
    return Card(text=text)


async def draw_report(ids: Ids, scene: Scene) -> Card | None:
    """Draw how many messages were sent and how many failed."""
    broadcast = await scene.store.broadcasts.get(int(ids["broadcast"]))
    if broadcast is None:
        return None
    delivery = await scene.store.broadcasts.delivery(broadcast.id)
    return Card(text="\n".join(_lines(delivery, scene.words)))


def _lines(delivery: Delivery, words: Words) -> list[str]:
    lines = [
        words.gettext("Sending is finished."),
        words.gettext("Sent: {count}", count=words.number(delivery.sent)),
    ]
    if delivery.failed:
        lines.append(words.gettext("Failed: {count}", count=words.number(delivery.failed)))
    if delivery.blocked:
        lines.append(
            words.ngettext(
                "Blocked: {n}. This person no longer takes messages from me.",
                "Blocked: {n}. These people no longer take messages from me.",
                delivery.blocked,
            )
        )
    return lines
