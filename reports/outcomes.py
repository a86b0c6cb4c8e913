"""What came out of a vote, what follows from it, and what became of it."""

import html
from collections.abc import Mapping, Sequence

from collective import decisions
from collective.carrying_out import Task
from collective.decisions import Carried, Meeting, Method, NextStep, Outcome, Stage
from collective.feelings import Felt, Question
from collective.figures import FEWEST
from collective.proposals import Proposal
from locales.words import Words
from reports import deciding

_FACES = {
    Outcome.ADOPTED: "✅",
    Outcome.NOT_ADOPTED: "❌",
    Outcome.BLOCKED: "✋",
    Outcome.TIE: "⚖️",
    Outcome.NO_QUORUM: "⏳",
    Outcome.SENSED: "💬",
}


_MET_FACES = {Meeting.ADOPTED: "✅", Meeting.NOT_ADOPTED: "❌", Meeting.LATER: "⏳"}


def outcome(proposal: Proposal, words: Words) -> str:
    """Say in one sentence what came out, as HTML."""
    if proposal.outcome is None:
        return ""
    if proposal.winner is not None and proposal.method is Method.CHOICE:
        chosen = proposal.terms.options[int(proposal.winner) - 1]
        said = words.gettext("Chosen: {option}.", option=chosen)
    else:
        said = {
            Outcome.ADOPTED: words.gettext("Adopted."),
            Outcome.NOT_ADOPTED: words.gettext("Not adopted."),
            Outcome.BLOCKED: words.gettext("Blocked: it goes back to be talked about."),
            Outcome.TIE: words.gettext("A tie: nothing is decided."),
            Outcome.NO_QUORUM: words.gettext("Too few have voted: nothing is decided."),
            Outcome.SENSED: words.gettext("What everybody thinks, without a decision."),
        }[proposal.outcome]
    return f"{_FACES[proposal.outcome]} <b>{said}</b>"


def met(proposal: Proposal, words: Words) -> str:
    """Say what the meeting decided where the vote did not, as HTML; nothing before it did."""
    if proposal.meeting is None:
        return ""
    chosen = proposal.method is Method.CHOICE
    said = {
        Meeting.ADOPTED: words.gettext("Decided at the meeting.")
        if chosen
        else words.gettext("Adopted at the meeting."),
        Meeting.NOT_ADOPTED: words.gettext("Not adopted at the meeting."),
        Meeting.LATER: words.gettext("The meeting put it off."),
    }[proposal.meeting]
    return f"{_MET_FACES[proposal.meeting]} <b>{said}</b>"


def short(proposal: Proposal, words: Words) -> str:
    """Say it in a word for a list."""
    if proposal.stage is Stage.WITHDRAWN:
        return words.pgettext("stage", "withdrawn")
    if proposal.meeting in {Meeting.ADOPTED, Meeting.NOT_ADOPTED}:
        decided = words.pgettext("outcome", "decided at the meeting")
        return f"{_MET_FACES[proposal.meeting]} {decided}"
    if proposal.meeting is Meeting.LATER or proposal.next_step is NextStep.MEETING:
        waits = words.pgettext("outcome", "waits for the meeting")
        return f"{_MET_FACES[Meeting.LATER]} {waits}"
    if proposal.outcome is None:
        return ""
    if proposal.winner is not None and proposal.method is Method.CHOICE:
        chosen = html.escape(proposal.terms.options[int(proposal.winner) - 1], quote=False)
        return f"{_FACES[proposal.outcome]} {chosen}"
    word = {
        Outcome.ADOPTED: words.pgettext("outcome", "adopted"),
        Outcome.NOT_ADOPTED: words.pgettext("outcome", "not adopted"),
        Outcome.BLOCKED: words.pgettext("outcome", "blocked"),
        Outcome.TIE: words.pgettext("outcome", "a tie"),
        Outcome.NO_QUORUM: words.pgettext("outcome", "too few votes"),
        Outcome.SENSED: words.pgettext("outcome", "what we think"),
    }[proposal.outcome]
    return f"{_FACES[proposal.outcome]} {word}"


def result(proposal: Proposal, words: Words) -> str:
    """Say what came out with its counts, who was silent, and what was left out; never a name."""
    lines = [outcome(proposal, words), counts(proposal, words), silent(proposal, words)]
    lines.append(met(proposal, words))
    if proposal.unconsulted and proposal.adopted:
        who = proposal.terms.concerned or words.plain.gettext("others")
        lines.append(words.gettext("Decided without asking {who}, whom it concerns.", who=who))
    return "\n".join(line for line in lines if line)


