"""A member proposes: what, how it is decided, whom it concerns; then all of it on one page."""

from dataclasses import replace
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, MessageInput, TextInput
from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.text import Format

from collective.actions import proposals
from collective.decisions import FEWEST_OPTIONS, Consulted, Method
from collective.errors import TextEmpty
from collective.own_words import VoiceNote
from collective.terms import Terms
from dialogs import proposal_review, proposal_terms
from dialogs.choices import Choices, buttons, choice_window
from dialogs.pick import collective_of, hers, pick_window
from dialogs.proposed import draft_of, onward, say
from dialogs.states import Proposing
from dialogs.text import Label, Leave, T, Wizard, words_of
from locales.markers import N_, NP_
from locales.words import Words
from reports import deciding


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        pick_window(Proposing.collective, hers, Proposing.question),
        Window(
            T(
                N_(
                    "What do you propose? Ask one question, in writing or as a voice note. "
                    "For example: shall we buy a machine together?"
                )
            ),
            MessageInput(asked),
            Leave(),
            state=Proposing.question,
        ),
        Window(
            T(N_("How is it decided?")),
            Format("\n{rules}"),
            buttons("methods", method, name="method", width=2),
            Leave(),
            getter=methods,
            preview_data={"rules": "…", "methods": [("majority", "Oui ou non")]},
            state=Proposing.method,
        ),
        Window(
            T(N_("Write the options, 2 to 8, one on each line or one after the other.")),
            Format("{listed}", when="listed"),
            TextInput(id="option", on_success=option),
            Button(Label(NP_("button", "That's all")), id="done", on_click=done, when="enough"),
            Button(
                Label(NP_("button", "Begin the list anew")), "anew", on_click=anew, when="listed"
            ),
            Leave(),
            getter=options,
            preview_data={"listed": "1. …", "enough": True},
            state=Proposing.options,
        ),
        Window(
            T(
                N_(
                    "Who else is concerned: customers, neighbours, families, another group? "
                    "Write who, or press."
                )
            ),
            TextInput(id="who", on_success=concerned),
            Button(Label(NP_("button", "Nobody else")), id="nobody", on_click=nobody),
            Leave(),
            state=Proposing.concerned,
        ),
        choice_window(
            Proposing.consulted,
            T(N_("Were they asked what they think?")),
            answers,
            consulted,
            Leave(),
        ),
        *proposal_terms.windows(),
        *proposal_review.windows(),
    )


async def asked(message: Message, _widget: MessageInput, manager: DialogManager) -> None:
    """Keep the question, as a draft from now on; raise TextEmpty, TextTooLong, VoiceTooLong."""
    said, start = _question(message), _start(manager)
    if start.get("proposal") or "proposal" in manager.dialog_data:
        await say(manager, lambda t: replace(t, question=said.question, voice=said.voice))
    else:
        data = manager.middleware_data
        by, now = data["visitor"].person.id, data["clock"].now()
        async with data["ledger"].writing() as store:
            made = await proposals.draft(
                store, collective_of(manager), said, draft=start["draft"], by=by, now=now
            )
        manager.dialog_data["proposal"] = made.id
    await onward(manager)


async def methods(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Offer the ways to decide, each with its rule."""
    words = words_of(dialog_manager)
    return {
        "rules": "\n".join(f"· {deciding.rule(each, words)}" for each in Method),
        "methods": [(each.value, deciding.method_name(each, words.plain)) for each in Method],
    }


async def method(_query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    """Keep how it is decided; options belong to a choice only."""
    chosen = Method(item)
    await say(
        manager,
        lambda terms: replace(
            terms, method=chosen, options=terms.options if chosen is Method.CHOICE else ()
        ),
    )
    await onward(manager)


async def option(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Add the options that the lines of a message say; raise OptionsUnfit."""
    more = tuple(line for line in text.splitlines() if line.strip())
    await say(manager, lambda terms: replace(terms, options=(*terms.options, *more)))


async def anew(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Forget the options."""
    await say(manager, lambda terms: replace(terms, options=()))


async def done(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Go on."""
    await onward(manager)


async def options(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List the options so far."""
    terms = (await draft_of(dialog_manager)).terms
    enough = len(terms.options) >= FEWEST_OPTIONS
    return {"listed": deciding.options(terms), "enough": enough}


async def concerned(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, text: str
) -> None:
    """Keep who else is concerned, and ask whether they were asked."""
    await say(manager, lambda terms: replace(terms, concerned=text, consulted=None))
    await manager.switch_to(Proposing.consulted)


async def nobody(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Keep that it concerns nobody else."""
    await say(manager, lambda terms: replace(terms, concerned=None, consulted=Consulted.NOBODY))
    await onward(manager)


async def consulted(manager: DialogManager, item: str) -> None:
    """Keep whether they were asked."""
    await say(manager, lambda terms: replace(terms, consulted=Consulted(item)))
    await onward(manager)


def _question(message: Message) -> Terms:
    voice = message.voice
    if voice is None and message.text is None:
        raise TextEmpty
    if voice is None:
        return Terms(question=message.text)
    note = VoiceNote(file_id=voice.file_id, seconds=voice.duration, size=voice.file_size)
    return Terms(voice=note)


def answers(_manager: DialogManager, words: Words) -> Choices:
    """Offer whether others were asked."""
    return [
        (Consulted.YES.value, words.pgettext("button", "Yes, they were asked")),
        (Consulted.PLANNED.value, words.pgettext("button", "Not yet, it is planned")),
        (Consulted.NO.value, words.pgettext("button", "No")),
    ]


def _start(manager: DialogManager) -> dict[str, Any]:
    start: Any = manager.start_data
    return dict(start)
