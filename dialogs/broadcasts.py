"""The composer: which collective, the text, a preview, and it leaves."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.text import Format, Multi

from collective.actions import broadcasts
from collective.actions.broadcasts import Audience
from collective.broadcasts import clean_broadcast
from dialogs.cards.broadcasts import message as broadcast_message
from dialogs.doors import Broadcasting
from dialogs.pick import facilitated, pick_window
from dialogs.text import Label, Leave, T, Wizard, words_of
from locales.markers import N_, NP_
from locales.words import Words


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        pick_window(Broadcasting.collective, facilitated, _picked),
        Window(
            T(N_("Write your message to {collective}.")),
            TextInput(id="text", on_success=written),
            Leave(),
            getter=addressed,
            preview_data={"collective": "Tujenge"},
            state=Broadcasting.text,
        ),
        Window(
            Multi(Format("{shown}"), Format("{reach}"), Format("{when}", when="when"), sep="\n\n"),
            Button(Label(NP_("button", "Send")), id="send", on_click=send),
            SwitchTo(Label(NP_("button", "Change the text")), id="again", state=Broadcasting.text),
            Leave(),
            getter=preview,
            preview_data={"shown": "…", "reach": "…", "when": ""},
            state=Broadcasting.preview,
        ),
    )


async def addressed(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Name the collective that is written to."""
    return {"collective": (await _audience(dialog_manager)).collective.name}


async def written(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep the text for the preview; raise TextEmpty or TextTooLong."""
    manager.dialog_data["text"] = clean_broadcast(text)
    await manager.switch_to(Broadcasting.preview)


async def preview(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Show what arrives, whom it reaches and when it leaves."""
    data, words = dialog_manager.middleware_data, words_of(dialog_manager)
    to = await _audience(dialog_manager)
    late = to.leaves_at > data["clock"].now()
    leaves = words.moment(to.leaves_at, to.collective.zone)
    return {
        "shown": broadcast_message(data["visitor"].person.name, dialog_manager.dialog_data["text"]),
        "reach": _reach(to, words),
        "when": words.gettext("Nobody is woken: it leaves {moment}.", moment=leaves)
        if late
        else "",
    }


async def send(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Queue it; pressing twice sends it once. The report comes when everything has left."""
    data = manager.middleware_data
    start: Any = manager.start_data
    async with data["ledger"].writing() as store:
        await broadcasts.send(
            store,
            _collective(manager),
            manager.dialog_data["text"],
            draft=start["draft"],
            by=data["visitor"].person.id,
            now=data["clock"].now(),
        )
    await manager.done()
    await data["screen"].reply(query.from_user.id, "broadcast_queued", {})


async def _picked(manager: DialogManager, collective_id: int) -> None:
    manager.dialog_data["collective"] = collective_id
    await manager.switch_to(Broadcasting.text)


async def _audience(manager: DialogManager) -> Audience:
    data = manager.middleware_data
    async with data["ledger"].reading() as store:
        return await broadcasts.audience(
            store, _collective(manager), by=data["visitor"].person.id, now=data["clock"].now()
        )


def _reach(to: Audience, words: Words) -> str:
    if to.group is None:
        return words.ngettext("To {n} member.", "To {n} members.", len(to.chats))
    return words.ngettext(
        "To {n} member and to the group.", "To {n} members and to the group.", len(to.chats)
    )


def _collective(manager: DialogManager) -> int:
    start: Any = manager.start_data
    return int(start["collective"] or manager.dialog_data["collective"])
