"""Whom a broadcast is for: a facilitator picks from a few, a coordinator narrows down."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Group, ScrollingGroup, Select, SwitchTo
from aiogram_dialog.widgets.text import Format

from collective.actions import broadcasts
from collective.audiences import Audience, of_collectives
from collective.collectives import Trade
from collective.people import Role
from collective.ports import Store
from dialogs import names
from dialogs.broadcast_draft import Discard, address, look
from dialogs.broadcast_options import to_preview
from dialogs.doors import Broadcasting
from dialogs.pick import PAGE
from dialogs.text import Label, T, words_of
from locales.languages import find, languages
from locales.markers import N_, NP_
from locales.words import Words
from reports.addressing import said_reach, said_shares

#: What can be pressed: what the button carries, what is kept, what stands on it.
Items = Sequence[tuple[int | str, Any, str]]
#: Finds it for whoever looks, whose words are plain.
Offer = Callable[[Store, Audience, Words], Awaitable[Items]]


def windows() -> list[Window]:
    """Return the pages on which an audience is chosen."""
    narrowing = Broadcasting.wide
    return [
        _audience(),
        _wide(),
        _shares(),
        _several(
            Broadcasting.people,
            T(N_("Press the names of those who get it.")),
            "persons",
            _people,
            Broadcasting.preview,
        ),
        _several(
            Broadcasting.collectives,
            T(N_("Which collectives? Without any: all of them.")),
            "collectives",
            _collectives,
            narrowing,
        ),
        _several(
            Broadcasting.trades,
            T(N_("Which trades? Without any: all of them.")),
            "trades",
            _trades,
            narrowing,
        ),
        _several(
            Broadcasting.places,
            T(N_("Which places? Without any: all of them.")),
            "places",
            _places,
            narrowing,
        ),
        _several(
            Broadcasting.spoken,
            T(N_("Who reads which language? Without any: all of them.")),
            "languages",
            _spoken,
            narrowing,
        ),
        _several(
            Broadcasting.roles,
            T(N_("Who gets it in private?")),
            "roles",
            _roles,
            narrowing,
        ),
    ]


def _audience() -> Window:
    return Window(
        T(N_("Who gets it?")),
        Format("{reach}"),
        Button(Label(NP_("button", "Members and group")), id="all", on_click=_simple),
        Button(Label(NP_("button", "Only the members")), id="members", on_click=_simple),
        Button(Label(NP_("button", "Only the group")), id="group", on_click=_simple),
        Button(Label(NP_("button", "Who has not answered")), id="unanswered", on_click=_simple),
        SwitchTo(Label(NP_("button", "People I choose")), "people", state=Broadcasting.people),
        to_preview(),
        getter=chosen,
        preview_data={"reach": "…"},
        state=Broadcasting.audience,
    )


def _wide() -> Window:
    return Window(
        T(N_("Who gets it? Press to narrow it down.")),
        Format("{narrowed}", when="narrowed"),
        Format("{reach}"),
        Group(
            _page(NP_("button", "Collectives"), Broadcasting.collectives),
            _page(NP_("button", "Trades"), Broadcasting.trades),
            _page(NP_("button", "Places"), Broadcasting.places),
            _page(NP_("button", "Languages"), Broadcasting.spoken),
            _page(NP_("button", "Roles"), Broadcasting.roles),
            Button(Label(NP_("button", "With groups")), "with", on_click=_groups, when="alone"),
            Button(Label(NP_("button", "Without groups")), "alone", on_click=_groups, when="with"),
            _page(NP_("button", "How many where"), Broadcasting.shares),
            width=2,
        ),
        SwitchTo(
            Label(NP_("button", "Write")), id="write", state=Broadcasting.text, when="unwritten"
        ),
        SwitchTo(
            Label(NP_("button", "Back")), id="back", state=Broadcasting.preview, when="written"
        ),
        Discard(),
        getter=narrowed,
        preview_data={
            "narrowed": "…",
            "reach": "…",
            "with": True,
            "alone": True,
            "written": True,
            "unwritten": True,
        },
        state=Broadcasting.wide,
    )


def _shares() -> Window:
    return Window(
        Format("{shares}"),
        _page(NP_("button", "Back"), Broadcasting.wide),
        getter=shares,
        preview_data={"shares": "…"},
        state=Broadcasting.shares,
    )


def _page(label: tuple[str, str], state: State, when: str | None = None) -> SwitchTo:
    name = f"to_{str(state.state).rpartition(':')[2]}"
    return SwitchTo(Label(label), id=name, state=state, when=when)


def _several(state: State, question: T, field: str, offer: Offer, back: State) -> Window:
    """Return a page on which any number of things can be pressed; each press is kept at once."""

    async def offered(manager: DialogManager) -> tuple[Audience, Items]:
        page = await look(manager)
        async with manager.middleware_data["ledger"].reading() as store:
            return page.audience, await offer(store, page.audience, words_of(manager).plain)

    async def items(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
        audience, found = await offered(dialog_manager)
        held = getattr(audience, field)
        marked = [(item, ("✅ " if key in held else "") + label) for item, key, label in found]
        return {"items": marked}

    async def pressed(
        _query: CallbackQuery, _widget: Any, manager: DialogManager, item: str
    ) -> None:
        audience, found = await offered(manager)
        keys = {key for each, key, _label in found if str(each) == item}
        await address(manager, _with(audience, field, getattr(audience, field) ^ keys))

    return Window(
        question,
        ScrollingGroup(
            Select(
                Format("{item[1]}"),
                id="each",
                item_id_getter=lambda item: item[0],
                items="items",
                on_click=pressed,
            ),
            id="list",
            width=1,
            height=PAGE,
            hide_on_single_page=True,
        ),
        SwitchTo(Label(NP_("button", "That's all")), id="done", state=back),
        getter=items,
        preview_data={"items": [(1, "✅ Tujenge")]},
        state=state,
    )


def _with(audience: Audience, field: str, held: frozenset[Any]) -> Audience:
    if field == "persons":
        # With nobody left it is for everyone again, and says so.
        everyone = of_collectives(audience.collectives)
        return replace(everyone, persons=held, groups=False) if held else everyone
    changed: dict[str, Any] = {field: held}
    return replace(audience, **changed)


async def chosen(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say who gets it now."""
    page, words = await look(dialog_manager), words_of(dialog_manager)
    return {"reach": said_reach(page.reach, page.audience, words)}


