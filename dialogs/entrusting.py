"""A facilitator votes for a member who is absent and has told her what; in open votes only."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, SwitchTo
from aiogram_dialog.widgets.text import Format

from collective.actions import ballots, proposals
from collective.decisions import choices
from dialogs.cards.proposal import PROPOSAL
from dialogs.choices import buttons
from dialogs.pick import listed
from dialogs.states import Entrusting
from dialogs.text import Label, T, Wizard, words_of
from locales.markers import N_, NP_
from reports import deciding


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        Window(
            T(N_("For whom do you vote? Who has voted herself is not listed.")),
            listed("members", chosen, name="member"),
            Cancel(Label(NP_("button", "Close"))),
            getter=absent,
            preview_data={"members": [(1, "Mado 📵")]},
            state=Entrusting.member,
        ),
        Window(
            T(N_("What has {name} told you? She is told, and she can change it.")),
            Format("\n{question}"),
            buttons("choices", said, name="choice"),
            SwitchTo(Label(NP_("button", "Back")), id="back", state=Entrusting.member),
            getter=asked,
            preview_data={"name": "Mado", "question": "…", "choices": [("yes", "1 👍 Oui")]},
            state=Entrusting.choice,
        ),
        Window(
            T(N_("{name}: {choice}. Is that what she told you?")),
            Button(Label(NP_("button", "Yes, she told me so")), id="sure", on_click=cast),
            SwitchTo(Label(NP_("button", "Back")), id="back", state=Entrusting.choice),
            getter=sure,
            preview_data={"name": "Mado", "choice": "1 👍 Oui"},
            state=Entrusting.sure,
        ),
    )


async def absent(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List the members who have no ballot of their own; raise OpenVotesOnly."""
    data = dialog_manager.middleware_data
    async with data["ledger"].reading() as store:
        found = await ballots.entitled(store, _number(dialog_manager), by=data["visitor"].person.id)
    marks = {True: " 📵", False: ""}
    return {"members": [(each.id, f"{each.name}{marks[each.chat_id is None]}") for each in found]}


async def chosen(_query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    """Ask what she told."""
    manager.dialog_data["member"] = int(item)
    await manager.switch_to(Entrusting.choice)


async def asked(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Show the question and what a ballot can say."""
    data, words = dialog_manager.middleware_data, words_of(dialog_manager)
    by = data["visitor"].person.id
    async with data["ledger"].reading() as store:
        proposal = await proposals.readable(store, _number(dialog_manager), by=by)
    offered = choices(proposal.method, len(proposal.terms.options))
    return {
        "name": await _name(dialog_manager),
        "question": deciding.question(proposal.terms, words),
        "choices": [(each, deciding.numbered(proposal, each, words.plain)) for each in offered],
    }


async def said(_query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    """Ask once more before it counts."""
    manager.dialog_data["choice"] = item
    await manager.switch_to(Entrusting.sure)


async def sure(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say back for whom and what."""
    data = dialog_manager.middleware_data
    by = data["visitor"].person.id
    async with data["ledger"].reading() as store:
        proposal = await proposals.readable(store, _number(dialog_manager), by=by)
    choice = dialog_manager.dialog_data["choice"]
    words = words_of(dialog_manager).plain
    return {
        "name": await _name(dialog_manager),
        "choice": deciding.numbered(proposal, choice, words),
    }


async def cast(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Keep it in her name, and show the page."""
    data, number = manager.middleware_data, _number(manager)
    by, now = data["visitor"].person.id, data["clock"].now()
    kept = manager.dialog_data
    async with data["ledger"].writing() as store:
        await ballots.cast_for(store, number, kept["member"], kept["choice"], by=by, now=now)
    await manager.done()
    await data["screen"].reply(query.from_user.id, PROPOSAL, {"number": number})


async def _name(manager: DialogManager) -> str:
    data = manager.middleware_data
    async with data["ledger"].reading() as store:
        found = await ballots.entitled(store, _number(manager), by=data["visitor"].person.id)
    chosen_ = manager.dialog_data["member"]
    return next((each.name for each in found if each.id == chosen_), "")


def _number(manager: DialogManager) -> int:
    start: Any = manager.start_data
    return int(start["proposal"])
