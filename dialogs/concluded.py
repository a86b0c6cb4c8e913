"""A decision that is written down: what is known of it, and the buttons and days of its pages."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import SwitchTo

from collective.actions import carrying_out, proposals
from collective.calendar import local_day
from collective.carrying_out import Task
from collective.collectives import Collective
from collective.people import Member
from collective.proposals import Proposal
from dialogs.choices import Choices
from dialogs.days import Days
from dialogs.states import Concluding
from dialogs.text import Label, T
from locales.markers import N_, NP_
from locales.words import Words

#: In how many days something may be due, or looked at again, without looking at a calendar.
_DAYS = (7, 14, 30)
#: The choice that there is no day.
NEVER = "0"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the page shows."""

    proposal: Proposal
    collective: Collective
    tasks: list[Task]
    members: list[Member]


async def first_day(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say from which day on one can be chosen."""
    return {"first_day": await today(dialog_manager) + timedelta(days=1)}


def some_days(words: Words) -> Choices:
    """Offer days that are near, without a calendar; the caller adds that there is none."""
    return [(str(n), words.npgettext("button", "In {n} day", "In {n} days", n)) for n in _DAYS]


async def found_of(manager: DialogManager) -> Decision:
    """Return what the wizard is about; raise Outdated or NotAllowed."""
    data, number = manager.middleware_data, number_of(manager)
    by = data["visitor"].person.id
    async with data["ledger"].reading() as store:
        proposal = await proposals.readable(store, number, by=by)
        return Decision(
            proposal=proposal,
            collective=await store.collectives.get(proposal.collective_id),
            tasks=await carrying_out.tasks(store, number, by=by),
            members=await store.collectives.members(proposal.collective_id),
        )


async def day_in(manager: DialogManager, item: str) -> date | None:
    """Return the day that many days from now, None for never."""
    return None if item == NEVER else await today(manager) + timedelta(days=int(item))


async def today(manager: DialogManager) -> date:
    """Return the day it is where the collective is."""
    now: datetime = manager.middleware_data["clock"].now()
    return local_day(now, (await found_of(manager)).collective.zone)


def calendar(state: State, chosen: Any) -> Window:
    """Return the page that asks for any day to come."""
    return Window(
        T(N_("Which day?")),
        Days(id="day", on_click=chosen),
        back(),
        getter=first_day,
        preview_data={"first_day": date(2026, 11, 26)},
        state=state,
    )


def back() -> SwitchTo:
    """Return the way back to what was decided."""
    return SwitchTo(Label(NP_("button", "Back")), id="back", state=Concluding.home)


def number_of(manager: DialogManager) -> int:
    """Return the number of the proposal."""
    start: Any = manager.start_data
    return int(start["proposal"])
