"""The draft that the composer's pages work on: nothing said in it lies in the dialog's own data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button

from collective.actions import composing
from collective.audiences import Audience, Reach, of_collectives
from collective.broadcasts import Broadcast, Version, fitting
from collective.collectives import Collective
from collective.ports import Store
from dialogs.text import Leave, words_of

#: In place of a collective's number: all that she accompanies, and all there are.
HERS, EVERYWHERE = 0, -1


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a page of the composer shows of the draft."""

    #: None before anything was written.
    broadcast: Broadcast | None
    audience: Audience
    versions: tuple[Version, ...]
    #: The one that is looked at, in the language chosen above it.
    version: Version | None
    #: When it shall leave, None: now.
    at: datetime | None
    reach: Reach
    #: The collective whose clocks count: the first that it is for.
    clocks: Collective | None

    @property
    def collective(self) -> Collective | None:
        """Return the collective, where it is for one only."""
        return self.clocks if self.audience.one else None


class Discard(Leave):
    """The button that leaves the composer: a draft goes with it, what is planned stays."""

    async def _on_click(
        self, callback: CallbackQuery, button: Button, manager: DialogManager
    ) -> None:
        data, number = manager.middleware_data, number_of(manager)
        if number is not None:
            async with data["ledger"].writing() as store:
                await composing.discard(store, number, by=data["visitor"].person.id)
        await super()._on_click(callback, button, manager)


async def look(manager: DialogManager) -> Page:
    """Read the draft and whom it would reach."""
    data, number = manager.middleware_data, number_of(manager)
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].reading() as store:
        # Anybody can press a button with any number.
        found = await composing.of_hers(store, number, by=by) if number else None
        audience = found.audience if found else await _first_audience(manager, store)
        versions = tuple(await store.broadcasts.versions(number)) if number else ()
        at = _moment(manager, found)
        reach = await composing.reach(store, audience, at=at, by=by, now=now)
        zones = sorted(await store.audiences.zones(audience))
        clocks = await store.collectives.get(zones[0]) if zones else None
    return Page(
        broadcast=found,
        audience=audience,
        versions=versions,
        version=fitting(versions, language(manager), found.language if found else ""),
        at=at,
        reach=reach,
        clocks=clocks,
    )


async def begun(manager: DialogManager, store: Store) -> int:
    """Return the draft's number; it is begun with the first thing worth keeping."""
    data, number = manager.middleware_data, number_of(manager)
    if number is None:
        made = await composing.draft(
            store,
            await _first_audience(manager, store),
            key=start(manager)["draft"],
            language=language(manager),
            by=data["visitor"].person.id,
            now=data["clock"].now(),
        )
        number = manager.dialog_data["broadcast"] = made.id
    return number


async def address(manager: DialogManager, audience: Audience) -> None:
    """Keep whom it is for; raise NobodyToTell where it is planned and would reach nobody."""
    data = manager.middleware_data
    async with data["ledger"].writing() as store:
        number = await begun(manager, store)
        by, now = data["visitor"].person.id, data["clock"].now()
        await composing.choose_audience(store, number, audience, by=by, now=now)


def number_of(manager: DialogManager) -> int | None:
    """Return the draft's number, None before anything was kept."""
    kept: int | None = manager.dialog_data.get("broadcast") or start(manager).get("broadcast")
    return kept


def start(manager: DialogManager) -> dict[str, Any]:
    """Return what the composer was opened with."""
    given: Any = manager.start_data
    return dict(given)


def language(manager: DialogManager) -> str:
    """Return the language she is looking at or writing in; her own at first."""
    return str(manager.dialog_data.get("language") or words_of(manager).lang)


def _moment(manager: DialogManager, broadcast: Broadcast | None) -> datetime | None:
    """Return the moment she chose, else that for which it is planned."""
    if "at" not in manager.dialog_data:
        return broadcast.leaves_at if broadcast else None
    at = manager.dialog_data["at"]
    return datetime.fromisoformat(at) if at else None


async def _first_audience(manager: DialogManager, store: Store) -> Audience:
    given = start(manager)["collective"]
    whom = manager.dialog_data.get("collective", HERS) if given is None else given
    if whom == EVERYWHERE:
        return Audience()
    if whom != HERS:
        return of_collectives([int(whom)])
    standing = await store.people.standing(manager.middleware_data["visitor"].person.id)
    return of_collectives(standing.facilitates)
