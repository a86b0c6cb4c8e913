"""A page on which any number of things can be pressed, and what an audience can be made of."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import ScrollingGroup, Select, SwitchTo
from aiogram_dialog.widgets.text import Format

from collective.audiences import Audience, of_collectives
from collective.collectives import Trade
from collective.letters import fold
from collective.people import Role
from collective.ports import Store
from dialogs import names
from dialogs.broadcast_draft import address, look
from dialogs.pick import PAGE
from dialogs.text import Label, T, words_of
from locales.languages import find, languages
from locales.markers import NP_
from locales.words import Words

#: What can be pressed: what the button carries, what is kept, what stands on it.
Items = Sequence[tuple[int | str, Any, str]]
#: Finds it for whoever looks, whose words are plain.
Offer = Callable[[Store, Audience, Words], Awaitable[Items]]


def several(state: State, question: T, field: str, offer: Offer, back: State) -> Window:
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


async def people(store: Store, audience: Audience, _words: Words) -> Items:
    """Offer the members who can be reached, by name."""
    found = {
        member.person_id: member.name
        for each in sorted(audience.collectives)
        for member in await store.collectives.members(each)
        if member.chat_id is not None
    }
    return [(key, key, name) for key, name in sorted(found.items(), key=_by_name)]


async def collectives(store: Store, _audience: Audience, _words: Words) -> Items:
    """Offer every collective, by name."""
    found = {each.id: each.name for each in await store.collectives.all()}
    return [(key, key, name) for key, name in sorted(found.items(), key=_by_name)]


async def places(store: Store, _audience: Audience, _words: Words) -> Items:
    """Offer the places where there are collectives."""
    # A place is words of any length; a button carries the number of a collective there.
    found = {each.place: each.id for each in await store.collectives.all()}
    return [(found[place], place, place) for place in sorted(found, key=fold)]


async def trades(_store: Store, _audience: Audience, words: Words) -> Items:
    """Offer the trades."""
    return [(each.value, each, names.trade(each, words)) for each in Trade]


async def spoken(_store: Store, _audience: Audience, _words: Words) -> Items:
    """Offer the languages, by their own names."""
    return [(code, code, find(code).name) for code in languages()]


async def roles(_store: Store, _audience: Audience, words: Words) -> Items:
    """Offer the roles."""
    return [(each.value, each, names.role(each, words).capitalize()) for each in Role]


def _by_name(item: tuple[int, str]) -> str:
    return fold(item[1])
