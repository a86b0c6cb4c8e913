"""Updates in. The list below says where each update goes; the first router that knows it wins."""

from collections.abc import Sequence

from aiogram import Dispatcher, Router
from aiogram.fsm.storage.base import BaseEventIsolation, BaseStorage
from aiogram_dialog import setup_dialogs

from collective.ports import Clock, Ledger
from dialogs import wizards as dialogs
from dialogs.page_messages import PatientManager
from dialogs.screen import Screen
from handlers import (
    activities,
    answers,
    broadcasts,
    cards,
    codes,
    deciding,
    entering,
    errors,
    following,
    groups,
    last,
    looking_back,
    openings,
    pages,
    pins,
    private,
    sheets,
    stopping,
    veils,
    voting,
    who,
    wizards,
)
from handlers.middlewares import VisitorMiddleware


def menus(screen: Screen) -> Router:
    """Return the router of wizards. Only what reaches it pays for their storage."""
    router = Router(name="menus")
    router.include_routers(
        wizards.build(),
        openings.build(),
        *dialogs.build(),
        stopping.build_words(),  # no wizard takes them for its text
        codes.build(),
        pages.build(),
    )
    router.message.outer_middleware(pages.without_stray_reply)
    router.callback_query.outer_middleware(pages.PressOnce())
    setup_dialogs(router, message_manager=PatientManager(screen.tidy))
    return router


def routers(screen: Screen) -> Sequence[Router]:
    """Return the way of an update, from first to last."""
    return (
        errors.build(),
        pins.build(),  # a code that was asked for
        who.build(),  # who answers, where several share the phone
        cards.build(),  # presses on cards: most of what comes
        broadcasts.build_in_groups(),  # under a broadcast in a group
        groups.build(),  # everything said in groups
        entering.build(),  # a facilitator answers for a member
        veils.build(),  # what the bot sends where others may look
        broadcasts.build(),  # under a broadcast: heard, a reply; its author's report
        voting.build(),  # presses on a ballot, a reply to one
        deciding.build(),  # presses about proposals
        following.build(),  # a facilitator's follow-ups
        activities.build(),  # presses about activities, a yes or no to one
        looking_back.build(),  # a reply to a look-back
        answers.build_replies(),  # a reply to a card
        private.build(),  # commands that open no wizard
        sheets.build(),  # home, help and settings
        stopping.build(),  # pausing, coming back, what is kept
        menus(screen),  # commands that open a wizard, and the wizard that is open
        veils.build_typed(),  # typed while a veil waits
        voting.build_typed(),  # typed while a ballot waits
        activities.build_typed(),  # typed while an activity waits
        looking_back.build_typed(),  # sent while a look-back waits
        answers.build_typed(),  # typed while a card waits
        last.build(),
    )


def dispatcher(
    ledger: Ledger,
    clock: Clock,
    *,
    storage: BaseStorage,
    isolation: BaseEventIsolation,
    screen: Screen,
    **resources: object,
) -> Dispatcher:
    """Build the dispatcher. `resources` are what handlers ask for by name."""
    dp = Dispatcher(storage=storage, events_isolation=isolation)
    dp.workflow_data.update(resources, ledger=ledger, clock=clock, screen=screen)
    dp.update.outer_middleware(VisitorMiddleware(ledger, clock))
    for observer in (dp.message, dp.callback_query):
        observer.outer_middleware(who.OwnerSpeaks())
    dp.include_routers(*routers(screen))
    return dp
