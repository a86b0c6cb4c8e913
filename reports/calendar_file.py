"""Activities as a file for the calendar of a phone (iCalendar, RFC 5545)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from collective.activities import LASTS, Activity, Stage


def calendar_file(activities: Sequence[Activity], now: datetime) -> bytes:
    """Write a file; one that is written anew later takes the place of the earlier in a calendar.

    Hours are in UTC, so that each phone shows them by its own clock, wherever it is.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Lisanga//Lisanga//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for each in activities:
        calendar.add_component(_event(each, now))
    return bytes(calendar.to_ical())


def _event(activity: Activity, now: datetime) -> Event:
    details, event = activity.details, Event()
    event.add("uid", f"activity-{activity.id}@lisanga")
    # What is written later counts more.
    event.add("sequence", max(0, (now - activity.planned_at) // timedelta(minutes=1)))
    event.add("dtstamp", now)
    event.add("dtstart", activity.starts_at)
    event.add("dtend", activity.starts_at + LASTS)
    event.add("summary", details.title)
    if details.place:
        event.add("location", details.place)
    if details.with_whom:
        event.add("description", details.with_whom)
    cancelled = activity.stage(now) is Stage.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event
