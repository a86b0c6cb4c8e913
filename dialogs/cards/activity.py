"""The card of an activity: what, when and where it is, whether she comes, what it left."""

import html
from collections.abc import Mapping
from dataclasses import dataclass

from collective.actions import activities, looking_back
from collective.actions.activities import View
from collective.actions.announcing import ACTIVITY
from collective.activities import Activity, Coming, FileKind, Stage
from collective.errors import Refusal
from collective.letters import fold
from collective.outbox import Ids
from dialogs import commands
from dialogs.cards import fitting, sheets
from dialogs.cards.card import Button, Card, Media, Press, Rows, Scene
from dialogs.cards.owners import speaking
from locales.words import Words
from reports import activities as report
from reports import outcomes
from reports.calendar_file import calendar_file

#: What a press does at once: say whether she comes (`value`), show the card, give the file for a
#: calendar, play what was learned, show the photo, show the look-back.
COME, SHOW, FILE, LISTEN, PHOTO, LOOK = "c", "o", "f", "l", "p", "b"
#: What a press opens: another day and hour, all its lines, cancelling it, who is in charge.
PUT_OFF, CHANGE, CANCEL, CHARGE = "d", "e", "x", "w"
AT_ONCE = frozenset({COME, SHOW, FILE, LISTEN, PHOTO, LOOK})
OPENING = frozenset({PUT_OFF, CHANGE, CANCEL, CHARGE})
#: A file for the calendar of a phone; what was learned, played; the photo.
CALENDAR_FILE, SPOKEN, SHOWN = "calendar_file", "activity_spoken", "activity_photo"
#: What she just did, said above the card.
PLANNED, CHANGED, ENDED = "planned", "changed", "ended"
#: A link with this and the number of an activity opens its card in the private chat.
LINK = "a_"

#: How much of a card the names of who says the same take, in characters.
_NAMES = 800
_FACES: Mapping[Coming, str] = {Coming.YES: "👍", Coming.MAYBE: "🤔", Coming.NO: "👎"}


class ActivityPress(Press, prefix="aA"):
    """A press about an activity; `edition` is that of the moment that she saw when she answered."""

    activity: int
    do: str
    value: str
    edition: str


@dataclass(frozen=True, kw_only=True)
class Seen(View):
    """An activity as one person may see it, and who she is."""

    person: int


async def draw(ids: Ids, scene: Scene, *, opening: str = "") -> Card | None:
    """Draw an activity as it stands; None when it is gone or not hers to see.

    `ids` name the activity and whose card it is (who looks, where they do not say), perhaps what
    she just did (`noted`). `opening` is said above.
    """
    view = await find(ids, scene)
    if view is None:
        return None
    to_come = view.activity.stage(scene.now) is Stage.PLANNED
    blocks = [
        opening or _noted(str(ids.get("noted", "")), scene.words),
        await heading(view, scene),
        *(await _ahead(view, scene) if to_come else behind(view, scene)),
        await _felt(view, scene),
    ]
    return card_of(view, blocks, await _rows(view, scene))


async def draw_file(ids: Ids, scene: Scene) -> Card | None:
    """Give her one activity for the calendar of her phone, or (0) all that are ahead."""
    number, person = int(ids["activity"]), int(ids["person"])
    if number:
        view = await find(ids, scene)
        found = [view.activity] if view else []
    else:
        found = await ahead(person, scene)
    if not found:
        return None
    return Card(
        text=scene.words.gettext("Open this file: your phone writes it into its calendar."),
        media=Media(kind="document", name="agenda.ics", content=calendar_file(found, scene.now)),
        owner=person,
    )


async def draw_spoken(ids: Ids, scene: Scene) -> Card | None:
    """Play what was learned."""
    return await _file_card(ids, FileKind.VOICE, scene)


async def draw_photo(ids: Ids, scene: Scene) -> Card | None:
    """Show the photo."""
    return await _file_card(ids, FileKind.PHOTO, scene)


