"""Words about a proposal: somebody's worry or question, or why its author withdraws it."""

from typing import Any

from aiogram.types import Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput

from collective.actions import proposals
from dialogs.cards.proposal import PROPOSAL
from dialogs.states import Saying
from dialogs.text import Leave, T, Wizard
from locales.markers import N_


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        Window(
            T(
                N_(
                    "Write your worry or your question. Who proposes it is told, and the members "
                    "can read it with your name."
                )
            ),
            TextInput(id="concern", on_success=said),
            Leave(),
            state=Saying.concern,
        ),
        Window(
            T(N_("Why do you withdraw it? Write it in one sentence; the members will read it.")),
            TextInput(id="because", on_success=withdrawn),
            Leave(),
            state=Saying.withdrawing,
        ),
    )


async def said(
    message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep it, and show the page with it."""
    data, number = manager.middleware_data, _number(manager)
    by, now = data["visitor"].person.id, data["clock"].now()
    key = f"{message.chat.id}:{message.message_id}"
    async with data["ledger"].writing() as store:
        await proposals.say(store, number, text, key=key, by=by, now=now)
    await _leave(message, manager)


async def withdrawn(
    message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Withdraw it, and show the page."""
    data, number = manager.middleware_data, _number(manager)
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        await proposals.withdraw(store, number, text, by=by, now=now)
    await _leave(message, manager)


async def _leave(message: Message, manager: DialogManager) -> None:
    number = _number(manager)
    await manager.done()
    screen = manager.middleware_data["screen"]
    await screen.reply(message.chat.id, PROPOSAL, {"number": number})


def _number(manager: DialogManager) -> int:
    start: Any = manager.start_data
    return int(start["proposal"])
