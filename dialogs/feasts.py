"""The feast days of a collective: two pages of the dialog about its rhythm."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import ChatEvent, DialogManager, Window
from aiogram_dialog.widgets.kbd import ManagedCalendar, SwitchTo

from collective.actions import rhythms
from collective.actions.rhythms import Timetable
from collective.calendar import local_day
from dialogs.days import Days
from dialogs.pick import collective_of, listed
from dialogs.states import Pacing
from dialogs.text import Label, T, words_of
from locales.markers import N_, NP_
from locales.words import Words

#: Keeps a feast day, or takes it back.
FeastAction = Callable[..., Awaitable[None]]


def windows() -> tuple[Window, Window]:
    """Return the page that lists the feast days, and the one that adds a day."""
    return _listed(), _day()


def _listed() -> Window:
    return Window(
        T(N_("On a feast day I am silent, and a check-in waits for the next free day.\n\n{next}")),
        listed("feasts", removed, name="feast", label="✕ {item[1]}"),
        SwitchTo(Label(NP_("button", "Add a day")), id="add", state=Pacing.day),
        SwitchTo(Label(NP_("button", "Back")), id="back", state=Pacing.home),
        getter=feast_days,
        preview_data={"next": "…", "feasts": [("2026-12-25", "25/12/2026")]},
        state=Pacing.feasts,
    )


def _day() -> Window:
    return Window(
        T(N_("Which day is a feast day?")),
        Days(id="day", on_click=added),
        SwitchTo(Label(NP_("button", "Back")), id="back", state=Pacing.feasts),
        getter=today,
        preview_data={"first_day": date(2026, 11, 26)},
        state=Pacing.day,
    )


async def feast_days(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List the feast days to come, and when the next three check-ins open with them."""
    words, kept = words_of(dialog_manager), await look(dialog_manager)
    return {
        "next": openings(kept, words),
        "feasts": [(day.isoformat(), words.date(day)) for day in kept.feasts],
    }


async def today(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say from which day on a feast day can be chosen."""
    kept = await look(dialog_manager)
    now: datetime = dialog_manager.middleware_data["clock"].now()
    return {"first_day": local_day(now, kept.collective.zone)}


async def added(
    _event: ChatEvent, _widget: ManagedCalendar, manager: DialogManager, day: date
) -> None:
    """Keep a feast day."""
    await _set_feast_day(manager, day, rhythms.add_feast_day)
    await manager.switch_to(Pacing.feasts)


async def removed(_query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    """Make a feast day an ordinary one."""
    await _set_feast_day(manager, date.fromisoformat(item), rhythms.remove_feast_day)


async def _set_feast_day(manager: DialogManager, day: date, act: FeastAction) -> None:
    data = manager.middleware_data
    async with data["ledger"].writing() as store:
        await act(
            store,
            collective_of(manager),
            day,
            by=data["visitor"].person.id,
            now=data["clock"].now(),
        )


async def look(manager: DialogManager) -> Timetable:
    """Return the timetable of the collective that the dialog is about."""
    data = manager.middleware_data
    async with data["ledger"].reading() as store:
        return await rhythms.look(
            store, collective_of(manager), by=data["visitor"].person.id, now=data["clock"].now()
        )


def openings(planned: Timetable, words: Words) -> str:
    """Say when the next check-ins open."""
    zone = planned.collective.zone
    listed = "\n".join(f"· {words.moment(each, zone)}" for each in planned.openings)
    return words.gettext("The next check-ins open:\n{listed}", listed=listed)