async def find(ids: Ids, scene: Scene) -> Seen | None:
    """Return an activity as she sees it; None when it is gone or not hers to see."""
    person = await speaking(scene) if "person" not in ids else None
    number = person.id if person else int(ids.get("person", 0))
    try:
        view = await activities.look(scene.store, int(ids["activity"]), by=number)
    except Refusal:
        return None
    return Seen(**vars(view), person=number)


async def ahead(person_id: int, scene: Scene) -> list[Activity]:
    """Return what is ahead in the collectives she belongs to, the soonest first."""
    found: list[Activity] = []
    for number in await _belongs(person_id, scene):
        found += await activities.agenda(scene.store, number, by=person_id, now=scene.now)
    return sorted(found, key=lambda each: (each.starts_at, each.id))


async def file_of(activity: Activity, kind: FileKind, scene: Scene) -> Media | None:
    """Return the voice note or the photo of an activity, None where there is none."""
    given = await scene.store.activity_files.get(activity.id, kind)
    if given is None:
        return None
    name = "photo.jpg" if kind is FileKind.PHOTO else "voice.ogg"
    return Media(kind=kind.value, name=name, file_id=given.file_id, content=given.content)


def press(activity: Activity, do: str, label: str, value: str = "") -> Button:
    """Return a button about an activity."""
    data = ActivityPress(activity=activity.id, do=do, value=value, edition=activity.edition)
    return Button(label=label, data=data.pack())


def button_of(activity: Activity, words: Words) -> Button:
    """Return the button that leads to its card from where other things are said; plain words."""
    return press(activity, SHOW, fitting.label(report.label(activity, words)))


def link(activity: Activity, username: str, words: Words) -> Button:
    """Return the button that leads from a group to each reader's own card; `words` are plain."""
    label = "📅 " + words.pgettext("group button", "Say if you come")
    return Button(label=label, url=f"https://t.me/{username}?start={LINK}{activity.id}")


async def _belongs(person_id: int, scene: Scene) -> frozenset[int]:
    standing = await scene.store.people.standing(person_id)
    return standing.member_of | standing.facilitates


async def heading(view: Seen, scene: Scene) -> str:
    """Name the collective to who is in several: the cards would be alike."""
    if len(await _belongs(view.person, scene)) < 2:
        return ""
    return f"<b>{html.escape(view.collective.name, quote=False)}</b>"


async def _ahead(view: Seen, scene: Scene) -> list[str]:
    """Say what there is to know before it, who comes, and what she said."""
    words, activity = scene.words, view.activity
    blocks = [
        report.told(activity, view.collective.zone, view.in_charge, words),
        await _names(view, scene) if view.leads else report.counts(view.counts, words),
    ]
    if view.coming is not None:
        said = report.coming_name(view.coming, words)
        blocks.append(words.gettext("Your answer: <b>{said}</b>. You can change it.", said=said))
    elif view.member:
        blocks.append(
            words.gettext("Do you come? The group sees how many, who organises sees who.")
        )
    return blocks


async def _names(view: Seen, scene: Scene) -> str:
    """Name who comes, for who leads it."""
    said = await scene.store.activities.coming(view.activity.id)
    members = await scene.store.collectives.members(view.collective.id)
    members.sort(key=lambda member: fold(member.name))
    lines = []
    for coming, face in _FACES.items():
        named = [html.escape(m.name, quote=False) for m in members if said.get(m.id) is coming]
        if named:
            shown = fitting.cut(named, _NAMES, scene.words, len(named))
            lines.append(f"{face} {len(named)} · {', '.join(shown)}")
    return "\n".join(lines)


