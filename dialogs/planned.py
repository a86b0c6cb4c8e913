"""An activity while it is planned or changed: what was said of it so far, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from aiogram_dialog import DialogManager

from collective import access
from collective.actions.activities import ensure_leads
from collective.activities import Activity, Details, Kind
from collective.calendar import Cadence
from collective.collectives import Collective
from collective.errors import Outdated
from dialogs.doors import asked_first
from dialogs.pick import collective_of
from locales.words import Words
from reports import activities as report


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the pages know of an activity."""

    collective: Collective
    #: None: it is new.
    activity: Activity | None
    #: The fields of its details that were said, as JSON keeps them.
    said: Mapping[str, Any]
    #: The name of who is in charge, None: nobody yet.
    in_charge: str | None

    @property
    def details(self) -> Details:
        """Everything that was said; KeyError while something is missing."""
        said, repeats = self.said, self.said.get("repeats")
        return Details(
            kind=Kind(said["kind"]),
            title=said["title"],
            day=date.fromisoformat(said["day"]),
            at=time.fromisoformat(said["at"]),
            place=said["place"],
            open_to_others=said["open_to_others"],
            with_whom=said.get("with_whom"),
            repeats=Cadence(repeats) if repeats else None,
            in_charge=said["in_charge"],
        )


async def plan_of(manager: DialogManager) -> Plan:
    """Return the activity that the pages are about; raise Outdated or NotAllowed."""
    data, start = manager.middleware_data, _start(manager)
    by = data["visitor"].person.id
    kept = start.get("said", {}) | manager.dialog_data.get("said", {})
    async with data["ledger"].reading() as store:
        activity = None
        if number := start.get("activity"):
            activity = await store.activities.get(number)
            if activity is None:
                raise Outdated
            await ensure_leads(store, activity, by)
        place = activity.collective_id if activity else collective_of(manager)
        collective = await access.ensure_belongs(store, by, place)
        said = (_written(activity.details) if activity else {"in_charge": by}) | kept
        leader = await store.people.person(said["in_charge"] or 0)
    name = leader.name if leader else None
    return Plan(collective=collective, activity=activity, said=said, in_charge=name)


async def say(manager: DialogManager, **said: str | bool | int | None) -> None:
    """Keep some of it and show the first page whose answer is missing, or all of it."""
    manager.dialog_data["said"] = manager.dialog_data.get("said", {}) | said
    await onward(manager)


async def onward(manager: DialogManager) -> None:
    """Show the first page whose answer is missing, or all of it."""
    await manager.switch_to(asked_first((await plan_of(manager)).said))


def complete(data: dict[str, Any], _widget: Any, _manager: DialogManager) -> bool:
    """Tell whether all of it could be seen on one page."""
    seen, start = data.get("dialog_data") or {}, data.get("start_data") or {}
    return bool(seen.get("seen") or start.get("activity"))


def summary(plan: Plan, words: Words) -> str:
    """Say everything back before it is told to the others, as HTML."""
    details, zone = plan.details, plan.collective.zone
    title = (
        words.gettext("For {collective}:", collective=plan.collective.name)
        if plan.activity is None
        else words.gettext("This is how it will be:")
    )
    return f"{title}\n\n{report.described(details, zone, plan.in_charge, words)}"


def _written(details: Details) -> dict[str, Any]:
    return {
        "kind": details.kind.value,
        "title": details.title,
        "day": details.day.isoformat(),
        "at": f"{details.at:%H:%M}",
        "place": details.place,
        "open_to_others": details.open_to_others,
        "with_whom": details.with_whom,
        "repeats": details.repeats.value if details.repeats else None,
        "in_charge": details.in_charge,
    }


def _start(manager: DialogManager) -> dict[str, Any]:
    start: Any = manager.start_data
    return dict(start)
