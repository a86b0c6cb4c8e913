"""Reading how a collective is doing."""

from typing import Any

from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Cancel, SwitchTo
from aiogram_dialog.widgets.text import Format

from collective.actions import summaries
from dialogs.pick import collective_of, pick_window, readable
from dialogs.states import Reading
from dialogs.text import Label, Wizard, words_of
from locales.markers import NP_
from reports.summary import overview_text


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        pick_window(Reading.collective, readable, Reading.summary),
        Window(
            Format("{overview}"),
            SwitchTo(
                Label(NP_("button", "Another collective")),
                id="other",
                state=Reading.collective,
                when="several",
            ),
            Cancel(Label(NP_("button", "Close"))),
            getter=overview,
            preview_data={"overview": "…", "several": True},
            state=Reading.summary,
        ),
    )


async def overview(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Read the chosen collective's figures; the action checks the right and keeps a note."""
    data = dialog_manager.middleware_data
    start: Any = dialog_manager.start_data
    async with data["ledger"].writing() as store:
        found = await summaries.read(
            store,
            data["forms"],
            collective_of(dialog_manager),
            by=data["visitor"].person.id,
            now=data["clock"].now(),
        )
    return {
        "overview": overview_text(found, words_of(dialog_manager)),
        "several": start["collective"] is None,
    }
