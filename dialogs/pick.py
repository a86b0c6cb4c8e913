"""Choosing one of several collectives: one list, used by every wizard that needs it."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Keyboard, ScrollingGroup, Select
from aiogram_dialog.widgets.text import Format

from collective.collectives import Collective
from dialogs.text import Leave, T
from locales.markers import N_

#: Rows on one page: what fits a small screen together with the sentence above.
PAGE = 6

#: Which collectives are offered to the person who looks.
Offer = Callable[[DialogManager], Awaitable[list[Collective]]]
#: What happens with the chosen one.
Chosen = Callable[[DialogManager, int], Awaitable[None]]


def pick_window(state: State, offer: Offer, chosen: Chosen, *others: Keyboard) -> Window:
    """Return a window with a paged list of collectives, by name, and other buttons below."""

    async def choices(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
        offered = await offer(dialog_manager)
        given: Any = dialog_manager.start_data
        choices = [(each.id, each.name) for each in offered]
        return dict(given) | {"collectives": choices, "several": len(choices) > 1}

    async def clicked(
        _query: CallbackQuery, _widget: Any, manager: DialogManager, item: str
    ) -> None:
        await chosen(manager, int(item))

    return Window(
        T(N_("Which collective?")),
        ScrollingGroup(
            Select(
                Format("{item[1]}"),
                id="one",
                item_id_getter=lambda item: item[0],
                items="collectives",
                on_click=clicked,
            ),
            id="list",
            width=1,
            height=PAGE,
            hide_on_single_page=True,
        ),
        *others,
        Leave(),
        getter=choices,
        preview_data={"collectives": [(1, "Tujenge"), (2, "Amani")]},
        state=state,
    )


async def facilitated(manager: DialogManager) -> list[Collective]:
    """Offer the collectives she accompanies."""
    data = manager.middleware_data
    person = data["visitor"].person
    if person is None:
        return []
    async with data["ledger"].reading() as store:
        standing = await store.people.standing(person.id)
        found = [await store.collectives.get(key) for key in standing.facilitates]
    return sorted((each for each in found if each), key=lambda each: each.name.casefold())
