"""Moments that people type: "demain 9h", "15/12 14:30", "lobi na ngonga ya 9", "dans 2 heures".

Every language we have is understood, whichever the page is in. Each word has to be: of what is
half understood nothing is taken, or people would be written to at an hour nobody meant.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from collective.calendar import local_day, local_moment
from collective.errors import MomentUnclear
from dialogs import moment_words as spoken
from locales import tables
from locales.markers import N_

#: Stand on pages that take what is typed: for a moment, and for the hour of a day.
HINT = N_("Or write it, for example: tomorrow 9h, or 15/12 14:30.")
HOUR_HINT = N_("Or write the hour, for example: 14:30.")
PAST_HINT = N_("Or write it, for example: yesterday, Monday, or 15/10.")
_SPANS = (
    (tables.WEEKS, timedelta(weeks=1)),
    (tables.DAYS, timedelta(days=1)),
    (tables.HOURS, timedelta(hours=1)),
    (tables.MINUTES, timedelta(minutes=1)),
)
#: How far back a date without its year may lie; one that lies further back is to come.
_BACK = timedelta(days=183)
#: Parts of the day. An afternoon before noon: in Lingala it is "after noon".
_PARTS = (spoken.AFTERNOON, spoken.EVENING, spoken.MORNING)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a text says of a moment: a day, an hour, or both."""

    day: date | None = None
    at: time | None = None

    def moment(self, now: datetime, zone: str, *, day: date | None = None) -> datetime | None:
        """Return in UTC what is meant by the clocks of a zone; None where no hour was said.

        Where no day was said it is on `day`, without one the next time that it is this hour.
        """
        on = self.day or day
        if self.at is None:
            return None
        if on is not None:
            return local_moment(on, self.at, zone)
        today = local_day(now, zone)
        found = local_moment(today, self.at, zone)
        return found if found > now else local_moment(today + timedelta(days=1), self.at, zone)


def read(text: str, now: datetime, zone: str, *, bare: bool = False) -> Said | None:
    """Return what a text says of a moment, None where any of it is not understood.

    The name of a day is the next such day after today, a date without its year the next such
    date. `bare`: a number alone is an hour.
    """
    rest = _Rest(text)
    try:
        said = _span(rest, now, zone)
        rest.drop()
        said = said or _said(rest, local_day(now, zone), bare=bare)
    except (ValueError, OverflowError):
        # The 31st of June, the hour 25, a Monday that is a Tuesday, a million weeks.
        return None
    return said if rest.over and said != Said() else None


def read_past(text: str, today: date) -> date | None:
    """Return the day that a text says of what has happened, None where it is not understood.

    The name of a day is the last such day before today, a date without its year the last such date
    where that is not half a year ago. An hour is passed over; a day to come is returned as well.
    """
    rest = _Rest(text)
    try:
        day = _ago(rest, today)
        rest.drop(past=True)
        day = day or _said(rest, today, bare=False, past=True).day
    except (ValueError, OverflowError):
        return None
    return day if rest.over else None


def understood(text: str, now: datetime, zone: str, *, day: date | None = None) -> datetime | date:
    """Return the moment that a text says, in UTC, or the day where it says no hour.

    `day`: on which day an hour is asked for. Raises MomentUnclear.
    """
    said = read(text, now, zone, bare=day is not None)
    found = (said.moment(now, zone, day=day) or said.day) if said else None
    if found is None:
        raise MomentUnclear
    return found


class _Rest:
    """What of a text has not been understood yet, folded."""

    def __init__(self, text: str) -> None:
        self._text = " ".join(spoken.folded(text))

    def drop(self, *, past: bool = False) -> None:
        """Leave out the words that change nothing; `past`: where a day is past."""
        self._text = spoken.plain(self._text, past=past)

    def take(self, pattern: str) -> re.Match[str] | None:
        """Return the first whole words that a pattern fits, and leave the others."""
        found = re.search(rf"(?<!\S)(?:{pattern})(?!\S)", self._text)
        if found:
            self._text = f"{self._text[: found.start()]} {self._text[found.end() :]}".strip()
        return found

    @property
    def over(self) -> bool:
        """Whether all of it was understood."""
        return not self._text.strip()


