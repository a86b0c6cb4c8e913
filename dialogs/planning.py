"""Planning an activity: what, when, where, open to whom; then all of it on one page."""

from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput
from aiogram_dialog.widgets.kbd import Button, Group, Keyboard, SwitchTo
from aiogram_dialog.widgets.text import Format

from collective.actions import activities
from collective.actions.announcing import ACTIVITY
from collective.activities import CADENCES, PLACE_LIMIT, TITLE_LIMIT, WITH_LIMIT, Kind
from collective.letters import fold
from collective.people import clean_text
from dialogs import names, planning_moment
from dialogs.cards import activity as card
from dialogs.choices import Choices, choice_window
from dialogs.pick import hers, listed, pick_window
from dialogs.planned import complete, onward, plan_of, say, summary
from dialogs.states import Planning
from dialogs.text import Label, Leave, T, Wizard, to, words_of
from locales.markers import N_, NP_
from locales.words import Words
from reports import activities as report

#: Stands for who is in charge where nobody is yet, and for an activity that comes once.
_NOBODY, _ONCE = "0", "once"


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        pick_window(Planning.collective, hers, _picked),
        choice_window(Planning.kind, T(N_("What shall we do together?")), kinds, kind, *_ways()),
        _written(Planning.title, T(N_("What is it called? Write a few words.")), title),
        *planning_moment.windows(*_ways()),
        _written(
            Planning.place,
            T(N_("Where is it? Write the place.")),
            place,
            Button(Label(NP_("button", "Not known yet")), id="nowhere", on_click=nowhere),
        ),
        choice_window(
            Planning.open_to_others,
            T(N_("May people from outside come too?")),
            yes_or_no,
            open_to_others,
            *_ways(),
        ),
        _written(
            Planning.with_whom,
            T(N_("Who else takes part? Another collective, a trainer: write who.")),
            with_whom,
            Button(Label(NP_("button", "Nobody else")), id="alone", on_click=alone),
        ),
        choice_window(Planning.repeats, T(N_("Does it come again?")), cadences, repeats, *_ways()),
        Window(
            T(N_("Who is in charge of it?")),
            listed("people", in_charge, name="leader"),
            *_ways(),
            getter=people,
            preview_data={"people": [(1, "Aline")]},
            state=Planning.in_charge,
        ),
        _review(),
        _cancelling(),
    )


def _review() -> Window:
    return Window(
        Format("{summary}"),
        Button(Label(NP_("button", "Announce it")), id="plan", on_click=announce, when="new"),
        Button(Label(NP_("button", "Save it")), id="save", on_click=save, when="known"),
        Group(
            to(NP_("button", "What"), Planning.kind),
            to(NP_("button", "The name"), Planning.title),
            to(NP_("button", "Day and hour"), Planning.day),
            to(NP_("button", "The place"), Planning.place),
            to(NP_("button", "From outside"), Planning.open_to_others),
            to(NP_("button", "With whom"), Planning.with_whom),
            to(NP_("button", "How often"), Planning.repeats),
            to(NP_("button", "Who is in charge"), Planning.in_charge),
            width=2,
        ),
        Leave(),
        getter=review,
        preview_data={"summary": "…", "new": True, "known": True},
        state=Planning.review,
    )


def _cancelling() -> Window:
    return Window(
        T(N_("Cancel this? Who had answered and the group hear of it."), when="ahead"),
        T(N_("Did this not take place? I tell nobody."), when="over"),
        Format("\n{title}"),
        Button(Label(NP_("button", "Yes, cancel it")), "cancel", on_click=cancel, when="single"),
        Button(Label(NP_("button", "Only this one")), "this", on_click=cancel, when="one_of_many"),
        Button(
            Label(NP_("button", "It did not take place")), "missed", on_click=cancel, when="over"
        ),
        Button(
            Label(NP_("button", "The whole series")),
            "every",
            on_click=cancel,
            when="comes_again",
        ),
        Button(
            Label(NP_("button", "No more after this one")), "end", on_click=end, when="comes_again"
        ),
        Button(Label(NP_("button", "No, keep it")), "keep", on_click=keep, when="ahead"),
        Button(Label(NP_("button", "Back")), "back", on_click=keep, when="over"),
        getter=cancelling,
        preview_data={
            "title": "…",
            "comes_again": True,
            "ahead": True,
            "single": True,
            "one_of_many": True,
            "over": True,
        },
        state=Planning.cancelling,
    )


def kinds(_manager: DialogManager, words: Words) -> Choices:
    """Offer what can be done together."""
    return [(each.value, report.kind(each, words)) for each in Kind]


async def kind(manager: DialogManager, item: str) -> None:
    """Keep it."""
    await say(manager, kind=item)


