"""A proposal on its way: what has been said of it, what is missing, and all of it on one page."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager
from pydantic import TypeAdapter

from collective import decisions, terms
from collective.actions import hours, proposals
from collective.collectives import Collective
from collective.decisions import Method, Secrecy, Stage
from collective.proposals import Proposal
from collective.terms import Terms
from dialogs.states import Proposing
from locales.words import Words
from reports import deciding

#: Changes the terms of a proposal.
Said = Callable[[Terms], Terms]
#: Where the changes of an open vote wait in the wizard's data, and how they are written there.
_CHANGES, _TERMS = "changes", TypeAdapter(Terms)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A proposal before its first ballot."""

    #: With what has changed since, where it is voted on.
    proposal: Proposal
    collective: Collective
    #: How many can vote.
    voters: int
    #: When the vote closes, or would if it were opened or changed now.
    closes_at: datetime
    #: It is voted on, and its author has changed what nobody has been told yet.
    changed: bool

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
    now: datetime = data["clock"].now()
    async with data["ledger"].reading() as store:
        kept = await proposals.readable(store, _number(manager), by=data["visitor"].person.id)
        proposal = _with_changes(kept, manager)
        collective = await store.collectives.get(kept.collective_id)
        roll = await store.ballots.roll(kept.id)
        members = await store.collectives.members(kept.collective_id)
        closes_at = kept.terms.closes_at
        changed = proposal.terms != kept.terms
        if kept.stage is not Stage.OPEN or changed or closes_at is None:
            wanted = _fitting(proposal.terms.closes_at, now)
            closes_at = await hours.closing_from(store, collective, wanted, now=now)
    return Draft(
        proposal=proposal,
        collective=collective,
        voters=len(roll) or len(members),
        closes_at=closes_at,
        changed=changed,
    )


async def say(manager: DialogManager, said: Said) -> None:
    """Change what the proposal says; raises what is unfit.

    Of a vote that has opened the changes are gathered here: the others are told once, of all.
    """
    data = manager.middleware_data
    by, now = data["visitor"].person.id, data["clock"].now()
    draft = await draft_of(manager)
    if draft.proposal.stage is Stage.OPEN:
        changed = terms.cleaned(said(draft.terms))
        manager.dialog_data[_CHANGES] = _TERMS.dump_python(changed, mode="json")
        return
    async with data["ledger"].writing() as store:
        await proposals.amend(store, draft.proposal.id, said(draft.terms), by=by, now=now)


def _with_changes(kept: Proposal, manager: DialogManager) -> Proposal:
    changes = manager.dialog_data.get(_CHANGES)
    if changes is None or kept.stage is not Stage.OPEN:
        return kept
    return replace(kept, terms=_TERMS.validate_python(changes))


def _fitting(said: datetime | None, now: datetime) -> datetime:
    """Return when it closes as its author said, while that fits; else as votes usually do."""
    if said is None or not now + decisions.SHORTEST <= said <= now + decisions.LONGEST:
        return now + decisions.USUAL
    return said


async def onward(manager: DialogManager) -> None:
    """Show the first page whose answer is missing; when nothing is, all of it on one page."""
    draft = await draft_of(manager)
    if draft.terms.secrecy is None and draft.terms.consulted and not draft.may_be_secret:
        await say(manager, lambda said: replace(said, secrecy=Secrecy.OPEN))
        draft = await draft_of(manager)
    await manager.switch_to(_missing(draft.terms))


def _missing(said: Terms) -> State:
    if said.question is None and said.voice is None:
        return Proposing.question
    if said.method is None:
        return Proposing.method
    if said.method is Method.CHOICE and len(said.options) < decisions.FEWEST_OPTIONS:
        return Proposing.options
    if said.consulted is None:
        return Proposing.concerned
    return Proposing.secrecy if said.secrecy is None else Proposing.review


def summary(draft: Draft, words: Words) -> str:
    """Say everything back before it is put to the others, as HTML."""
    said = draft.terms
    lines = [
        words.gettext("Your proposal to {collective}:", collective=draft.collective.name),
        deciding.question(said, words),
        deciding.options(said),
        "",
        f"· {deciding.rule(draft.proposal.method, words)}",
        f"· {deciding.consulted(said, words)}",
        f"· {secrecy(draft, words)}",
        f"· {deciding.quorum(said, draft.voters, words)}",
        f"· {deciding.closes(draft.closes_at, draft.collective.zone, words)}",
        f"· {deciding.announced(said.announced, words)}",
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
