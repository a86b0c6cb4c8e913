"""Settings: one short menu, each line a page of its own."""

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Column

from dialogs.doors import Settings, open_code
from dialogs.text import Label, T, Wizard
from locales.markers import N_, NP_


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        Window(
            T(N_("Settings")),
            Column(
                Button(Label(NP_("button", "Secret code")), id="code", on_click=_code),
                Cancel(Label(NP_("button", "Close"))),
            ),
            state=Settings.menu,
        ),
    )


async def _code(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await open_code(manager)
