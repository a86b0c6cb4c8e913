"""A facilitator's own page of a collective: first steps, who has answered, members, a reminder."""

from typing import Any
from uuid import uuid4

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput
from aiogram_dialog.widgets.kbd import (
    Button,
    Cancel,
    CurrentPage,
    NextPage,
    PrevPage,
    Row,
    ScrollingGroup,
    Select,
    StubScroll,
    SwitchTo,
)
from aiogram_dialog.widgets.kbd.select import OnItemClick
from aiogram_dialog.widgets.text import Format

from collective.actions import accompanying, entering, requests, roster
from collective.people import Role, clean_name
from dialogs import doors
from dialogs.doors import Accompanying
from dialogs.invites import show_invite, show_requests
from dialogs.pick import PAGE, facilitated, pick_window
from dialogs.text import Label, T, Wizard, words_of
from locales.markers import N_, NP_
from reports import following

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
            _to(NP_("button", "Who has answered"), Accompanying.answered),
            _to(NP_("button", "Remind gently"), Accompanying.remind, when="open"),
            _to(NP_("button", "Members"), Accompanying.members),
            _to(NP_("button", "Enter answers"), Accompanying.enter, when="opened"),
            Button(Label(NP_("button", "Who asks to come in")), "asks", on_click=asks, when="asks"),
            Button(Label(NP_("button", "Invite members")), id="invite", on_click=invite),
            Button(Label(NP_("button", "Day and time")), id="rhythm", on_click=rhythm),
            Button(Label(NP_("button", "Telegram group")), id="group", on_click=group),
            Cancel(Label(NP_("button", "Close"))),
            getter=overview,
            preview_data={"overview": "…", "open": True, "opened": True, "asks": True},
            state=Accompanying.overview,
        ),
        Window(
            Format("{people}"),
            StubScroll(id="pages", pages="pages"),
            Row(
                PrevPage(scroll="pages"),
                CurrentPage(scroll="pages"),
                NextPage(scroll="pages"),
                when="several",
            ),
            _back(),
            getter=answered,
            preview_data={"people": "…", "pages": 2, "several": True},
            state=Accompanying.answered,
        ),
        Window(
            Format("{question}"),
            Button(Label(NP_("button", "Remind")), id="remind", on_click=remind, when="some"),
            _back(),
            getter=reminder,
            preview_data={"question": "…", "some": True},
            state=Accompanying.remind,
        ),
        Window(
            T(N_("Whose answers of {day} do you enter? Who has answered herself is not listed.")),
            T(N_("This check-in has closed: its summary does not change any more."), when="late"),
            _names(items="checkins", on_click=enter),
            _back(),
            getter=to_enter,
            preview_data={"day": "jeudi", "late": True, "checkins": [(1, "Mado 📵")]},
            state=Accompanying.enter,
        ),
        Window(
            T(N_("Members of {collective}. 📵 has no Telegram, ⏸ makes a pause.")),
            _names(items="members", on_click=chosen),
            _to(NP_("button", "Add without Telegram"), Accompanying.name),
            _back(),
            getter=members,
            preview_data={"collective": "Tujenge", "members": [(1, "Aline")]},
            state=Accompanying.members,
        ),
        Window(
            Format("{member}"),
            _to(NP_("button", "Back"), Accompanying.members),
            getter=member,
            preview_data={"member": "…"},
            state=Accompanying.member,
        ),
        Window(
            T(N_("What is she called? Write her name.")),
            TextInput(id="name", on_success=named),
            _to(NP_("button", "Back"), Accompanying.members),
            state=Accompanying.name,
        ),
        Window(
            T(
                N_(
                    "Has {name} agreed that her name and the answers you enter for her are kept? "
                    "The group sees totals, never who said what."
                )
            ),
            Button(Label(NP_("button", "She agreed")), id="agreed", on_click=write_down),
            _to(NP_("button", "Back"), Accompanying.members),
            getter=written,
            preview_data={"name": "Mado"},
            state=Accompanying.agreed,
        ),
    )


