"""Settings: one short menu, each line a page of its own."""

from collections.abc import Awaitable, Callable

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Column

from dialogs.doors import Settings, open_code, open_discretion, open_people
from dialogs.text import Label, T, Wizard
from locales.markers import N_, NP_


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        Window(
            T(N_("Settings")),
            Column(
                _line("discreet", NP_("button", "Discreet mode"), open_discretion),
                _line("code", NP_("button", "Secret code"), open_code),
                _line("people", NP_("button", "Who uses this phone"), open_people),
                Cancel(Label(NP_("button", "Close"))),
            ),
            state=Settings.menu,
        ),
    )


def _line(
    name: str, label: tuple[str, str], door: Callable[[DialogManager], Awaitable[None]]
) -> Button:
    """Return a button that opens another dialog."""

    async def opened(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
        await door(manager)

    return Button(Label(label), id=name, on_click=opened)
