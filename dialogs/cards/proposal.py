"""The page of one proposal: what is asked, where it stands, what is said and done about it."""

from collections.abc import Sequence
from datetime import datetime

from collective.actions import carrying_out
from collective.carrying_out import Task
from collective.decisions import Stage
from collective.outbox import Ids
from dialogs.cards import ballot, fitting, register, said, sheets, steps
from dialogs.cards.card import Button, Card, Rows, Scene
from dialogs.cards.matter import Matter, find
from dialogs.cards.owners import speaking
from locales.words import Words
from reports import deciding, outcomes

PROPOSAL = "proposal"
#: The question as it was spoken, played on request; what its author reads once it is out.
SPOKEN, PUT = "spoken_question", "proposal_put"


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """Draw the page; None when the proposal is gone or not hers to see."""
    person = await speaking(scene)
    number = int(ids["number"])
    matter = await find(scene.store, number, person.id, scene.now) if person else None
    if matter is None:
        return None
    words, store = scene.words, scene.store
    tasks = await store.aftermath.tasks(number)
    asked, where = _asked(matter, words), _where(matter, scene.now, words)
    felt, sentence, again = (
        await _felt(matter, scene),
        decided(matter, words),
        reviewed(matter, words),
    )
    space = fitting.room(asked, where, felt, sentence, again)
    everything = await said.find_all(matter, tasks, scene)
    votes, concerns, listed = everything.on_page(space, words)
    done = "\n".join(line for line in (sentence, listed, again) if line)
    blocks = [asked, where, votes, felt, concerns, done]
    rows = _rows(matter, tasks, scene.now, words.plain)
    if not everything.fits(space, words):
        rows += ((said.button(number, words.plain),),)
    ways = (sheets.back(register.DECISIONS, words), sheets.home(words))
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
        told = words.gettext("The members hear of it. I tell you what they say.")
    else:
        told = words.gettext("The vote is open. I tell everyone who can vote.")
    text = f"{deciding.question(terms, words)}\n\n{told}"
    return Card(text=text, buttons=((see(matter, words),),), owner=matter.person)


def see(matter: Matter, words: Words) -> Button:
    """Return the button that turns a card into this page."""
    label = words.plain.pgettext("button", "See the proposal")
    return sheets.show(PROPOSAL, label, matter.proposal.id)


def decided(matter: Matter, words: Words) -> str:
    """Say in one sentence what was decided."""
    sentence = matter.proposal.sentence
    return words.gettext("Decided: <b>{sentence}</b>", sentence=sentence) if sentence else ""


def reviewed(matter: Matter, words: Words) -> str:
    """Say what became of it, and when it comes up again."""
    proposal = matter.proposal
    lines = [outcomes.carried(proposal, words)]
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


async def _felt(matter: Matter, scene: Scene) -> str:
    """Say how it was to decide; questions that fewer than five answered are missing."""
    found = await carrying_out.how_it_felt(scene.store, matter.proposal.id, by=matter.person)
    return "\n".join(outcomes.felt(each, found[each], scene.words) for each in found)


def _rows(matter: Matter, tasks: Sequence[Task], now: datetime, words: Words) -> Rows:
    """Return what she can do with it now, the most likely first."""
    proposal, number = matter.proposal, matter.proposal.id
    found = []
    if proposal.terms.voice is not None:
        found.append(steps.listen(number, words))
    if proposal.takes_ballots(now):
        found += _voting(matter, words)
    if proposal.stage is Stage.DISCUSSION and matter.member:
        found.append(
            steps.press(
                number, steps.CONCERN, "💬 " + words.pgettext("button", "Worry or question")
            )
        )
    if matter.runs:
        found += _own(matter, now, words)
    if matter.judges:
        found += steps.following(matter, now, words)
    found += steps.finishing(matter, tasks, words)
    return tuple((each,) for each in found)


def _voting(matter: Matter, words: Words) -> list[Button]:
    number, found = matter.proposal.id, []
    if matter.poll.may_vote:
        change, vote = words.pgettext("button", "Change my vote"), words.pgettext("button", "Vote")
        label = change if matter.poll.hers else vote
        found.append(ballot.button(matter.proposal, ballot.SHOW, f"🗳 {label}"))
    if matter.facilitates and not matter.proposal.secret:
        found.append(
            steps.press(number, steps.ABSENT, words.pgettext("button", "Vote for a member"))
        )
    return found


def _own(matter: Matter, now: datetime, words: Words) -> list[Button]:
    proposal, found = matter.proposal, []
    if proposal.stage in {Stage.DRAFT, Stage.DISCUSSION}:
        found.append(
            steps.press(proposal.id, steps.CHANGE, words.pgettext("button", "Change, or open it"))
        )
    elif proposal.takes_ballots(now) and not matter.poll.voted:
        found.append(steps.press(proposal.id, steps.CHANGE, words.pgettext("button", "Change it")))
    if proposal.stage in {Stage.DISCUSSION, Stage.OPEN} and not proposal.due(now):
        found.append(
            steps.press(proposal.id, steps.WITHDRAW, words.pgettext("button", "Withdraw it"))
        )
    return found
