"""What holds for the whole phone: discreet mode, and who uses it."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column
from aiogram_dialog.widgets.text import Multi

from collective.actions import discretion
from dialogs.states import Phone
from dialogs.text import Label, T, Wizard, to_settings, words_of
from locales.markers import N_, NP_


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        Window(
            Multi(
                T(N_("Discreet mode is on."), when="on"),
                T(N_("Discreet mode is off."), when="off"),
                T(
                    N_(
                        "In discreet mode my notifications say only that there is a little word "
                        "for you. A tap opens it."
                    )
                ),
                T(
                    N_(
                        "What we write to each other here is deleted within a day. What still "
                        "waits for you comes back with /point."
                    )
                ),
                T(
                    N_(
                        "It holds for everyone on this phone, and from now on: older messages and "
                        "notifications that the phone has kept stay."
                    )
                ),
                sep="\n\n",
            ),
            Column(
                Button(Label(NP_("button", "Turn it on")), "yes", _turned, when="off"),
                Button(Label(NP_("button", "Turn it off")), "no", _turned, when="on"),
                Button(Label(NP_("button", "Back")), "back", to_settings),
            ),
            getter=state_of_phone,
            preview_data={"on": True, "off": True},
            state=Phone.discreet,
        ),
        Window(
            Multi(
                T(N_("On this phone: {names}.")),
                T(
                    N_(
                        "Somebody else can come in here too: let her open her invitation link on "
                        "this phone, or write her code, and choose “Somebody else”."
                    )
                ),
                T(N_("Each has answers of her own. The language is the same for all."), "several"),
                sep="\n\n",
            ),
            Column(Button(Label(NP_("button", "Back")), "back", to_settings)),
            getter=people_on_phone,
            preview_data={"names": "Aline", "several": True},
            state=Phone.people,
        ),
    )


async def state_of_phone(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say whether discreet mode is on."""
    data = dialog_manager.middleware_data
    async with data["ledger"].reading() as store:
        account = await store.people.account(data["visitor"].account.telegram_id)
    on = account is not None and account.discreet
    return {"on": on, "off": not on}


async def people_on_phone(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Name who uses it."""
    persons = dialog_manager.middleware_data["visitor"].persons
    names = words_of(dialog_manager).list_and([each.name for each in persons])
    return {"names": names, "several": len(persons) > 1}


async def _turned(query: CallbackQuery, button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    async with data["ledger"].writing() as store:
        await discretion.set_discreet(
            store,
            data["visitor"].account,
            discreet=button.widget_id == "yes",
            by=data["visitor"].person.id,
            now=data["clock"].now(),
        )
    if query.message is not None:
        # This page was sent before it was on.
        await data["screen"].tidy(query.message.chat.id, query.message.message_id)
