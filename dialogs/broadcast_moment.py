"""When a broadcast leaves: the day and the hour, pressed or written, or now."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import ChatEvent, DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.kbd.calendar_kbd import ManagedCalendar

from collective.broadcasts import AHEAD
from collective.calendar import ALLOWED_HOURS, ensure_ahead, local_day, local_moment
from collective.collectives import CONGO_ZONES
from dialogs import moments, names
from dialogs.broadcast_draft import look
from dialogs.broadcast_options import to_preview
from dialogs.choices import buttons, whole_hours
from dialogs.days import Days
from dialogs.states import Broadcasting
from dialogs.text import Label, T, words_of
from locales.markers import N_, NP_


def windows() -> list[Window]:
    """Return the two pages."""
    return [_day(), _hour()]


def _day() -> Window:
    return Window(
        T(N_("On which day does it leave?")),
        T(moments.HINT),
        TextInput(id="day", on_success=_day_typed),
        Days(id="days", on_click=_day_chosen),
        Button(Label(NP_("button", "Now")), id="now", on_click=_now, when="planned"),
        to_preview(),
        getter=clock,
        preview_data={"first_day": date(2026, 11, 26), "planned": True},
        state=Broadcasting.day,
    )


def _hour() -> Window:
    return Window(
        T(N_("At what time, by the clocks of {town}?")),
        T(moments.HOUR_HINT),
        TextInput(id="at", on_success=_hour_typed),
        buttons("hours", _hour_chosen, name="hour", width=4),
        SwitchTo(Label(NP_("button", "Back")), id="day", state=Broadcasting.day),
        getter=clock,
        preview_data={"town": "Lubumbashi", "hours": [("0900", "09:00")]},
        state=Broadcasting.hour,
    )


async def clock(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say whose clocks count, from which day on, and which hours of the day are still to come."""
    now: datetime = dialog_manager.middleware_data["clock"].now()
    page, kept = await look(dialog_manager), dialog_manager.dialog_data
    zone = page.clocks.zone if page.clocks else CONGO_ZONES[0]
    hours = whole_hours(
        page.clocks.hours if page.clocks else ALLOWED_HOURS, words_of(dialog_manager).plain
    )
    day = date.fromisoformat(kept["day"]) if "day" in kept else local_day(now, zone)
    return {
        "town": names.town(zone),
        "first_day": local_day(now, zone),
        "last_day": local_day(now + AHEAD, zone),
        "planned": page.at is not None,
        "hours": [
            each for each in hours if local_moment(day, time.fromisoformat(each[0]), zone) > now
        ],
        "zone": zone,
    }


async def _day_chosen(
    _event: ChatEvent, _widget: ManagedCalendar, manager: DialogManager, day: date
) -> None:
    await _keep_day(manager, day)


async def _day_typed(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    await _take(manager, text, None)


async def _hour_chosen(
    _query: CallbackQuery, _widget: Any, manager: DialogManager, hour: str
) -> None:
    zone = (await clock(manager))["zone"]
    day = date.fromisoformat(manager.dialog_data["day"])
    await _keep(manager, local_moment(day, time.fromisoformat(hour), zone))


async def _hour_typed(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    await _take(manager, text, date.fromisoformat(manager.dialog_data["day"]))


async def _take(manager: DialogManager, text: str, day: date | None) -> None:
    """Keep the moment that a text says, or its day and ask for the hour; raise MomentUnclear."""
    zone, now = (await clock(manager))["zone"], manager.middleware_data["clock"].now()
    found = moments.understood(text, now, zone, day=day)
    if isinstance(found, datetime):
        await _keep(manager, found)
    else:
        await _keep_day(manager, found)


async def _keep_day(manager: DialogManager, day: date) -> None:
    zone, now = (await clock(manager))["zone"], manager.middleware_data["clock"].now()
    ensure_ahead(local_moment(day, time.max, zone), now, AHEAD + timedelta(days=1))
    manager.dialog_data["day"] = day.isoformat()
    await manager.switch_to(Broadcasting.hour)


async def _keep(manager: DialogManager, at: datetime) -> None:
    """Keep when it leaves; raise MomentPast, MomentTooFar."""
    kept = ensure_ahead(at, manager.middleware_data["clock"].now(), AHEAD)
    manager.dialog_data["at"] = kept.astimezone(UTC).isoformat()
    await manager.switch_to(Broadcasting.preview)


async def _now(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    manager.dialog_data["at"] = None
    await manager.switch_to(Broadcasting.preview)
