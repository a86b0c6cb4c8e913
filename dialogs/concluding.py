"""After a vote: what was decided in one sentence, who does what by when, a day to look again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import ChatEvent, DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput
from aiogram_dialog.widgets.kbd import Button, Cancel, ManagedCalendar, SwitchTo
from aiogram_dialog.widgets.text import Format

from collective.actions import carrying_out, proposals
from collective.calendar import local_day
from collective.carrying_out import Task
from collective.collectives import Collective
from collective.decisions import Meeting
from collective.people import Member
from collective.proposals import Proposal
from dialogs import doors
from dialogs.cards import fitting
from dialogs.choices import Choices, choice_window
from dialogs.days import Days
from dialogs.doors import Concluding
from dialogs.pick import listed
from dialogs.text import Label, T, Wizard, words_of
from locales.markers import N_, NP_
from locales.words import Words
from reports import deciding, outcomes

#: In how many days something may be due, or looked at again, without looking at a calendar.
_DAYS = (7, 14, 30)
_NOBODY, _NEVER = "0", "0"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the page shows."""

    proposal: Proposal
    collective: Collective
    tasks: list[Task]
    members: list[Member]


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        Window(
            Format("{decision}"),
            _to(NP_("button", "The meeting decided"), Concluding.meeting, when="meets"),
            _to(NP_("button", "What we decided"), Concluding.sentence, when="adopted"),
            _to(NP_("button", "Add a task"), Concluding.task, when="adopted"),
            Button(Label(NP_("button", "Give a task on")), "give", on_click=give, when="busy"),
            _to(NP_("button", "Look at it again"), Concluding.again, when="said"),
            Cancel(Label(NP_("button", "Close"))),
            getter=shown,
            preview_data={
                "decision": "…",
                "meets": True,
                "adopted": True,
                "busy": True,
                "said": True,
            },
            state=Concluding.home,
        ),
        choice_window(
            Concluding.meeting,
            T(N_("What did the meeting decide?")),
            findings,
            at_meeting,
            _back(),
        ),
        _sentence(Concluding.found, at_meeting_in_words),
        _sentence(Concluding.sentence, sentence),
        Window(
            T(N_("What has to be done? One task, in a few words.")),
            TextInput(id="task", on_success=task),
            _back(),
            state=Concluding.task,
        ),
        Window(
            T(N_("Who does it?")),
            listed("members", who, name="who"),
            _back(),
            getter=people,
            preview_data={"members": [(1, "Aline")]},
            state=Concluding.who,
        ),
        choice_window(
            Concluding.due,
            T(N_("Until when?")),
            due_days,
            due_in,
            _to(NP_("button", "Another day"), Concluding.due_day),
            _back(),
            width=2,
        ),
        _calendar(Concluding.due_day, due_on),
        choice_window(
            Concluding.again,
            T(N_("When do we look at it again? I will ask whether it is done.")),
            again_days,
            again_in,
            _to(NP_("button", "Another day"), Concluding.again_day),
            _back(),
            width=2,
        ),
        _calendar(Concluding.again_day, again_on),
    )


