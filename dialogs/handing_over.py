"""Giving a task on: which one, and who does it now. A task is free once who had it has left."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.text import Format

from collective.actions import carrying_out, proposals
from collective.carrying_out import Task
from collective.errors import Outdated
from collective.people import Member
from dialogs import doors
from dialogs.cards import fitting
from dialogs.concluded import number_of
from dialogs.pick import listed
from dialogs.states import HandingOver
from dialogs.text import Label, T, Wizard, words_of
from locales.markers import N_, NP_
from reports import outcomes

_NOBODY = "0"


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        Window(
            T(N_("Which task does somebody else do?")),
            Format("\n{listed}"),
            listed("tasks", chosen, name="task"),
            Button(Label(NP_("button", "Back")), id="back", on_click=back),
            getter=open_tasks,
            preview_data={"listed": "▫️ …", "tasks": [(1, "…")]},
            state=HandingOver.task,
        ),
        Window(
            T(N_("Who does it now?")),
            Format("\n{task}"),
            listed("members", given, name="whom"),
            Button(Label(NP_("button", "Back")), id="home", on_click=back),
            getter=others,
            preview_data={"task": "▫️ …", "members": [(1, "Aline")]},
            state=HandingOver.whom,
        ),
    )


async def open_tasks(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List what is not done yet, first what nobody does."""
    words, tasks = words_of(dialog_manager), await _open(dialog_manager)
    return {
        "listed": "\n".join(fitting.cut(outcomes.tasks(tasks, words), fitting.room(), words)),
        "tasks": [(each.id, fitting.label(each.text)) for each in tasks],
    }


async def chosen(_query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    """Ask who does it now."""
    manager.dialog_data["task"] = int(item)
    await manager.switch_to(HandingOver.whom)


async def others(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List the members who do not have it, and nobody; raise Outdated once it is done."""
    words, number = words_of(dialog_manager), _task(dialog_manager)
    task = next((each for each in await _open(dialog_manager) if each.id == number), None)
    if task is None:
        raise Outdated
    members = [m for m in await _members(dialog_manager) if m.person_id != task.person_id]
    names = [(str(each.person_id), each.name) for each in members]
    nobody = [(_NOBODY, words.plain.pgettext("button", "Nobody yet"))]
    [line] = outcomes.tasks([task], words)
    return {"task": line, "members": names + (nobody if task.person_id is not None else [])}


async def given(_query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    """Give it to her, and show who does what."""
    data = manager.middleware_data
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        await carrying_out.hand_over(store, _task(manager), int(item) or None, by=by, now=now)
    await doors.open_concluding(manager, proposal=number_of(manager))


async def back(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Show who does what."""
    await doors.open_concluding(manager, proposal=number_of(manager))


async def _open(manager: DialogManager) -> list[Task]:
    data = manager.middleware_data
    async with data["ledger"].reading() as store:
        by = data["visitor"].person.id
        tasks = await carrying_out.tasks(store, number_of(manager), by=by)
    left = [each for each in tasks if not each.done]
    return sorted(left, key=lambda each: each.person_id is not None)


async def _members(manager: DialogManager) -> list[Member]:
    data = manager.middleware_data
    async with data["ledger"].reading() as store:
        by = data["visitor"].person.id
        proposal = await proposals.readable(store, number_of(manager), by=by)
        found: list[Member] = await store.collectives.members(proposal.collective_id)
    return found


def _task(manager: DialogManager) -> int:
    start: Any = manager.start_data
    return int(manager.dialog_data.get("task") or start["task"])
