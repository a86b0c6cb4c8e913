"""Recurrence by APScheduler's triggers, which know clock changes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from collective.calendar import WeeklyRule


class TriggerCalendar:
    """The domain's Calendar."""

    def next(self, rule: WeeklyRule, after: datetime, count: int = 1) -> list[datetime]:
        """Return the `count` next occurrences strictly after `after`, in UTC."""
        trigger = CronTrigger(
            day_of_week=rule.weekday,
            hour=rule.at.hour,
            minute=rule.at.minute,
            timezone=ZoneInfo(rule.zone),
        )
        moments: list[datetime] = []
        previous = after.astimezone(UTC)
        while len(moments) < count:
            # The trigger's start counts: ask from one microsecond later.
            fire = trigger.get_next_fire_time(previous, previous)
            moment = fire.astimezone(UTC)
            if moment > after:
                moments.append(moment)
            previous = moment
        return moments