def from_outside(proposal: Proposal, words: Words) -> str:
    """Say what was asked and what came out to who is not of the collective; no name, no reason.

    Counts only of so many that a count is nobody's vote.
    """
    lines = [deciding.question(proposal.terms, words), outcome(proposal, words)]
    if (proposal.turnout or 0) >= FEWEST:
        lines.append(counts(proposal, words))
    lines.append(met(proposal, words))
    return "\n".join(line for line in lines if line)


def counts(proposal: Proposal, words: Words) -> str:
    """List how many ballots each choice got, as HTML; nothing where there was no quorum."""
    if proposal.counts is None:
        return ""
    options = proposal.terms.options
    return "\n".join(
        f"· {deciding.choice_text(choice, options, words)} {words.number(proposal.counts[choice])}"
        for choice in proposal.choices
        if proposal.counts.get(choice)
    )


def silent(proposal: Proposal, words: Words) -> str:
    """Say how many voted, how many did not reply, and how many it took where that was too few."""
    voted, entitled = proposal.turnout or 0, proposal.entitled or 0
    said = [deciding.turnout(voted, entitled, words)]
    if entitled > voted:
        said.append(words.ngettext("{n} did not reply.", "{n} did not reply.", entitled - voted))
    if proposal.outcome is Outcome.NO_QUORUM:
        terms = proposal.terms
        least = decisions.needed(
            terms.quorum, entitled=entitled, secrecy=terms.secrecy or decisions.Secrecy.OPEN
        )
        said.append(words.ngettext("It took {n}.", "It took {n}.", least))
    return " ".join(said)


def follows(proposal: Proposal, author: str | None, words: Words) -> str:
    """Say what comes next."""
    if proposal.meeting is not None:
        return ""
    if proposal.next_step is not None:
        return {
            NextStep.EXTEND: words.gettext("It gets more time."),
            NextStep.MEETING: words.gettext("It is taken to the meeting."),
            NextStep.DROP: words.gettext("It is dropped."),
        }[proposal.next_step]
    if proposal.outcome is None or proposal.sentence is not None:
        return ""
    who = author or words.plain.gettext("its author")
    return {
        Outcome.ADOPTED: words.gettext("Next, {who} writes down who does what by when.", who=who),
        Outcome.NOT_ADOPTED: words.gettext("All stays as it was."),
        Outcome.BLOCKED: words.gettext("Talk about it, and it can be put to the vote again."),
        Outcome.TIE: words.gettext("Talk about it at the next meeting."),
        Outcome.NO_QUORUM: words.gettext(
            "{who} can give more time, take it to the meeting, or drop it.", who=who
        ),
        Outcome.SENSED: "",
    }[proposal.outcome]


def withdrawn(proposal: Proposal, words: Words) -> str:
    """Say that its author took it back, and why."""
    if proposal.withdrawn_because is None:
        return words.gettext("Its author has withdrawn it.")
    return words.gettext("Its author has withdrawn it: {why}", why=proposal.withdrawn_because)


def carried(proposal: Proposal, words: Words) -> str:
    """Say what became of a decision, nothing before somebody said it."""
    if proposal.carried is None:
        return ""
    return {
        Carried.DONE: words.gettext("It is done."),
        Carried.PARTLY: words.gettext("It is partly done."),
        Carried.NOT_DONE: words.gettext("It is not done."),
    }[proposal.carried]


def felt(question: Question, answers: Mapping[Felt, int], words: Words) -> str:
    """Say how it was to decide, in counts; the caller leaves out what fewer than five said."""
    said = words.list_and(
        f"{felt_name(each, words.plain)} {words.number(answers[each])}"
        for each in Felt
        if answers.get(each)
    )
    return {
        Question.SAID: words.gettext("Could say what they thought: {answers}.", answers=said),
        Question.HEARD: words.gettext("Were taken into account: {answers}.", answers=said),
    }[question]


def felt_name(key: Felt, words: Words) -> str:
    """Name an answer to one of the two questions."""
    return {
        Felt.YES: words.pgettext("choice", "Yes"),
        Felt.A_LITTLE: words.pgettext("choice", "A little"),
        Felt.NO: words.pgettext("choice", "No"),
    }[key]


def tasks(listed: Sequence[Task], words: Words) -> list[str]:
    """List who does what by when, a line each, as HTML."""
    return [_task(each, words) for each in listed]


def _task(task: Task, words: Words) -> str:
    parts = [html.escape(task.text, quote=False)]
    parts.append(html.escape(task.name or words.plain.gettext("nobody yet"), quote=False))
    if task.due_on is not None:
        parts.append(words.date(task.due_on))
    return f"{'✅' if task.done else '▫️'} {' · '.join(parts)}"
