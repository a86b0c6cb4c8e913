"""The register: what can be voted on, what is under way, what was decided, a page at a time."""

import html
from collections.abc import Mapping, Sequence

from collective.actions import register
from collective.errors import NotAllowed
from collective.outbox import Ids
from collective.people import Standing
from collective.proposals import Listed, Part
from dialogs import commands
from dialogs.cards import refusals, sheets
from dialogs.cards.card import Card, Rows, Scene
from dialogs.cards.owners import speaking
from locales.words import Words
from reports import deciding, outcomes

DECISIONS = "decisions"
#: How many of its last decisions a group is shown.
_LAST = 5


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """List the decisions of her collectives, first what waits for her vote."""
    person = await speaking(scene)
    standing = await scene.store.people.standing(person.id) if person else None
    if person is None or standing is None or not standing.member_of | standing.facilitates:
        return await refusals.draw(refusals.ids_of(NotAllowed()), scene)
    words, wanted = scene.words, max(int(ids.get("number", 0)), 0)
    page = await register.page(
        scene.store, wanted, length=sheets.LENGTH, by=person.id, now=scene.now
    )
    text = _text(page.lines, await _names(standing, scene), scene)
    keys = tuple(
        sheets.show("proposal", str(place), each.proposal.id)
        for place, each in enumerate(page.lines, 1)
    )
    rows: Rows = (keys,) if keys else ()
    rows += sheets.turning(DECISIONS, page.number, page.last, words)
    rows += ((sheets.command(commands.PROPOSE, words.plain),),)
    return sheets.sheet(DECISIONS, text, (*rows, (sheets.home(words),)), page.number)


async def draw_for_group(ids: Ids, scene: Scene) -> Card | None:
    """Tell a group what is voted on and what was decided last: no names, no votes."""
    collective = await scene.store.collectives.get(int(ids["collective"]))
    if collective is None:
        return None
    words, listed = scene.words, scene.store.register
    lines = [words.pgettext("group", "<b>Your decisions</b>")]
    for proposal in await listed.running(collective.id, scene.now):
        roll = await scene.store.ballots.roll(proposal.id)
        said = deciding.turnout(sum(roll.values()), len(roll), words)
        lines.append(f"🗳 {deciding.title(proposal, words)} · {said}")
    for proposal in await listed.decided(collective.id, limit=_LAST):
        said = outcomes.short(proposal, words)
        lines.append(f"{deciding.title(proposal, words)} · {said}")
    if len(lines) == 1:
        lines.append(words.pgettext("group", "Nothing has been decided yet."))
    lines.append(words.pgettext("group", "To propose or to vote, write to me in private."))
    return Card(text="\n".join(lines))


async def _names(standing: Standing, scene: Scene) -> Mapping[int, str]:
    """Return the names of her collectives where she has several; nothing where she has one."""
    hers = standing.member_of | standing.facilitates
    if len(hers) == 1:
        return {}
    found = [await scene.store.collectives.get(number) for number in hers]
    return {each.id: each.name for each in found if each is not None}


def _text(shown: Sequence[Listed], names: Mapping[int, str], scene: Scene) -> str:
    words = scene.words
    if not shown:
        return words.gettext("Nothing has been proposed yet. Every member can propose.")
    lines: list[str] = []
    part = None
    for place, entry in enumerate(shown, 1):
        if entry.part is not part:
            part = entry.part
            lines.append(f"\n<b>{_title(part, words)}</b>" if lines else _titled(part, words))
        lines.append(f"{place}. {_line(entry, names, scene)}")
    return "\n".join(lines)


def _titled(part: Part, words: Words) -> str:
    return f"<b>{_title(part, words)}</b>"


def _title(part: Part, words: Words) -> str:
    return {
        Part.TO_VOTE: words.gettext("Waiting for your vote"),
        Part.RUNNING: words.gettext("Under way"),
        Part.PAST: words.gettext("Over"),
    }[part]


def _line(entry: Listed, names: Mapping[int, str], scene: Scene) -> str:
    proposal, words = entry.proposal, scene.words
    parts = [deciding.title(proposal, words)]
    if name := names.get(proposal.collective_id):
        parts.append(html.escape(name, quote=False))
    if entry.part is Part.PAST:
        parts.append(outcomes.short(proposal, words))
    elif entry.part is Part.RUNNING:
        parts.append(deciding.stage(proposal, scene.now, words))
    return " · ".join(part for part in parts if part)