def behind(view: Seen, scene: Scene) -> list[str]:
    """Say that it is over or cancelled, and what it left."""
    words, activity = scene.words, view.activity
    when = words.moment(activity.starts_at, view.collective.zone)
    if activity.cancelled_at is not None:
        said = report.cancelled(words, over=activity.over(scene.now))
        return ["\n".join([said, report.title(activity), when])]
    if activity.finished_at is not None:
        return [report.thanks(activity, words), when]
    return ["\n".join([report.title(activity), when]), words.gettext("It is over.")]


async def _felt(view: Seen, scene: Scene) -> str:
    """Say in numbers how a meeting was, as far as five or more have said it."""
    told = await looking_back.how_it_was(scene.store, view.activity.id, by=view.person)
    return "\n".join(outcomes.felt(each, told[each], scene.words) for each in told)


def _noted(noted: str, words: Words) -> str:
    return {
        PLANNED: words.gettext("It is planned. The others hear of it."),
        CHANGED: words.gettext("It is changed. Whom it concerns hears of it."),
        ENDED: words.gettext("No other one follows this."),
    }.get(noted, "")


async def _rows(view: Seen, scene: Scene) -> Rows:
    activity, plain = view.activity, scene.words.plain
    rows: Rows = ()
    if view.member and activity.takes_answers(scene.now):
        rows += tuple((_answer(view, each, plain),) for each in _FACES)
    if activity.stage(scene.now) is Stage.PLANNED:
        label = "📅 " + plain.pgettext("button", "To my calendar")
        rows += ((press(activity, FILE, label),),)
    rows += await files(view, scene)
    return (*rows, *_leading(view, scene), (sheets.command(commands.AGENDA, plain),))


async def files(view: Seen, scene: Scene) -> Rows:
    """Return the ways to what was said and shown of an activity that was looked back on."""
    activity, plain = view.activity, scene.words.plain
    if activity.finished_at is None:
        return ()
    ways = (
        (FileKind.VOICE, LISTEN, "🎧 " + plain.pgettext("button", "Listen")),
        (FileKind.PHOTO, PHOTO, "📷 " + plain.pgettext("button", "The photo")),
    )
    there = await scene.store.activity_files.kinds(activity.id)
    return tuple((press(activity, do, label),) for kind, do, label in ways if kind in there)


def _leading(view: Seen, scene: Scene) -> Rows:
    """Return what is open to who leads it."""
    activity, plain = view.activity, scene.words.plain
    rows: Rows = ()
    if not view.leads:
        return rows
    if looking_back.may_begin(activity, scene.now):
        rows += ((press(activity, LOOK, "👥 " + plain.pgettext("button", "How it was")),),)
    if not activity.changeable():
        return rows
    change = press(activity, CHANGE, plain.pgettext("button", "Change"))
    if activity.over(scene.now):
        missed = plain.pgettext("button", "It did not take place")
        return (*rows, (press(activity, CANCEL, missed),), (change,))
    cancel = press(activity, CANCEL, plain.pgettext("button", "Cancel it"))
    put_off = press(activity, PUT_OFF, plain.pgettext("button", "Put off"))
    return (*rows, (put_off, change), (cancel,))


def _answer(view: Seen, coming: Coming, words: Words) -> Button:
    mark = "✅" if coming is view.coming else _FACES[coming]
    label = f"{mark} {report.coming_name(coming, words)}"
    return press(view.activity, COME, label, coming.value)


async def _file_card(ids: Ids, kind: FileKind, scene: Scene) -> Card | None:
    view = await find(ids, scene)
    media = await file_of(view.activity, kind, scene) if view else None
    if view is None or media is None or view.activity.finished_at is None:
        return None
    return Card(text=report.title(view.activity), media=media, owner=view.person)


def card_of(view: Seen, blocks: list[str], rows: Rows) -> Card:
    """Put the card together; a newer one takes its place."""
    return Card(
        text="\n\n".join(block for block in blocks if block),
        buttons=rows,
        identity=(ACTIVITY, {"activity": view.activity.id, "person": view.person}),
        owner=view.person,
    )
