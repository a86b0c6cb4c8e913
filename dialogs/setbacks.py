"""Telling of a setback: what, how heavy, when, in one's own words; and what was learned from it."""

from datetime import date, timedelta
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import ChatEvent, DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, MessageInput, TextInput
from aiogram_dialog.widgets.kbd import Button, ManagedCalendar, SwitchTo

from collective import access
from collective.actions import setbacks
from collective.calendar import local_day
from collective.errors import DayUnclear, TextEmpty
from collective.own_words import VoiceNote
from collective.setbacks import FAR, WEIGHTS, Kind, Told, ensure_day
from dialogs import moments
from dialogs.cards.setbacks import SETBACK, SETBACKS
from dialogs.choices import Choices, choice_window
from dialogs.days import Days
from dialogs.pick import collective_of, hers, pick_window
from dialogs.states import Setbacks
from dialogs.text import Label, Leave, T, Wizard, words_of
from locales.markers import N_, NP_
from locales.words import Words
from reports import setbacks as report


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        pick_window(Setbacks.collective, hers, Setbacks.kind),
        choice_window(
            Setbacks.kind,
            T(N_("What has happened to the group?")),
            kinds,
            kind,
            Button(Label(NP_("button", "What was told before")), "before", on_click=before),
            Leave(),
        ),
        choice_window(
            Setbacks.weight, T(N_("How heavy is it for the group?")), weights, weight, Leave()
        ),
        choice_window(
            Setbacks.when,
            T(N_("When did it happen?")),
            days_ago,
            some_days_ago,
            TextInput(id="when_said", on_success=on_typed_day),
            SwitchTo(Label(NP_("button", "Another day")), id="other", state=Setbacks.day),
            Leave(),
        ),
        Window(
            T(N_("On which day did it happen?")),
            T(moments.PAST_HINT),
            TextInput(id="day_said", on_success=on_typed_day),
            Days(id="day", on_click=on_day),
            SwitchTo(Label(NP_("button", "Back")), id="back", state=Setbacks.when),
            getter=past,
            preview_data={"first_day": date(2026, 11, 1), "last_day": date(2026, 11, 26)},
            state=Setbacks.day,
        ),
        Window(
            T(N_("It happened on {day}.")),
            T(
                N_(
                    "Tell it in your own words, in writing or as a voice note, if you like. Only "
                    "who accompanies the group gets it, with your name. Coordinators read what "
                    "has happened and when, not your words and not your name."
                )
            ),
            MessageInput(said),
            Button(Label(NP_("button", "That is all")), id="nothing", on_click=nothing),
            SwitchTo(Label(NP_("button", "Another day")), id="other", state=Setbacks.day),
            Leave(),
            getter=chosen,
            preview_data={"day": "…"},
            state=Setbacks.words,
        ),
        Window(
            T(
                N_(
                    "What have you learned from it? Write one sentence. It is shown to the group's "
                    "members who tell of such a setback one day, without your name."
                )
            ),
            TextInput(id="lesson", on_success=learned),
            Leave(),
            state=Setbacks.lesson,
        ),
    )


def kinds(_manager: DialogManager, words: Words) -> Choices:
    """Offer what can have happened."""
    return [(each.value, report.kind(each, words)) for each in Kind]


async def kind(manager: DialogManager, item: str) -> None:
    """Keep it and ask how heavy it is."""
    manager.dialog_data["kind"] = item
    await manager.switch_to(Setbacks.weight)


async def before(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Leave the page for the list of what was told."""
    await manager.done()
    await manager.middleware_data["screen"].reply(query.from_user.id, SETBACKS, {"number": 0})


def weights(_manager: DialogManager, words: Words) -> Choices:
    """Offer how heavy it can be."""
    return [(str(digit), report.weight(digit, words)) for digit in WEIGHTS]


async def weight(manager: DialogManager, item: str) -> None:
    """Keep it and ask when it happened."""
    manager.dialog_data["weight"] = int(item)
    await manager.switch_to(Setbacks.when)


def days_ago(_manager: DialogManager, words: Words) -> Choices:
    """Offer the days that are most likely."""
    return [
        ("0", words.pgettext("button", "Today")),
        ("1", words.pgettext("button", "Yesterday")),
        ("7", words.pgettext("button", "A week ago")),
    ]


async def some_days_ago(manager: DialogManager, item: str) -> None:
    """Keep the day and ask for words."""
    await _on(manager, await _today(manager) - timedelta(days=int(item)))


async def on_day(
    _event: ChatEvent, _widget: ManagedCalendar, manager: DialogManager, day: date
) -> None:
    """Keep the day and ask for words; raise DayUnfit."""
    await _on(manager, day)


async def on_typed_day(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep the day that a text says and ask for words; raise DayUnclear, DayUnfit."""
    day = moments.read_past(text, await _today(manager))
    if day is None:
        raise DayUnclear
    await _on(manager, day)


async def past(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say which days can be chosen."""
    today = await _today(dialog_manager)
    return {"first_day": today - FAR, "last_day": today, "shown_day": today}


async def chosen(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say which day was understood."""
    day = date.fromisoformat(dialog_manager.dialog_data["day"])
    return {"day": words_of(dialog_manager).day(day)}


async def said(message: Message, _widget: MessageInput, manager: DialogManager) -> None:
    """Keep everything with her words; raise TextEmpty, TextTooLong, VoiceTooLong."""
    voice = message.voice
    note = None
    if voice is not None:
        note = VoiceNote(file_id=voice.file_id, seconds=voice.duration, size=voice.file_size)
    elif message.text is None:
        raise TextEmpty
    await _tell(message.chat.id, manager, text=message.text, voice=note)


async def nothing(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Keep everything without words."""
    await _tell(query.from_user.id, manager)


async def learned(
    message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep what was learned and show the page; raise TextEmpty, TextTooLong."""
    data, number = manager.middleware_data, int(_start(manager)["setback"])
    by, now = data["visitor"].person.id, data["clock"].now()
    key = f"{message.chat.id}:{message.message_id}"
    async with data["ledger"].writing() as store:
        await setbacks.note_lesson(store, number, text, key=key, by=by, now=now)
    await manager.done()
    await data["screen"].reply(message.chat.id, SETBACK, {"number": number})


async def _tell(
    chat_id: int, manager: DialogManager, *, text: str | None = None, voice: VoiceNote | None = None
) -> None:
    data, kept = manager.middleware_data, manager.dialog_data
    told = Told(
        kind=Kind(kept.get("kind") or _start(manager)["kind"]),
        weight=kept["weight"],
        happened_on=date.fromisoformat(kept["day"]),
        text=text,
        voice=voice,
    )
    by, now = data["visitor"].person.id, data["clock"].now()
    draft = _start(manager)["draft"]
    async with data["ledger"].writing() as store:
        made = await setbacks.tell(store, collective_of(manager), told, draft=draft, by=by, now=now)
    await manager.done()
    await data["screen"].reply(chat_id, SETBACK, {"number": made.id, "noted": 1})


async def _on(manager: DialogManager, day: date) -> None:
    kept = ensure_day(day, await _today(manager))
    manager.dialog_data["day"] = kept.isoformat()
    await manager.switch_to(Setbacks.words)


async def _today(manager: DialogManager) -> date:
    data = manager.middleware_data
    async with data["ledger"].reading() as store:
        collective = await access.existing(store, collective_of(manager))
    return local_day(data["clock"].now(), collective.zone)


def _start(manager: DialogManager) -> dict[str, Any]:
    start: Any = manager.start_data
    return dict(start)