def _span(rest: _Rest, now: datetime, zone: str) -> Said | None:
    """Read a length of time from now; after days and weeks there may be an hour."""
    for unit, span in _SPANS:
        found = rest.take(spoken.after(unit))
        if found:
            many = int(re.findall(r"\d+", found[0])[0])
            if span >= timedelta(days=1):
                rest.drop()
                return Said(day=local_day(now, zone) + many * span, at=_hour(rest, None, bare=True))
            then = (now + many * span).astimezone(ZoneInfo(zone))
            return Said(day=then.date(), at=time(then.hour, then.minute))
    return None


def _ago(rest: _Rest, today: date) -> date | None:
    for unit, span in _SPANS[:2]:
        if found := rest.take(spoken.ago(unit)):
            return today - int(re.findall(r"\d+", found[0])[0]) * span
    return None


def _said(rest: _Rest, today: date, *, bare: bool, past: bool = False) -> Said:
    day = _day(rest, today, past=past)
    part = next((each for each in _PARTS if rest.take(spoken.any_of(each))), None)
    return Said(day=day, at=_hour(rest, part, bare=bare or bool(day or part)))


def _day(rest: _Rest, today: date, *, past: bool) -> date | None:
    """Read a date, the name of a day, or both where they agree."""
    day = _date(rest, today, past=past) or _near(rest, today, past=past)
    weekday = next((n for n, names in enumerate(spoken.weekdays()) if rest.take(names)), None)
    if weekday is None:
        return day
    if past:
        near = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    else:
        near = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if (day or near).weekday() != weekday:
        raise ValueError
    return day or near


def _date(rest: _Rest, today: date, *, past: bool) -> date | None:
    """Read a date in digits, or with the name of its month."""
    if found := rest.take(r"(\d{4})-(\d{1,2})-(\d{1,2})"):
        return date(*map(int, found.groups()))
    found = rest.take(r"(\d{1,2})[/.-](0?[1-9]|1[0-2])(?:[/.-](\d{4}|\d{2}))?")
    if found:
        return _dated(today, int(found[1]), int(found[2]), found[3], past=past)
    for month, names in spoken.months():
        if found := rest.take(rf"(\d{{1,2}}) (?:{names})(?: (\d{{4}}))?"):
            return _dated(today, int(found[1]), month, found[2], past=past)
    return None


def _dated(today: date, day: int, month: int, year: str | None, *, past: bool) -> date:
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    earliest = today - _BACK if past else today
    # A 29th of February may be some years away.
    for ahead in range(-1, 9):
        try:
            found = date(today.year + ahead, month, day)
        except ValueError:
            continue
        if found >= earliest:
            return found
    raise ValueError


def _near(rest: _Rest, today: date, *, past: bool) -> date | None:
    near = [(2, spoken.DAY_AFTER), (1, spoken.TOMORROW), (0, spoken.TODAY)]
    if past:
        near = [(-2, spoken.DAY_BEFORE), (-1, spoken.YESTERDAY), *near]
    for ahead, said in near:
        if rest.take(spoken.any_of(said)):
            return today + timedelta(days=ahead)
    return None


def _hour(rest: _Rest, part: tuple[str, str] | None, *, bare: bool) -> time | None:
    """Read an hour of the day; `bare`: by its number alone too."""
    if part is None and rest.take(spoken.any_of(spoken.NOON)):
        return time(12)
    words = spoken.any_of(spoken.HOUR)
    found = (
        rest.take(rf"(?:(?:{words}) )?(\d{{1,2}})[:.](\d{{2}})(?: (?:{words}))?")
        or rest.take(rf"(\d{{1,2}}) (?:{words})(?: (\d{{2}}))?")
        or rest.take(rf"(?:{words}) (\d{{1,2}})()")
        or (rest.take(r"(\d{1,2})()") if bare else None)
    )
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if part in (spoken.AFTERNOON, spoken.EVENING) and hour < 12:
        hour += 12
    if part is spoken.MORNING and hour > 12:
        raise ValueError
    return time(hour, minute)
