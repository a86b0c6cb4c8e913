"""The page of one proposal: what is asked, what others say, what came out, what is done."""

import html
from collections.abc import Sequence
from datetime import datetime

from collective.actions import ballots, carrying_out
from collective.carrying_out import Task
from collective.decisions import Stage
from collective.outbox import Ids
from collective.proposals import Concern, NamedBallot
from dialogs.cards import ballot, ledger, sheets
from dialogs.cards.card import Button, Card, Press, Rows, Scene
from dialogs.cards.matter import Matter, find
from dialogs.cards.owners import speaking
from locales.words import Markup, Words
from reports import deciding, outcomes

PROPOSAL = "proposal"
#: What a press opens: saying a concern, changing and opening it, withdrawing it, voting for who is
#: absent, writing down what was decided, and what the meeting did.
CONCERN, CHANGE, WITHDRAW, ABSENT, CONCLUDE, MEETING = "c", "a", "w", "f", "s", "m"
#: What a press does at once: play the question, say what becomes of a vote without quorum, how far
#: a decision was carried out, that a task is done. `value` says which.
LISTEN, STEP, CARRIED, TASK = "l", "n", "r", "t"
OPENING = frozenset({CONCERN, CHANGE, WITHDRAW, ABSENT, CONCLUDE, MEETING})
AT_ONCE = frozenset({LISTEN, STEP, CARRIED, TASK})
#: The question as it was spoken, played on request; what its author reads once it is out.
SPOKEN, PUT = "spoken_question", "proposal_put"
#: Concerns and names that fit a page.
_SHOWN = 8


class MatterPress(Press, prefix="mA"):
    """A press on something about a proposal."""

    proposal: int
    do: str
    value: str


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """Draw the page; None when the proposal is gone or not hers to see."""
    person = await speaking(scene)
    number = int(ids["number"])
    matter = await find(scene.store, number, person.id, scene.now) if person else None
    if matter is None:
        return None
    words, store = scene.words, scene.store
    tasks = await store.aftermath.tasks(number)
    blocks = [
        _asked(matter, words),
        _where(matter, scene.now, words),
        await _names(matter, scene),
        await _felt(matter, scene),
        concerns(await store.proposals.concerns(number), words),
        decided(matter, tasks, words),
    ]
    rows = _rows(matter, tasks, scene.now, words.plain)
    ways = (sheets.back(ledger.DECISIONS, words), sheets.home(words))
    return sheets.sheet(PROPOSAL, "\n\n".join(b for b in blocks if b), (*rows, ways), number)


async def draw_spoken(ids: Ids, scene: Scene) -> Card | None:
    """Play the question."""
    matter = await find(scene.store, int(ids["proposal"]), int(ids["person"]), scene.now)
    if matter is None or matter.proposal.terms.voice is None:
        return None
    return Card(
        text=deciding.asks(matter.author, scene.words),
        media=ballot.voice(matter),
        owner=matter.person,
    )


async def draw_put(ids: Ids, scene: Scene) -> Card | None:
    """Tell its author that the others hear of it now."""
    matter = await find(scene.store, int(ids["proposal"]), int(ids["person"]), scene.now)
    if matter is None:
        return None
    words, terms = scene.words, matter.proposal.terms
    if matter.proposal.stage is Stage.DISCUSSION:
        said = words.gettext("The members hear of it. I tell you what they say.")
    else:
        said = words.gettext("The vote is open. I tell everyone who can vote.")
    return Card(text=f"{deciding.question(terms, words)}\n\n{said}", owner=matter.person)


def press(matter_id: int, do: str, label: str, value: str = "") -> Button:
    """Return a button about a proposal."""
    return Button(label=label, data=MatterPress(proposal=matter_id, do=do, value=value).pack())


def concerns(said: Sequence[Concern], words: Words) -> str:
    """List the last concerns with their names."""
    if not said:
        return ""
    lines = [words.gettext("What others say:")]
    lines += [
        words.gettext("💬 {name}: {text}", name=each.name, text=each.text)
        for each in said[-_SHOWN:]
    ]
    return "\n".join(lines)


def decided(matter: Matter, tasks: Sequence[Task], words: Words) -> str:
    """Say what was decided, who does what by when, and what became of it."""
    proposal = matter.proposal
    lines = []
    if proposal.sentence is not None:
        lines.append(words.gettext("Decided: <b>{sentence}</b>", sentence=proposal.sentence))
    lines.append(outcomes.tasks(tasks, words))
    lines.append(outcomes.carried(proposal, words))
    if proposal.review_on is not None:
        day = words.day(proposal.review_on)
        lines.append(words.gettext("We look at it again on {day}.", day=day))
    return "\n".join(line for line in lines if line)


def _asked(matter: Matter, words: Words) -> str:
    terms = matter.proposal.terms
    author = words.gettext("Proposed by {name}.", name=matter.author) if matter.author else ""
    lines = [
        deciding.question(terms, words),
        deciding.options(terms),
        author,
        deciding.rule(matter.proposal.method, words),
        deciding.secrecy_name(terms.secrecy, words) if terms.secrecy else "",
        deciding.consulted(terms, words),
    ]
    return "\n".join(line for line in lines if line)


