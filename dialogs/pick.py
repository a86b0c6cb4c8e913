"""Choosing one of several collectives: one list, used by every wizard that needs it."""

from collections.abc import Awaitable, Callable, Collection
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, InlineKeyboardButton
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.api.internal import RawKeyboard
from aiogram_dialog.widgets.kbd import Keyboard, ScrollingGroup, Select
from aiogram_dialog.widgets.kbd.select import OnItemClick
from aiogram_dialog.widgets.text import Format

from collective.actions import summaries
from collective.collectives import Collective
from collective.people import Standing
from dialogs.text import Leave, T
from locales.markers import N_

#: Rows on one page: what fits a small screen together with the sentence above.
PAGE = 6

#: Which collectives are offered to the person who looks.
Offer = Callable[[DialogManager], Awaitable[list[Collective]]]
#: What happens with the chosen one.
Chosen = Callable[[DialogManager, int], Awaitable[None]]


class Pages(ScrollingGroup):
    """Rows of buttons; many have a way back, the number of the page, and a way on."""

    async def _render_pager(self, pages: int, manager: DialogManager) -> RawKeyboard:
        if pages < 2:
            return []
        here, last = min(await self.get_page(manager), pages - 1), pages - 1
        ways = {"‹": max(0, here - 1), f"{here + 1}/{pages}": here, "›": min(last, here + 1)}
        return [
            [
                InlineKeyboardButton(text=label, callback_data=self._item_callback_data(page))
                for label, page in ways.items()
            ]
        ]


def listed(
    items: str, on_click: OnItemClick[Any, str], *, name: str = "one", label: str = "{item[1]}"
) -> Pages:
    """Return a list of buttons, one a row, from pairs of a number and a name."""
    one = Select(
        Format(label),
        id=name,
        item_id_getter=lambda item: item[0],
        items=items,
        on_click=on_click,
    )
    return Pages(one, id=f"{name}_list", width=1, height=PAGE)


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
        listed("collectives", clicked),
        *others,
        Leave(),
        getter=choices,
        preview_data={"collectives": [(1, "Tujenge"), (2, "Amani")]},
        state=state,
    )


async def facilitated(manager: DialogManager) -> list[Collective]:
    """Offer the collectives she accompanies."""
    return await _of_hers(manager, lambda standing: standing.facilitates)


async def hers(manager: DialogManager) -> list[Collective]:
    """Offer the collectives she belongs to."""
    return await _of_hers(manager, lambda standing: standing.member_of | standing.facilitates)


async def readable(manager: DialogManager) -> list[Collective]:
    """Offer the collectives whose summaries she may read."""
    data = manager.middleware_data
    if data["visitor"].person is None:
        return []
    async with data["ledger"].reading() as store:
        return await summaries.readable(store, by=data["visitor"].person.id)


async def _of_hers(
    manager: DialogManager, which: Callable[[Standing], Collection[int]]
) -> list[Collective]:
    data = manager.middleware_data
    person = data["visitor"].person
    if person is None:
        return []
    async with data["ledger"].reading() as store:
        keys = which(await store.people.standing(person.id))
        found = [await store.collectives.get(key) for key in keys]
    return sorted((each for each in found if each), key=lambda each: each.name.casefold())
