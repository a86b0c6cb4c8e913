"""The ballot: one member's card in one vote. She may change it until the vote closes."""

import html
from collections.abc import Mapping
from dataclasses import replace

from collective.actions import ballots
from collective.actions.telling import VOTE
from collective.decisions import Stage
from collective.outbox import Ids
from collective.proposals import Proposal
from dialogs.cards import fitting, steps
from dialogs.cards.card import Button, Card, Media, Press, Rows, Scene
from dialogs.cards.matter import Matter, find
from dialogs.cards.owners import speaking
from locales.words import Words
from reports import deciding, outcomes

#: What a press does: cast a ballot, show the card anew, ask for her reason, leave it as it is, take
#: her ballot back. No button carries TYPED: a choice that she typed is asked about first.
CAST, SHOW, WHY, BACK, TAKE, TYPED = "c", "o", "y", "b", "r", "t"
#: What a card may ask for beside her vote: why she votes like that; or, with a token behind it,
#: whether what she typed is her vote.
REASON, SURE = "reason", "sure "
#: A link with this and the number of a proposal opens its ballot in the private chat.
LINK = "v_"


class BallotPress(Press, prefix="bB"):
    """A press on a ballot; `value` is the choice, `edition` that of the terms it was made for."""

    proposal: int
    do: str
    value: str
    edition: str


class AgedPress(Press, prefix="bA"):
    """A press on a ballot made before presses knew for which terms they were made."""

    proposal: int
    do: str
    value: str


async def draw(ids: Ids, scene: Scene, *, opening: str = "") -> Card | None:
    """Draw a ballot as it stands; None when the vote is gone or not hers to see.

    `ids` name the proposal and whose ballot it is (who looks, where they do not say), perhaps what
    the card `asks`; `taken`, where she took her ballot back; `left`, where what she wrote of a
    secret vote could not be deleted. `opening` is said above.
    """
    matter = await find_for(ids, scene)
    if matter is None:
        return None
    words, proposal = scene.words, matter.proposal
    if not proposal.takes_ballots(scene.now):
        blocks = [deciding.question(proposal.terms, words), _over(matter, words)]
        return _card(matter, blocks, (), words)
    if not matter.poll.may_vote:
        blocks = [words.gettext("You are not among those who can vote here.")]
        return _card(matter, blocks, (), words)
    card = await _confirmation(matter, ids, scene) or await _open(matter, ids, scene, opening)
    # A veil over it has a button of its own.
    return replace(card, large=scene.account is not None and scene.account.large_buttons)


async def find_for(ids: Ids, scene: Scene) -> Matter | None:
    """Return the vote that a ballot is for; see `draw`."""
    person = await speaking(scene) if "person" not in ids else None
    number = person.id if person else int(ids.get("person", 0))
    return await find(scene.store, int(ids["proposal"]), number, scene.now)


def asked_about(asks: str | None, tokens: Mapping[str, str]) -> str | None:
    """Return the choice that a card asks about, None where it asks about none."""
    return next((choice for choice, token in tokens.items() if asks == SURE + token), None)


def button(proposal: Proposal, do: str, label: str, value: str = "") -> Button:
    """Return a button of a ballot."""
    edition = proposal.terms.edition
    press = BallotPress(proposal=proposal.id, do=do, value=value, edition=edition)
    return Button(label=label, data=press.pack())


def button_of(proposal: Proposal, words: Words) -> Button:
    """Return the button that shows the ballot of a vote, under its question."""
    question = proposal.terms.question or words.plain.pgettext("button", "Vote")
    return button(proposal, SHOW, fitting.label(f"🗳 {question}"))


def link(proposal: Proposal, username: str, words: Words) -> Button:
    """Return the button that leads from a group to each reader's own ballot; `words` are plain."""
    label = words.pgettext("group button", "Vote")
    return Button(label=label, url=f"https://t.me/{username}?start={LINK}{proposal.id}")


def voice(matter: Matter) -> Media | None:
    """Return the question as it was spoken, None where it was written."""
    note, number = matter.proposal.terms.voice, matter.proposal.id
    if note is None:
        return None
    file_id = matter.sent_as or note.file_id
    return Media(kind="voice", name="question.ogg", file_id=file_id, question=number, spare=True)


async def _heading(matter: Matter, scene: Scene) -> str:
    """Name the collective to who is in several: the cards would be alike."""
    standing = await scene.store.people.standing(matter.person)
    several = len(standing.member_of) > 1
    return f"<b>{html.escape(matter.collective.name, quote=False)}</b>" if several else ""


def _question(matter: Matter, words: Words) -> str:
    terms = matter.proposal.terms
    asked = deciding.asks(matter.author, words)
    lines = [asked, deciding.question(terms, words), deciding.options(terms)]
    return "\n".join(line for line in lines if line)


def _about(matter: Matter, words: Words) -> str:
    """Say how it is decided, who can know, whom it concerns, how many voted and until when."""
    proposal, terms = matter.proposal, matter.proposal.terms
    lines = [
        deciding.rule(proposal.method, words),
        deciding.label(terms.secrecy, words),
        deciding.consulted(terms, words),
        deciding.turnout(matter.poll.voted, matter.poll.entitled, words),
    ]
    if terms.closes_at is not None:
        lines.append(deciding.closes(terms.closes_at, matter.collective.zone, words))
    return "\n".join(lines)