def _where(matter: Matter, now: datetime, words: Words) -> str:
    proposal = matter.proposal
    if proposal.takes_ballots(now) and proposal.terms.closes_at is not None:
        lines = [
            deciding.turnout(matter.poll.voted, matter.poll.entitled, words),
            deciding.closes(proposal.terms.closes_at, matter.collective.zone, words),
        ]
        return "\n".join(lines)
    if proposal.stage is Stage.DRAFT:
        return words.gettext("This is a draft: only you see it.")
    if proposal.stage is Stage.DISCUSSION:
        return words.gettext("It is being talked about. The vote has not begun.")
    if proposal.stage is Stage.WITHDRAWN:
        return outcomes.withdrawn(proposal, words)
    lines = [outcomes.result(proposal, words), outcomes.follows(proposal, matter.author, words)]
    return "\n".join(line for line in lines if line)


async def _names(matter: Matter, scene: Scene) -> str:
    """List who voted what in an open vote that has come to an outcome, as HTML."""
    proposal, words = matter.proposal, scene.words
    said: dict[str, list[str]] = {}
    for each in await ballots.named(scene.store, proposal.id, by=matter.person):
        said.setdefault(each.ballot.choice, []).append(_named(each, words))
    options = proposal.terms.options
    lines = []
    for choice in proposal.choices:
        if choice in said:
            names = Markup(", ".join(sorted(said[choice], key=str.casefold)))
            name = deciding.choice_name(choice, options, words.plain)
            lines.append(words.gettext("{choice}: {names}", choice=name, names=names))
    return "\n".join(lines)


async def _felt(matter: Matter, scene: Scene) -> str:
    """Say how it was to decide; questions that fewer than five answered are missing."""
    found = await carrying_out.how_it_felt(scene.store, matter.proposal.id, by=matter.person)
    return "\n".join(outcomes.felt(each, found[each], scene.words) for each in found)


def _named(cast: NamedBallot, words: Words) -> str:
    parts = [html.escape(cast.name, quote=False)]
    if cast.ballot.reason:
        parts.append(f"({html.escape(cast.ballot.reason, quote=False)})")
    if cast.ballot.entered_by is not None:
        parts.append(words.gettext("(by the facilitator)"))
    return " ".join(parts)


def _rows(matter: Matter, tasks: Sequence[Task], now: datetime, words: Words) -> Rows:
    """Return what she can do with it now, the most likely first."""
    proposal, number = matter.proposal, matter.proposal.id
    found = []
    if proposal.terms.voice is not None:
        found.append(press(number, LISTEN, "🔊 " + words.pgettext("button", "Listen")))
    if proposal.takes_ballots(now):
        found += _voting(matter, words)
    if proposal.stage is Stage.DISCUSSION and matter.member:
        found.append(press(number, CONCERN, "💬 " + words.pgettext("button", "Worry or question")))
    if matter.runs:
        found += _own(matter, now, words)
    if matter.judges:
        found += following(matter, now, words)
    found += finishing(matter, tasks, words)
    return tuple((each,) for each in found)


def _voting(matter: Matter, words: Words) -> list[Button]:
    number, found = matter.proposal.id, []
    if matter.poll.may_vote:
        change, vote = words.pgettext("button", "Change my vote"), words.pgettext("button", "Vote")
        label = change if matter.poll.hers else vote
        found.append(ballot.button(matter.proposal, ballot.SHOW, f"🗳 {label}"))
    if matter.facilitates and not matter.proposal.secret:
        found.append(press(number, ABSENT, words.pgettext("button", "Vote for a member")))
    return found


def _own(matter: Matter, now: datetime, words: Words) -> list[Button]:
    proposal, found = matter.proposal, []
    if proposal.stage in {Stage.DRAFT, Stage.DISCUSSION}:
        found.append(press(proposal.id, CHANGE, words.pgettext("button", "Change, or open it")))
    elif proposal.takes_ballots(now) and not matter.poll.voted:
        found.append(press(proposal.id, CHANGE, words.pgettext("button", "Change it")))
    if proposal.stage in {Stage.DISCUSSION, Stage.OPEN} and not proposal.due(now):
        found.append(press(proposal.id, WITHDRAW, words.pgettext("button", "Withdraw it")))
    return found


def following(matter: Matter, now: datetime, words: Words) -> list[Button]:
    """Return what can be said after a vote; `words` are plain."""
    proposal, number = matter.proposal, matter.proposal.id
    if proposal.undecided(now):
        if not matter.runs:
            return []
        found = [
            press(number, STEP, words.pgettext("button", "Take it to the meeting"), "meeting"),
            press(number, STEP, words.pgettext("button", "Drop it"), "drop"),
        ]
        if proposal.extendable(now):
            more = words.pgettext("button", "Give more time")
            found.insert(0, press(number, STEP, more, "extend"))
        return found
    found = []
    if proposal.meets:
        found.append(press(number, MEETING, words.pgettext("button", "The meeting decided")))
    if proposal.adopted:
        found.append(press(number, CONCLUDE, words.pgettext("button", "Who does what")))
        if proposal.sentence is not None:
            found += carrying(number, words)
    return found


def carrying(number: int, words: Words) -> list[Button]:
    """Return the three answers to what became of a decision; `words` are plain."""
    return [
        press(number, CARRIED, "✅ " + words.pgettext("button", "It is done"), "done"),
        press(number, CARRIED, "◐ " + words.pgettext("button", "Partly done"), "partly"),
        press(number, CARRIED, "▫️ " + words.pgettext("button", "Not done"), "not_done"),
    ]


def finishing(matter: Matter, tasks: Sequence[Task], words: Words) -> list[Button]:
    """Return a button for each task that is hers and not done yet; `words` are plain."""
    return [
        press(
            matter.proposal.id,
            TASK,
            "✅ " + words.pgettext("button", "Done: {task}", task=task.text)[:22],
            str(task.id),
        )
        for task in tasks
        if task.person_id == matter.person and not task.done
    ]
