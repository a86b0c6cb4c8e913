"""What somebody says back to a broadcast, as it reaches who it is for."""

import html

from collective.actions import replies
from collective.actions.replies import REPLY
from collective.broadcasts import Broadcast, Kind, Reply, fitting
from collective.outbox import Ids
from dialogs.cards.card import Card, Media, Scene

#: How much of a broadcast is told again, in characters.
_BEGINNING = 40


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """Draw who says something to what, and what she says."""
    found = await scene.store.replies.get(int(ids["reply"]))
    broadcast = await scene.store.broadcasts.get(found.broadcast_id) if found else None
    if found is None or broadcast is None:
        return None
    author = await scene.store.people.person(found.person_id)
    to = await replies.addressee(scene.store, found)
    if author is None or to is None:
        return None
    head = await _head(author.name, found, broadcast, scene)
    quoted = html.escape(found.text or "", quote=False)
    said = f"\n\n<blockquote>{quoted}</blockquote>" if quoted else ""
    hint = scene.words.gettext("To answer, reply to this message.")
    media = None
    if found.kind is not Kind.TEXT:
        if found.file_id is None:
            return None
        media = Media(kind=found.kind.value, name=found.kind.value, file_id=found.file_id)
    return Card(
        text=f"{head}{said}\n\n<i>{hint}</i>",
        media=media,
        owner=to,
        identity=(REPLY, {"reply": found.id}),
    )


async def draw_passed_on(ids: Ids, scene: Scene) -> Card | None:
    """Tell who replied that it reaches the one she replied to."""
    person = await scene.store.people.person(int(ids["person"]))
    if person is None:
        return None
    return Card(text=scene.words.gettext("I pass it on to {name}.", name=person.name))


async def draw_lost(ids: Ids, scene: Scene) -> Card | None:
    """Tell who replied that it did not reach the one she replied to."""
    lost = await scene.store.replies.get(int(ids["reply"]))
    to = await replies.addressee(scene.store, lost) if lost else None
    person = await scene.store.people.person(to) if to else None
    if person is None:
        return None
    text = scene.words.gettext(
        "What you replied to {name} did not arrive. Please talk to her yourself.",
        name=person.name,
    )
    return Card(text=text)


async def _head(name: str, reply: Reply, broadcast: Broadcast, scene: Scene) -> str:
    words = scene.words
    if reply.answers is not None:
        return words.gettext("{name} answers you:", name=name)
    standing = await scene.store.people.standing(reply.person_id)
    known = await scene.store.collectives.get(min(standing.member_of, default=0))
    who = f"{name} ({known.name})" if known else name
    versions = await scene.store.broadcasts.versions(broadcast.id)
    version = fitting(versions, scene.words.lang, broadcast.language)
    if version is None or not version.text:
        return words.gettext("{name} replies to your message:", name=who)
    start = " ".join(version.text.split())
    start = start if len(start) <= _BEGINNING else f"{start[:_BEGINNING].rstrip()}…"
    return words.gettext("{name} replies to your message “{start}”:", name=who, start=start)
