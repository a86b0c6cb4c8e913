"""The pages that add a task to a decision: what, who does it, until when."""

from datetime import date
from typing import Any
from uuid import uuid4

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import ChatEvent, DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput
from aiogram_dialog.widgets.kbd import ManagedCalendar

from collective.actions import carrying_out
from dialogs.choices import Choices, choice_window
from dialogs.concluded import NEVER, back, calendar, day_in, found_of, number_of, some_days
from dialogs.pick import listed
from dialogs.states import Concluding
from dialogs.text import T, to, words_of
from locales.markers import N_, NP_
from locales.words import Words

_NOBODY = "0"


def windows() -> tuple[Window, ...]:
    """Return the pages."""
    return (
        Window(
            T(N_("What has to be done? One task, in a few words.")),
            TextInput(id="task", on_success=task),
            back(),
            state=Concluding.task,
        ),
        Window(
            T(N_("Who does it?")),
            listed("members", who, name="who"),
            back(),
            getter=people,
            preview_data={"members": [(1, "Aline")]},
            state=Concluding.who,
        ),
        choice_window(
            Concluding.due,
            T(N_("Until when?")),
            due_days,
            due_in,
            to(NP_("button", "Another day"), Concluding.due_day),
            back(),
            width=2,
        ),
        calendar(Concluding.due_day, due_on),
    )


async def task(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep the words and ask who does it."""
    manager.dialog_data.update(task=text, draft=uuid4().hex)
    await manager.switch_to(Concluding.who)


async def people(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List the members, and nobody yet."""
    found, words = await found_of(dialog_manager), words_of(dialog_manager).plain
    names = [(str(each.person_id), each.name) for each in found.members]
    return {"members": [*names, (_NOBODY, words.pgettext("button", "Nobody yet"))]}


async def who(_query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    """Keep who does it and ask until when."""
    manager.dialog_data["who"] = int(item)
    await manager.switch_to(Concluding.due)


async def due_in(manager: DialogManager, item: str) -> None:
    """Keep a task that is due in some days, or whenever."""
    await _add_task(manager, await day_in(manager, item))


async def due_on(
    _event: ChatEvent, _widget: ManagedCalendar, manager: DialogManager, day: date
) -> None:
    """Keep a task that is due on that day."""
    await _add_task(manager, day)


def due_days(_manager: DialogManager, words: Words) -> Choices:
    """Offer when a task is due."""
    return [*some_days(words), (NEVER, words.pgettext("button", "No date"))]


async def _add_task(manager: DialogManager, due: date | None) -> None:
    data, kept = manager.middleware_data, manager.dialog_data
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        await carrying_out.add_task(
            store,
            number_of(manager),
            kept["task"],
            person_id=kept["who"] or None,
            due_on=due,
            draft=kept["draft"],
            by=by,
            now=now,
        )
    await manager.switch_to(Concluding.home)
