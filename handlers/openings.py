"""Presses on cards that open a wizard. They live under the router that carries the dialogs."""

from aiogram import F, Router
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from collective import access
from collective.actions import activities, composing, leaving, pairings, proposals
from collective.actions import setbacks as setback_actions
from collective.activities import Kind as ActivityKind
from collective.errors import Outdated
from collective.ports import Clock, Ledger
from collective.setbacks import Kind
from dialogs import doors
from dialogs.cards import activity, setbacks, steps
from dialogs.cards.activity import ActivityPress
from dialogs.cards.broadcasts import DraftPress
from dialogs.cards.pairings import PairingPress
from dialogs.cards.setbacks import DeparturePress, SetbackPress
from dialogs.cards.steps import OPENING, MatterPress
from dialogs.cards.stopping import LeavePress
from dialogs.screen import Screen
from dialogs.states import Concluding, Planning, Saying
from handlers.filters import Private
from handlers.middlewares import Visitor, answer_tap, person_of


def build() -> Router:
    """Return the router of presses that open a wizard."""
    router = Router(name="openings")
    router.callback_query.register(draft_pressed, DraftPress.filter())
    router.callback_query.register(leave_pressed, LeavePress.filter())
    router.callback_query.register(setback_pressed, SetbackPress.filter(), Private())
    router.callback_query.register(departure_pressed, DeparturePress.filter(), Private())
    router.callback_query.register(visit_planned, PairingPress.filter(), Private())
    router.callback_query.register(
        activity_opened, ActivityPress.filter(F.do.in_(activity.OPENING)), Private()
    )
    router.callback_query.register(matter_opened, MatterPress.filter(F.do.in_(OPENING)), Private())
    return router


async def draft_pressed(
    query: CallbackQuery,
    callback_data: DraftPress,
    visitor: Visitor,
    dialog_manager: DialogManager,
    ledger: Ledger,
) -> None:
    """Open a draft whose moment was missed."""
    await answer_tap(query)
    async with ledger.reading() as store:
        await composing.ensure_unsent(store, callback_data.broadcast, by=person_of(visitor).id)
    await doors.open_draft(dialog_manager, broadcast=callback_data.broadcast)


async def setback_pressed(
    query: CallbackQuery,
    callback_data: SetbackPress,
    visitor: Visitor,
    dialog_manager: DialogManager,
    ledger: Ledger,
    screen: Screen,
) -> None:
    """Play what was said of a setback, or ask what was learned from it."""
    await answer_tap(query)
    number, by = callback_data.setback, person_of(visitor).id
    async with ledger.reading() as store:
        page = await setback_actions.read(store, number, by=by)
    if callback_data.do == setbacks.LISTEN and page.setback.voice is not None:
        await screen.reply(query.from_user.id, setbacks.SPOKEN, {"setback": number, "person": by})
    elif callback_data.do == setbacks.LEARN:
        await doors.open_lesson(dialog_manager, setback=number)
    else:
        raise Outdated


async def departure_pressed(
    query: CallbackQuery,
    callback_data: DeparturePress,
    visitor: Visitor,
    dialog_manager: DialogManager,
    ledger: Ledger,
) -> None:
    """Ask how heavy it is that somebody has left."""
    await answer_tap(query)
    place = callback_data.collective
    async with ledger.reading() as store:
        await access.ensure_facilitates(store, person_of(visitor).id, place)
    await doors.open_setback(dialog_manager, collective=place, kind=Kind.DEPARTURE.value)


async def visit_planned(
    query: CallbackQuery,
    callback_data: PairingPress,
    visitor: Visitor,
    dialog_manager: DialogManager,
    ledger: Ledger,
) -> None:
    """Ask a facilitator about the visit to a collective that hers was paired with."""
    await answer_tap(query)
    place, by = callback_data.collective, person_of(visitor).id
    async with ledger.reading() as store:
        side = await pairings.ensure_plans(store, callback_data.pairing, place, by=by)
    words, other = visitor.words.plain, side.other.name
    said = {
        "kind": ActivityKind.VISIT.value,
        "title": words.pgettext("activity", "Visit with {other}", other=other),
        "with_whom": other,
    }
    await doors.open_planning(dialog_manager, collective=place, said=said)


async def activity_opened(
    query: CallbackQuery,
    callback_data: ActivityPress,
    visitor: Visitor,
    dialog_manager: DialogManager,
    ledger: Ledger,
) -> None:
    """Open the page by which an activity is changed; raise NotAllowed, Outdated, ActivityOver."""
    await answer_tap(query)
    by = person_of(visitor).id
    async with ledger.reading() as store:
        await activities.ensure_changeable(store, callback_data.activity, by=by)
    page = {
        activity.PUT_OFF: Planning.day,
        activity.CANCEL: Planning.cancelling,
        activity.CHARGE: Planning.in_charge,
    }.get(callback_data.do, Planning.review)
    await doors.open_changing(dialog_manager, activity=callback_data.activity, page=page)


async def matter_opened(
    query: CallbackQuery,
    callback_data: MatterPress,
    visitor: Visitor,
    dialog_manager: DialogManager,
    ledger: Ledger,
    clock: Clock,
) -> None:
    """Open what a button of a proposal leads to; the actions behind it ask who may."""
    await answer_tap(query)
    by = person_of(visitor).id
    do, number = callback_data.do, callback_data.proposal
    if do == steps.CONCERN:
        await doors.open_saying(dialog_manager, proposal=number, page=Saying.concern)
    elif do == steps.WITHDRAW:
        await doors.open_saying(dialog_manager, proposal=number, page=Saying.withdrawing)
    elif do == steps.CHANGE:
        async with ledger.reading() as store:
            await proposals.ensure_amendable(store, number, by=by, now=clock.now())
        await doors.open_amending(dialog_manager, proposal=number)
    elif do == steps.ABSENT:
        await doors.open_entrusting(dialog_manager, proposal=number)
    elif do == steps.MEETING:
        await doors.open_concluding(dialog_manager, proposal=number, page=Concluding.meeting)
    elif do == steps.GIVE and callback_data.value.isdecimal():
        task = int(callback_data.value)
        await doors.open_handing_over(dialog_manager, proposal=number, task=task)
    else:
        beside = callback_data.value == steps.BESIDE
        await doors.open_concluding(dialog_manager, proposal=number, beside=beside)


async def leave_pressed(
    query: CallbackQuery,
    callback_data: LeavePress,
    visitor: Visitor,
    dialog_manager: DialogManager,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Let her go at once, and only afterwards ask why."""
    await answer_tap(query)
    press, by = callback_data, person_of(visitor).id
    async with ledger.writing() as store:
        departure = await leaving.leave(store, press.role, press.collective, by=by, now=clock.now())
    await screen.reply(query.from_user.id, "menu", {})
    if departure is None:
        await screen.turn(query, "home", {})
        return
    await screen.turn(query, "goodbye", {"number": departure.id})
    await doors.open_farewell(dialog_manager, departure=departure.id)