async def narrowed(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say how it was narrowed down, and who gets it now."""
    page, words = await look(dialog_manager), words_of(dialog_manager)
    async with dialog_manager.middleware_data["ledger"].reading() as store:
        lists = await _narrowed(store, page.audience, words)
    return {
        "narrowed": "\n".join(f"· {words.list_and(each)}" for each in lists if each),
        "reach": said_reach(page.reach, page.audience, words),
        "with": page.audience.groups,
        "alone": not page.audience.groups,
        "written": bool(page.versions),
        "unwritten": not page.versions,
    }


async def shares(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List how many get it in each collective."""
    data, audience = dialog_manager.middleware_data, (await look(dialog_manager)).audience
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].reading() as store:
        found = await broadcasts.shares(store, audience, by=by, now=now)
        everywhere = {each.id: each for each in await store.collectives.all()}
    return {"shares": said_shares(found, everywhere, words_of(dialog_manager)) or "–"}


async def _simple(_query: CallbackQuery, button: Button, manager: DialogManager) -> None:
    everyone = of_collectives((await look(manager)).audience.collectives)
    wanted = {
        "members": replace(everyone, groups=False),
        "group": replace(everyone, roles=frozenset()),
        "unanswered": replace(everyone, groups=False, unanswered=True),
    }
    await address(manager, wanted.get(button.widget_id or "", everyone))
    await manager.switch_to(Broadcasting.preview)


async def _groups(_query: CallbackQuery, button: Button, manager: DialogManager) -> None:
    audience = (await look(manager)).audience
    await address(manager, replace(audience, groups=button.widget_id == "with"))


async def _narrowed(store: Store, audience: Audience, words: Words) -> list[list[str]]:
    """Return what was chosen, a list for each way of narrowing down."""
    ways: Sequence[tuple[str, Offer]] = (
        ("collectives", _collectives),
        ("trades", _trades),
        ("places", _places),
        ("languages", _spoken),
        ("roles", _roles),
    )
    return [
        [
            label
            for _, key, label in await offer(store, audience, words)
            if key in getattr(audience, field)
        ]
        for field, offer in ways
        if getattr(audience, field)
    ]


async def _people(store: Store, audience: Audience, _words: Words) -> Items:
    found = {
        member.person_id: member.name
        for each in sorted(audience.collectives)
        for member in await store.collectives.members(each)
        if member.chat_id is not None
    }
    return [(key, key, name) for key, name in sorted(found.items(), key=_by_name)]


async def _collectives(store: Store, _audience: Audience, _words: Words) -> Items:
    found = {each.id: each.name for each in await store.collectives.all()}
    return [(key, key, name) for key, name in sorted(found.items(), key=_by_name)]


async def _places(store: Store, _audience: Audience, _words: Words) -> Items:
    # A place is words of any length; a button carries the number of a collective there.
    found = {each.place: each.id for each in await store.collectives.all()}
    return [(found[place], place, place) for place in sorted(found, key=str.casefold)]


async def _trades(_store: Store, _audience: Audience, words: Words) -> Items:
    return [(each.value, each, names.trade(each, words)) for each in Trade]


async def _spoken(_store: Store, _audience: Audience, _words: Words) -> Items:
    return [(code, code, find(code).name) for code in languages()]


async def _roles(_store: Store, _audience: Audience, words: Words) -> Items:
    return [(each.value, each, names.role(each, words).capitalize()) for each in Role]


def _by_name(item: tuple[int, str]) -> str:
    return item[1].casefold()
