"""A coordinator's list of collectives: counts, never names of members."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Row, SwitchTo
from aiogram_dialog.widgets.text import Format

from collective.actions import invites, register, requests, summaries
from collective.people import Role
from dialogs.invites import send_invite, show_requests
from dialogs.pick import pick_window, readable
from dialogs.states import Overseeing
from dialogs.text import Label, Wizard, words_of
from locales.markers import NP_
from reports import outcomes
from reports.following import card_of_collective

#: How many decisions stand on one page.
_DECISIONS = 5


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        pick_window(Overseeing.collective, readable, _picked),
        Window(
            Format("{card}"),
            Button(Label(NP_("button", "Who asks to come in")), "asks", on_click=asks, when="asks"),
            Button(Label(NP_("button", "Invite a facilitator")), id="invite", on_click=invite),
            SwitchTo(
                Label(NP_("button", "What they decided")), id="read", state=Overseeing.decided
            ),
            SwitchTo(
                Label(NP_("button", "Another collective")), id="other", state=Overseeing.collective
            ),
            Cancel(Label(NP_("button", "Close"))),
            getter=card,
            preview_data={"card": "…", "asks": True},
            state=Overseeing.overview,
        ),
        Window(
            Format("{decided}"),
            Row(
                Button(Label(NP_("button", "Before")), "before", on_click=turn, when="before"),
                Button(Label(NP_("button", "More")), "more", on_click=turn, when="more"),
            ),
            SwitchTo(Label(NP_("button", "Back")), id="back", state=Overseeing.overview),
            getter=decided,
            preview_data={"decided": "…", "before": True, "more": True},
            state=Overseeing.decided,
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


async def decided(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say what came out of its votes: questions, outcomes and counts, never a name."""
    data, kept = dialog_manager.middleware_data, dialog_manager.dialog_data
    by, now, wanted = data["visitor"].person.id, data["clock"].now(), int(kept.get("page", 0))
    async with data["ledger"].writing() as store:
        page = await register.decided(
            store, int(kept["collective"]), wanted, length=_DECISIONS, by=by, now=now
        )
    words = words_of(dialog_manager)
    told = [outcomes.from_outside(each, words) for each in page.decided]
    return {
        "decided": "\n\n".join(told) or words.gettext("Nothing has been decided yet."),
        "before": page.number > 0,
        "more": page.number < page.last,
    }


async def turn(_query: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """Turn to what was decided before or after."""
    page = int(manager.dialog_data.get("page", 0))
    manager.dialog_data["page"] = max(0, page + (1 if button.widget_id == "more" else -1))


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


async def _picked(manager: DialogManager, _collective_id: int) -> None:
    manager.dialog_data["page"] = 0
    await manager.switch_to(Overseeing.overview)
