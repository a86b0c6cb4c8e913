"""What she has sent and planned: what is to come, on its way, done; taking back what waits."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, ScrollingGroup, Select, SwitchTo
from aiogram_dialog.widgets.text import Format

from collective.actions import broadcasts, composing
from collective.broadcasts import Broadcast, Kind, Stage, batch
from collective.broadcasts import fitting as fitting_version
from collective.collectives import CONGO_ZONES, Collective
from collective.ports import Store
from dialogs import doors
from dialogs.cards import deliveries, fitting
from dialogs.cards.broadcasts import message as broadcast_message
from dialogs.pick import PAGE
from dialogs.states import Reviewing
from dialogs.text import Label, T, Wizard, words_of
from locales.markers import N_, NP_
from locales.words import Words

#: Stands for a file that has no words beside it.
_FILES = {Kind.PHOTO: "📷", Kind.VOICE: "🎤", Kind.DOCUMENT: "📎"}
#: As many as are listed; older ones have long been reported.
_NEWEST = 30


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        Window(
            T(N_("You have sent no message to many yet."), when="none"),
            T(N_("⏳ to come · ▶️ on its way · ✅ done · ✖️ taken back"), when="some"),
            ScrollingGroup(
                Select(
                    Format("{item[1]}"),
                    id="one",
                    item_id_getter=lambda item: item[0],
                    items="broadcasts",
                    on_click=_chosen,
                ),
                id="list",
                width=1,
                height=PAGE,
                hide_on_single_page=True,
            ),
            Cancel(Label(NP_("button", "Close"))),
            getter=listed,
            preview_data={"none": True, "some": True, "broadcasts": [(1, "⏳ jeudi · Tujenge")]},
            state=Reviewing.broadcasts,
        ),
        Window(
            Format("{shown}"),
            Format("{state}"),
            Format("{report}", when="report"),
            Button(Label(NP_("button", "Who did not get it")), "missed", _missed, when="missed"),
            Button(Label(NP_("button", "Change it")), id="change", on_click=change, when="waits"),
            Button(Label(NP_("button", "Call it off")), "off", on_click=call_off, when="waits"),
            SwitchTo(Label(NP_("button", "Back")), id="back", state=Reviewing.broadcasts),
            getter=one,
            preview_data={"shown": "…", "state": "…", "report": "…", "missed": True, "waits": True},
            state=Reviewing.broadcast,
        ),
    )


async def listed(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """List her broadcasts, the newest first."""
    data, words = dialog_manager.middleware_data, words_of(dialog_manager).plain
    async with data["ledger"].reading() as store:
        found = await store.broadcasts.by(data["visitor"].person.id, _NEWEST)
        lines = [(each.id, await _label(each, store, words)) for each in found]
    return {"broadcasts": lines, "none": not lines, "some": bool(lines)}


async def one(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Show one as it arrives, and what has become of it."""
    data, words = dialog_manager.middleware_data, words_of(dialog_manager)
    number, person = dialog_manager.dialog_data["broadcast"], data["visitor"].person
    async with data["ledger"].reading() as store:
        broadcast = await composing.of_hers(store, number, by=person.id)
        said = await _said(broadcast, store, words)
        line = await _line(broadcast, store, words)
        delivery, report = await deliveries.told(broadcast, store, words)
    left = broadcast.stage is Stage.LEFT
    return {
        "shown": broadcast_message(person.name, said),
        "state": line,
        "report": f"\n{report}" if left else None,
        "missed": left and bool(delivery.missed),
        "waits": broadcast.stage is Stage.WAITING,
    }


async def change(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Open it in the composer; it stays planned."""
    data, number = manager.middleware_data, manager.dialog_data["broadcast"]
    async with data["ledger"].reading() as store:
        await composing.ensure_unsent(store, number, by=data["visitor"].person.id)
    await doors.open_draft(manager, broadcast=number)


async def call_off(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Take back what waits for its moment."""
    data, number = manager.middleware_data, manager.dialog_data["broadcast"]
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        await broadcasts.call_off(store, number, by=by, now=now)


async def _missed(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    ids = {"broadcast": manager.dialog_data["broadcast"]}
    await manager.middleware_data["screen"].reply(query.from_user.id, deliveries.MISSED_PAGE, ids)


async def _chosen(_query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    manager.dialog_data["broadcast"] = int(item)
    await manager.switch_to(Reviewing.broadcast)


async def _label(broadcast: Broadcast, store: Store, words: Words) -> str:
    """Say in one line, short enough for a button, how far it has come, when, and how it begins."""
    day = words.date(_local(broadcast, await _first(broadcast, store)).date())
    begins = fitting.label(" ".join((await _said(broadcast, store, words)).split()))
    return f"{await _mark(broadcast, store)} {day} · {begins}"


async def _line(broadcast: Broadcast, store: Store, words: Words) -> str:
    """Say how far it has come, when, and to whom."""
    collective = await _first(broadcast, store)
    local = _local(broadcast, collective)
    moment = f"{words.date(local.date())} {words.time(local.time())}"
    whom = collective.name if collective and broadcast.collective_id else ""
    return " · ".join(part for part in (f"{await _mark(broadcast, store)} {moment}", whom) if part)


def _local(broadcast: Broadcast, collective: Collective | None) -> datetime:
    zone = collective.zone if collective else CONGO_ZONES[0]
    return (broadcast.leaves_at or broadcast.created_at).astimezone(ZoneInfo(zone))


async def _said(broadcast: Broadcast, store: Store, words: Words) -> str:
    """Return its words in her language, a sign where it is a file without any."""
    versions = await store.broadcasts.versions(broadcast.id)
    version = fitting_version(versions, words.lang, broadcast.language)
    return (version.text or _FILES.get(version.kind, "…")) if version else "…"


async def _mark(broadcast: Broadcast, store: Store) -> str:
    match broadcast.stage:
        case Stage.CANCELLED:
            return "✖️"
        case Stage.LEFT if broadcast.counted is not None:
            return "✅"
        case Stage.LEFT:
            laid = broadcast.queued_at is not None
            ended = laid and not await store.outbox.batch_open(batch(broadcast.id))
            return "✅" if ended else "▶️"
        case _:
            return "⏳"


async def _first(broadcast: Broadcast, store: Store) -> Collective | None:
    zones = sorted(await store.audiences.zones(broadcast.audience))
    return await store.collectives.get(zones[0]) if zones else None
