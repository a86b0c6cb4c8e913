"""The look-back on an activity: who was there, what was learned, a photo; then thanks."""

from collective.actions import looking_back
from collective.actions.looking_back import Attendance
from collective.activities import FileKind
from collective.broadcasts import KEPT_BYTES
from collective.outbox import Ids
from collective.people import Member
from dialogs.cards import activity as page
from dialogs.cards.activity import Seen, find
from dialogs.cards.card import Button, Card, Press, Rows, Scene
from locales.words import Words
from reports import activities as report

#: The card that walks through it.
CARD = "looking_back"
#: What it asks: who was there (with the part of the list behind it), what was learned, a photo;
#: or everything is read back.
LIST, WORDS, PHOTO, ALL_OF_IT = "list", "words", "photo", "all"
#: What a press does: note that a member was there, or was not, or that all were; show a part of
#: the list; ask one of the others; finish.
THERE, AWAY, EVERYBODY, ASK, FINISH = "y", "n", "e", "a", "f"
#: Names on one part of the list, in two columns.
_LENGTH = 12
#: The longest name on a button in one of two columns, in characters.
_NAME = 18
#: Letters of steps in a button, in the order in which they come.
STEPS = (LIST, WORDS, PHOTO, ALL_OF_IT)


class LookPress(Press, prefix="aL"):
    """A press on a look-back: `number` is a membership, or the step; `part` that of the list."""

    activity: int
    do: str
    number: int
    part: int


async def draw(ids: Ids, scene: Scene, *, opening: str = "") -> Card | None:
    """Draw what it asks (`asks` in `ids`, else what is missing); None when it is not hers to see.

    It asks one thing after the other, then reads everything back.
    """
    view = await find(ids, scene)
    if view is None or not view.leads or view.activity.cancelled_at is not None:
        return None
    if scene.now < view.activity.starts_at:
        return None
    seen = await looking_back.attendance(scene.store, view.activity.id, by=view.person)
    asks = str(ids.get("asks", "")) or (ALL_OF_IT if seen.present else f"{LIST} 0")
    step, _, part = asks.partition(" ")
    when = scene.words.moment(view.activity.starts_at, view.collective.zone)
    named = "\n".join([report.title(view.activity), when])
    drawing = {WORDS: _asked_words, PHOTO: _asked_photo, ALL_OF_IT: _read_back}.get(step)
    if drawing is None:
        text, rows = _list(view, seen, int(part or 0), scene.words)
    else:
        text, rows = await drawing(view, seen, scene)
    blocks = [opening, await page.heading(view, scene), named, text]
    return Card(
        text="\n\n".join(block for block in blocks if block),
        buttons=rows,
        identity=(CARD, {"activity": view.activity.id, "person": view.person}),
        asks=asks,
        owner=view.person,
    )


async def draw_asked(ids: Ids, scene: Scene) -> Card | None:
    """Ask for it when the activity is over; None once it is finished."""
    view = await find(ids, scene)
    if view is None or not view.activity.changeable():
        return None
    return await draw(ids, scene, opening=scene.words.gettext("👥 This is over. How was it?"))


