"""The day and the hour of an activity, pressed or written."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.types import Message
from aiogram_dialog import ChatEvent, DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput
from aiogram_dialog.widgets.kbd import Keyboard, ManagedCalendar, SwitchTo

from collective.activity_times import ensure_moment
from collective.calendar import Hours, local_day, local_moment
from collective.errors import MomentPast, MomentUnclear
from dialogs import moments, names
from dialogs.choices import buttons, whole_hours
from dialogs.days import Days
from dialogs.planned import plan_of, say
from dialogs.states import Planning
from dialogs.text import Label, T, words_of
from locales.markers import N_, NP_

#: At which hours one may begin without writing it.
_HOURS = Hours(first=time(6), last=time(22))


def windows(*ways: Keyboard) -> tuple[Window, ...]:
    """Return the two pages; `ways` lead out of the first."""
    return (
        Window(
            T(N_("On which day?")),
            T(moments.HINT),
            TextInput(id="day_said", on_success=day_typed),
            Days(id="days", on_click=day_chosen),
            *ways,
            getter=clock,
            preview_data={"first_day": date(2026, 11, 26)},
            state=Planning.day,
        ),
        Window(
            T(N_("{day}: at what time, by the clocks of {town}?")),
            T(N_("Or write it, for example: 14:30.")),
            TextInput(id="hour_said", on_success=hour_typed),
            buttons("hours", hour_chosen, name="hour", width=4),
            SwitchTo(Label(NP_("button", "Another day")), id="other", state=Planning.day),
            getter=clock,
            preview_data={"town": "Lubumbashi", "day": "…", "hours": [("0900", "09:00")]},
            state=Planning.hour,
        ),
    )


async def clock(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say whose clocks count, from which day on, and which hours of the day are still to come."""
    words = words_of(dialog_manager)
    now: datetime = dialog_manager.middleware_data["clock"].now()
    zone = await _zone(dialog_manager)
    today = local_day(now, zone)
    day = date.fromisoformat(dialog_manager.dialog_data.get("day", today.isoformat()))
    offered = whole_hours(_HOURS, words.plain)
    return {
        "town": names.town(zone),
        "first_day": today,
        "day": words.day(day),
        "hours": [
            each for each in offered if local_moment(day, time.fromisoformat(each[0]), zone) > now
        ],
    }


async def day_chosen(
    _event: ChatEvent, _widget: ManagedCalendar, manager: DialogManager, day: date
) -> None:
    """Keep the day and ask for the hour; raise MomentPast, MomentTooFar."""
    await _keep_day(manager, day)


async def day_typed(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep the moment that a text says, or its day; raise MomentUnclear and what days raise."""
    await _take(manager, text, None)


async def hour_chosen(_event: ChatEvent, _widget: Any, manager: DialogManager, item: str) -> None:
    """Keep the hour; raise MomentPast, MomentTooFar, HourMissing."""
    day = date.fromisoformat(manager.dialog_data["day"])
    await _keep(manager, day, time.fromisoformat(item))


async def hour_typed(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep the hour that a text says, perhaps with another day."""
    await _take(manager, text, date.fromisoformat(manager.dialog_data["day"]))


async def _take(manager: DialogManager, text: str, day: date | None) -> None:
    now, zone = manager.middleware_data["clock"].now(), await _zone(manager)
    said = moments.read(text, now, zone, bare=day is not None)
    if said is None:
        raise MomentUnclear
    on = said.day or day
    if said.at is None:
        await _keep_day(manager, on or local_day(now, zone))
    elif on is None:
        # An hour alone is the next time that the clocks show it.
        then = said.moment(now, zone) or now
        await _keep(manager, then.astimezone(ZoneInfo(zone)).date(), said.at)
    else:
        await _keep(manager, on, said.at)


async def _keep_day(manager: DialogManager, day: date) -> None:
    now, zone = manager.middleware_data["clock"].now(), await _zone(manager)
    if day < local_day(now, zone):
        raise MomentPast
    ensure_moment(day, time(23, 59), zone, now)
    manager.dialog_data["day"] = day.isoformat()
    await manager.switch_to(Planning.hour)


async def _keep(manager: DialogManager, day: date, at: time) -> None:
    ensure_moment(day, at, await _zone(manager), manager.middleware_data["clock"].now())
    await say(manager, day=day.isoformat(), at=f"{at:%H:%M}")


async def _zone(manager: DialogManager) -> str:
    return (await plan_of(manager)).collective.zone