async def overview(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say how the collective is doing and which first steps are left."""
    data, words = dialog_manager.middleware_data, words_of(dialog_manager)
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        start = await accompanying.start(store, _collective(dialog_manager), by=by)
        found = await accompanying.participation(
            store, data["forms"], _collective(dialog_manager), by=by, now=now
        )
        waiting = await requests.waiting(store, _collective(dialog_manager), Role.MEMBER, by=by)
    open_ = found.round is not None and found.round.takes_answers(now)
    return {
        "asks": bool(waiting),
        "overview": following.page(start, found, now, words),
        "open": open_,
        "opened": found.round is not None,
    }


async def asks(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Show the card of each who asks to become a member once more."""
    await show_requests(query, manager, _collective(manager), Role.MEMBER)


async def invite(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Make and show the members' invitation."""
    collective = _collective(manager)
    await manager.done()
    await show_invite(manager, collective)


async def rhythm(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Go to the page of its rhythm."""
    await doors.open_pacing(manager, collective=_collective(manager))


async def group(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Go to the page of its Telegram group."""
    await doors.open_grouping(manager, collective=_collective(manager))


async def answered(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List who has answered, a page of names at a time."""
    data, words = dialog_manager.middleware_data, words_of(dialog_manager)
    async with data["ledger"].writing() as store:
        found = await accompanying.participation(
            store,
            data["forms"],
            _collective(dialog_manager),
            by=data["visitor"].person.id,
            now=data["clock"].now(),
        )
    scroll: Any = dialog_manager.find("pages")
    pages = max(1, -(-len(found.people) // _LINES))
    first = min(await scroll.get_page(), pages - 1) * _LINES
    shown = found.people[first : first + _LINES]
    return {
        "people": following.people(found, shown, words),
        "pages": pages,
        "several": pages > 1,
    }


async def reminder(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Ask whether to remind, and say how many; raise RoundClosed where there is nothing to."""
    data, words = dialog_manager.middleware_data, words_of(dialog_manager)
    async with data["ledger"].reading() as store:
        many = await accompanying.unfinished(
            store,
            _collective(dialog_manager),
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
            store, _collective(manager), by=data["visitor"].person.id, now=data["clock"].now()
        )
    await manager.done()
    await data["screen"].reply(query.from_user.id, "reminded", {"many": many})


async def to_enter(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List whose answers may be entered; raise RoundClosed where no round has opened yet."""
    data, words = dialog_manager.middleware_data, words_of(dialog_manager)
    async with data["ledger"].reading() as store:
        round_, found = await entering.open_to(
            store, _collective(dialog_manager), by=data["visitor"].person.id
        )
        collective = await store.collectives.get(_collective(dialog_manager))
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


async def members(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List the members by name."""
    data = dialog_manager.middleware_data
    async with data["ledger"].reading() as store:
        listed = await roster.members(
            store, _collective(dialog_manager), by=data["visitor"].person.id
        )
        collective = await store.collectives.get(_collective(dialog_manager))
    now = data["clock"].now()
    return {
        "collective": collective.name if collective else "",
        "members": [(each.id, following.name(each, now)) for each in listed],
    }


async def chosen(_query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    """Show one member."""
    manager.dialog_data["member"] = int(item)
    await manager.switch_to(Accompanying.member)


async def member(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say since when she is in, and whether she can be reached."""
    data, words = dialog_manager.middleware_data, words_of(dialog_manager)
    async with data["ledger"].reading() as store:
        found = await roster.member(
            store,
            _collective(dialog_manager),
            dialog_manager.dialog_data["member"],
            by=data["visitor"].person.id,
        )
        collective = await store.collectives.get(found.collective_id)
    zone = collective.zone if collective else "UTC"
    return {"member": following.member(found, zone, data["clock"].now(), words)}


async def named(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, name: str
) -> None:
    """Keep the name until her yes is noted; raise TextEmpty or TextTooLong."""
    manager.dialog_data["name"] = clean_name(name)
    manager.dialog_data["draft"] = uuid4().hex
    await manager.switch_to(Accompanying.agreed)


async def written(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Name who is to be written down."""
    return {"name": dialog_manager.dialog_data["name"]}


async def write_down(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Write her down; pressing twice writes her once."""
    data = manager.middleware_data
    async with data["ledger"].writing() as store:
        await roster.add(
            store,
            _collective(manager),
            manager.dialog_data["name"],
            draft=manager.dialog_data["draft"],
            agreed=True,
            by=data["visitor"].person.id,
            now=data["clock"].now(),
        )
    await manager.switch_to(Accompanying.members)


async def _picked(manager: DialogManager, collective_id: int) -> None:
    start: Any = manager.start_data
    manager.dialog_data["collective"] = collective_id
    await manager.switch_to(_PAGES[start["page"]])


def _to(label: tuple[str, str], state: State, when: str | None = None) -> SwitchTo:
    _, _, name = str(state.state).rpartition(":")
    return SwitchTo(Label(label), id=f"to_{name}", state=state, when=when)


def _names(*, items: str, on_click: OnItemClick[Any, str]) -> ScrollingGroup:
    """Return a paged list of names."""
    one = Select(
        Format("{item[1]}"),
        id="one",
        item_id_getter=lambda item: item[0],
        items=items,
        on_click=on_click,
    )
    return ScrollingGroup(one, id="list", width=1, height=PAGE, hide_on_single_page=True)


def _back() -> SwitchTo:
    return _to(NP_("button", "Back"), Accompanying.overview)


def _collective(manager: DialogManager) -> int:
    start: Any = manager.start_data
    return int(start["collective"] or manager.dialog_data["collective"])
