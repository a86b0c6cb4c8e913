"""All of a proposal on one page: open it, talk about it first, change it, throw it away."""

from dataclasses import replace
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Group, SwitchTo
from aiogram_dialog.widgets.text import Format

from collective.actions import proposals
from collective.decisions import Stage
from dialogs.cards import refusals
from dialogs.cards.proposal import PUT
from dialogs.proposed import draft_of, still_draft, summary
from dialogs.states import Proposing
from dialogs.text import Label, T, to, words_of
from locales.markers import N_, NP_


def windows() -> tuple[Window, ...]:
    """Return the pages."""
    return (
        Window(
            Format("{summary}"),
            Button(Label(NP_("button", "Open the vote now")), "open", on_click=open_, when="new"),
            Button(Label(NP_("button", "Change it and tell all")), "tell", keep, when="changed"),
            Button(
                Label(NP_("button", "Talk about it first")), "talk", on_click=talk, when="draft"
            ),
            Group(
                to(NP_("button", "The question"), Proposing.question),
                to(NP_("button", "How we decide"), Proposing.method),
                to(NP_("button", "Who is concerned"), Proposing.concerned),
                to(NP_("button", "Secret or open"), Proposing.secrecy),
                to(NP_("button", "How many must vote"), Proposing.quorum),
                to(NP_("button", "Until when"), Proposing.closing),
                to(NP_("button", "Who is told"), Proposing.announced),
                to(NP_("button", "See the ballot"), Proposing.card),
                width=2,
            ),
            Cancel(Label(NP_("button", "Keep it for later")), when="new"),
            Cancel(Label(NP_("button", "Leave it as it was")), id="undo", when="changed"),
            Cancel(Label(NP_("button", "Close")), id="close", when="unchanged"),
            SwitchTo(
                Label(NP_("button", "Throw it away")),
                id="thrown",
                state=Proposing.thrown,
                when="draft",
            ),
            getter=review,
            preview_data={"summary": "…", "new": True, "draft": True, "changed": True},
            state=Proposing.review,
        ),
        Window(
            T(N_("Throw this draft away? Nobody else has seen it.")),
            SwitchTo(Label(NP_("button", "No, keep it")), id="kept", state=Proposing.review),
            Button(Label(NP_("button", "Throw it away")), "throw", on_click=throw),
            state=Proposing.thrown,
        ),
    )


async def review(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say everything back; what is missing has been asked before."""
    draft = await draft_of(dialog_manager)
    return {
        "summary": summary(draft, words_of(dialog_manager)),
        "new": still_draft(draft),
        "draft": draft.proposal.stage is Stage.DRAFT,
        "changed": draft.changed,
        "unchanged": not still_draft(draft) and not draft.changed,
    }


async def open_(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Put it to the vote, until the hour that the page says."""
    data, draft = manager.middleware_data, await draft_of(manager)
    by, now = data["visitor"].person.id, data["clock"].now()
    terms = replace(draft.terms, closes_at=draft.closes_at)
    async with data["ledger"].writing() as store:
        if still_draft(draft):
            await proposals.amend(store, draft.proposal.id, terms, by=by, now=now)
        await proposals.open_vote(store, draft.proposal.id, by=by, now=now)
    await _leave(query, manager, draft.proposal.id)


async def keep(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Change the vote as the page says; raise BallotsCast where somebody has voted meanwhile."""
    data, draft = manager.middleware_data, await draft_of(manager)
    by, now = data["visitor"].person.id, data["clock"].now()
    terms = replace(draft.terms, closes_at=draft.closes_at)
    async with data["ledger"].writing() as store:
        await proposals.amend(store, draft.proposal.id, terms, by=by, now=now)
    await _leave(query, manager, draft.proposal.id)


async def talk(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Put it to discussion."""
    data, draft = manager.middleware_data, await draft_of(manager)
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        await proposals.discuss(store, draft.proposal.id, by=by, now=now)
    await _leave(query, manager, draft.proposal.id)


async def throw(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Forget the draft; raise Outdated where it was put to the others meanwhile."""
    data, draft = manager.middleware_data, await draft_of(manager)
    async with data["ledger"].writing() as store:
        await proposals.throw_away(store, draft.proposal.id, by=data["visitor"].person.id)
    await manager.done()
    await data["screen"].reply(query.from_user.id, "refusal", {"refusal": refusals.THROWN})


async def _leave(query: CallbackQuery, manager: DialogManager, proposal: int) -> None:
    await manager.done()
    data = manager.middleware_data
    ids = {"proposal": proposal, "person": data["visitor"].person.id}
    await data["screen"].reply(query.from_user.id, PUT, ids)
