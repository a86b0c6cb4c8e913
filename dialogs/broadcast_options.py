"""What the composer offers beside the usual: later, another language, a test, to be heard."""

from datetime import UTC, date, datetime, time
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import ChatEvent, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.kbd import Button, Keyboard, Select, SwitchTo
from aiogram_dialog.widgets.kbd.calendar_kbd import ManagedCalendar
from aiogram_dialog.widgets.text import Format

from collective.actions import broadcasts, composing
from collective.calendar import ALLOWED_HOURS, local_day, local_moment
from collective.collectives import CONGO_ZONES
from collective.people import Role
from dialogs import names
from dialogs.broadcast_draft import EVERYWHERE, begun, look, number_of, start
from dialogs.choices import whole_hours
from dialogs.days import Days
from dialogs.doors import Broadcasting
from dialogs.text import Label, T, words_of
from locales.languages import find, languages
from locales.markers import N_, NP_


def windows() -> list[Window]:
    """Return the pages behind the preview."""
    return [_options(), _languages(), _day(), _hour()]


def to_preview() -> Keyboard:
    """Return the button that leads back to the preview."""
    return SwitchTo(Label(NP_("button", "Back")), id="preview", state=Broadcasting.preview)


def _options() -> Window:
    return Window(
        T(N_("What shall be different?")),
        T(N_("They are asked to press “I have heard”."), when="asks"),
        Button(Label(NP_("button", "To whom")), id="whom", on_click=_to_whom),
        SwitchTo(Label(NP_("button", "Later")), id="later", state=Broadcasting.day),
        SwitchTo(Label(NP_("button", "Another language")), id="more", state=Broadcasting.languages),
        Button(Label(NP_("button", "Ask who has heard")), "ask", on_click=_ask, when="silent"),
        Button(Label(NP_("button", "Ask no more")), "silent", on_click=_ask, when="asks"),
        Button(Label(NP_("button", "Send it to me only")), id="test", on_click=_test),
        Button(Label(NP_("button", "Leave out {language}")), "out", on_click=_out, when="several"),
        to_preview(),
        getter=options,
        preview_data={"asks": True, "silent": True, "several": True, "language": "Lingala"},
        state=Broadcasting.options,
    )


def _languages() -> Window:
    return Window(
        T(N_("In which language? Who reads one that you leave out gets yours.")),
        Select(
            Format("{item[1]}"),
            id="lang",
            item_id_getter=lambda item: item[0],
            items="languages",
            on_click=_write_in,
        ),
        to_preview(),
        getter=tongues,
        preview_data={"languages": [("ln", "Lingala")]},
        state=Broadcasting.languages,
    )


def _day() -> Window:
    return Window(
        T(N_("On which day does it leave?")),
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
        Select(
            Format("{item[1]}"),
            id="hour",
            item_id_getter=lambda item: item[0],
            items="hours",
            on_click=_hour_chosen,
        ),
        SwitchTo(Label(NP_("button", "Back")), id="day", state=Broadcasting.day),
        getter=clock,
        preview_data={"town": "Lubumbashi", "hours": [("0900", "09:00")]},
        state=Broadcasting.hour,
    )


async def options(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say what can be different, and what already is."""
    page = await look(dialog_manager)
    asks = page.broadcast is not None and page.broadcast.asks_heard
    return {
        "asks": asks,
        "silent": not asks,
        "several": len(page.versions) > 1,
        "language": find(page.version.language).name if page.version else "",
    }


async def tongues(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Offer every language by its own name; a mark says that it is written."""
    written = {each.language for each in (await look(dialog_manager)).versions}
    marked = [(code, ("✅ " if code in written else "") + find(code).name) for code in languages()]
    return {"languages": marked}


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
        "planned": page.at is not None,
        "hours": [
            each for each in hours if local_moment(day, time.fromisoformat(each[0]), zone) > now
        ],
        "zone": zone,
    }


async def _day_chosen(
    _event: ChatEvent, _widget: ManagedCalendar, manager: DialogManager, day: date
) -> None:
    manager.dialog_data["day"] = day.isoformat()
    await manager.switch_to(Broadcasting.hour)


async def _hour_chosen(
    _query: CallbackQuery, _widget: Any, manager: DialogManager, hour: str
) -> None:
    zone = (await clock(manager))["zone"]
    day = date.fromisoformat(manager.dialog_data["day"])
    at = local_moment(day, time.fromisoformat(hour), zone)
    manager.dialog_data["at"] = at.astimezone(UTC).isoformat()
    await manager.switch_to(Broadcasting.preview)


async def _now(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    manager.dialog_data["at"] = None
    await manager.switch_to(Broadcasting.preview)


async def _write_in(
    _query: CallbackQuery, _widget: Any, manager: DialogManager, language: str
) -> None:
    manager.dialog_data["language"] = language
    await manager.switch_to(Broadcasting.text)


async def _out(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Leave out the language that is looked at."""
    data, page = manager.middleware_data, await look(manager)
    if page.version is not None and len(page.versions) > 1:
        async with data["ledger"].writing() as store:
            number, by = await begun(manager, store), data["visitor"].person.id
            await composing.unwrite(store, number, page.version.language, by=by)
    manager.dialog_data.pop("language", None)
    await manager.switch_to(Broadcasting.preview)


async def _ask(_query: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """Ask whoever gets it to press that she has heard, or no more."""
    data = manager.middleware_data
    asks = button.widget_id == "ask"
    async with data["ledger"].writing() as store:
        number, by = await begun(manager, store), data["visitor"].person.id
        await composing.ask_heard(store, number, asks=asks, by=by)
    await manager.switch_to(Broadcasting.preview)


async def _test(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Send her what arrives, in each language; the preview comes below it."""
    page, screen = await look(manager), manager.middleware_data["screen"]
    for version in page.versions:
        ids = {"broadcast": number_of(manager) or 0, "collective": 0, "language": version.language}
        await screen.reply(query.from_user.id, broadcasts.MESSAGE, ids)
    await manager.switch_to(Broadcasting.preview, show_mode=ShowMode.SEND)


async def _to_whom(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    chosen = manager.dialog_data.get("collective", start(manager)["collective"])
    audience = (await look(manager)).audience
    wide = chosen == EVERYWHERE or not audience.collectives or audience.roles - {Role.MEMBER}
    await manager.switch_to(Broadcasting.wide if wide else Broadcasting.audience)
