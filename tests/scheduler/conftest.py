"""A clock that a test turns, a rule, and bells that write down when they rang."""

from dataclasses import dataclass, field, replace
from datetime import datetime, time

import pytest
from hypothesis import settings

import scheduler
from collective.calendar import Rule
from collective.events import Event
from collective.schedules import Bell

# The machine may be busy: how long an example takes is a matter of luck.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@dataclass
class TurnedClock:
    """Shows the moment it was turned to."""

    moment: datetime

    def now(self):
        return self.moment


@dataclass
class Bells:
    """Stands for what a bell does: notes each ring in the unit of work it came with."""

    broken: set[int] = field(default_factory=set)

    async def ring(self, store, forms, subject, due, now):
        await store.audit.append(Event.ROUND_OPENED, by=None, subject=subject, now=due)
        if subject in self.broken:
            raise RuntimeError("a bell broke")


@pytest.fixture
def clock(now):
    return TurnedClock(now)


@pytest.fixture
def rule():
    """Every Thursday at 17:00 in Lubumbashi: `now` is one of its moments."""
    return Rule(weekday=3, at=time(17), zone="Africa/Lubumbashi")


@pytest.fixture
def bells(monkeypatch):
    """Every bell of the timetable keeps its lateness and rings here."""
    noted = Bells()
    for bell in Bell:
        entry = replace(scheduler.TIMETABLE[bell], ring=noted.ring)
        monkeypatch.setitem(scheduler.TIMETABLE, bell, entry)
    return noted
