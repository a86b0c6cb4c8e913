"""What the composer offers beside the usual: another language, a test, to be heard."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.kbd import Button, Keyboard, Select, SwitchTo
from aiogram_dialog.widgets.text import Format

from collective.actions import broadcasts, composing
from collective.people import Role
from dialogs.broadcast_draft import EVERYWHERE, begun, look, number_of, start
from dialogs.states import Broadcasting
from dialogs.text import Label, T
from locales.languages import find, languages
from locales.markers import N_, NP_

#: Says, on the preview too, that they are asked.
ASKED = N_("They are asked to press “I have heard”.")


def windows() -> list[Window]:
    """Return the pages behind the preview."""
    return [_options(), _languages()]


def to_preview() -> Keyboard:
    """Return the button that leads back to the preview."""
    return SwitchTo(Label(NP_("button", "Back")), id="preview", state=Broadcasting.preview)


def _options() -> Window:
    return Window(
        T(N_("What shall be different?")),
        T(ASKED, when="asks"),
        Button(Label(NP_("button", "To whom")), id="whom", on_click=_to_whom),
        SwitchTo(Label(NP_("button", "Later")), id="later", state=Broadcasting.day),
        SwitchTo(Label(NP_("button", "Another language")), id="more", state=Broadcasting.languages),
        Button(Label(NP_("button", "Ask who has heard")), "ask", on_click=_ask, when="silent"),
        Button(Label(NP_("button", "Ask no more")), "silent", on_click=_ask, when="asks"),
        Button(Label(NP_("button", "Send it to me only")), id="test", on_click=_test),
        Button(Label(NP_("button", "Leave out {language}")), "out", on_click=_out, when="several"),
        to_preview(),
        getter=options,
        preview_data={"asks": True, "silent": True, "several": True, "language": "Lingala"},
        state=Broadcasting.options,
    )


def _languages() -> Window:
    return Window(
        T(N_("In which language? Who reads one that you leave out gets yours.")),
        Select(
            Format("{item[1]}"),
            id="lang",
            item_id_getter=lambda item: item[0],
            items="languages",
            on_click=_write_in,
        ),
        to_preview(),
        getter=tongues,
        preview_data={"languages": [("ln", "Lingala")]},
        state=Broadcasting.languages,
    )


async def options(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say what can be different, and what already is."""
    page = await look(dialog_manager)
    asks = page.broadcast is not None and page.broadcast.asks_heard
    return {
        "asks": asks,
        "silent": not asks,
        "several": len(page.versions) > 1,
        "language": find(page.version.language).name if page.version else "",
    }


async def tongues(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Offer every language by its own name; a mark says that it is written."""
    written = {each.language for each in (await look(dialog_manager)).versions}
    marked = [(code, ("✅ " if code in written else "") + find(code).name) for code in languages()]
    return {"languages": marked}


async def _write_in(
    _query: CallbackQuery, _widget: Any, manager: DialogManager, language: str
) -> None:
    manager.dialog_data["language"] = language
    await manager.switch_to(Broadcasting.text)


async def _out(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Leave out the language that is looked at."""
    data, page = manager.middleware_data, await look(manager)
    if page.version is not None and len(page.versions) > 1:
        async with data["ledger"].writing() as store:
            number, by = await begun(manager, store), data["visitor"].person.id
            await composing.unwrite(store, number, page.version.language, by=by)
    manager.dialog_data.pop("language", None)
    await manager.switch_to(Broadcasting.preview)


async def _ask(_query: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """Ask whoever gets it to press that she has heard, or no more."""
    data = manager.middleware_data
    asks = button.widget_id == "ask"
    async with data["ledger"].writing() as store:
        number, by = await begun(manager, store), data["visitor"].person.id
        await composing.ask_heard(store, number, asks=asks, by=by)
    await manager.switch_to(Broadcasting.preview)


async def _test(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Send her what arrives, in each language; the preview comes below it."""
    page, screen = await look(manager), manager.middleware_data["screen"]
    for version in page.versions:
        ids = {"broadcast": number_of(manager) or 0, "collective": 0, "language": version.language}
        await screen.reply(query.from_user.id, broadcasts.MESSAGE, ids)
    await manager.switch_to(Broadcasting.preview, show_mode=ShowMode.SEND)


async def _to_whom(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    chosen = manager.dialog_data.get("collective", start(manager)["collective"])
    audience = (await look(manager)).audience
    wide = chosen == EVERYWHERE or not audience.collectives or audience.roles - {Role.MEMBER}
    await manager.switch_to(Broadcasting.wide if wide else Broadcasting.audience)
