"""A proposal on its way: what has been said of it, what is missing, and all of it on one page."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager

from collective import decisions
from collective.actions import proposals
from collective.collectives import Collective
from collective.decisions import Method, Secrecy, Stage
from collective.proposals import Proposal
from collective.terms import Terms
from dialogs.doors import Proposing
from locales.words import Words
from reports import deciding

#: Changes the terms of a proposal.
Said = Callable[[Terms], Terms]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A proposal before its first ballot."""

    proposal: Proposal
    collective: Collective
    #: How many could vote now.
    voters: int

    @property
    def terms(self) -> Terms:
        """What its author has said so far."""
        return self.proposal.terms

    @property
    def may_be_secret(self) -> bool:
        """Whether enough can vote for that."""
        return self.voters >= decisions.LEAST_SECRET


async def draft_of(manager: DialogManager) -> Draft:
    """Return the proposal that the wizard is about; raise Outdated or NotAllowed."""
    data = manager.middleware_data
    async with data["ledger"].reading() as store:
        proposal = await proposals.readable(store, _number(manager), by=data["visitor"].person.id)
        collective = await store.collectives.get(proposal.collective_id)
        members = await store.collectives.members(proposal.collective_id)
    return Draft(proposal=proposal, collective=collective, voters=len(members))


async def say(manager: DialogManager, said: Said) -> None:
    """Change what the proposal says, then go on to what is missing; raises what is unfit."""
    data = manager.middleware_data
    by, now = data["visitor"].person.id, data["clock"].now()
    draft = await draft_of(manager)
    async with data["ledger"].writing() as store:
        await proposals.amend(store, draft.proposal.id, said(draft.terms), by=by, now=now)


async def onward(manager: DialogManager) -> None:
    """Show the first page whose answer is missing; when nothing is, all of it on one page."""
    draft = await draft_of(manager)
    if draft.terms.secrecy is None and draft.terms.consulted and not draft.may_be_secret:
        await say(manager, lambda terms: replace(terms, secrecy=Secrecy.OPEN))
        draft = await draft_of(manager)
    await manager.switch_to(_missing(draft.terms))


def closing(draft: Draft, now: datetime) -> datetime:
    """Return when it would close if it were opened now: as its author said, while that fits."""
    said = draft.terms.closes_at
    if said is None or not now + decisions.SHORTEST <= said <= now + decisions.LONGEST:
        return now + decisions.USUAL
    return said


def _missing(terms: Terms) -> State:
    if terms.question is None and terms.voice is None:
        return Proposing.question
    if terms.method is None:
        return Proposing.method
    if terms.method is Method.CHOICE and len(terms.options) < decisions.FEWEST_OPTIONS:
        return Proposing.options
    if terms.consulted is None:
        return Proposing.concerned
    return Proposing.secrecy if terms.secrecy is None else Proposing.review


def summary(draft: Draft, now: datetime, words: Words) -> str:
    """Say everything back before it is put to the others, as HTML."""
    terms = draft.terms
    lines = [
        words.gettext("Your proposal to {collective}:", collective=draft.collective.name),
        deciding.question(terms, words),
        deciding.options(terms),
        "",
        f"· {deciding.rule(draft.proposal.method, words)}",
        f"· {deciding.consulted(terms, words)}",
        f"· {secrecy(draft, words)}",
        f"· {deciding.quorum(terms, draft.voters, words)}",
        f"· {deciding.closes(closing(draft, now), draft.collective.zone, words)}",
        f"· {deciding.announced(terms.announced, words)}",
    ]
    return "\n".join(line for place, line in enumerate(lines) if line or place == 3)


def secrecy(draft: Draft, words: Words) -> str:
    """Say who can know who voted what, and why it is not secret where too few can vote."""
    if draft.may_be_secret or draft.terms.secrecy is Secrecy.SECRET:
        return deciding.label(draft.terms.secrecy, words)
    few = words.ngettext(
        "A secret vote takes {least} who can vote; here it is {n}.",
        "A secret vote takes {least} who can vote; here they are {n}.",
        draft.voters,
        least=words.number(decisions.LEAST_SECRET),
    )
    return f"{deciding.label(Secrecy.OPEN, words)} {few}"


def still_draft(draft: Draft) -> bool:
    """Tell whether it has not been put to the vote."""
    return draft.proposal.stage in {Stage.DRAFT, Stage.DISCUSSION}


def _number(manager: DialogManager) -> int:
    start: Any = manager.start_data
    return int(start.get("proposal") or manager.dialog_data["proposal"])
