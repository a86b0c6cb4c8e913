"""Follow-ups as cards: the list of whom a facilitator has to see, and the card of one."""

import html
from collections.abc import Collection
from datetime import datetime, timedelta

from collective import figures
from collective.actions import wishes
from collective.actions.follow_ups import FOLLOW_UP
from collective.collectives import Collective
from collective.errors import NotAllowed
from collective.follow_ups import NOTES, FollowUp, Reason, State
from collective.outbox import Ids
from collective.people import Person
from dialogs import commands
from dialogs.cards import refusals, sheets
from dialogs.cards.card import Button, Card, Press, Rows, Scene
from dialogs.cards.owners import speaking
from locales.words import Words

#: The sheet that lists them.
FOLLOW_UPS = "follow_ups"
#: What a press does beside noting one of NOTES: show the card of one, offer the notes once more.
SHOW, AGAIN = "show", "again"


#: How far back the list counts what was done.
LOOKED_BACK = timedelta(days=90)


class FollowPress(Press, prefix="fB"):
    """A press on a follow-up."""

    follow_up: int
    do: str


async def draw_list(ids: Ids, scene: Scene) -> Card | None:
    """List whom she has to see, since when and why; the longest waiting first."""
    person, words = await speaking(scene), scene.words
    standing = await scene.store.people.standing(person.id) if person else None
    if standing is None or not standing.facilitates:
        return await refusals.draw(refusals.ids_of(NotAllowed()), scene)
    found = await scene.store.follow_ups.waiting(standing.facilitates)
    last = max(0, (len(found) - 1) // sheets.LENGTH)
    part = min(max(int(ids["number"]), 0), last)
    shown = found[part * sheets.LENGTH :][: sheets.LENGTH]
    lines = [words.gettext("They wait for you:")]
    if not found:
        lines = [words.gettext("Nobody waits for you now.")]
    for place, each in enumerate(shown, 1):
        lines.append(f"{place}. {_line(each, scene.now, words)}")
    lines.append(await _prompt(standing.facilitates, scene))
    keys = tuple(press(each.id, SHOW, str(place)) for place, each in enumerate(shown, 1))
    rows = ((keys,) if keys else ()) + sheets.turning(FOLLOW_UPS, part, last, words)
    text = "\n".join(line for line in lines if line)
    return sheets.sheet(FOLLOW_UPS, text, (*rows, (sheets.home(words),)), part)


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """Draw one for a facilitator; None when she took it back or it is not hers to see."""
    found = await scene.store.follow_ups.get(int(ids["follow_up"]))
    collective = await scene.store.collectives.get(found.collective_id) if found else None
    person = await _facilitator(found.collective_id, scene) if found else None
    if found is None or collective is None or person is None:
        return None
    words = scene.words
    blocks = [
        why(found, collective, words),
        words.gettext("Since {moment}.", moment=words.moment(found.since, collective.zone)),
        await _said(found, scene),
        _noted(found, collective, words),
    ]
    return Card(
        text="\n\n".join(block for block in blocks if block),
        buttons=_buttons(found, words, again="again" in ids),
        identity=(FOLLOW_UP, {"follow_up": found.id}),
        owner=person.id,
    )


def why(found: FollowUp, collective: Collective, words: Words) -> str:
    """Say who asks for her facilitator, and why."""
    names = {"name": found.name, "collective": collective.name}
    return {
        Reason.TALK: words.gettext("{name}, of {collective}, would like to talk to you.", **names),
        Reason.HELP: words.gettext("🆘 {name}, of {collective}, needs help.", **names),
        Reason.HELP_OTHER: words.gettext(
            "🆘 {name}, of {collective}, says that somebody else needs help.", **names
        ),
    }[found.reason]


def press(follow_up_id: int, do: str, label: str) -> Button:
    """Return a button about a follow-up."""
    return Button(label=label, data=FollowPress(follow_up=follow_up_id, do=do).pack())


def note_name(key: State, words: Words) -> str:
    """Say what can be noted, as on its button."""
    return {
        State.OPEN: words.pgettext("button", "Nothing yet"),
        State.SEEN: words.pgettext("button", "Seen"),
        State.CALLED: words.pgettext("button", "Called"),
        State.VISITED: words.pgettext("button", "Visited"),
        State.NOT_REACHED: words.pgettext("button", "Not reached"),
    }[key]


async def _prompt(collectives: Collection[int], scene: Scene) -> str:
    """Say how many of the last months were seen or called in time."""
    since = scene.now - LOOKED_BACK
    found = [each for key in collectives for each in await scene.store.follow_ups.of(key, since)]
    counted = figures.follow_up_figures(found, scene.now)
    if not counted.due:
        return ""
    return scene.words.gettext(
        "Seen or called within two weeks, in the last three months: {prompt} of {due}.",
        prompt=counted.prompt,
        due=counted.due,
    )


def _line(found: FollowUp, now: datetime, words: Words) -> str:
    reason = {
        Reason.TALK: words.gettext("would like to talk"),
        Reason.HELP: words.gettext("needs help"),
        Reason.HELP_OTHER: words.gettext("says that somebody else needs help"),
    }[found.reason]
    parts = [f"<b>{html.escape(found.name, quote=False)}</b>", reason]
    days = (now - found.since).days
    since = words.ngettext("for {n} day", "for {n} days", days)
    parts.append(since if days else words.gettext("since today"))
    if found.state is State.NOT_REACHED:
        parts.append(words.gettext("not reached so far"))
    return " · ".join(parts)


async def _said(found: FollowUp, scene: Scene) -> str:
    """Quote what she wrote with it, as far as her facilitator may read it."""
    checkin = await scene.store.checkins.get(found.checkin_id)
    round_ = await scene.store.rounds.get(checkin.round_id) if checkin else None
    if checkin is None or round_ is None:
        return ""
    form, answers = round_.form_of(scene.forms), await scene.store.checkins.answers(checkin.id)
    for question in form.questions:
        said = await wishes.heard(scene.store, form, checkin, answers, question.key)
        if said is not None and said.text is not None:
            return f"<blockquote>{html.escape(said.text, quote=False)}</blockquote>"
    return ""


def _noted(found: FollowUp, collective: Collective, words: Words) -> str:
    if found.noted_at is None:
        return ""
    moment = words.moment(found.noted_at, collective.zone)
    noted = words.gettext(
        "Noted: {note}, {moment}.", note=note_name(found.state, words), moment=moment
    )
    stays = words.gettext("She stays on your list.") if found.open else ""
    return f"{noted} {stays}".strip()


def _buttons(found: FollowUp, words: Words, *, again: bool) -> Rows:
    plain = words.plain
    every = (sheets.command(commands.FOLLOW_UPS, plain),)
    if not found.open and not again:
        return ((press(found.id, AGAIN, plain.pgettext("button", "Note something else")),), every)
    marks = {State.SEEN: "👁", State.CALLED: "📞", State.VISITED: "🚶", State.NOT_REACHED: "⏳"}
    notes = [
        press(found.id, each.value, f"{marks[each]} {note_name(each, plain)}") for each in NOTES
    ]
    return (tuple(notes[:2]), tuple(notes[2:]), every)


async def _facilitator(collective_id: int, scene: Scene) -> Person | None:
    """Return who on this phone accompanies the collective."""
    account = scene.account
    for person in await scene.store.people.persons_of(account.id) if account else []:
        if collective_id in (await scene.store.people.standing(person.id)).facilitates:
            return person
    return None
