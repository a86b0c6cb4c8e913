"""Her secret code: what it does, choosing, changing and taking it away; and the forgotten ones."""

import asyncio
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, SwitchTo
from aiogram_dialog.widgets.text import Multi

from collective import pins
from collective.actions import pins as actions
from collective.errors import NotAllowed, PinUnreadable
from collective.people import Person
from dialogs.pick import listed
from dialogs.states import Code
from dialogs.text import Label, T, Wizard, to_settings
from locales.markers import N_, NP_

_DELETED = N_("I delete your message at once.")


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        Window(
            Multi(
                T(
                    N_(
                        "A secret code of 4 digits closes what is yours on this phone. I ask for "
                        "it before I show you anything, when nobody has written for 15 minutes."
                    )
                ),
                T(N_("You have a secret code."), when="has"),
                sep="\n\n",
            ),
            Column(
                SwitchTo(
                    Label(NP_("button", "Choose a code")), "choose", Code.fresh, when="has_none"
                ),
                Button(Label(NP_("button", "Change the code")), "change", _first, when="has"),
                Button(Label(NP_("button", "Remove the code")), "remove", _first, when="has"),
                SwitchTo(
                    Label(NP_("button", "A forgotten code")),
                    "forgotten",
                    Code.forgotten,
                    when="others",
                ),
                Button(Label(NP_("button", "Back")), "back", to_settings),
            ),
            getter=has_code,
            preview_data={"has": True, "has_none": True, "others": True},
            state=Code.page,
        ),
        _typed(Code.current, N_("Write the code you have now."), _current),
        _typed(Code.fresh, N_("Write a new code of 4 digits."), _fresh),
        _typed(Code.again, N_("Write the same code once more."), _again),
        Window(
            T(N_("Whose code shall I take away? She is told, and can choose a new one.")),
            listed("closed", _forgotten),
            SwitchTo(Label(NP_("button", "Back")), "back", Code.page),
            getter=closed,
            preview_data={"closed": [(1, "Aline")]},
            state=Code.forgotten,
        ),
    )


def _typed(state: Any, asked: str, taken: Any) -> Window:
    """Ask for four digits."""
    return Window(
        Multi(
            T(N_("The two codes were not the same."), when="differs"),
            T(asked),
            T(_DELETED),
            sep=" ",
        ),
        TextInput(id=state.state.split(":")[-1], on_success=taken),
        Cancel(Label(NP_("button", "Cancel"))),
        getter=_whether_differs,
        preview_data={"differs": True},
        state=state,
    )


async def _whether_differs(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    return {"differs": dialog_manager.dialog_data.get("differs", False)}


async def has_code(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say whether she has one, and whether somebody she answers for has."""
    data, person = dialog_manager.middleware_data, _person(dialog_manager)
    async with data["ledger"].reading() as store:
        has = await store.people.pin(person.id) is not None
        others = await actions.forgotten_by(store, by=person.id)
    return {"has": has, "has_none": not has, "others": bool(others)}


async def closed(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List whose codes she may take away."""
    data = dialog_manager.middleware_data
    async with data["ledger"].reading() as store:
        found = await actions.forgotten_by(store, by=_person(dialog_manager).id)
    return {"closed": [(each.person_id, each.name) for each in found]}


async def _first(_query: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """Ask for the code she has before anything is done to it."""
    manager.dialog_data["then"] = button.widget_id
    await manager.switch_to(Code.current)


async def _current(
    message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Go on with what she wanted; raise PinUnreadable, PinWrong or PinWaits."""
    await _delete(message, manager)
    data, person = manager.middleware_data, _person(manager)
    code, now = pins.read(text), data["clock"].now()
    if code is None:
        raise PinUnreadable
    await actions.enter(data["ledger"], data["visitor"].account, person.id, code, now=now)
    if manager.dialog_data["then"] == "change":
        await manager.switch_to(Code.fresh)
        return
    async with data["ledger"].writing() as store:
        await actions.remove(store, by=person.id, now=now)
    await _end(manager, "pin_gone")


async def _fresh(
    message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep its hash for the second time; raise PinUnreadable or PinTooEasy."""
    await _delete(message, manager)
    manager.dialog_data["differs"] = False
    manager.dialog_data["hash"] = await asyncio.to_thread(pins.hashed, pins.ensure_new(text))
    await manager.switch_to(Code.again)


async def _again(
    message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep it when both were the same, else begin anew."""
    await _delete(message, manager)
    data, kept = manager.middleware_data, manager.dialog_data["hash"]
    if not await asyncio.to_thread(pins.matches, pins.read(text) or "", kept):
        manager.dialog_data["differs"] = True
        await manager.switch_to(Code.fresh)
        return
    async with data["ledger"].writing() as store:
        await actions.keep(
            store,
            data["visitor"].account,
            kept,
            by=_person(manager).id,
            now=data["clock"].now(),
        )
    await _end(manager, "pin_kept")


async def _forgotten(
    _query: CallbackQuery, _widget: Any, manager: DialogManager, item: str
) -> None:
    """Take it away; the action checks the right."""
    data = manager.middleware_data
    async with data["ledger"].writing() as store:
        await actions.reset(store, int(item), by=_person(manager).id, now=data["clock"].now())
    await manager.switch_to(Code.page)


async def _delete(message: Message, manager: DialogManager) -> None:
    """Take what she typed out of the chat, and the page with it: the next one is the last."""
    await manager.middleware_data["screen"].erase(message.chat.id, message.message_id)
    manager.show_mode = ShowMode.DELETE_AND_SEND


async def _end(manager: DialogManager, kind: str) -> None:
    await manager.done()
    data = manager.middleware_data
    await data["screen"].reply(data["visitor"].account.telegram_id, kind, {})


def _person(manager: DialogManager) -> Person:
    person: Person | None = manager.middleware_data["visitor"].person
    if person is None:
        raise NotAllowed
    return person
