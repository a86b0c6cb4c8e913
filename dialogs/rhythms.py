"""The rhythm of a collective: how often, when, for how long, which hours, which feast days."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import (
    Button,
    Cancel,
    Row,
    SwitchTo,
)
from aiogram_dialog.widgets.text import Format, Text

from collective.actions import rhythms
from collective.actions.rhythms import Timetable
from collective.calendar import Cadence, Hours
from collective.collectives import WINDOWS, Rhythm
from collective.errors import RhythmUnfit
from dialogs import feasts, names
from dialogs.cards.refusals import ids_of, sentence
from dialogs.choices import Choices, Offer, cadences, choice_window, weekdays, whole_hours
from dialogs.feasts import look, openings
from dialogs.pick import collective_of, facilitated, pick_window
from dialogs.states import Pacing
from dialogs.text import Label, T, Wizard, words_of
from locales.markers import N_, NP_
from locales.words import Words

_HOUR = timedelta(hours=1)

#: What she may choose, by the name of its page, and how it is read from what was pressed.
_CHOSEN: Mapping[str, Callable[[str], Any]] = {
    "cadence": Cadence,
    "weekday": int,
    "at": time.fromisoformat,
    "window": lambda hours: int(hours) * _HOUR,
    "first": time.fromisoformat,
    "last": time.fromisoformat,
}
#: What may be chosen as the first and as the last allowed hour.
_MORNING = Hours(first=time(5), last=time(12))
_EVENING = Hours(first=time(15), last=time(23))
#: When a check-in may open at all; within the allowed hours, as they will be.
_DAY = Hours(first=_MORNING.first, last=_EVENING.last)


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        pick_window(Pacing.collective, facilitated, Pacing.home),
        _home(),
        _asked(Pacing.cadence, T(N_("How often does the check-in come?")), cadences),
        _asked(Pacing.weekday, T(N_("On which day does the check-in open?")), weekdays),
        _asked(Pacing.at, T(N_("At what time?")), _openable, width=4),
        _asked(Pacing.window, T(N_("How long can it be answered?")), _windows, width=2),
        _asked(Pacing.first, T(N_("From what time may I write?")), _first_hours, width=4),
        _asked(Pacing.last, T(N_("Until what time may I write?")), _last_hours, width=4),
        *feasts.windows(),
    )


def _home() -> Window:
    return Window(
        T(N_("It is noted."), when="noted"),
        T(
            N_(
                "<b>{collective}</b>\nThe check-in opens {rhythm} at {hour} ({town} time) and can "
                "be answered for {window}. On my own I write between {first} and {last}."
                "\n\n{next}"
            )
        ),
        SwitchTo(Format("{cadence_name}"), id="cadence", state=Pacing.cadence),
        Row(
            SwitchTo(Format("{weekday_name}"), id="weekday", state=Pacing.weekday),
            SwitchTo(Format("{hour}"), id="hour", state=Pacing.at),
        ),
        SwitchTo(Format("{window}"), id="window", state=Pacing.window),
        Row(
            SwitchTo(Format("{first} …"), id="first", state=Pacing.first),
            SwitchTo(Format("… {last}"), id="last", state=Pacing.last),
        ),
        SwitchTo(Label(NP_("button", "Feast days")), id="feasts", state=Pacing.feasts),
        Button(Label(NP_("button", "Save")), id="keep", on_click=keep, when="keepable"),
        Cancel(Label(NP_("button", "Close"))),
        getter=shown,
        preview_data={
            "noted": True,
            "collective": "Tujenge",
            "rhythm": "chaque jeudi",
            "hour": "17:00",
            "town": "Lubumbashi",
            "window": "3 jours",
            "first": "07:00",
            "last": "20:00",
            "next": "…",
            "cadence_name": "Chaque semaine",
            "weekday_name": "Jeudi",
            "keepable": True,
        },
        state=Pacing.home,
    )


def _asked(state: State, question: Text, offer: Offer, width: int = 1) -> Window:
    key = str(state.state).rpartition(":")[2]

    async def chosen(manager: DialogManager, item: str) -> None:
        manager.dialog_data.pop("noted", None)
        manager.dialog_data[key] = item
        await manager.switch_to(Pacing.home)

    back = SwitchTo(Label(NP_("button", "Back")), id="back", state=Pacing.home)
    return choice_window(state, question, offer, chosen, back, width=width)


async def shown(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say the rhythm as it would be, and when the next three check-ins open then."""
    words = words_of(dialog_manager)
    kept = await look(dialog_manager)
    wanted = _wanted(dialog_manager, kept.rhythm)
    try:
        planned, after = await _preview(dialog_manager, wanted), None
    except RhythmUnfit as unfit:
        planned, after = kept, sentence(ids_of(unfit), words)
    return {
        "noted": dialog_manager.dialog_data.get("noted"),
        "collective": kept.collective.name,
        "town": names.town(kept.collective.zone),
        "rhythm": names.rhythm(wanted, words.plain),
        "hour": words.time(wanted.at),
        "window": words.duration(wanted.window),
        "first": words.time(wanted.hours.first),
        "last": words.time(wanted.hours.last),
        "next": after or openings(planned, words),
        "cadence_name": names.cadence(wanted.cadence, words.plain),
        "weekday_name": words.weekday(wanted.weekday).capitalize(),
        "keepable": after is None and wanted != kept.rhythm,
    }


async def keep(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Give the collective the rhythm that is shown; a second press changes nothing."""
    data = manager.middleware_data
    person, now, collective = data["visitor"].person, data["clock"].now(), collective_of(manager)
    async with data["ledger"].writing() as store:
        kept = await rhythms.look(store, collective, by=person.id, now=now)
        wanted = _wanted(manager, kept.rhythm)
        await rhythms.change(store, collective, wanted, by=person.id, now=now)
    for key in _CHOSEN:
        manager.dialog_data.pop(key, None)
    manager.dialog_data["noted"] = True


async def _preview(manager: DialogManager, rhythm: Rhythm) -> Timetable:
    data = manager.middleware_data
    async with data["ledger"].reading() as store:
        return await rhythms.preview(
            store,
            collective_of(manager),
            rhythm,
            by=data["visitor"].person.id,
            now=data["clock"].now(),
        )


def _wanted(manager: DialogManager, kept: Rhythm) -> Rhythm:
    """Return the rhythm kept, with what she has chosen since in its place."""
    chosen = manager.dialog_data
    said = {key: read(chosen[key]) for key, read in _CHOSEN.items() if key in chosen}
    hours = Hours(first=said.pop("first", kept.hours.first), last=said.pop("last", kept.hours.last))
    return replace(kept, **said, hours=hours)


def _openable(_manager: DialogManager, words: Words) -> Choices:
    return whole_hours(_DAY, words)


def _windows(_manager: DialogManager, words: Words) -> Choices:
    return [(str(each // _HOUR), words.duration(each)) for each in WINDOWS]


def _first_hours(_manager: DialogManager, words: Words) -> Choices:
    return whole_hours(_MORNING, words)


def _last_hours(_manager: DialogManager, words: Words) -> Choices:
    return whole_hours(_EVENING, words)
