"""The crisis check-in: asked for by one command, followed on the same page."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, SwitchTo
from aiogram_dialog.widgets.text import Format

from collective import access
from collective.actions import crises, entering, follow_ups, summaries
from collective.errors import Outdated
from dialogs.cards.follow_ups import FOLLOW_UPS
from dialogs.pick import collective_of, listed, pick_window, readable
from dialogs.states import Crisis
from dialogs.text import Label, T, Wizard, words_of
from locales.markers import N_, NP_
from reports import crisis, following


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        pick_window(Crisis.collective, readable, Crisis.page),
        Window(
            Format("{page}"),
            listed("silent", enter, name="silent"),
            Button(Label(NP_("button", "Yes, ask them now")), "open", on_click=open_, when="none"),
            Button(
                Label(NP_("button", "Whom to see or call")), "follow", on_click=follow, when="leads"
            ),
            SwitchTo(Label(NP_("button", "Close it now")), "end", Crisis.closing, when="running"),
            Cancel(Label(NP_("button", "Close this page"))),
            getter=page,
            preview_data={
                "page": "…",
                "none": True,
                "running": True,
                "leads": True,
                "silent": [(1, "Mado 📵")],
            },
            state=Crisis.page,
        ),
        Window(
            T(
                N_(
                    "Nobody can answer any more once it is closed, and the group gets the summary. "
                    "Close it?"
                )
            ),
            Button(Label(NP_("button", "Yes, close it")), "yes", on_click=end),
            SwitchTo(Label(NP_("button", "Back")), "back", Crisis.page),
            state=Crisis.closing,
        ),
        Window(
            Format("{summary}"),
            Cancel(Label(NP_("button", "Close this page"))),
            getter=summary,
            preview_data={"summary": "…"},
            state=Crisis.summary,
        ),
    )


async def page(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say how it goes, or what opening one means."""
    data = dialog_manager.middleware_data
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        going = await crises.going(store, collective_of(dialog_manager), by=by, now=now)
        before, last = going.last, None
        if before is not None:
            last = await summaries.of_round(store, data["forms"], before.id, now=now)
    running = going.round is not None
    return {
        "page": crisis.page(going, last, words_of(dialog_manager)),
        "none": not running and going.asked,
        "running": running,
        "leads": running and going.leads,
        "silent": [(checkin, following.name(each, now)) for checkin, each in going.silent],
    }


async def open_(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Ask them all, and show how it goes."""
    data = manager.middleware_data
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        await crises.open_crisis(store, collective_of(manager), by=by, now=now)


async def end(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Close it before its time."""
    data = manager.middleware_data
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        ended = await crises.end(store, data["forms"], collective_of(manager), by=by, now=now)
    if ended is not None:
        manager.dialog_data["round"] = ended.id
        await manager.switch_to(Crisis.summary)
    else:
        await manager.switch_to(Crisis.page)


async def summary(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say what was answered, to a facilitator as the others are told: this is what she gets."""
    data, words = dialog_manager.middleware_data, words_of(dialog_manager)
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].reading() as store:
        collective = await access.ensure_may_read(store, by, collective_of(dialog_manager))
        leads = collective.id in (await store.people.standing(by)).facilitates
        number = dialog_manager.dialog_data["round"]
        found = await summaries.of_round(store, data["forms"], number, now=now)
    if found is None or found.collective != collective:
        raise Outdated
    told = crisis.closed_summary if leads else crisis.member_summary
    return {"summary": told(found, words)}


async def follow(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Leave the page for the list of follow-ups; raise NotAllowed."""
    data = manager.middleware_data
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        await follow_ups.waiting(store, by=by, now=now)
    await manager.done()
    await data["screen"].reply(query.from_user.id, FOLLOW_UPS, {"number": 0})


async def enter(query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    """Show the card by which her answers are entered."""
    await manager.done()
    screen = manager.middleware_data["screen"]
    await screen.reply(query.from_user.id, entering.CARD, {"checkin": int(item)})
