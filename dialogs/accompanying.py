"""A facilitator's own page of a collective: first steps, who has answered, members, a reminder."""

from collections.abc import Sequence
from typing import Any, TypeVar

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import (
    Button,
    Cancel,
    CurrentPage,
    NextPage,
    PrevPage,
    Row,
    StubScroll,
)
from aiogram_dialog.widgets.text import Format

from collective.actions import accompanying, entering, requests
from collective.people import Role
from dialogs import doors, members
from dialogs.invites import show_invite, show_requests
from dialogs.members import back_to, to_page
from dialogs.pick import collective_of, facilitated, listed, pick_window
from dialogs.states import Accompanying
from dialogs.text import Label, T, Wizard, words_of
from locales.markers import N_, NP_
from reports import following

One = TypeVar("One")

#: Pages that open as soon as the collective is chosen, by their names.
_PAGES = {
    each.state: each for each in (Accompanying.overview, Accompanying.remind, Accompanying.enter)
}
#: Members on a page of text: what a phone shows without scrolling.
_LINES = 12


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        pick_window(Accompanying.collective, facilitated, _picked),
        Window(
            Format("{overview}"),
            to_page(NP_("button", "Who has answered"), Accompanying.answered),
            to_page(NP_("button", "Remind gently"), Accompanying.remind, when="open"),
            to_page(NP_("button", "Members"), Accompanying.members),
            to_page(NP_("button", "Who I cannot reach"), Accompanying.unreached, when="unreached"),
            to_page(NP_("button", "Enter answers"), Accompanying.enter, when="opened"),
            Button(Label(NP_("button", "Who asks to come in")), "asks", on_click=asks, when="asks"),
            Button(Label(NP_("button", "Invite members")), id="invite", on_click=invite),
            Button(Label(NP_("button", "Day and time")), id="rhythm", on_click=rhythm),
            Button(Label(NP_("button", "Telegram group")), id="group", on_click=group),
            Cancel(Label(NP_("button", "Close"))),
            getter=overview,
            preview_data={
                "overview": "…",
                "open": True,
                "opened": True,
                "asks": True,
                "unreached": True,
            },
            state=Accompanying.overview,
        ),
        _listing(Accompanying.answered, "pages", answered),
        _listing(Accompanying.unreached, "lost", unreached),
        Window(
            Format("{question}"),
            Button(Label(NP_("button", "Remind")), id="remind", on_click=remind, when="some"),
            back_to(Accompanying.overview),
            getter=reminder,
            preview_data={"question": "…", "some": True},
            state=Accompanying.remind,
        ),
        Window(
            T(N_("Whose answers of {day} do you enter? Who has answered herself is not listed.")),
            T(N_("This check-in has closed: its summary does not change any more."), when="late"),
            listed("checkins", enter),
            back_to(Accompanying.overview),
            getter=to_enter,
            preview_data={"day": "jeudi", "late": True, "checkins": [(1, "Mado 📵")]},
            state=Accompanying.enter,
        ),
        *members.windows(),
    )


