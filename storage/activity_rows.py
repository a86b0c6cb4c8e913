"""How what is said of an activity becomes a row, and a row an activity."""

from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, select

from collective.activities import Activity, Details, Kind, Regular
from collective.calendar import Cadence
from storage import tables as t


def chosen() -> Select[Any]:
    """Choose rows that `read` reads."""
    # The zone too: what is said of an activity is said by the clocks of its collective.
    zoned = t.collectives.c.id == t.activities.c.collective_id
    return select(t.activities, t.collectives.c.zone).join(t.collectives, zoned)


def written(details: Details) -> dict[str, Any]:
    """Return the columns for what is said of it, but for when it begins."""
    return {
        "in_charge": details.in_charge,
        "kind": details.kind.value,
        "title": details.title,
        "place": details.place,
        "open_to_others": details.open_to_others,
        "with_whom": details.with_whom,
        "repeats": details.repeats.value if details.repeats else None,
    }


def regularly(regular: Regular) -> dict[str, Any]:
    """Return the columns for when its series has it."""
    return {"regular_day": regular.day, "regular_at": f"{regular.at:%H:%M}"}


def read(row: Row[Any]) -> Activity:
    """Return the activity of a row."""
    local = row.starts_at.astimezone(ZoneInfo(row.zone))
    details = Details(
        kind=Kind(row.kind),
        title=row.title,
        day=local.date(),
        at=local.time(),
        place=row.place,
        open_to_others=row.open_to_others,
        with_whom=row.with_whom,
        repeats=Cadence(row.repeats) if row.repeats else None,
        in_charge=row.in_charge,
    )
    plain = ("id", "collective_id", "planned_by", "starts_at", "planned_at", "was_at")
    left = ("series_id", "cancelled_at", "finished_at", "attended", "members", "learned")
    kept = {name: getattr(row, name) for name in (*plain, *left)}
    regular = Regular(day=row.regular_day, at=time.fromisoformat(row.regular_at))
    return Activity(**kept, details=details, regular=regular)
