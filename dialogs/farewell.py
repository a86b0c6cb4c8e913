"""Three questions to somebody who has left: each can be skipped, none has to be answered."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Multi

from collective.actions import leaving
from collective.departures import WORDS_LIMIT, Contact
from collective.people import clean_text
from dialogs.states import Farewell
from dialogs.text import Label, T, Wizard
from locales.markers import N_, NP_


def build() -> Wizard:
    """Return the dialog."""
    skip = Label(NP_("button", "Skip"))
    return Wizard(
        Window(
            Multi(
                T(
                    N_(
                        "May I ask three short questions? Your words are for whom you name at the "
                        "end; without a name they are not kept."
                    )
                ),
                T(N_("Why are you leaving? Write it, or skip.")),
                sep="\n\n",
            ),
            Column(
                SwitchTo(skip, id="skip", state=Farewell.missed),
                Button(Label(NP_("button", "No questions")), id="none", on_click=nobody),
            ),
            TextInput(id="why", on_success=why),
            state=Farewell.why,
        ),
        Window(
            T(N_("What would have kept you? Write it, or skip.")),
            Column(SwitchTo(skip, id="skip", state=Farewell.contact)),
            TextInput(id="missed", on_success=missed),
            state=Farewell.missed,
        ),
        Window(
            T(N_("May we stay in touch? Whom you name is told so and reads your words.")),
            Column(
                Button(Label(NP_("button", "Yes, my facilitator")), id="f", on_click=facilitator),
                Button(Label(NP_("button", "Yes, a coordinator")), id="c", on_click=coordinator),
                Button(Label(NP_("button", "No")), id="n", on_click=nobody),
            ),
            state=Farewell.contact,
        ),
    )


async def why(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Remember why until she has said for whom; raise TextEmpty or TextTooLong."""
    manager.dialog_data["why"] = clean_text(text, limit=WORDS_LIMIT)
    await manager.switch_to(Farewell.missed)


async def missed(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Remember what would have kept her; raise TextEmpty or TextTooLong."""
    manager.dialog_data["missed"] = clean_text(text, limit=WORDS_LIMIT)
    await manager.switch_to(Farewell.contact)


async def facilitator(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Her facilitator may stay in touch."""
    await _answer(query, manager, Contact.FACILITATOR)


async def coordinator(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """A coordinator may stay in touch: not everybody leaves because of the market."""
    await _answer(query, manager, Contact.COORDINATOR)


async def nobody(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Nobody may; nothing she wrote is kept."""
    await _answer(query, manager, Contact.NOBODY)


async def _answer(query: CallbackQuery, manager: DialogManager, contact: Contact) -> None:
    data = manager.middleware_data
    start: Any = manager.start_data
    async with data["ledger"].writing() as store:
        await leaving.answer(
            store,
            int(start["departure"]),
            contact,
            why=manager.dialog_data.get("why"),
            missed=manager.dialog_data.get("missed"),
            by=data["visitor"].person.id,
            now=data["clock"].now(),
        )
    await manager.done()
    await data["screen"].reply(query.from_user.id, "thanks", {})