async def shown(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say what was decided so far, and what is missing."""
    found, words = await _found(dialog_manager), words_of(dialog_manager)
    proposal = found.proposal
    lines = [
        deciding.question(proposal.terms, words),
        outcomes.outcome(proposal, words),
        outcomes.met(proposal, words),
    ]
    if proposal.sentence is not None:
        lines.append(words.gettext("Decided: <b>{sentence}</b>", sentence=proposal.sentence))
    elif proposal.adopted:
        lines.append(words.gettext("What was decided is not written down yet."))
    if proposal.adopted:
        tasks = fitting.cut(outcomes.tasks(found.tasks, words), fitting.room() // 2, words)
        lines += tasks or [words.gettext("Nobody has a task yet.")]
    if proposal.review_on is not None:
        day = words.day(proposal.review_on)
        lines.append(words.gettext("We look at it again on {day}.", day=day))
    return {
        "decision": "\n".join(line for line in lines if line),
        "meets": proposal.meets,
        "adopted": proposal.adopted,
        "busy": any(not each.done for each in found.tasks),
        "said": proposal.adopted and proposal.sentence is not None,
    }


def findings(_manager: DialogManager, words: Words) -> Choices:
    """Offer what a meeting can decide."""
    return [
        (Meeting.ADOPTED.value, words.pgettext("button", "Yes, we do it")),
        (Meeting.NOT_ADOPTED.value, words.pgettext("button", "No, we do not")),
        (Meeting.LATER.value, words.pgettext("button", "We talk again later")),
    ]


async def give(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Ask which task somebody else does."""
    await doors.open_handing_over(manager, proposal=_number(manager))


async def at_meeting(manager: DialogManager, item: str) -> None:
    """Keep that it was put off; else ask for the sentence, with which it is kept and told."""
    if item == Meeting.LATER:
        await _meet(manager, Meeting.LATER, None)
        await manager.switch_to(Concluding.home)
        return
    manager.dialog_data["found"] = item
    await manager.switch_to(Concluding.found)


async def at_meeting_in_words(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep what the meeting decided with its sentence."""
    await _meet(manager, Meeting(manager.dialog_data["found"]), text)
    await _ask_again(manager)


async def sentence(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep it, then ask when to look at it again."""
    await _conclude(manager, text, (await _found(manager)).proposal.review_on)
    await _ask_again(manager)


async def task(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep the words and ask who does it."""
    manager.dialog_data.update(task=text, draft=uuid4().hex)
    await manager.switch_to(Concluding.who)


async def people(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List the members, and nobody yet."""
    found, words = await _found(dialog_manager), words_of(dialog_manager).plain
    names = [(str(each.person_id), each.name) for each in found.members]
    return {"members": [*names, (_NOBODY, words.pgettext("button", "Nobody yet"))]}


async def who(_query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    """Keep who does it and ask until when."""
    manager.dialog_data["who"] = int(item)
    await manager.switch_to(Concluding.due)


async def due_in(manager: DialogManager, item: str) -> None:
    """Keep a task that is due in some days, or whenever."""
    await _add_task(manager, await _in_days(manager, item))


async def due_on(
    _event: ChatEvent, _widget: ManagedCalendar, manager: DialogManager, day: date
) -> None:
    """Keep a task that is due on that day."""
    await _add_task(manager, day)


async def again_in(manager: DialogManager, item: str) -> None:
    """Look at it again in some days, or never."""
    await _look_again(manager, await _in_days(manager, item))


async def again_on(
    _event: ChatEvent, _widget: ManagedCalendar, manager: DialogManager, day: date
) -> None:
    """Look at it again on that day."""
    await _look_again(manager, day)


async def first_day(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say from which day on one can be chosen."""
    return {"first_day": await _today(dialog_manager) + timedelta(days=1)}


def due_days(_manager: DialogManager, words: Words) -> Choices:
    """Offer when a task is due."""
    return [*_in_some_days(words), (_NEVER, words.pgettext("button", "No date"))]


def again_days(_manager: DialogManager, words: Words) -> Choices:
    """Offer when to look again."""
    return [*_in_some_days(words), (_NEVER, words.pgettext("button", "Not at all"))]


def _in_some_days(words: Words) -> Choices:
    return [(str(n), words.npgettext("button", "In {n} day", "In {n} days", n)) for n in _DAYS]


async def _add_task(manager: DialogManager, due: date | None) -> None:
    data, kept = manager.middleware_data, manager.dialog_data
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        await carrying_out.add_task(
            store,
            _number(manager),
            kept["task"],
            person_id=kept["who"] or None,
            due_on=due,
            draft=kept["draft"],
            by=by,
            now=now,
        )
    await manager.switch_to(Concluding.home)


async def _look_again(manager: DialogManager, day: date | None) -> None:
    found = await _found(manager)
    await _conclude(manager, found.proposal.sentence or "", day)
    await manager.switch_to(Concluding.home)


async def _ask_again(manager: DialogManager) -> None:
    proposal = (await _found(manager)).proposal
    asks = proposal.adopted and proposal.review_on is None
    await manager.switch_to(Concluding.again if asks else Concluding.home)


async def _meet(manager: DialogManager, met: Meeting, text: str | None) -> None:
    data = manager.middleware_data
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        await carrying_out.meet(store, _number(manager), met, text, by=by, now=now)


async def _conclude(manager: DialogManager, text: str, day: date | None) -> None:
    data = manager.middleware_data
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        await carrying_out.conclude(store, _number(manager), text, review_on=day, by=by, now=now)


async def _found(manager: DialogManager) -> Decision:
    data, number = manager.middleware_data, _number(manager)
    by = data["visitor"].person.id
    async with data["ledger"].reading() as store:
        proposal = await proposals.readable(store, number, by=by)
        return Decision(
            proposal=proposal,
            collective=await store.collectives.get(proposal.collective_id),
            tasks=await carrying_out.tasks(store, number, by=by),
            members=await store.collectives.members(proposal.collective_id),
        )


async def _in_days(manager: DialogManager, item: str) -> date | None:
    return None if item == _NEVER else await _today(manager) + timedelta(days=int(item))


async def _today(manager: DialogManager) -> date:
    now: datetime = manager.middleware_data["clock"].now()
    return local_day(now, (await _found(manager)).collective.zone)


def _sentence(state: State, written: Any) -> Window:
    return Window(
        T(N_("What was decided? Write it in one sentence.")),
        TextInput(id="words", on_success=written),
        _back(),
        state=state,
    )


def _calendar(state: State, chosen: Any) -> Window:
    return Window(
        T(N_("Which day?")),
        Days(id="day", on_click=chosen),
        _back(),
        getter=first_day,
        preview_data={"first_day": date(2026, 11, 26)},
        state=state,
    )


def _to(label: tuple[str, str], state: State, when: str | None = None) -> SwitchTo:
    name = str(state.state).rpartition(":")[2]
    return SwitchTo(Label(label), id=name, state=state, when=when)


def _back() -> SwitchTo:
    return SwitchTo(Label(NP_("button", "Back")), id="back", state=Concluding.home)


def _number(manager: DialogManager) -> int:
    start: Any = manager.start_data
    return int(start["proposal"])
