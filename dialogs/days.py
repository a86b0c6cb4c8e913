"""A month of days to press, in the reader's words and by our own clock."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from aiogram.types import InlineKeyboardButton
from aiogram_dialog import DialogManager
from aiogram_dialog.api.internal import RawKeyboard
from aiogram_dialog.widgets.kbd import Calendar
from aiogram_dialog.widgets.kbd.calendar_kbd import (
    CalendarConfig,
    CalendarDaysView,
    CalendarScope,
    CalendarScopeView,
    CalendarUserConfig,
)
from aiogram_dialog.widgets.text import Format, Text

from dialogs.text import words_of
from locales.words import Words

#: How far ahead a day may be chosen where the window says nothing.
_AHEAD = timedelta(days=366)


class Days(Calendar):
    """A calendar from the day that the window's data call `first_day`, for a year.

    Where they say `last_day` it ends there, where they say `shown_day` it opens at it.
    """

    def _init_views(self) -> dict[CalendarScope, CalendarScopeView]:
        month = _Month(
            self._item_callback_data,
            date_text=Format("{date.day}"),
            # The library's today is the machine's, not that of the clock we live by.
            today_text=Format("{date.day}"),
            weekday_text=_Said(lambda words, day: words.weekday_short(day.weekday())),
            header_text=_Said(lambda words, day: words.month_of(day)),
            prev_month_text=Format("‹"),
            next_month_text=Format("›"),
        )
        return {CalendarScope.DAYS: month}

    async def _get_user_config(
        self, data: dict[str, Any], manager: DialogManager
    ) -> CalendarUserConfig:
        first: date = data["first_day"]
        last: date = data.get("last_day") or first + _AHEAD
        return CalendarUserConfig(min_date=first, max_date=last)

    async def _render_keyboard(self, data: dict[str, Any], manager: DialogManager) -> RawKeyboard:
        if self.get_offset(manager) is None:
            self.set_offset(data.get("shown_day") or data["first_day"], manager)
        return await super()._render_keyboard(data, manager)

    async def _handle_scope_months(self, data: str, manager: DialogManager) -> None:
        """Stay: pages of months and years would be two more levels to get lost in."""


class _Month(CalendarDaysView):
    async def _render_days(
        self, config: CalendarConfig, offset: date, data: dict[str, Any], manager: DialogManager
    ) -> list[list[InlineKeyboardButton]]:
        # A week in which nothing can be chosen is rows of blank keys on a small screen.
        weeks = await super()._render_days(config, offset, data, manager)
        return [week for week in weeks if any(_says(day) for day in week)]

    async def _render_pager(
        self, config: CalendarConfig, offset: date, data: dict[str, Any], manager: DialogManager
    ) -> list[InlineKeyboardButton]:
        row = await super()._render_pager(config, offset, data, manager)
        return [button for button in row[:1] + row[-1:] if _says(button)]


def _says(button: InlineKeyboardButton) -> bool:
    return bool(button.text.strip())


class _Said(Text):
    """What a month calls a day, in the reader's language."""

    def __init__(self, say: Callable[[Words, date], str]) -> None:
        super().__init__()
        self._say = say

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        return self._say(words_of(manager).plain, data["date"])
