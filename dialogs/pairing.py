"""A coordinator brings two collectives together for a visit."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel
from aiogram_dialog.widgets.text import Format

from collective import access
from collective.actions import pairings
from collective.calendar import local_day
from dialogs.pick import narrowed, pick_window, readable, searched
from dialogs.states import Pairing
from dialogs.text import Label, Leave, T, Wizard, words_of
from locales.markers import N_, NP_


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        pick_window(Pairing.collective, readable, Pairing.other),
        Window(
            T(N_("Which other collective is to meet {collective}?")),
            *searched("others", _other, name="other"),
            Leave(),
            getter=others,
            preview_data={"collective": "Tujenge", "others": [(2, "Amani")]},
            state=Pairing.other,
        ),
        Window(
            Format("{question}"),
            Button(Label(NP_("button", "Yes, tell both")), id="pair", on_click=pair, when="new"),
            Leave(when="new"),
            Cancel(Label(NP_("button", "Close")), "close", when="paired"),
            getter=review,
            preview_data={"question": "…", "new": True, "paired": True},
            state=Pairing.review,
        ),
        Window(
            T(N_("Both hear of it: who accompanies them, and the groups.")),
            Cancel(Label(NP_("button", "Close"))),
            state=Pairing.told,
        ),
    )


async def others(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Offer all collectives but the first."""
    first, found = dialog_manager.dialog_data["collective"], await readable(dialog_manager)
    rest = [each for each in found if each.id != first]
    return {
        "collective": next((each.name for each in found if each.id == first), ""),
        **narrowed(dialog_manager, rest, "others", name="other"),
    }


async def review(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Ask once more, or say since when these two know; raise NotAllowed, Outdated."""
    data, words = dialog_manager.middleware_data, words_of(dialog_manager)
    first, second = _two(dialog_manager)
    now, by = data["clock"].now(), data["visitor"].person.id
    async with data["ledger"].reading() as store:
        await access.ensure_coordinator(store, by)
        one = await access.existing(store, first)
        two = await access.existing(store, second)
        newest = await store.pairings.newest(first, second)
    if newest is not None and newest.fresh(now):
        question = words.gettext(
            "{one} and {two} were told on {day} that they are to visit each other.",
            one=one.name,
            two=two.name,
            day=words.day(local_day(newest.paired_at, one.zone)),
        )
        return {"question": question, "paired": True}
    question = words.gettext(
        "Shall {one} and {two} visit each other? Who accompanies them and the groups hear of it.",
        one=one.name,
        two=two.name,
    )
    return {"question": question, "new": True}


async def pair(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Pair them and say so."""
    data, (first, second) = manager.middleware_data, _two(manager)
    start: Any = manager.start_data
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        await pairings.pair(store, first, second, draft=start["draft"], by=by, now=now)
    await manager.switch_to(Pairing.told)


async def _other(_query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    manager.dialog_data["other"] = int(item)
    await manager.switch_to(Pairing.review)


def _two(manager: DialogManager) -> tuple[int, int]:
    kept = manager.dialog_data
    return int(kept["collective"]), int(kept["other"])
