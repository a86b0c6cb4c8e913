"""A question with a few answers to press, and the answers that more than one wizard offers."""

from collections.abc import Awaitable, Callable
from datetime import time
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import BaseInput
from aiogram_dialog.widgets.kbd import Group, Keyboard, Select
from aiogram_dialog.widgets.kbd.select import OnItemClick
from aiogram_dialog.widgets.text import Format, Text

from collective.calendar import Hours
from collective.collectives import CADENCES, DEFAULT_RHYTHM, GroupLanguage
from dialogs import names
from dialogs.text import words_of
from locales.words import Words

#: Answers as (value kept, label shown). A value goes into callback data, where a colon ends it.
Choices = list[tuple[str, str]]
#: Makes the answers for whoever looks; her words are plain.
Offer = Callable[[DialogManager, Words], Choices]
#: What happens with the one she presses.
Chosen = Callable[[DialogManager, str], Awaitable[None]]


def buttons(items: str, on_click: OnItemClick[Any, str], *, name: str, width: int = 1) -> Group:
    """Return a button for each of some `Choices` that the getter calls `items`."""
    one = Select(
        Format("{item[1]}"),
        id=name,
        item_id_getter=lambda item: item[0],
        items=items,
        on_click=on_click,
    )
    return Group(one, width=width)


def choice_window(
    state: State,
    question: Text,
    offer: Offer,
    chosen: Chosen,
    *others: Keyboard | BaseInput,
    width: int = 1,
) -> Window:
    """Return a window that asks one thing; `others` are buttons below, or what is typed."""

    async def offered(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
        return {"choices": offer(dialog_manager, words_of(dialog_manager).plain)}

    async def clicked(
        _query: CallbackQuery, _widget: Any, manager: DialogManager, item: str
    ) -> None:
        await chosen(manager, item)

    return Window(
        question,
        buttons("choices", clicked, name=str(state.state).rpartition(":")[2], width=width),
        *others,
        getter=offered,
        preview_data={"choices": [("1", "…")]},
        state=state,
    )


def cadences(_manager: DialogManager, words: Words) -> Choices:
    """Offer how often a check-in may come."""
    return [(each.value, names.cadence(each, words)) for each in CADENCES]


def weekdays(_manager: DialogManager, words: Words) -> Choices:
    """Offer the days of the week, the usual one first."""
    usual = DEFAULT_RHYTHM.weekday
    days = [usual, *(day for day in range(7) if day != usual)]
    return [(str(day), words.weekday(day).capitalize()) for day in days]


def whole_hours(hours: Hours, words: Words) -> Choices:
    """Offer every whole hour of a part of the day."""
    return [
        (f"{hour:02}00", words.time(time(hour)))
        for hour in range(hours.first.hour, hours.last.hour)
    ]


def group_languages(_manager: DialogManager, words: Words) -> Choices:
    """Offer what a group can be spoken to in."""
    return [(each.value, names.group_language(each, words)) for each in GroupLanguage]
