"""When a vote closes: after some days, or at a day and an hour, pressed or written."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from aiogram.types import Message
from aiogram_dialog import ChatEvent, DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput
from aiogram_dialog.widgets.kbd import ManagedCalendar, SwitchTo
from aiogram_dialog.widgets.text import Multi

from collective.calendar import Hours, local_day, local_moment
from collective.terms import ensure_closing
from dialogs import moments
from dialogs.choices import Choices, choice_window, whole_hours
from dialogs.days import Days
from dialogs.proposed import draft_of, onward, say
from dialogs.states import Proposing
from dialogs.text import Label, T
from locales.markers import N_, NP_
from locales.words import Words

#: In how many days a vote may close without looking at a calendar.
_DAYS = (1, 2, 3, 7)


def windows() -> tuple[Window, ...]:
    """Return the pages."""
    return (
        choice_window(
            Proposing.closing,
            Multi(T(N_("When does the vote close?")), T(moments.HINT)),
            days,
            in_days,
            TextInput(id="when", on_success=typed),
            SwitchTo(Label(NP_("button", "Another day")), id="other", state=Proposing.day),
            _back(),
            width=2,
        ),
        Window(
            Multi(T(N_("On which day does the vote close?")), T(moments.HINT)),
            TextInput(id="when", on_success=typed),
            Days(id="day", on_click=on_day),
            _back(),
            getter=first_day,
            preview_data={"first_day": date(2026, 11, 26)},
            state=Proposing.day,
        ),
        choice_window(
            Proposing.hour,
            Multi(T(N_("At what time does it close?")), T(moments.HOUR_HINT)),
            hours,
            at_hour,
            TextInput(id="when", on_success=typed_hour),
            _back(),
            width=4,
        ),
    )


async def in_days(manager: DialogManager, item: str) -> None:
    """Let it close in some days, at this hour."""
    now: datetime = manager.middleware_data["clock"].now()
    await _close(manager, now + timedelta(days=int(item)))


async def on_day(
    _event: ChatEvent, _widget: ManagedCalendar, manager: DialogManager, day: date
) -> None:
    """Keep the day and ask for the hour, one at which the others may be told what came out."""
    await _ask_hour(manager, day)


async def typed(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Let it close at the moment that a text says; raise MomentUnclear, ClosingUnfit."""
    await _take(manager, text, None)


async def typed_hour(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """The same where the day is chosen already."""
    await _take(manager, text, date.fromisoformat(manager.dialog_data["day"]))


async def at_hour(manager: DialogManager, item: str) -> None:
    """Let it close on the chosen day at that hour, or the next one allowed; raise ClosingUnfit."""
    day = date.fromisoformat(manager.dialog_data["day"])
    zone = (await draft_of(manager)).collective.zone
    await _close(manager, local_moment(day, time.fromisoformat(item), zone))


async def first_day(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say from which day on a vote can close."""
    draft, now = await draft_of(dialog_manager), dialog_manager.middleware_data["clock"].now()
    return {"first_day": local_day(now, draft.collective.zone)}


def days(_manager: DialogManager, words: Words) -> Choices:
    """Offer when it closes."""
    return [(str(n), words.npgettext("button", "In {n} day", "In {n} days", n)) for n in _DAYS]


def hours(manager: DialogManager, words: Words) -> Choices:
    """Offer the hours of a day."""
    first, last = (time.fromisoformat(manager.dialog_data[end]) for end in ("first", "last"))
    return whole_hours(Hours(first=first, last=last), words)


async def _take(manager: DialogManager, text: str, day: date | None) -> None:
    zone, now = (await draft_of(manager)).collective.zone, manager.middleware_data["clock"].now()
    found = moments.understood(text, now, zone, day=day)
    if isinstance(found, datetime):
        await _close(manager, found)
    else:
        await _ask_hour(manager, found)


async def _ask_hour(manager: DialogManager, day: date) -> None:
    allowed = (await draft_of(manager)).collective.hours
    kept = {"day": day.isoformat(), "first": f"{allowed.first}", "last": f"{allowed.last}"}
    manager.dialog_data.update(kept)
    await manager.switch_to(Proposing.hour)


async def _close(manager: DialogManager, moment: datetime) -> None:
    now = manager.middleware_data["clock"].now()
    kept = ensure_closing(moment, now)
    await say(manager, lambda terms: replace(terms, closes_at=kept))
    await onward(manager)


def _back() -> SwitchTo:
    return SwitchTo(Label(NP_("button", "Back")), id="back", state=Proposing.review)
