"""Whom a broadcast is for: a facilitator picks from a few, a coordinator narrows down."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Group, SwitchTo
from aiogram_dialog.widgets.text import Format

from collective.actions import composing
from collective.audiences import Audience, of_collectives
from collective.ports import Store
from dialogs.broadcast_draft import Discard, address, look
from dialogs.broadcast_options import to_preview
from dialogs.broadcast_several import (
    Offer,
    collectives,
    people,
    places,
    roles,
    several,
    spoken,
    trades,
)
from dialogs.states import Broadcasting
from dialogs.text import Label, T, words_of
from locales.markers import N_, NP_
from locales.words import Words
from reports.addressing import said_reach, said_shares


def windows() -> list[Window]:
    """Return the pages on which an audience is chosen."""
    narrowing = Broadcasting.wide
    return [
        _audience(),
        _wide(),
        _shares(),
        several(
            Broadcasting.people,
            T(N_("Press the names of those who get it.")),
            "persons",
            people,
            Broadcasting.preview,
        ),
        several(
            Broadcasting.collectives,
            T(N_("Which collectives? Without any: all of them.")),
            "collectives",
            collectives,
            narrowing,
        ),
        several(
            Broadcasting.trades,
            T(N_("Which trades? Without any: all of them.")),
            "trades",
            trades,
            narrowing,
        ),
        several(
            Broadcasting.places,
            T(N_("Which places? Without any: all of them.")),
            "places",
            places,
            narrowing,
        ),
        several(
            Broadcasting.spoken,
            T(N_("Who reads which language? Without any: all of them.")),
            "languages",
            spoken,
            narrowing,
        ),
        several(
            Broadcasting.roles,
            T(N_("Who gets it in private?")),
            "roles",
            roles,
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
        found = await composing.shares(store, audience, by=by, now=now)
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
        ("collectives", collectives),
        ("trades", trades),
        ("places", places),
        ("languages", spoken),
        ("roles", roles),
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
