"""What came out of a vote, as a message: to each who could vote, to its author, to the group."""

import html
from datetime import datetime, timedelta

from collective.actions.telling import DISCUSSION, GROUP_VOTE, VOTE
from collective.decisions import Meeting, Stage
from collective.feelings import Felt, Question
from collective.outbox import Ids
from collective.proposals import Proposal
from dialogs.cards import fitting, steps
from dialogs.cards import proposal as page
from dialogs.cards.card import Button, Card, Press, Rows, Scene, still_there
from dialogs.cards.matter import Matter, find
from locales.words import Words
from reports import deciding, outcomes

#: What the card asks once both questions are answered.
DONE = "done"
#: A result that could not leave for so long is no news; it stands in the register.
STALE = timedelta(days=7)


class FeltPress(Press, prefix="hA"):
    """An answer to one of the two questions after a vote."""

    proposal: int
    question: Question
    felt: Felt


async def draw_result(ids: Ids, scene: Scene) -> Card | None:
    """Tell who could vote what came out, and ask how it was to decide; None for who has left."""
    matter = await find_for(ids, scene)
    if matter is None or not ("asks" in ids or _news(matter.proposal, scene.now)):
        return None
    words, asks = scene.words, str(ids.get("asks", Question.SAID.value))
    # It takes the place of her ballot, whose buttons mean nothing any more.
    blocks = [
        _told(matter, words),
        "" if asks == DONE or not matter.member else asked(Question(asks), words),
        words.gettext("Thank you. Only totals of five and more are shown.") if asks == DONE else "",
    ]
    return Card(
        text="\n\n".join(block for block in blocks if block),
        buttons=(*_answers(matter, asks, words.plain), *_next(matter, words.plain)),
        identity=(VOTE, {"proposal": matter.proposal.id, "person": matter.person}),
        asks=asks,
        owner=matter.person,
    )


def following(question: Question) -> str:
    """Return what the card asks after an answer to that question."""
    return Question.HEARD.value if question is Question.SAID else DONE


def asked(question: Question, words: Words) -> str:
    """Say one of the two questions, as HTML."""
    said = {
        Question.SAID: words.pgettext("question", "Could you say what you thought?"),
        Question.HEARD: words.pgettext("question", "Was your view taken into account?"),
    }[question]
    return f"<b>{said}</b>"


async def draw_undecided(ids: Ids, scene: Scene) -> Card | None:
    """Ask what becomes of a vote that too few took part in; None once that is said."""
    matter = await find_for(ids, scene)
    if matter is None or not matter.proposal.undecided(scene.now) or not matter.runs:
        return None
    text = scene.words.gettext("What becomes of it?")
    rows = tuple((each,) for each in steps.following(matter, scene.now, scene.words.plain))
    return Card(
        text=f"{_told(matter, scene.words, author=False)}\n\n{text}",
        buttons=rows,
        owner=matter.person,
    )


async def draw_withdrawn(ids: Ids, scene: Scene) -> Card | None:
    """Tell who could vote, or talked about it, that it was withdrawn, and why.

    It takes the place of her card, whose buttons lead nowhere any more.
    """
    matter = await find_for(ids, scene)
    if matter is None or matter.proposal.stage is not Stage.WITHDRAWN:
        return None
    voted_on = matter.proposal.opened_at is not None
    return Card(
        text=_withdrawn(matter.proposal, scene.words),
        identity=(
            VOTE if voted_on else DISCUSSION,
            {"proposal": matter.proposal.id, "person": matter.person},
        ),
        owner=matter.person,
    )


async def draw_group_withdrawn(ids: Ids, scene: Scene) -> Card | None:
    """Tell the group that it was withdrawn, and why."""
    proposal = await scene.store.proposals.get(int(ids["proposal"]))
    if proposal is None or proposal.stage is not Stage.WITHDRAWN:
        return None
    if not await still_there(proposal.collective_id, scene):
        return None
    return Card(text=_withdrawn(proposal, scene.words), identity=in_group(proposal))


def in_group(proposal: Proposal) -> tuple[str, Ids]:
    """Return what the group's cards of a proposal are remembered as: the newest one counts."""
    return GROUP_VOTE, {"proposal": proposal.id}


def _withdrawn(proposal: Proposal, words: Words) -> str:
    lines = [deciding.question(proposal.terms, words), outcomes.withdrawn(proposal, words)]
    if proposal.opened_at is not None:
        lines.append(words.gettext("No vote on it counts."))
    return "\n".join(lines)


