"""The agenda: what is ahead, what was; in private a page at a time, in a group in short."""

import html
from collections.abc import Sequence

from collective.actions import activities
from collective.activities import Activity
from collective.errors import NotAllowed
from collective.outbox import Ids
from collective.people import Person
from dialogs import commands
from dialogs.cards import activity as card
from dialogs.cards import refusals, sheets
from dialogs.cards.activity import ActivityPress
from dialogs.cards.card import Button, Card, Rows, Scene
from dialogs.cards.owners import speaking
from locales.words import Words
from reports import activities as report

#: Sheets: what is ahead, what was; and what a group is shown.
AGENDA, MEMORY, GROUP_AGENDA = "agenda", "memory", "group_agenda"
#: A link with this leads from a group to the agenda of each reader.
LINK = "agenda"
#: How many of each collective are looked at: those of some years.
_FAR = 200
#: How many a group is shown.
_NEXT = 5


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """List what is ahead in her collectives, the soonest first."""
    person = await _belonging(scene)
    if person is None:
        return await refusals.draw(refusals.ids_of(NotAllowed()), scene)
    words = scene.words
    found = await card.ahead(person.id, scene)
    lines = [words.gettext("<b>What is planned</b>")]
    if not found:
        lines = [words.gettext("Nothing is planned. Every member can plan something.")]
    rows: Rows = ((sheets.command(commands.ACTIVITY, words.plain),),)
    if found:
        label = "📅 " + words.plain.pgettext("button", "All to my calendar")
        every = ActivityPress(activity=0, do=card.FILE, value="", edition="")
        rows = ((Button(label=label, data=every.pack()),), *rows)
    before = sheets.show(MEMORY, words.plain.pgettext("button", "What we did"))
    number = int(ids.get("number", 0))
    rows = (*rows, (before,))
    return await _page(AGENDA, lines, found, rows, scene, number=number, person=person)


async def draw_memory(ids: Ids, scene: Scene) -> Card | None:
    """List what is behind her collectives, the newest first."""
    person = await _belonging(scene)
    if person is None:
        return await refusals.draw(refusals.ids_of(NotAllowed()), scene)
    standing = await scene.store.people.standing(person.id)
    found: list[Activity] = []
    for number in standing.member_of | standing.facilitates:
        found += await activities.memory(
            scene.store, number, limit=_FAR, by=person.id, now=scene.now
        )
    found.sort(key=lambda each: (each.starts_at, each.id), reverse=True)
    words = scene.words
    lines = [words.gettext("<b>What we did</b>")]
    if not found:
        lines = [words.gettext("Nothing has been done here yet.")]
    back = (sheets.back(AGENDA, words),)
    number = int(ids.get("number", 0))
    return await _page(MEMORY, lines, found, (back,), scene, number=number, person=person)


async def draw_for_group(ids: Ids, scene: Scene) -> Card | None:
    """Tell a group what is ahead, in short, with the way to say who comes."""
    collective = await scene.store.collectives.get(int(ids["collective"]))
    if collective is None:
        return None
    words = scene.words
    found = await scene.store.activities.ahead(collective.id, scene.now, _NEXT)
    lines = [words.pgettext("group", "<b>What you have planned</b>")]
    if not found:
        lines = [words.pgettext("group", "Nothing is planned. Each of you can plan something.")]
    lines += [report.line(each, words) for each in found]
    label = words.plain.pgettext("group button", "Open the agenda")
    url = f"https://t.me/{scene.username}?start={LINK}"
    return Card(text="\n".join(lines), buttons=((Button(label="📅 " + label, url=url),),))


async def _belonging(scene: Scene) -> Person | None:
    """Return who looks, None where she belongs to no collective."""
    person = await speaking(scene)
    standing = await scene.store.people.standing(person.id) if person else None
    return person if standing and standing.member_of | standing.facilitates else None


async def _page(
    kind: str,
    lines: list[str],
    found: Sequence[Activity],
    below: Rows,
    scene: Scene,
    *,
    number: int,
    person: Person,
) -> Card:
    """Put one page of a list together: its lines, a number to press for each, the ways on."""
    last = max(0, (len(found) - 1) // sheets.LENGTH)
    part = min(max(number, 0), last)
    shown = found[part * sheets.LENGTH :][: sheets.LENGTH]
    for place, each in enumerate(shown, 1):
        lines.append(f"{place}. {await _line(each, person, scene)}")
    keys = tuple(card.press(each, card.SHOW, str(place)) for place, each in enumerate(shown, 1))
    rows = ((keys,) if keys else ()) + sheets.turning(kind, part, last, scene.words)
    ways = (sheets.home(scene.words),)
    return sheets.sheet(kind, "\n".join(lines), (*rows, *below, ways), part)


async def _line(activity: Activity, person: Person, scene: Scene) -> str:
    """Say it in one line, with whose it is where she is in several, and what she answered."""
    words, store = scene.words, scene.store
    parts = [report.line(activity, words)]
    standing = await store.people.standing(person.id)
    if len(standing.member_of | standing.facilitates) > 1:
        collective = await store.collectives.get(activity.collective_id)
        parts.append(html.escape(collective.name, quote=False) if collective else "")
    parts.append(await _state(activity, person, scene))
    return " · ".join(part for part in parts if part)


async def _state(activity: Activity, person: Person, scene: Scene) -> str:
    words = scene.words
    if activity.attended is not None and activity.members is not None:
        return attended(activity.attended, activity.members, words)
    member = await scene.store.collectives.member(activity.collective_id, person.id)
    said = await scene.store.activities.coming(activity.id)
    coming = said.get(member.id) if member else None
    return f"<i>{report.coming_name(coming, words)}</i>" if coming else ""


def attended(there: int, members: int, words: Words) -> str:
    """Say how many of how many were there, in a list."""
    return words.gettext("👥 {there} of {members}", there=there, members=members)
