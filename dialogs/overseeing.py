"""A coordinator's list of collectives: counts, never names of members."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, SwitchTo
from aiogram_dialog.widgets.text import Format

from collective.actions import invites, requests, summaries
from collective.people import Role
from dialogs.doors import Overseeing
from dialogs.invites import send_invite, show_requests
from dialogs.pick import pick_window, readable
from dialogs.text import Label, Wizard, words_of
from locales.markers import NP_
from reports.following import card_of_collective


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        pick_window(Overseeing.collective, readable, _picked),
        Window(
            Format("{card}"),
            Button(Label(NP_("button", "Who asks to come in")), "asks", on_click=asks, when="asks"),
            Button(Label(NP_("button", "Invite a facilitator")), id="invite", on_click=invite),
            SwitchTo(
                Label(NP_("button", "Another collective")), id="other", state=Overseeing.collective
            ),
            Cancel(Label(NP_("button", "Close"))),
            getter=card,
            preview_data={"card": "…", "asks": True},
            state=Overseeing.overview,
        ),
    )


async def card(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say who accompanies it, how many are in it, and how many answered last."""
    data = dialog_manager.middleware_data
    collective_id, by = int(dialog_manager.dialog_data["collective"]), data["visitor"].person.id
    async with data["ledger"].writing() as store:
        found = await summaries.read(
            store, data["forms"], collective_id, by=by, now=data["clock"].now()
        )
        waiting = await requests.waiting(store, collective_id, Role.FACILITATOR, by=by)
        members = await store.collectives.members(found.collective.id)
        facilitators = await store.collectives.facilitators(found.collective.id)
    return {
        "card": card_of_collective(found, len(members), facilitators, words_of(dialog_manager)),
        "asks": bool(waiting),
    }


async def asks(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Show the card of each who asks to accompany it once more."""
    collective_id = int(manager.dialog_data["collective"])
    await show_requests(query, manager, collective_id, Role.FACILITATOR)


async def invite(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Make a new invitation for a facilitator and show it."""
    data = manager.middleware_data
    collective_id = int(manager.dialog_data["collective"])
    async with data["ledger"].writing() as store:
        token = await invites.invite_facilitator(
            store, collective_id, by=data["visitor"].person.id, now=data["clock"].now()
        )
        collective = await store.collectives.get(collective_id)
    await manager.done()
    await send_invite(manager, collective, Role.FACILITATOR, token)


async def _picked(manager: DialogManager, collective_id: int) -> None:
    manager.dialog_data["collective"] = collective_id
    await manager.switch_to(Overseeing.overview)
