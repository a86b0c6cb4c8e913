"""What people said and took on about a proposal: votes with names, worries, tasks; all of it."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from collective.actions import ballots
from collective.carrying_out import Task
from collective.letters import fold
from collective.outbox import Ids
from collective.proposals import NamedBallot
from dialogs.cards import fitting, sheets
from dialogs.cards.card import Button, Card, Scene
from dialogs.cards.matter import Matter, find
from dialogs.cards.owners import speaking
from locales.words import Markup, Words
from reports import deciding, outcomes

#: The sheet that says all of it, in parts.
SAID = "said"
#: More parts than any proposal has: a sheet has one number, for the proposal and the part.
_PARTS = 1000
#: Names of one choice that fit a page.
_NAMES = 30


@dataclass(frozen=True, kw_only=True)
class Said:
    """Three lists, as HTML."""

    #: Who chose what in an open vote that has come to an outcome, by the name of a choice.
    votes: dict[str, list[str]]
    concerns: list[str]
    tasks: list[str]

    def lines(self, words: Words) -> list[str]:
        """Return everything, one after the other."""
        votes = [
            _vote(choice, [name], words) for choice, said in self.votes.items() for name in said
        ]
        return [*votes, *self.concerns, *self.tasks]

    def fits(self, space: int, words: Words) -> bool:
        """Tell whether all of it can stand on a page beside what else is there."""
        longest = max(len(self.concerns), len(self.tasks)) <= fitting.MOST
        names = all(len(each) <= _NAMES for each in self.votes.values())
        return longest and names and fitting.length("\n".join(self.lines(words))) <= space

    def on_page(self, space: int, words: Words) -> tuple[str, str, str]:
        """Return the three lists as far as they fit, each with what is left out of it."""
        share = space if self.fits(space, words) else space // 3
        of_each = share // max(1, len(self.votes))
        votes = [
            _vote(choice, fitting.cut(names, of_each, words, _NAMES), words)
            for choice, names in self.votes.items()
        ]
        # Of what is said the newest counts.
        concerns = fitting.cut(self.concerns[::-1], share, words)[::-1]
        title = [words.gettext("What is said about it:")] if concerns else []
        tasks = fitting.cut(self.tasks, share, words)
        return "\n".join(votes), "\n".join([*title, *concerns]), "\n".join(tasks)


async def find_all(matter: Matter, tasks: Sequence[Task], scene: Scene) -> Said:
    """Look up what was said of a proposal, with its tasks."""
    words, proposal = scene.words, matter.proposal
    cast = await ballots.named(scene.store, proposal.id, by=matter.person)
    votes: dict[str, list[str]] = {}
    for choice in proposal.choices:
        names = [_named(each, words) for each in cast if each.ballot.choice == choice]
        if names:
            name = deciding.choice_text(choice, proposal.terms.options, words)
            votes[name] = sorted(names, key=fold)
    return Said(
        votes=votes,
        concerns=[
            words.gettext("💬 {name}: {text}", name=each.name, text=each.text)
            for each in await scene.store.proposals.concerns(proposal.id)
        ],
        tasks=outcomes.tasks(tasks, words),
    )


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """Say one part of all of it; None when the proposal is gone or not hers to see."""
    person = await speaking(scene)
    number, part = divmod(int(ids["number"]), _PARTS)
    matter = await find(scene.store, number, person.id, scene.now) if person else None
    if matter is None:
        return None
    words = scene.words
    said = await find_all(matter, await scene.store.aftermath.tasks(number), scene)
    title = deciding.question(matter.proposal.terms, words)
    parts = fitting.parts(said.lines(words), fitting.room(title))
    part = min(part, len(parts) - 1)
    first = number * _PARTS
    rows = sheets.turning(SAID, part, len(parts) - 1, words, first=first)
    back = sheets.show("proposal", words.plain.pgettext("button", "Back"), number)
    return sheets.sheet(SAID, f"{title}\n\n{parts[part]}", (*rows, (back,)), first + part)


def button(proposal_id: int, words: Words) -> Button:
    """Return the button that shows all of it; `words` are plain."""
    label = words.pgettext("button", "All that was said")
    return sheets.show(SAID, label, proposal_id * _PARTS)


def _vote(choice: str, names: Sequence[str], words: Words) -> str:
    """Say who chose it; both are HTML already."""
    return words.gettext("{choice}: {names}", choice=Markup(choice), names=Markup(", ".join(names)))


def _named(cast: NamedBallot, words: Words) -> str:
    parts = [html.escape(cast.name, quote=False)]
    if cast.ballot.reason:
        parts.append(f"({html.escape(cast.ballot.reason, quote=False)})")
    if cast.ballot.entered_by is not None:
        parts.append(words.gettext("(by the facilitator)"))
    return " ".join(parts)
