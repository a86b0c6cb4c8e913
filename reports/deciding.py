"""What is said of a proposal: what it asks, how it is voted on, whom else it concerns."""

import html
from collections.abc import Mapping
from datetime import datetime

from collective import decisions
from collective.decisions import Choice, Consulted, Method, Secrecy, Stage
from collective.proposals import Proposal
from collective.terms import Announced, Terms
from locales.words import Words

#: The face of each choice; the options of a choice have numbers instead.
_FACES: Mapping[str, str] = {
    Choice.AGREE: "👍",
    Choice.YES: "👍",
    Choice.DISAGREE: "👎",
    Choice.NO: "👎",
    Choice.BLOCK: "✋",
    Choice.UNSURE: "🤔",
    Choice.ABSTAIN: "🤷",
}
#: What of a question stands in a list.
_SHORT = 60


def method_name(method: Method, words: Words) -> str:
    """Name a way to decide, for a button."""
    return {
        Method.CONSENT: words.pgettext("method", "By consent"),
        Method.MAJORITY: words.pgettext("method", "Yes or no"),
        Method.CHOICE: words.pgettext("method", "A choice"),
        Method.SENSE: words.pgettext("method", "Only to know"),
    }[method]


def rule(method: Method, words: Words) -> str:
    """Say in one short sentence how it decides; it begins with its name."""
    return {
        Method.CONSENT: words.gettext(
            "By consent: adopted unless somebody blocks it, or as many disagree as agree."
        ),
        Method.MAJORITY: words.gettext("Yes or no: the answer with more votes wins."),
        Method.CHOICE: words.gettext("A choice: the option with the most votes wins."),
        Method.SENSE: words.gettext("Only to know what everybody thinks: nothing is decided."),
    }[method]


def choice_name(choice: str, options: tuple[str, ...], words: Words) -> str:
    """Name what a ballot says; the option of a choice in the author's words."""
    if choice.isdigit():
        return options[int(choice) - 1]
    return {
        Choice.AGREE: words.pgettext("ballot", "I agree"),
        Choice.ABSTAIN: words.pgettext("ballot", "I abstain"),
        Choice.DISAGREE: words.pgettext("ballot", "I do not agree"),
        Choice.BLOCK: words.pgettext("ballot", "I block"),
        Choice.YES: words.pgettext("ballot", "Yes"),
        Choice.UNSURE: words.pgettext("ballot", "I am not sure"),
        Choice.NO: words.pgettext("ballot", "No"),
    }[Choice(choice)]


def choice_text(choice: str, options: tuple[str, ...], words: Words) -> str:
    """The same as HTML."""
    return html.escape(choice_name(choice, options, words.plain), quote=False)


def numbered(proposal: Proposal, choice: str, words: Words) -> str:
    """Name a choice as its button does: its place, its face, its words."""
    place = str(proposal.choices.index(choice) + 1)
    name = choice_name(choice, proposal.terms.options, words)
    return " ".join(part for part in (place, _FACES.get(choice, ""), name) if part)


def question(terms: Terms, words: Words) -> str:
    """Say what is asked, as HTML; of a spoken question, that it is to be heard."""
    text = html.escape(terms.question or "", quote=False) or words.gettext("🎤 a spoken question")
    return f"<b>{text}</b>"


def asks(author: str | None, words: Words) -> str:
    """Say who asks, above the question."""
    if author is None:
        return words.gettext("🗳 It is proposed:")
    return words.gettext("🗳 {name} proposes:", name=author)


def title(proposal: Proposal, words: Words) -> str:
    """Say what it is about in a list, as HTML: what is asked, or what was decided when spoken."""
    return short(proposal.terms, words, otherwise=proposal.sentence)


def short(terms: Terms, words: Words, *, otherwise: str | None = None) -> str:
    """Say what is asked in a list, as HTML; `otherwise` stands for a question that was spoken."""
    text = terms.question or otherwise or words.plain.gettext("🎤 a spoken question")
    if len(text) > _SHORT:
        text = text[: _SHORT - 1].rstrip() + "…"
    return html.escape(text, quote=False)


def options(terms: Terms) -> str:
    """List the options of a choice with their numbers, as HTML."""
    listed = enumerate(terms.options, 1)
    return "\n".join(f"{n}. {html.escape(each, quote=False)}" for n, each in listed)


def label(secrecy: Secrecy | None, words: Words) -> str:
    """Say truly who can know what somebody voted."""
    if secrecy is Secrecy.SECRET:
        return words.gettext(
            "🔒 Secret vote: nobody in the collective can see your vote. Until it closes, or in a "
            "backup made before, whoever runs me could see it; afterwards nobody can."
        )
    return words.gettext(
        "👁 Open vote: when it closes, the members and the facilitator see your name and your vote."
    )


def secrecy_name(secrecy: Secrecy | None, words: Words) -> str:
    """Name it in a word or two."""
    if secrecy is Secrecy.SECRET:
        return words.pgettext("secrecy", "🔒 secret vote")
    return words.pgettext("secrecy", "👁 open vote")


def consulted(terms: Terms, words: Words) -> str:
    """Say who else is concerned and whether they were asked."""
    who = terms.concerned or words.plain.gettext("others")
    if terms.consulted is None:
        return ""
    return {
        Consulted.YES: words.gettext("It concerns {who} too: they were asked.", who=who),
        Consulted.PLANNED: words.gettext("It concerns {who} too: they will be asked.", who=who),
        Consulted.NO: words.gettext("It concerns {who} too: they were not asked.", who=who),
        Consulted.NOBODY: words.gettext("It concerns nobody else."),
    }[terms.consulted]


def quorum(terms: Terms, entitled: int, words: Words) -> str:
    """Say how many have to vote."""
    secrecy = terms.secrecy or Secrecy.OPEN
    least = decisions.needed(terms.quorum, entitled=entitled, secrecy=secrecy)
    return words.ngettext(
        "At least {n} of {entitled} has to vote.",
        "At least {n} of {entitled} have to vote.",
        least,
        entitled=words.number(entitled),
    )


def announced(where: Announced, words: Words) -> str:
    """Say who hears of it."""
    return {
        Announced.GROUP: words.gettext("Each member is told, and the group."),
        Announced.MEMBERS: words.gettext("Each member is told, the group is not."),
    }[where]


def turnout(voted: int, entitled: int, words: Words) -> str:
    """Say how many have voted, never what."""
    return words.ngettext(
        "{n} of {entitled} has voted.",
        "{n} of {entitled} have voted.",
        voted,
        entitled=words.number(entitled),
    )


def closes(closes_at: datetime, zone: str, words: Words) -> str:
    """Say until when one can vote."""
    return words.gettext("The vote closes {moment}.", moment=words.moment(closes_at, zone))


def stage(proposal: Proposal, now: datetime, words: Words) -> str:
    """Say in a word where it stands."""
    if proposal.takes_ballots(now):
        return words.pgettext("stage", "vote under way")
    return {
        Stage.DRAFT: words.pgettext("stage", "draft"),
        Stage.DISCUSSION: words.pgettext("stage", "being talked about"),
        Stage.OPEN: words.pgettext("stage", "closed"),
        Stage.CLOSED: words.pgettext("stage", "closed"),
        Stage.WITHDRAWN: words.pgettext("stage", "withdrawn"),
    }[proposal.stage]
