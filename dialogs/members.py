"""The list of members on a facilitator's page: adding one without Telegram, taking her off."""

from typing import Any
from uuid import uuid4

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.text import Format

from collective.actions import roster
from collective.people import clean_name
from dialogs.invites import show_own_invite
from dialogs.pick import collective_of, listed
from dialogs.states import Accompanying
from dialogs.text import Label, T, words_of
from locales.markers import N_, NP_
from reports import following


def windows() -> tuple[Window, ...]:
    """Return the pages of the list, of one member, and of who has no Telegram."""
    return (
        Window(
            T(
                N_(
                    "Members of {collective}. 📵 has no Telegram, ⏸ makes a pause, 🚫 cannot be "
                    "reached."
                )
            ),
            listed("members", chosen),
            to_page(NP_("button", "Add without Telegram"), Accompanying.name),
            back_to(Accompanying.overview),
            getter=members,
            preview_data={"collective": "Tujenge", "members": [(1, "Aline")]},
            state=Accompanying.members,
        ),
        Window(
            Format("{member}"),
            Button(
                Label(NP_("button", "She has a phone now")),
                id="invite",
                on_click=invite,
                when="written_down",
            ),
            to_page(NP_("button", "Take off the list"), Accompanying.remove, when="written_down"),
            back_to(Accompanying.members),
            getter=member,
            preview_data={"member": "…", "written_down": True},
            state=Accompanying.member,
        ),
        Window(
            T(
                N_(
                    "Take {name} off the list? Her answers stay in the totals of {collective}. "
                    "If she wishes, I also erase everything that is kept about her."
                )
            ),
            Button(Label(NP_("button", "Take off the list")), id="leaves", on_click=take_off),
            Button(Label(NP_("button", "Take off and erase")), id="erase", on_click=take_off),
            back_to(Accompanying.member),
            getter=named_member,
            preview_data={"name": "Mado", "collective": "Tujenge"},
            state=Accompanying.remove,
        ),
        Window(
            T(N_("What is she called? Write her name.")),
            TextInput(id="name", on_success=named),
            back_to(Accompanying.members),
            state=Accompanying.name,
        ),
        Window(
            T(
                N_(
                    "Has {name} agreed that her name and the answers you enter for her are kept? "
                    "The group sees totals, never who said what."
                )
            ),
            Button(Label(NP_("button", "She agreed")), id="agreed", on_click=write_down),
            back_to(Accompanying.members),
            getter=written,
            preview_data={"name": "Mado"},
            state=Accompanying.agreed,
        ),
    )


async def members(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List the members by name."""
    data = dialog_manager.middleware_data
    async with data["ledger"].reading() as store:
        listed = await roster.members(
            store, collective_of(dialog_manager), by=data["visitor"].person.id
        )
        collective = await store.collectives.get(collective_of(dialog_manager))
    now = data["clock"].now()
    return {
        "collective": collective.name if collective else "",
        "members": [(each.id, following.name(each, now)) for each in listed],
    }


async def chosen(_query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    """Show one member."""
    manager.dialog_data["member"] = int(item)
    await manager.switch_to(Accompanying.member)


async def named_member(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Return the member whose page this is, with her name and her collective's."""
    data = dialog_manager.middleware_data
    async with data["ledger"].reading() as store:
        found = await roster.member(
            store,
            collective_of(dialog_manager),
            dialog_manager.dialog_data["member"],
            by=data["visitor"].person.id,
        )
        collective = await store.collectives.get(found.collective_id)
    return {
        "found": found,
        "name": found.name,
        "collective": collective.name,
        "zone": collective.zone,
    }


async def member(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say since when she is in, and whether she can be reached."""
    page = await named_member(dialog_manager)
    now, words = dialog_manager.middleware_data["clock"].now(), words_of(dialog_manager)
    return {
        "member": following.member(page["found"], page["zone"], now, words),
        "written_down": page["found"].chat_id is None,
    }


async def invite(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Make and show the invitation by which she comes to her own record."""
    collective, member_id = collective_of(manager), manager.dialog_data["member"]
    await manager.done()
    await show_own_invite(manager, collective, member_id)


async def take_off(_query: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """Take her off the list, with everything that is kept about her if she wishes."""
    data = manager.middleware_data
    async with data["ledger"].writing() as store:
        await roster.take_off(
            store,
            data["forms"],
            collective_of(manager),
            manager.dialog_data["member"],
            erase=button.widget_id == "erase",
            by=data["visitor"].person.id,
            now=data["clock"].now(),
        )
    await manager.switch_to(Accompanying.members)


async def named(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, name: str
) -> None:
    """Keep the name until her yes is noted; raise TextEmpty or TextTooLong."""
    manager.dialog_data["name"] = clean_name(name)
    manager.dialog_data["draft"] = uuid4().hex
    await manager.switch_to(Accompanying.agreed)


async def written(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Name who is to be written down."""
    return {"name": dialog_manager.dialog_data["name"]}


async def write_down(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Write her down and show her page; pressing twice writes her once."""
    data = manager.middleware_data
    async with data["ledger"].writing() as store:
        made = await roster.add(
            store,
            collective_of(manager),
            manager.dialog_data["name"],
            draft=manager.dialog_data["draft"],
            agreed=True,
            by=data["visitor"].person.id,
            now=data["clock"].now(),
        )
    manager.dialog_data["member"] = made.id
    await manager.switch_to(Accompanying.member)


def to_page(label: tuple[str, str], state: State, when: str | None = None) -> SwitchTo:
    """Return a button that leads to another page."""
    _, _, name = str(state.state).rpartition(":")
    return SwitchTo(Label(label), id=f"to_{name}", state=state, when=when)


def back_to(state: State) -> SwitchTo:
    """Return the button that leads back to a page."""
    return to_page(NP_("button", "Back"), state)
