"""A proposal that is talked about: told to members and group; what they say, to its author."""

from collective.actions.telling import DISCUSSION
from collective.decisions import Stage
from collective.outbox import Ids
from collective.proposals import Proposal
from dialogs.cards import ballot, steps
from dialogs.cards import proposal as page
from dialogs.cards.card import Card, Scene, still_there
from dialogs.cards.matter import Matter, find
from dialogs.cards.outcome import find_for, in_group
from locales.words import Words
from reports import deciding


async def draw_discussion(ids: Ids, scene: Scene) -> Card | None:
    """Tell a member that something is proposed, and ask for her worries and questions."""
    matter = await find_for(ids, scene)
    if matter is None or matter.proposal.stage is not Stage.DISCUSSION:
        return None
    words, number = scene.words, matter.proposal.id
    asked = _asked(matter.proposal, matter.author, words)
    blocks = [
        asked,
        deciding.consulted(matter.proposal.terms, words),
        words.gettext("The vote has not begun. Have you a worry or a question?"),
    ]
    say = steps.press(number, steps.CONCERN, "💬 " + words.plain.pgettext("button", "Say it"))
    return Card(
        text="\n\n".join(block for block in blocks if block),
        buttons=((say,),),
        media=ballot.voice(matter),
        identity=(DISCUSSION, {"proposal": number, "person": matter.person}),
        owner=matter.person,
    )


async def draw_concern(ids: Ids, scene: Scene) -> Card | None:
    """Tell who runs a proposal what somebody says about it."""
    concern = await scene.store.proposals.concern(int(ids["concern"]))
    matter = await _of(concern.proposal_id, ids, scene) if concern else None
    if concern is None or matter is None:
        return None
    words = scene.words
    said = words.gettext(
        "{name} says about your proposal: {text}", name=concern.name, text=concern.text
    )
    text = f"{deciding.question(matter.proposal.terms, words)}\n\n💬 {said}"
    return Card(text=text, buttons=((page.see(matter, words),),), owner=matter.person)


async def draw_back(ids: Ids, scene: Scene) -> Card | None:
    """Tell the author that somebody blocked it and that it is talked about again."""
    matter = await find_for(ids, scene)
    if matter is None or matter.proposal.stage is not Stage.DISCUSSION:
        return None
    words = scene.words
    blocks = [
        deciding.question(matter.proposal.terms, words),
        words.gettext(
            "Somebody blocked it, so it is talked about again. When the worries are answered, "
            "change it and open a new vote."
        ),
    ]
    return Card(
        text="\n\n".join(blocks), buttons=((page.see(matter, words),),), owner=matter.person
    )


async def draw_group_discussion(ids: Ids, scene: Scene) -> Card | None:
    """Tell the group that something is proposed and talked about."""
    proposal = await _for_group(ids, scene)
    if proposal is None or proposal.stage is not Stage.DISCUSSION:
        return None
    words = scene.words
    blocks = [
        _asked(proposal, await _author(proposal, scene), words),
        words.pgettext("group", "Talk about it together. The vote comes later, in private."),
    ]
    return Card(text="\n\n".join(blocks))


async def draw_group_amended(ids: Ids, scene: Scene) -> Card | None:
    """Tell the group that what is voted on has changed; None once it has closed."""
    changed = scene.words.pgettext("group", "This proposal has changed. Nobody had voted yet.")
    return await draw_group_vote(ids, scene, opening=changed)


async def draw_group_vote(ids: Ids, scene: Scene, *, opening: str = "") -> Card | None:
    """Tell the group that a vote has opened or got more time; None once it has closed.

    `opening` is said above it.
    """
    proposal = await _for_group(ids, scene)
    collective = await scene.store.collectives.get(proposal.collective_id) if proposal else None
    if proposal is None or collective is None or not proposal.takes_ballots(scene.now):
        return None
    words, terms = scene.words, proposal.terms
    roll = await scene.store.ballots.roll(proposal.id)
    voted = sum(roll.values())
    lines = [
        opening,
        _asked(proposal, await _author(proposal, scene), words),
        deciding.options(terms),
        deciding.secrecy_name(terms.secrecy, words),
        # At the opening it would say that nobody has, and go on saying so.
        deciding.turnout(voted, len(roll), words) if voted else "",
        deciding.closes(terms.closes_at, collective.zone, words) if terms.closes_at else "",
        words.pgettext("group", "Each of you votes in private, with me."),
    ]
    vote = ballot.link(proposal, scene.username, words.plain)
    text = "\n".join(line for line in lines if line)
    return Card(text=text, buttons=((vote,),), identity=in_group(proposal))


async def _for_group(ids: Ids, scene: Scene) -> Proposal | None:
    proposal = await scene.store.proposals.get(int(ids["proposal"]))
    if proposal is None or not await still_there(proposal.collective_id, scene):
        return None
    return proposal


async def _author(proposal: Proposal, scene: Scene) -> str | None:
    author = await scene.store.people.person(proposal.author_id) if proposal.author_id else None
    return author.name if author else None


async def _of(proposal_id: int, ids: Ids, scene: Scene) -> Matter | None:
    return await find(scene.store, proposal_id, int(ids["person"]), scene.now)


def _asked(proposal: Proposal, author: str | None, words: Words) -> str:
    said = deciding.asks(author, words)
    return f"{said}\n{deciding.question(proposal.terms, words)}"
