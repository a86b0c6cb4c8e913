"""A coordinator creates a collective and gets its facilitator's invitation."""

from datetime import time
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput
from aiogram_dialog.widgets.kbd import Back, Button, Keyboard
from aiogram_dialog.widgets.text import Text

from collective.actions import collectives
from collective.actions import invites as invite_actions
from collective.actions.collectives import Plan
from collective.calendar import ALLOWED_HOURS, Cadence
from collective.collectives import (
    CONGO_ZONES,
    TITLE_LIMIT,
    GroupLanguage,
    Rhythm,
    Trade,
)
from collective.people import Role, clean_text
from dialogs import names
from dialogs.choices import (
    Choices,
    Offer,
    cadences,
    choice_window,
    group_languages,
    weekdays,
    whole_hours,
)
from dialogs.invites import send_invite
from dialogs.states import Founding
from dialogs.text import Label, Leave, T, Wizard, words_of
from locales.markers import N_, NP_
from locales.words import Words

#: What follows each question.
_ORDER = [
    Founding.name,
    Founding.trade,
    Founding.place,
    Founding.zone,
    Founding.cadence,
    Founding.weekday,
    Founding.hour,
    Founding.language,
    Founding.review,
]


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        _typed(Founding.name, T(N_("What is the collective called?"))),
        _chosen(Founding.trade, T(N_("What is its trade?")), _trades),
        _typed(Founding.place, T(N_("Where is it: which town or quarter?"))),
        _chosen(Founding.zone, T(N_("Which town's time does it follow?")), _zones),
        _chosen(Founding.cadence, T(N_("How often does the check-in come?")), cadences),
        _chosen(Founding.weekday, T(N_("On which day does the check-in open?")), weekdays),
        _chosen(Founding.hour, T(N_("At what time?")), _hours, width=4),
        _chosen(Founding.language, T(N_("Which language for its group?")), group_languages),
        Window(
            T(
                N_(
                    "<b>{name}</b>\n{trade_name} · {place}\n"
                    "Check-in: {rhythm}, {hour} ({town})\nGroup: {language_name}"
                )
            ),
            Button(Label(NP_("button", "Create")), id="create", on_click=create),
            *_way_out(Founding.review),
            getter=review,
            preview_data={
                "name": "Tujenge",
                "trade_name": "Couture",
                "place": "Bukavu",
                "rhythm": "chaque jeudi",
                "hour": "17:00",
                "town": "Lubumbashi",
                "language_name": "Lingala",
            },
            state=Founding.review,
        ),
    )


async def review(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say everything back before it is created."""
    words = words_of(dialog_manager).plain
    kept, rhythm = dialog_manager.dialog_data, _rhythm(dialog_manager)
    return {
        **kept,
        "trade_name": names.trade(Trade(kept["trade"]), words),
        "rhythm": names.rhythm(rhythm, words),
        "hour": words.time(rhythm.at),
        "town": names.town(kept["zone"]),
        "language_name": names.group_language(GroupLanguage(kept["language"]), words),
    }


async def create(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Create it and show the facilitator's invitation."""
    data = manager.middleware_data
    person, now = data["visitor"].person, data["clock"].now()
    plan = _plan(manager)
    async with data["ledger"].writing() as store:
        collective = await collectives.create(store, plan, by=person.id, now=now)
        token = await invite_actions.invite_facilitator(store, collective.id, by=person.id, now=now)
    await send_invite(manager, collective, Role.FACILITATOR, token)
    await manager.done()


def _plan(manager: DialogManager) -> Plan:
    kept = manager.dialog_data
    start: Any = manager.start_data
    return Plan(
        draft=start["draft"],
        name=kept["name"],
        trade=Trade(kept["trade"]),
        place=kept["place"],
        zone=kept["zone"],
        language=GroupLanguage(kept["language"]),
        rhythm=_rhythm(manager),
    )


def _rhythm(manager: DialogManager) -> Rhythm:
    kept = manager.dialog_data
    return Rhythm(
        cadence=Cadence(kept["cadence"]),
        weekday=int(kept["weekday"]),
        at=time.fromisoformat(kept["hour"]),
    )


def _typed(state: State, question: Text) -> Window:
    key = _key(state)

    async def typed(
        _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
    ) -> None:
        await _keep(manager, state, clean_text(text, limit=TITLE_LIMIT))

    return Window(
        question,
        TextInput(id=key, on_success=typed),
        *_way_out(state),
        state=state,
    )


def _chosen(state: State, question: Text, offer: Offer, width: int = 1) -> Window:
    async def chosen(manager: DialogManager, item: str) -> None:
        await _keep(manager, state, item)

    return choice_window(state, question, offer, chosen, *_way_out(state), width=width)


def _way_out(state: State) -> list[Keyboard]:
    back = [] if state is _ORDER[0] else [Back(Label(NP_("button", "Back")))]
    return [*back, Leave()]


async def _keep(manager: DialogManager, state: State, value: str) -> None:
    manager.dialog_data[_key(state)] = value
    await manager.switch_to(_ORDER[_ORDER.index(state) + 1])


def _key(state: State) -> str:
    return str(state.state).rpartition(":")[2]


def _trades(_manager: DialogManager, words: Words) -> Choices:
    return [(trade.value, names.trade(trade, words)) for trade in Trade]


def _zones(manager: DialogManager, _words: Words) -> Choices:
    # The installation's own zone first.
    offered = dict.fromkeys([manager.middleware_data["zone"], *CONGO_ZONES])
    return [(each, names.town(each)) for each in offered]


def _hours(_manager: DialogManager, words: Words) -> Choices:
    return whole_hours(ALLOWED_HOURS, words)
