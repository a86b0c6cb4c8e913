"""Recurrence by APScheduler's triggers, which know clock changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from collective.calendar import WeeklyRule


class TriggerCalendar:
    """The domain's Calendar."""

    def next(self, rule: WeeklyRule, after: datetime, count: int = 1) -> list[datetime]:
        """Return the `count` next occurrences strictly after `after`, in UTC."""
        zone = ZoneInfo(rule.zone)
        trigger = CronTrigger(
            day_of_week=rule.weekday, hour=rule.at.hour, minute=rule.at.minute, timezone=zone
        )
        moments: list[datetime] = []
        start = after.astimezone(UTC)
        while len(moments) < count:
            moment = trigger.get_next_fire_time(None, start).astimezone(UTC)
            # An hour that the clocks repeat (fold 1) counts once.
            if moment > after and not moment.astimezone(zone).fold:
                moments.append(moment)
            # Asked from inside a repeated hour the trigger may answer with the past: leave the day.
            start = moment + timedelta(days=1)
        return moments
