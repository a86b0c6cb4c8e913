"""Setbacks as cards: the list, the page of one, and what is told about them."""

from collective.actions import setbacks
from collective.errors import NotAllowed, Refusal
from collective.outbox import Ids
from collective.people import Person, Standing
from collective.setbacks import Setback
from dialogs import commands
from dialogs.cards import refusals, sheets
from dialogs.cards.card import Button, Card, Media, Press, Rows, Scene
from dialogs.cards.owners import speaking
from locales.words import Words
from reports import setbacks as report

#: Sheets: the setbacks she may read, and one of them. What was said of it, played.
SETBACKS, SETBACK, SPOKEN = "setbacks", "setback", "setback_spoken"
#: What a press does: play what was said, say what was learned.
LISTEN, LEARN = "v", "l"


class SetbackPress(Press, prefix="sB"):
    """A press on something about a setback."""

    setback: int
    do: str


class DeparturePress(Press, prefix="sC"):
    """A press that begins to tell of a setback: members have left a collective."""

    collective: int


async def draw_list(ids: Ids, scene: Scene) -> Card | None:
    """List the setbacks that she may read, the newest first."""
    person, words = await speaking(scene), scene.words
    standing = await scene.store.people.standing(person.id) if person else None
    if person is None or standing is None or not standing.member_of | standing.facilitates:
        return await refusals.draw(refusals.ids_of(NotAllowed()), scene)
    found = await setbacks.readable(scene.store, by=person.id)
    last = max(0, (len(found) - 1) // sheets.LENGTH)
    part = min(max(int(ids["number"]), 0), last)
    shown = found[part * sheets.LENGTH :][: sheets.LENGTH]
    lines = [words.gettext("Setbacks that were told:")]
    if not found:
        lines = [words.gettext("No setback has been told. /coupdur is there when one comes.")]
    for place, each in enumerate(shown, 1):
        lines.append(f"{place}. {report.short(each, await _where(each, standing, scene), words)}")
    keys = tuple(sheets.show(SETBACK, str(place), e.id) for place, e in enumerate(shown, 1))
    tell = sheets.command(commands.SETBACK, words.plain)
    rows = ((keys,) if keys else ()) + sheets.turning(SETBACKS, part, last, words)
    return sheets.sheet(SETBACKS, "\n".join(lines), (*rows, (tell,), (sheets.home(words),)), part)


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """Draw the page of one; None when it is gone or not hers to read."""
    person, number = await speaking(scene), int(ids["number"])
    found = await _page(number, person, scene)
    if found is None:
        return None
    words = scene.words
    kept = words.gettext("It is noted.") if "noted" in ids else ""
    text = "\n\n".join(block for block in (kept, report.page(found, words)) if block)
    ways = (sheets.back(SETBACKS, words), sheets.home(words))
    return sheets.sheet(SETBACK, text, (*_buttons(found, words), ways), number)


async def draw_told(ids: Ids, scene: Scene) -> Card | None:
    """Tell who accompanies a collective what struck it; None when that is not hers any more."""
    person = await scene.store.people.person(int(ids["person"]))
    found = await _page(int(ids["setback"]), person, scene)
    if found is None:
        return None
    title = scene.words.gettext("A setback was told:")
    text = f"{title}\n\n{report.page(found, scene.words)}"
    look = sheets.command(commands.CRISIS, scene.words.plain)
    rows = (*_buttons(found, scene.words), (look,))
    return Card(text=text, buttons=rows, owner=int(ids["person"]))


async def draw_learned(ids: Ids, scene: Scene) -> Card | None:
    """Ask what was learned from a setback that is over; None once somebody has said it."""
    person = await scene.store.people.person(int(ids["person"]))
    found = await _page(int(ids["setback"]), person, scene)
    if found is None or found.lessons:
        return None
    words, number = scene.words, found.setback.id
    lines = [
        f"<b>{report.short(found.setback, found.collective.name, words)}</b>",
        report.recovery(found.recovery, found.setback.happened_on, found.collective.zone, words),
        words.gettext("What has the group learned from it?"),
    ]
    learn = press(number, LEARN, words.plain.pgettext("button", "Say what we learned"))
    return Card(text="\n\n".join(lines), buttons=((learn,),), owner=int(ids["person"]))


async def draw_offered(ids: Ids, scene: Scene) -> Card | None:
    """Offer to note that somebody has left with tasks; None where it is not hers any more."""
    person, place = int(ids["person"]), int(ids["collective"])
    collective = await scene.store.collectives.get(place)
    standing = await scene.store.people.standing(person)
    if collective is None or place not in standing.facilitates:
        return None
    text = scene.words.ngettext(
        "Somebody has left {collective}, and {n} task is nobody's now. Is it a setback?",
        "Somebody has left {collective}, and {n} tasks are nobody's now. Is it a setback?",
        int(ids["tasks"]),
        collective=collective.name,
    )
    label = scene.words.plain.pgettext("button", "Note it as a setback")
    note = Button(label=label, data=DeparturePress(collective=place).pack())
    return Card(text=text, buttons=((note,),), owner=person)


async def draw_spoken(ids: Ids, scene: Scene) -> Card | None:
    """Play what was said of a setback."""
    person = await scene.store.people.person(int(ids["person"]))
    found = await _page(int(ids["setback"]), person, scene)
    voice = found.setback.voice if found else None
    if found is None or voice is None:
        return None
    return Card(
        text=report.short(found.setback, "", scene.words),
        media=Media(
            kind="voice",
            name="voice.ogg",
            file_id=voice.file_id,
            content=await scene.store.setbacks.sound(found.setback.id),
        ),
        owner=int(ids["person"]),
    )


def press(setback_id: int, do: str, label: str) -> Button:
    """Return a button about a setback."""
    return Button(label=label, data=SetbackPress(setback=setback_id, do=do).pack())


def _buttons(found: setbacks.Page, words: Words) -> Rows:
    plain, number = words.plain, found.setback.id
    rows: Rows = ()
    if found.setback.voice is not None:
        rows += ((press(number, LISTEN, "🎧 " + plain.pgettext("button", "Listen")),),)
    return (*rows, (press(number, LEARN, plain.pgettext("button", "Say what we learned")),))


async def _where(setback: Setback, standing: Standing, scene: Scene) -> str:
    """Name the collective, where she has several."""
    if len(standing.member_of | standing.facilitates) < 2:
        return ""
    collective = await scene.store.collectives.get(setback.collective_id)
    return collective.name if collective else ""


async def _page(number: int, person: Person | None, scene: Scene) -> setbacks.Page | None:
    if person is None:
        return None
    try:
        return await setbacks.read(scene.store, number, by=person.id)
    except Refusal:
        return None