async def overview(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say how the collective is doing and which first steps are left."""
    data, words = dialog_manager.middleware_data, words_of(dialog_manager)
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        start = await accompanying.start(store, collective_of(dialog_manager), by=by)
        found = await accompanying.participation(
            store, data["forms"], collective_of(dialog_manager), by=by, now=now
        )
        waiting = await requests.waiting(store, collective_of(dialog_manager), Role.MEMBER, by=by)
    open_ = found.round is not None and found.round.takes_answers(now)
    return {
        "asks": bool(waiting),
        "overview": following.page(start, found, now, words),
        "open": open_,
        "opened": found.round is not None,
        "unreached": bool(start.unreached),
    }


async def asks(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Show the card of each who asks to become a member once more."""
    await show_requests(query, manager, collective_of(manager), Role.MEMBER)


async def invite(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Make and show the members' invitation."""
    collective = collective_of(manager)
    await manager.done()
    await show_invite(manager, collective)


async def rhythm(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Go to the page of its rhythm."""
    await doors.open_pacing(manager, collective=collective_of(manager))


async def group(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Go to the page of its Telegram group."""
    await doors.open_grouping(manager, collective=collective_of(manager))


async def answered(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List who has answered, a page of names at a time."""
    data, words = dialog_manager.middleware_data, words_of(dialog_manager)
    async with data["ledger"].writing() as store:
        found = await accompanying.participation(
            store,
            data["forms"],
            collective_of(dialog_manager),
            by=data["visitor"].person.id,
            now=data["clock"].now(),
        )
    shown, pages = await _page(dialog_manager, "pages", found.people)
    return {"people": following.people(found, shown, words), **pages}


async def unreached(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List who cannot be reached and why, a page of names at a time."""
    data = dialog_manager.middleware_data
    async with data["ledger"].reading() as store:
        start = await accompanying.start(
            store, collective_of(dialog_manager), by=data["visitor"].person.id
        )
    shown, pages = await _page(dialog_manager, "lost", start.unreached)
    return {"people": following.unreached(shown, words_of(dialog_manager)), **pages}


async def reminder(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Ask whether to remind, and say how many; raise RoundClosed where there is nothing to."""
    data, words = dialog_manager.middleware_data, words_of(dialog_manager)
    async with data["ledger"].reading() as store:
        many = await accompanying.unfinished(
            store,
            collective_of(dialog_manager),
            by=data["visitor"].person.id,
            now=data["clock"].now(),
        )
    if not many:
        return {"question": words.gettext("Everybody who can be reached has answered."), "some": ""}
    question = words.ngettext(
        "Remind {n} member who has not finished? She gets her check-in once more.",
        "Remind {n} members who have not finished? They get their check-in once more.",
        many,
    )
    return {"question": question, "some": "yes"}


async def remind(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Remind them and say how many; who was reminded today is left in peace."""
    data = manager.middleware_data
    async with data["ledger"].writing() as store:
        many = await accompanying.remind(
            store, collective_of(manager), by=data["visitor"].person.id, now=data["clock"].now()
        )
    await manager.done()
    await data["screen"].reply(query.from_user.id, "reminded", {"many": many})


async def to_enter(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List whose answers may be entered; raise RoundClosed where no round has opened yet."""
    data, words = dialog_manager.middleware_data, words_of(dialog_manager)
    async with data["ledger"].reading() as store:
        round_, found = await entering.open_to(
            store, collective_of(dialog_manager), by=data["visitor"].person.id
        )
        collective = await store.collectives.get(collective_of(dialog_manager))
    now, zone = data["clock"].now(), collective.tzinfo
    return {
        "day": words.day(round_.opens_at.astimezone(zone).date()),
        "late": not round_.takes_answers(now),
        "checkins": [(checkin.id, following.name(each, now)) for checkin, each in found],
    }


async def enter(query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    """Show the card by which her answers are entered."""
    await manager.done()
    screen = manager.middleware_data["screen"]
    await screen.reply(query.from_user.id, entering.CARD, {"checkin": int(item)})


def _listing(state: State, scroll: str, getter: Any) -> Window:
    """Return a page of names in a text, which is turned."""
    return Window(
        Format("{people}"),
        StubScroll(id=scroll, pages="pages"),
        Row(
            PrevPage(scroll=scroll),
            CurrentPage(scroll=scroll),
            NextPage(scroll=scroll),
            when="several",
        ),
        back_to(Accompanying.overview),
        getter=getter,
        preview_data={"people": "…", "pages": 2, "several": True},
        state=state,
    )


async def _page(
    manager: DialogManager, scroll: str, people: Sequence[One]
) -> tuple[Sequence[One], dict[str, Any]]:
    """Return those on the page that is turned to, and what its buttons need."""
    turned: Any = manager.find(scroll)
    pages = max(1, -(-len(people) // _LINES))
    first = min(await turned.get_page(), pages - 1) * _LINES
    return people[first : first + _LINES], {"pages": pages, "several": pages > 1}


async def _picked(manager: DialogManager, _collective_id: int) -> None:
    start: Any = manager.start_data
    await manager.switch_to(_PAGES[start["page"]])
