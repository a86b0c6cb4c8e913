"""After a vote: what was decided in one sentence, who does what by when, a day to look again."""

from datetime import date
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import ChatEvent, DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput
from aiogram_dialog.widgets.kbd import Button, Cancel, ManagedCalendar
from aiogram_dialog.widgets.text import Format

from collective.actions import carrying_out
from collective.decisions import Meeting
from dialogs import doors, task_pages
from dialogs.cards import fitting
from dialogs.choices import Choices, choice_window
from dialogs.concluded import NEVER, back, calendar, day_in, found_of, number_of, some_days
from dialogs.states import Concluding
from dialogs.text import Label, T, Wizard, to, words_of
from locales.markers import N_, NP_
from locales.words import Words
from reports import deciding, outcomes


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        Window(
            Format("{decision}"),
            to(NP_("button", "The meeting decided"), Concluding.meeting, when="meets"),
            to(NP_("button", "What we decided"), Concluding.sentence, when="adopted"),
            to(NP_("button", "Add a task"), Concluding.task, when="adopted"),
            Button(Label(NP_("button", "Give a task on")), "give", on_click=give, when="busy"),
            to(NP_("button", "Look at it again"), Concluding.again, when="said"),
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
            back(),
        ),
        _sentence(Concluding.found, at_meeting_in_words),
        _sentence(Concluding.sentence, sentence),
        *task_pages.windows(),
        choice_window(
            Concluding.again,
            T(N_("When do we look at it again? I will ask whether it is done.")),
            again_days,
            again_in,
            to(NP_("button", "Another day"), Concluding.again_day),
            back(),
            width=2,
        ),
        calendar(Concluding.again_day, again_on),
    )


async def shown(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say what was decided so far, and what is missing."""
    found, words = await found_of(dialog_manager), words_of(dialog_manager)
    proposal = found.proposal
    lines = [
        deciding.question(proposal.terms, words),
        outcomes.outcome(proposal, words),
        outcomes.met(proposal, words),
    ]
    if proposal.meeting is Meeting.LATER:
        waits = words.gettext("When the meeting has decided, say it here: /decisions")
        lines.append(waits)
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
    await doors.open_handing_over(manager, proposal=number_of(manager))


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
    await _conclude(manager, text, (await found_of(manager)).proposal.review_on)
    await _ask_again(manager)


async def again_in(manager: DialogManager, item: str) -> None:
    """Look at it again in some days, or never."""
    await _look_again(manager, await day_in(manager, item))


async def again_on(
    _event: ChatEvent, _widget: ManagedCalendar, manager: DialogManager, day: date
) -> None:
    """Look at it again on that day."""
    await _look_again(manager, day)


def again_days(_manager: DialogManager, words: Words) -> Choices:
    """Offer when to look again."""
    return [*some_days(words), (NEVER, words.pgettext("button", "Not at all"))]


async def _look_again(manager: DialogManager, day: date | None) -> None:
    found = await found_of(manager)
    await _conclude(manager, found.proposal.sentence or "", day)
    await manager.switch_to(Concluding.home)


async def _ask_again(manager: DialogManager) -> None:
    proposal = (await found_of(manager)).proposal
    asks = proposal.adopted and proposal.review_on is None
    await manager.switch_to(Concluding.again if asks else Concluding.home)


async def _meet(manager: DialogManager, met: Meeting, text: str | None) -> None:
    data = manager.middleware_data
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        await carrying_out.meet(store, number_of(manager), met, text, by=by, now=now)


async def _conclude(manager: DialogManager, text: str, day: date | None) -> None:
    data = manager.middleware_data
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        await carrying_out.conclude(store, number_of(manager), text, review_on=day, by=by, now=now)


def _sentence(state: State, written: Any) -> Window:
    return Window(
        T(N_("What was decided? Write it in one sentence.")),
        TextInput(id="words", on_success=written),
        back(),
        state=state,
    )