def _list(view: Seen, seen: Attendance, part: int, words: Words) -> tuple[str, Rows]:
    """Ask who was there: a name to press for each member of now."""
    plain, number = words.plain, view.activity.id
    last = max(0, (len(seen.members) - 1) // _LENGTH)
    part = min(max(part, 0), last)
    shown = seen.members[part * _LENGTH :][:_LENGTH]
    keys = [_name(view, each, part, there=each.id in seen.present) for each in shown]
    rows: Rows = tuple(tuple(keys[at : at + 2]) for at in range(0, len(keys), 2))
    turn = []
    if part > 0:
        turn.append(_press(number, ASK, plain.pgettext("button", "Before"), 0, part - 1))
    if part < last:
        turn.append(_press(number, ASK, plain.pgettext("button", "More"), 0, part + 1))
    every = _press(number, EVERYBODY, plain.pgettext("button", "Everybody was there"), 0, part)
    done = _step(view, WORDS, "➡️ " + plain.pgettext("button", "That's all"))
    rows += (tuple(turn),) if turn else ()
    rows += ((every,), (done,))
    if view.activity.changeable():
        label = plain.pgettext("button", "It did not take place")
        rows += ((page.press(view.activity, page.CANCEL, label),),)
    lines = [
        words.gettext("Who was there? Press each name, once more to take it back."),
        _counted(seen, words),
    ]
    return "\n".join(lines), rows


async def _asked_words(view: Seen, seen: Attendance, scene: Scene) -> tuple[str, Rows]:
    words, plain = scene.words, scene.words.plain
    lines = [
        _counted(seen, words),
        words.gettext(
            "What did we learn? Write one sentence, or say it in a voice note. All of us get it."
        ),
    ]
    skip = _step(view, PHOTO, "⏭ " + plain.pgettext("button", "Skip"))
    back = _step(view, LIST, plain.pgettext("button", "Back"))
    return "\n\n".join(lines), ((skip,), (back,))


async def _asked_photo(view: Seen, _seen: Attendance, scene: Scene) -> tuple[str, Rows]:
    words, plain = scene.words, scene.words.plain
    lines = [
        await _learned(view, scene),
        words.gettext(
            "Send a photo, if you like, of at most {limit} MB. All of us see it: ask first who "
            "is on it.",
            limit=words.number(KEPT_BYTES // 1_000_000),
        ),
    ]
    skip = _step(view, ALL_OF_IT, "⏭ " + plain.pgettext("button", "Skip"))
    back = _step(view, WORDS, plain.pgettext("button", "Back"))
    return "\n\n".join(line for line in lines if line), ((skip,), (back,))


async def _read_back(view: Seen, seen: Attendance, scene: Scene) -> tuple[str, Rows]:
    words, plain = scene.words, scene.words.plain
    photo = FileKind.PHOTO in await scene.store.activity_files.kinds(view.activity.id)
    lines = [
        _counted(seen, words),
        await _learned(view, scene) or words.gettext("What we learned: nothing is noted."),
        words.gettext("There is a photo.") if photo else words.gettext("There is no photo."),
    ]
    finished = view.activity.finished_at is not None
    if finished:
        lines.append(words.gettext("It is finished, and everybody is thanked."))
    steps = (
        _step(view, LIST, "👥 " + plain.pgettext("button", "Who was there")),
        _step(view, WORDS, "💬 " + plain.pgettext("button", "What we learned")),
        _step(view, PHOTO, "📷 " + plain.pgettext("button", "The photo")),
    )
    rows: Rows = tuple((each,) for each in steps)
    if not finished:
        label = "✅ " + plain.pgettext("button", "Finish and thank")
        rows = ((_press(view.activity.id, FINISH, label),), *rows)
    return "\n".join(lines), rows


async def _learned(view: Seen, scene: Scene) -> str:
    """Say what was learned as far as it is noted."""
    if view.activity.learned is not None:
        return report.learned(view.activity, scene.words)
    voice = FileKind.VOICE in await scene.store.activity_files.kinds(view.activity.id)
    return scene.words.gettext("What we learned: your voice note.") if voice else ""


def _counted(seen: Attendance, words: Words) -> str:
    """Say how many are noted so far, who left since among them; what was counted once it is."""
    attended, members = seen.activity.attended, seen.activity.members
    if attended is None or members is None:
        attended = len(seen.present)
        members = len({each.id for each in seen.members} | seen.present)
    return words.gettext(
        "👥 {there} of {members}", there=words.number(attended), members=words.number(members)
    )


def _name(view: Seen, member: Member, part: int, *, there: bool) -> Button:
    name = member.name if len(member.name) <= _NAME else member.name[: _NAME - 1].rstrip() + "…"
    label = f"✅ {name}" if there else f"▫️ {name}"
    return _press(view.activity.id, AWAY if there else THERE, label, member.id, part)


def _step(view: Seen, step: str, label: str) -> Button:
    return _press(view.activity.id, ASK, label, STEPS.index(step))


def _press(activity_id: int, do: str, label: str, number: int = 0, part: int = 0) -> Button:
    data = LookPress(activity=activity_id, do=do, number=number, part=part)
    return Button(label=label, data=data.pack())