def _hers(matter: Matter, words: Words) -> str:
    ballot = matter.poll.hers
    if ballot is None:
        return ""
    if matter.proposal.secret:
        # The chat stays on a phone that others may hold: a secret choice is not named in it.
        return words.gettext("You have voted. You can change it until it closes.")
    options = matter.proposal.terms.options
    name = deciding.choice_name(ballot.choice, options, words.plain)
    lines = [words.gettext("Your vote: <b>{choice}</b>. You can change it.", choice=name)]
    if ballot.entered_by is not None:
        lines.insert(0, words.gettext("Your facilitator has voted for you, as you told her."))
    if ballot.reason is not None:
        lines.append(words.gettext("Your reason: {reason}", reason=ballot.reason))
    return "\n".join(lines)


def _taken(words: Words) -> str:
    return words.gettext("Your vote is taken back. You can vote again until it closes.")


def _left(ids: Ids, words: Words) -> str:
    if "left" not in ids:
        return ""
    return words.gettext("I cannot delete what you wrote. Delete it yourself if others look here.")


def _over(matter: Matter, words: Words) -> str:
    """Say kindly that there is nothing to vote on any more, and what came out."""
    proposal = matter.proposal
    if proposal.stage is Stage.WITHDRAWN:
        return outcomes.withdrawn(proposal, words)
    if proposal.stage in {Stage.DRAFT, Stage.DISCUSSION}:
        return words.gettext("The vote has not begun.")
    closed = proposal.terms.closes_at
    zone = matter.collective.zone
    since = (
        words.gettext("The vote is closed since {moment}.", moment=words.moment(closed, zone))
        if closed
        else ""
    )
    return "\n\n".join(part for part in (since, outcomes.result(proposal, words)) if part)


async def _open(matter: Matter, ids: Ids, scene: Scene, opening: str) -> Card:
    """Ask for her vote, and say what it is now."""
    words, asks = scene.words, REASON if ids.get("asks") == REASON else None
    blocks = [
        await _heading(matter, scene),
        opening,
        _question(matter, words),
        _about(matter, words),
        _taken(words) if "taken" in ids else _hers(matter, words),
        _left(ids, words),
        words.gettext("Write now why. The members will read it.") if asks else "",
    ]
    return _card(matter, blocks, _rows(matter, asks, words), words, asks=asks)


async def _confirmation(matter: Matter, ids: Ids, scene: Scene) -> Card | None:
    """Ask whether what she typed is her vote; None where nothing, or nothing any more, is asked."""
    asks, words, proposal = str(ids.get("asks", "")), scene.words, matter.proposal
    if not asks.startswith(SURE):
        return None
    choice = asked_about(asks, await ballots.tokens(scene.store, proposal, by=matter.person))
    if choice is None:
        return None
    name = deciding.numbered(proposal, choice, words.plain)
    blocks = [
        deciding.question(proposal.terms, words),
        words.gettext("You wrote: <b>{choice}</b>. Is that your vote?", choice=name),
        _left(ids, words),
    ]
    yes = button(proposal, CAST, "✅ " + words.plain.pgettext("button", "Yes, my vote"), choice)
    no = button(proposal, BACK, words.plain.pgettext("button", "No"))
    return _card(matter, blocks, ((yes,), (no,)), words, asks=asks)


def _rows(matter: Matter, asks: str | None, words: Words) -> Rows:
    proposal, ballot, plain = matter.proposal, matter.poll.hers, words.plain
    marked = ballot.choice if ballot is not None and not proposal.secret else None
    rows = []
    for choice in proposal.choices:
        name = deciding.numbered(proposal, choice, plain)
        mine = "✅ " if choice == marked else ""
        rows.append((button(proposal, CAST, fitting.label(mine + name), choice),))
    if asks == REASON:
        rows.append((button(proposal, BACK, "↩ " + plain.pgettext("button", "Leave it")),))
    elif ballot is not None and not proposal.secret:
        rows.append((button(proposal, WHY, "💬 " + plain.pgettext("button", "Say why")),))
    if ballot is not None and asks != REASON:
        rows.append((button(proposal, TAKE, "↩ " + plain.pgettext("button", "Take my vote back")),))
    return tuple(rows)


def _card(
    matter: Matter, blocks: list[str], rows: Rows, words: Words, asks: str | None = None
) -> Card:
    text, media = "\n\n".join(block for block in blocks if block), voice(matter)
    if media is not None and fitting.length(text) > fitting.CAPTION:
        # Too long to stand under a voice note: that is played on request.
        media = None
        rows = ((steps.listen(matter.proposal.id, words.plain),), *rows)
    return Card(
        text=text,
        buttons=rows,
        media=media,
        identity=(VOTE, {"proposal": matter.proposal.id, "person": matter.person}),
        asks=asks,
        owner=matter.person,
    )
