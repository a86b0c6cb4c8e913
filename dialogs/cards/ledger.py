"""The ledger: what can be voted on, what is under way, what was decided, a page at a time."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from collective.decisions import Stage
from collective.errors import NotAllowed
from collective.outbox import Ids
from collective.people import Person, Standing
from collective.proposals import Proposal
from collective.terms import Announced
from dialogs import commands
from dialogs.cards import refusals, sheets
from dialogs.cards.card import Card, Rows, Scene
from dialogs.cards.owners import speaking
from locales.words import Words
from reports import deciding, outcomes

DECISIONS = "decisions"
#: How many of each collective are looked at; older decisions are found in its exports.
_FAR = 500
#: How many of its last decisions a group is shown.
_LAST = 5


class Part(IntEnum):
    """The parts of the list, in their order."""

    TO_VOTE = 0
    RUNNING = 1
    DECIDED = 2


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the list."""

    part: Part
    proposal: Proposal
    collective: str


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """List the decisions of her collectives, first what waits for her vote."""
    person = await speaking(scene)
    standing = await scene.store.people.standing(person.id) if person else None
    if person is None or standing is None or not standing.member_of | standing.facilitates:
        return await refusals.draw(refusals.ids_of(NotAllowed()), scene)
    words, entries = scene.words, await _entries(person, standing, scene)
    last = max(0, (len(entries) - 1) // sheets.LENGTH)
    page = min(max(int(ids.get("number", 0)), 0), last)
    shown = entries[page * sheets.LENGTH :][: sheets.LENGTH]
    several = len({entry.collective for entry in entries}) > 1
    text = _text(shown, scene, several=several)
    keys = tuple(
        sheets.show("proposal", str(place), entry.proposal.id)
        for place, entry in enumerate(shown, 1)
    )
    rows: Rows = (keys,) if keys else ()
    rows += sheets.turning(DECISIONS, page, last, words)
    rows += ((sheets.command(commands.PROPOSE, words.plain),),)
    return sheets.sheet(DECISIONS, text, (*rows, (sheets.home(words),)), page)


async def draw_for_group(ids: Ids, scene: Scene) -> Card | None:
    """Tell a group what is voted on and what was decided last: no names, no votes."""
    collective = await scene.store.collectives.get(int(ids["collective"]))
    if collective is None:
        return None
    words = scene.words
    found = await scene.store.proposals.of(collective.id, (Stage.OPEN, Stage.CLOSED), limit=_FAR)
    found = [each for each in found if each.terms.announced is Announced.GROUP]
    lines = [words.pgettext("group", "<b>Your decisions</b>")]
    for proposal in [each for each in found if each.takes_ballots(scene.now)]:
        roll = await scene.store.ballots.roll(proposal.id)
        said = deciding.turnout(sum(roll.values()), len(roll), words)
        lines.append(f"🗳 {deciding.short(proposal.terms, words)} · {said}")
    for proposal in [each for each in found if each.outcome is not None][:_LAST]:
        said = outcomes.short(proposal, words)
        lines.append(f"{deciding.short(proposal.terms, words)} · {said}")
    if len(lines) == 1:
        lines.append(words.pgettext("group", "Nothing has been decided yet."))
    lines.append(words.pgettext("group", "To propose or to vote, write to me in private."))
    return Card(text="\n".join(lines))


async def waiting(person: Person, scene: Scene) -> list[Proposal]:
    """Return the votes that wait for her, the first to close first."""
    found = []
    for proposal in await scene.store.proposals.open_for(person.id, scene.now):
        member = await scene.store.collectives.member(proposal.collective_id, person.id)
        roll = await scene.store.ballots.roll(proposal.id)
        if member is not None and not roll.get(member.id, True):
            found.append(proposal)
    return found


async def _entries(person: Person, standing: Standing, scene: Scene) -> list[Entry]:
    first = await waiting(person, scene)
    found = []
    for number in sorted(standing.member_of | standing.facilitates):
        collective = await scene.store.collectives.get(number)
        every = await scene.store.proposals.of(number, list(Stage), limit=_FAR)
        for proposal in every:
            if collective is None or _private(proposal, person):
                continue
            part = _part(proposal, first, scene)
            found.append(Entry(part=part, proposal=proposal, collective=collective.name))
    return sorted(found, key=_order)


def _part(proposal: Proposal, first: Sequence[Proposal], scene: Scene) -> Part:
    if proposal.id in {each.id for each in first}:
        return Part.TO_VOTE
    running = proposal.stage in {Stage.DRAFT, Stage.DISCUSSION}
    if running or proposal.takes_ballots(scene.now):
        return Part.RUNNING
    return Part.DECIDED


def _private(proposal: Proposal, person: Person) -> bool:
    return proposal.stage is Stage.DRAFT and proposal.author_id != person.id


def _order(entry: Entry) -> tuple[Part, int]:
    """What waits, the first to close first; the rest from the newest."""
    closes_at = entry.proposal.terms.closes_at
    if entry.part is Part.TO_VOTE and closes_at is not None:
        return entry.part, int(closes_at.timestamp())
    return entry.part, -entry.proposal.id


def _text(shown: Sequence[Entry], scene: Scene, *, several: bool) -> str:
    words = scene.words
    if not shown:
        return words.gettext("Nothing has been proposed yet. Every member can propose.")
    lines: list[str] = []
    part = None
    for place, entry in enumerate(shown, 1):
        if entry.part is not part:
            part = entry.part
            lines.append(f"\n<b>{_title(part, words)}</b>" if lines else _titled(part, words))
        lines.append(f"{place}. {_line(entry, scene, several=several)}")
    return "\n".join(lines)


def _titled(part: Part, words: Words) -> str:
    return f"<b>{_title(part, words)}</b>"


def _title(part: Part, words: Words) -> str:
    return {
        Part.TO_VOTE: words.gettext("Waiting for your vote"),
        Part.RUNNING: words.gettext("Under way"),
        Part.DECIDED: words.gettext("Decided"),
    }[part]


def _line(entry: Entry, scene: Scene, *, several: bool) -> str:
    proposal, words = entry.proposal, scene.words
    parts = [deciding.title(proposal, words)]
    if several:
        parts.append(html.escape(entry.collective, quote=False))
    if entry.part is Part.DECIDED:
        parts.append(outcomes.short(proposal, words))
    elif entry.part is Part.RUNNING:
        parts.append(deciding.stage(proposal, scene.now, words))
    return " · ".join(part for part in parts if part)
