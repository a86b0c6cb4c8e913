"""Sheets: home, help, settings and what they lead to, by command or by button."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from collective.actions import follow_ups, people
from collective.errors import Outdated
from collective.people import CHOICES
from collective.ports import Clock, Ledger
from dialogs import commands
from dialogs.cards.agenda import AGENDA, MEMORY
from dialogs.cards.follow_ups import FOLLOW_UPS
from dialogs.cards.people import LanguagePress
from dialogs.cards.proposal import PROPOSAL
from dialogs.cards.register import DECISIONS
from dialogs.cards.said import SAID
from dialogs.cards.setbacks import SETBACK, SETBACKS
from dialogs.cards.settings import ConsentPress, LargePress
from dialogs.cards.sheets import ShowPress
from dialogs.screen import Screen
from handlers.filters import Private
from handlers.middlewares import AnswerFirst, Visitor, person_of

#: Sheets that a command shows too.
_BY_COMMAND = {
    commands.DECISIONS: DECISIONS,
    commands.AGENDA: AGENDA,
    commands.HELP: "help",
    commands.SETTINGS: "settings",
    commands.LANGUAGE: "languages",
    commands.PRIVACY: "privacy",
    commands.FORGET: "forget",
}
#: Everything a button may show; anybody can write a button.
_SHEETS = {
    *("home", "choice", "large", "pause", "stop", "leave", "goodbye", PROPOSAL, SAID),
    *(SETBACK, SETBACKS, FOLLOW_UPS, MEMORY),
    *_BY_COMMAND.values(),
}


def build() -> Router:
    """Return the router of sheets."""
    router = Router(name="sheets")
    router.message.filter(Private())
    router.callback_query.middleware(AnswerFirst())
    router.message.register(home, CommandStart(magic=~F.args))
    for command in _BY_COMMAND:
        router.message.register(sheet, Command(*commands.names_of(command)))
    router.callback_query.register(sheet_pressed, ShowPress.filter(), Private())
    router.callback_query.register(language_pressed, LanguagePress.filter(), Private())
    router.callback_query.register(consent_pressed, ConsentPress.filter(), Private())
    router.callback_query.register(large_pressed, LargePress.filter(), Private())
    return router


async def home(message: Message, screen: Screen) -> None:
    """Say what she can do here."""
    await screen.reply(message.chat.id, "menu", {})
    await screen.reply(message.chat.id, "home", {})


async def sheet(message: Message, command: CommandObject, screen: Screen) -> None:
    """Show the sheet that a command names."""
    named = {name: kind for key, kind in _BY_COMMAND.items() for name in commands.names_of(key)}
    await screen.reply(message.chat.id, named[command.command.lower()], {"number": 0})


async def sheet_pressed(
    query: CallbackQuery,
    callback_data: ShowPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Show another sheet in place of this one."""
    if callback_data.sheet not in _SHEETS:
        raise Outdated
    if callback_data.sheet == FOLLOW_UPS:
        # The only sheet whose reading is put on record.
        async with ledger.writing() as store:
            await follow_ups.waiting(store, by=person_of(visitor).id, now=clock.now())
    await screen.turn(query, callback_data.sheet, {"number": callback_data.number})


async def language_pressed(
    query: CallbackQuery,
    callback_data: LanguagePress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
) -> None:
    """Speak the language she chose from now on: menu, this sheet, and the card that is open."""
    async with ledger.writing() as store:
        await store.people.set_language(visitor.account.id, callback_data.lang)
    chat_id = visitor.account.telegram_id
    await screen.reply(chat_id, "menu", {})
    await screen.retell(chat_id)
    await screen.turn(query, "home", {})


async def consent_pressed(
    query: CallbackQuery,
    callback_data: ConsentPress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Keep what she chose, and show it."""
    press, by = callback_data, person_of(visitor).id
    async with ledger.writing() as store:
        await people.set_consent(
            store, by, press.consent, given=press.given, by=by, now=clock.now()
        )
    await screen.turn(query, "choice", {"number": CHOICES.index(press.consent)})


async def large_pressed(
    query: CallbackQuery,
    callback_data: LargePress,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
) -> None:
    """Keep how she answers, and show it; keys that lie open are folded."""
    async with ledger.writing() as store:
        await store.people.set_large_buttons(visitor.account.id, large=callback_data.large)
    await screen.turn(query, "large", {})
    if visitor.account.large_buttons and not callback_data.large:
        await screen.reply(visitor.account.telegram_id, "folded", {})
