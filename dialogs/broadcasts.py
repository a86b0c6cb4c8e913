"""The composer: which collective, the text, a preview, and it leaves."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.text import Format, Multi

from collective import access
from collective.actions import broadcasts
from collective.audiences import Reach, of_collectives
from collective.broadcasts import Version, clean_version
from collective.collectives import Collective
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
    return {"collective": (await _written_to(dialog_manager)).name}


async def written(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep the text for the preview; raise TextEmpty or TextTooLong."""
    data, start = manager.middleware_data, _start(manager)
    version = clean_version(Version(language=words_of(manager).lang, text=text))
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        made = await broadcasts.draft(
            store,
            of_collectives([_collective(manager)]),
            key=start["draft"],
            language=version.language,
            by=by,
            now=now,
        )
        await broadcasts.write(store, made.id, version, by=by, now=now)
    manager.dialog_data["broadcast"] = made.id
    await manager.switch_to(Broadcasting.preview)


async def preview(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Show what arrives, whom it reaches and when it leaves."""
    data, words = dialog_manager.middleware_data, words_of(dialog_manager)
    number, now = dialog_manager.dialog_data["broadcast"], data["clock"].now()
    to = await _written_to(dialog_manager)
    async with data["ledger"].reading() as store:
        reach = await broadcasts.reach(store, number, by=data["visitor"].person.id, now=now)
        [version] = await store.broadcasts.versions(number)
    leaves = words.moment(reach.leaves_at, to.zone)
    return {
        "shown": broadcast_message(data["visitor"].person.name, version.text or ""),
        "reach": _reach(reach, words),
        "when": words.gettext("Nobody is woken: it leaves {moment}.", moment=leaves)
        if reach.leaves_at > now
        else "",
    }


async def send(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Queue it; pressing twice sends it once. The report comes when everything has left."""
    data = manager.middleware_data
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        await broadcasts.send(store, manager.dialog_data["broadcast"], by=by, now=now)
    await manager.done()
    await data["screen"].reply(query.from_user.id, "broadcast_queued", {})


async def _picked(manager: DialogManager, collective_id: int) -> None:
    manager.dialog_data["collective"] = collective_id
    await manager.switch_to(Broadcasting.text)


async def _written_to(manager: DialogManager) -> Collective:
    async with manager.middleware_data["ledger"].reading() as store:
        return await access.existing(store, _collective(manager))


def _reach(to: Reach, words: Words) -> str:
    if not to.groups:
        return words.ngettext("To {n} member.", "To {n} members.", to.people)
    return words.ngettext(
        "To {n} member and to the group.", "To {n} members and to the group.", to.people
    )


def _collective(manager: DialogManager) -> int:
    return int(_start(manager)["collective"] or manager.dialog_data["collective"])


def _start(manager: DialogManager) -> dict[str, Any]:
    start: Any = manager.start_data
    return dict(start)
