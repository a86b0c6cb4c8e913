"""Choosing one of several collectives: one list, used by every wizard that needs it."""

import html
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.api.internal import RawKeyboard
from aiogram_dialog.widgets.kbd import Button, Keyboard, ScrollingGroup, Select
from aiogram_dialog.widgets.kbd.select import OnItemClick
from aiogram_dialog.widgets.text import Format

from collective.actions import summaries
from collective.collectives import Collective
from collective.letters import fold
from collective.people import Standing
from dialogs import typed
from dialogs.text import Label, Leave, Search, T
from locales.markers import N_, NP_

#: Rows on one page: what fits a small screen together with the sentence above.
PAGE = 6
#: How much of what she writes is looked for, in characters.
SOUGHT_LIMIT = 40

#: Which collectives are offered to the person who looks.
Offer = Callable[[DialogManager], Awaitable[list[Collective]]]
#: What happens with the chosen one, which is kept for `collective_of`.
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


#: What a list that can be narrowed is made of.
Searched = tuple[T, Format, T, Pages, Button, Search]


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


def searched(items: str, on_click: OnItemClick[Any, str], *, name: str = "one") -> Searched:
    """Return the same with what narrows a long list: writing a part of a name. See `narrowed`."""

    async def sought(_message: Message, _widget: Any, manager: DialogManager, text: str) -> None:
        manager.dialog_data[f"{name}_sought"] = text[:SOUGHT_LIMIT]
        await _first_page(manager, name)

    async def show_all(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
        manager.dialog_data.pop(f"{name}_sought")
        await _first_page(manager, name)

    return (
        T(N_("Or write its name, or a part of it."), when="long"),
        Format("🔎 {sought}", when="sought"),
        T(N_("None is called that. All of them:"), when="none"),
        listed(items, on_click, name=name),
        Button(Label(NP_("button", "Show all")), f"{name}_all", on_click=show_all, when="sought"),
        Search(name, sought),
    )


def narrowed(
    manager: DialogManager, found: Collection[Collective], items: str, *, name: str = "one"
) -> dict[str, Any]:
    """Return what a `searched` list shows of these: all, or those whose names hold what she wrote.

    `items` and `name` are those of the list.
    """
    kept, everything = manager.dialog_data, [(each.id, each.name) for each in found]
    kept[f"{name}_long"] = long = len(everything) > PAGE
    sought = kept.get(f"{name}_sought", "") if long else ""
    named = typed.among(everything, sought) if sought else everything
    return {
        items: named or everything,
        "long": long and not sought,
        "sought": html.escape(sought) if named else "",
        "none": bool(sought) and not named,
    }


async def _first_page(manager: DialogManager, name: str) -> None:
    pages: Any = manager.find(f"{name}_list")
    await pages.set_page(0)


def pick_window(state: State, offer: Offer, then: State | Chosen, *others: Keyboard) -> Window:
    """Return a window with a paged list of collectives, by name, and other buttons below.

    `then` is the page that follows, or what is done with the chosen one.
    """

    async def choices(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
        offered = await offer(dialog_manager)
        given: Any = dialog_manager.start_data
        shown = narrowed(dialog_manager, offered, "collectives")
        return dict(given) | shown | {"several": len(offered) > 1}

    async def clicked(
        _query: CallbackQuery, _widget: Any, manager: DialogManager, item: str
    ) -> None:
        manager.dialog_data.pop("one_sought", None)
        manager.dialog_data["collective"] = int(item)
        await (manager.switch_to(then) if isinstance(then, State) else then(manager, int(item)))

    return Window(
        T(N_("Which collective?")),
        *searched("collectives", clicked),
        *others,
        Leave(),
        getter=choices,
        preview_data={"collectives": [(1, "Tujenge"), (2, "Amani")]},
        state=state,
    )


def collective_of(manager: DialogManager) -> int:
    """Return the collective that a dialog is about: the one it was opened with, or chose."""
    start: Any = manager.start_data
    return int(start["collective"] or manager.dialog_data["collective"])


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
    return sorted((each for each in found if each), key=lambda each: fold(each.name))