async def title(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep what it is called; raise TextEmpty, TextTooLong."""
    await say(manager, title=clean_text(text, limit=TITLE_LIMIT))


async def place(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep where it is; raise TextEmpty, TextTooLong."""
    await say(manager, place=clean_text(text, limit=PLACE_LIMIT))


async def nowhere(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Keep that the place is not known."""
    await say(manager, place=None)


def yes_or_no(_manager: DialogManager, words: Words) -> Choices:
    """Offer yes and no."""
    return [
        ("yes", words.pgettext("button", "Yes, others may come")),
        ("no", words.pgettext("button", "No, only us")),
    ]


async def open_to_others(manager: DialogManager, item: str) -> None:
    """Keep whether people from outside may come."""
    await say(manager, open_to_others=item == "yes")


async def with_whom(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep who else takes part; raise TextEmpty, TextTooLong."""
    await say(manager, with_whom=clean_text(text, limit=WITH_LIMIT))


async def alone(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Keep that nobody else takes part."""
    await say(manager, with_whom=None)


def cadences(_manager: DialogManager, words: Words) -> Choices:
    """Offer how often it may come."""
    once = (_ONCE, words.pgettext("button", "No, only this time"))
    return [once, *((each.value, names.cadence(each, words)) for each in CADENCES)]


async def repeats(manager: DialogManager, item: str) -> None:
    """Keep how often it comes."""
    await say(manager, repeats=None if item == _ONCE else item)


async def people(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List who can be in charge, and nobody yet."""
    plan, words = await plan_of(dialog_manager), words_of(dialog_manager).plain
    async with dialog_manager.middleware_data["ledger"].reading() as store:
        found = await store.collectives.members(plan.collective.id)
        found += await store.collectives.facilitators(plan.collective.id)
    named = {each.person_id: each.name for each in found}
    by_name = sorted(named.items(), key=lambda item: fold(item[1]))
    nobody = (_NOBODY, words.pgettext("button", "Nobody yet"))
    return {"people": [*((str(number), name) for number, name in by_name), nobody]}


async def in_charge(_query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    """Keep who is in charge."""
    await say(manager, in_charge=int(item) or None)


async def review(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say everything back; what is missing has been asked before."""
    dialog_manager.dialog_data["seen"] = True
    plan = await plan_of(dialog_manager)
    return {
        "summary": summary(plan, words_of(dialog_manager)),
        "new": plan.activity is None,
        "known": plan.activity is not None,
    }


async def announce(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Plan it and tell everybody; raises what `activities.plan` raises."""
    data, plan, start = manager.middleware_data, await plan_of(manager), manager.start_data
    by, now = data["visitor"].person.id, data["clock"].now()
    draft: Any = start
    async with data["ledger"].writing() as store:
        made = await activities.plan(
            store, plan.collective.id, plan.details, draft=draft["draft"], by=by, now=now
        )
    await _leave(query, manager, made.id, card.PLANNED)


async def save(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Keep what was changed and tell who has to know; raises what `activities.change` raises."""
    data, plan = manager.middleware_data, await plan_of(manager)
    by, now = data["visitor"].person.id, data["clock"].now()
    number = plan.activity.id if plan.activity else 0
    async with data["ledger"].writing() as store:
        await activities.change(store, number, plan.details, by=by, now=now)
    await _leave(query, manager, number, card.CHANGED)


async def cancelling(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say what would be cancelled, whether it is over, and whether others follow it."""
    plan, words = await plan_of(dialog_manager), words_of(dialog_manager)
    said = report.described(plan.details, plan.collective.zone, None, words)
    now = dialog_manager.middleware_data["clock"].now()
    over = plan.activity is not None and plan.activity.over(now)
    again = plan.details.repeats is not None
    return {
        "title": said,
        "comes_again": again,
        "ahead": not over,
        "single": not over and not again,
        "one_of_many": not over and again,
        "over": over,
    }


async def cancel(query: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """Cancel it, perhaps with all that follow; raises what `activities.cancel` raises."""
    data, number = manager.middleware_data, _number(manager)
    by, now, every = data["visitor"].person.id, data["clock"].now(), button.widget_id == "every"
    async with data["ledger"].writing() as store:
        await activities.cancel(store, number, series=every, by=by, now=now)
    await _leave(query, manager, number)


async def keep(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Leave it as it is, and show that."""
    await _leave(query, manager, _number(manager))


async def end(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Let no other one follow it."""
    data, number = manager.middleware_data, _number(manager)
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        await activities.end_series(store, number, by=by, now=now)
    await _leave(query, manager, number, card.ENDED)


async def _leave(
    query: CallbackQuery, manager: DialogManager, number: int, noted: str = ""
) -> None:
    await manager.done()
    data = manager.middleware_data
    ids = {"activity": number, "person": data["visitor"].person.id, "noted": noted}
    await data["screen"].reply(query.from_user.id, ACTIVITY, ids)


async def _picked(manager: DialogManager, _collective_id: int) -> None:
    await onward(manager)


def _written(state: State, question: T, said: Any, *others: Keyboard) -> Window:
    name = str(state.state).rpartition(":")[2]
    return Window(
        question, TextInput(id=f"{name}_said", on_success=said), *others, *_ways(), state=state
    )


def _ways() -> tuple[Keyboard, ...]:
    """Return the ways out of a page: back to all of it once it was seen, or out."""
    back = SwitchTo(Label(NP_("button", "Back")), id="back", state=Planning.review, when=complete)
    return back, Leave()


def _number(manager: DialogManager) -> int:
    start: Any = manager.start_data
    return int(start["activity"])