async def draw_review(ids: Ids, scene: Scene) -> Card | None:
    """Show a decision on its day, ask who may say it what became of it; None once it is said."""
    matter = await find_for(ids, scene)
    if matter is None or matter.proposal.review_on is None:
        return None
    words, number = scene.words, matter.proposal.id
    tasks = await scene.store.aftermath.tasks(number)
    lines = [page.decided(matter, words), *outcomes.tasks(tasks, words)]
    blocks = [
        deciding.question(matter.proposal.terms, words),
        "\n".join(fitting.cut([line for line in lines if line], fitting.room(), words)),
        page.reviewed(matter, words),
        words.gettext("What became of it?") if matter.judges else "",
    ]
    keys = steps.carrying(number, words.plain) if matter.judges else []
    keys += steps.finishing(matter, tasks, words.plain)
    rows = tuple((each,) for each in keys)
    return Card(
        text="\n\n".join(block for block in blocks if block), buttons=rows, owner=matter.person
    )


async def draw_group(ids: Ids, scene: Scene) -> Card | None:
    """Tell the group what came out: counts, never a name."""
    proposal = await scene.store.proposals.get(int(ids["proposal"]))
    if proposal is None or not _news(proposal, scene.now):
        return None
    if not await still_there(proposal.collective_id, scene):
        return None
    author = await scene.store.people.person(proposal.author_id) if proposal.author_id else None
    name = author.name if author else None
    blocks = [
        scene.words.pgettext("group", "🗳 Your vote is over:"),
        deciding.question(proposal.terms, scene.words),
        outcomes.result(proposal, scene.words),
        outcomes.follows(proposal, name, scene.words),
    ]
    return Card(text="\n".join(block for block in blocks if block), identity=in_group(proposal))


async def draw_met(ids: Ids, scene: Scene) -> Card | None:
    """Tell a member what the meeting decided; None where it decides it later after all."""
    matter = await find_for(ids, scene)
    if matter is None or matter.proposal.meeting in {None, Meeting.LATER}:
        return None
    return Card(text=_met(matter.proposal, scene.words), owner=matter.person)


async def draw_group_met(ids: Ids, scene: Scene) -> Card | None:
    """Tell the group what its meeting decided."""
    proposal = await scene.store.proposals.get(int(ids["proposal"]))
    if proposal is None or proposal.meeting in {None, Meeting.LATER}:
        return None
    if not await still_there(proposal.collective_id, scene):
        return None
    return Card(text=_met(proposal, scene.words))


def _met(proposal: Proposal, words: Words) -> str:
    lines = [
        deciding.question(proposal.terms, words),
        outcomes.met(proposal, words),
        html.escape(proposal.sentence or "", quote=False),
    ]
    return "\n".join(line for line in lines if line)


async def find_for(ids: Ids, scene: Scene) -> Matter | None:
    """Return the proposal that a message is about, as she sees it whom the message is for."""
    return await find(scene.store, int(ids["proposal"]), int(ids["person"]), scene.now)


def _news(proposal: Proposal, now: datetime) -> bool:
    closes_at = proposal.terms.closes_at
    return proposal.outcome is not None and closes_at is not None and now - closes_at < STALE


def _told(matter: Matter, words: Words, *, author: bool = True) -> str:
    proposal = matter.proposal
    lines = [
        words.gettext("🗳 The vote is over:"),
        deciding.question(proposal.terms, words),
        outcomes.result(proposal, words),
        outcomes.follows(proposal, matter.author, words) if author else "",
    ]
    return "\n".join(line for line in lines if line)


def _next(matter: Matter, words: Words) -> Rows:
    """Return the way to who does what, for who writes it down."""
    if not (matter.runs and matter.proposal.adopted):
        return ()
    label = words.pgettext("button", "Who does what")
    return ((steps.press(matter.proposal.id, steps.CONCLUDE, label, steps.BESIDE),),)


def _answers(matter: Matter, asks: str, words: Words) -> Rows:
    if asks == DONE or not matter.member:
        return ()
    number, question = matter.proposal.id, Question(asks)
    return (
        tuple(
            Button(
                label=outcomes.felt_name(felt, words),
                data=FeltPress(proposal=number, question=question, felt=felt).pack(),
            )
            for felt in Felt
        ),
    )
