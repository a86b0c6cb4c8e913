"""Weekly moments, local and in order, across clock changes."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from collective.calendar import ALLOWED_HOURS, WeeklyRule
from scheduler.calendar import TriggerCalendar

CALENDAR = TriggerCalendar()
ZONES = ["Africa/Kinshasa", "Africa/Lubumbashi", "Europe/Paris", "America/New_York"]
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
RULES = st.builds(
    WeeklyRule,
    weekday=st.integers(0, 6),
    at=st.times(ALLOWED_HOURS.first, ALLOWED_HOURS.last).map(lambda at: time(at.hour, at.minute)),
    zone=st.sampled_from(ZONES),
)


def utc(*at):
    return datetime(*at, tzinfo=UTC)


def thursdays(zone, hour=17):
    return WeeklyRule(weekday=3, at=time(hour), zone=zone)


@given(RULES, MOMENTS)
def test_moments_come_later_and_later_at_the_weekday_and_local_hour(rule, after):
    moments = CALENDAR.next(rule, after, 4)
    assert all(early < late for early, late in pairwise([after, *moments]))
    local = [moment.astimezone(ZoneInfo(rule.zone)) for moment in moments]
    assert {(each.weekday(), each.timetz().replace(tzinfo=None)) for each in local} == {
        (rule.weekday, rule.at)
    }


@given(RULES, MOMENTS)
def test_no_week_is_left_out(rule, after):
    moments = [after, *CALENDAR.next(rule, after, 4)]
    # A week in which the clocks go back is an hour longer.
    assert all(b - a <= timedelta(days=7, hours=1) for a, b in pairwise(moments))


@given(RULES, MOMENTS)
def test_moving_on_from_the_due_moment_walks_the_same_way(rule, after):
    first, second, third = CALENDAR.next(rule, after, 3)
    assert CALENDAR.next(rule, first) == [second]
    assert CALENDAR.next(rule, third - timedelta(microseconds=1)) == [third]


@given(st.integers(0, 6), st.times(), st.sampled_from(ZONES), st.data())
@example(6, time(2, 30), "Europe/Paris", None)  # the night of 25 October 2026
def test_hours_that_a_clock_change_skips_or_repeats_ring_once_that_day(day, at, zone, data):
    rule = WeeklyRule(weekday=day, at=time(at.hour, at.minute), zone=zone)
    after = data.draw(MOMENTS) if data else utc(2026, 10, 1)
    moments = CALENDAR.next(rule, after, 6)
    dates = [each.astimezone(ZoneInfo(zone)).date() for each in moments]
    assert {later - early for early, later in pairwise(dates)} == {timedelta(days=7)}
    assert [CALENDAR.next(rule, each) for each in moments[:-1]] == [[each] for each in moments[1:]]


@pytest.mark.parametrize("minutes", [0, 15, 30, 45, 60, 75, 90])
def test_asked_inside_a_repeated_hour_it_answers_with_what_is_still_to_come(minutes):
    # On 25 October 2026 the clocks of Paris show 02:30 at 00:30 and again at 01:30 UTC.
    rule = WeeklyRule(weekday=6, at=time(2, 30), zone="Europe/Paris")
    [moment] = CALENDAR.next(rule, utc(2026, 10, 25) + timedelta(minutes=minutes))
    assert moment == (utc(2026, 10, 25, 0, 30) if minutes < 30 else utc(2026, 11, 1, 1, 30))


def test_the_two_zones_of_congo_are_an_hour_apart():
    after = utc(2026, 11, 26, 12)
    assert CALENDAR.next(thursdays("Africa/Kinshasa"), after) == [utc(2026, 11, 26, 16)]
    assert CALENDAR.next(thursdays("Africa/Lubumbashi"), after) == [utc(2026, 11, 26, 15)]


@pytest.mark.parametrize(
    ("after", "moments"),
    [
        (utc(2026, 10, 20), [utc(2026, 10, 22, 15), utc(2026, 10, 29, 16)]),
        (utc(2026, 3, 24), [utc(2026, 3, 26, 16), utc(2026, 4, 2, 15)]),
    ],
    ids=["back", "forward"],
)
def test_seventeen_stays_seventeen_when_the_clocks_change(after, moments):
    assert CALENDAR.next(thursdays("Europe/Paris"), after, 2) == moments


def test_its_own_moment_is_not_the_next_one():
    moment = utc(2026, 11, 26, 15)
    assert CALENDAR.next(thursdays("Africa/Lubumbashi"), moment) == [moment + timedelta(weeks=1)]


def test_moments_are_told_in_utc_whatever_zone_was_asked_in():
    after = datetime(2026, 11, 26, 13, tzinfo=ZoneInfo("Asia/Kathmandu"))
    [moment] = CALENDAR.next(thursdays("Africa/Lubumbashi"), after)
    assert (moment, moment.tzinfo) == (utc(2026, 11, 26, 15), UTC)
