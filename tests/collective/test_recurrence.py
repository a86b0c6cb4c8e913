"""Moments of a rule: local and in order, across clock changes and around feast days."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from collective.calendar import ALLOWED_HOURS, Cadence, Rule, free_day, local_day, moments, moved

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
ZONES = ["Africa/Kinshasa", "Africa/Lubumbashi", "Europe/Brussels", "America/New_York"]
BRUSSELS = "Europe/Brussels"
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
RULES = st.builds(
    Rule,
    cadence=st.sampled_from(Cadence),
    weekday=st.integers(0, 6),
    at=st.times(ALLOWED_HOURS.first, ALLOWED_HOURS.last).map(lambda at: time(at.hour, at.minute)),
    zone=st.sampled_from(ZONES),
    first=st.dates(date(2023, 6, 1), date(2024, 6, 1)),
)
#: Runs of feast days, so long that they cover whole periods of a rule now and then.
FEASTS = st.lists(
    st.tuples(st.dates(date(2024, 1, 1), date(2030, 3, 1)), st.integers(1, 20)), max_size=6
).map(lambda runs: frozenset(start + n * DAY for start, length in runs for n in range(length)))


def utc(*at):
    return datetime(*at, tzinfo=UTC)


def rule(cadence=Cadence.WEEKLY, zone=BRUSSELS, hour=17, weekday=3, first=date.min):
    return Rule(cadence=cadence, weekday=weekday, at=time(hour), zone=zone, first=first)


def days(found, zone):
    return [local_day(moment, zone) for moment in found]


@given(RULES, MOMENTS)
def test_moments_come_later_and_later_at_the_local_hour_on_days_of_the_rule(rule, after):
    found = moments(rule, after, 4)
    assert all(early < late for early, late in pairwise([after, *found]))
    local = [moment.astimezone(ZoneInfo(rule.zone)) for moment in found]
    assert {each.timetz().replace(tzinfo=None) for each in local} == {rule.at}
    assert all(rule.falls_on(each.date()) for each in local)


@given(RULES, MOMENTS)
def test_no_day_of_the_rule_is_left_out(rule, after):
    found = days(moments(rule, after, 4), rule.zone)
    between = (found[0] + n * DAY for n in range((found[-1] - found[0]).days + 1))
    assert [day for day in between if rule.falls_on(day)] == found


@given(RULES, MOMENTS, FEASTS)
def test_moving_on_from_the_due_moment_walks_the_same_way(rule, after, feasts):
    first, second, third = moments(rule, after, 3, feasts)
    assert moments(rule, first, feasts=feasts) == [second]
    assert moments(rule, second, feasts=feasts) == [third]


@given(RULES, MOMENTS, FEASTS)
def test_a_feast_day_has_no_opening_and_takes_none_away(rule, after, feasts):
    found = days(moments(rule, after, 6, feasts), rule.zone)
    own = days(moments(rule, after, 30), rule.zone)
    waited = [free_day(day, feasts) for day in own if free_day(day, feasts) <= found[-1]]
    assert found == sorted(set(waited))


@given(st.integers(0, 6), st.times(), st.sampled_from(ZONES), st.data())
@example(6, time(2, 30), BRUSSELS, None)  # the nights of 25 October 2026 and 28 March 2027
def test_hours_that_a_clock_change_skips_or_repeats_come_once_that_day(day, at, zone, data):
    rule = Rule(weekday=day, at=time(at.hour, at.minute), zone=zone)
    after = data.draw(MOMENTS) if data else utc(2026, 10, 1)
    found = moments(rule, after, 30)
    assert {late - early for early, late in pairwise(days(found, zone))} == {WEEK}
    assert [moments(rule, each) for each in found[:-1]] == [[each] for each in found[1:]]


@pytest.mark.parametrize("minutes", [0, 15, 30, 45, 60, 75, 90])
def test_asked_inside_a_repeated_hour_it_answers_with_what_is_still_to_come(minutes):
    # On 25 October 2026 the clocks of Brussels show 02:30 at 00:30 and again at 01:30 UTC.
    sundays = Rule(weekday=6, at=time(2, 30), zone=BRUSSELS)
    [moment] = moments(sundays, utc(2026, 10, 25) + timedelta(minutes=minutes))
    assert moment == (utc(2026, 10, 25, 0, 30) if minutes < 30 else utc(2026, 11, 1, 1, 30))


def test_an_hour_that_does_not_exist_comes_when_the_clocks_have_jumped_over_it():
    # On 28 March 2027 they go from 02:00 to 03:00: half past two is half past three.
    sundays = Rule(weekday=6, at=time(2, 30), zone=BRUSSELS)
    assert moments(sundays, utc(2027, 3, 27)) == [utc(2027, 3, 28, 1, 30)]


def test_the_two_zones_of_congo_are_an_hour_apart():
    after = utc(2026, 11, 26, 12)
    assert moments(rule(zone="Africa/Kinshasa"), after) == [utc(2026, 11, 26, 16)]
    assert moments(rule(zone="Africa/Lubumbashi"), after) == [utc(2026, 11, 26, 15)]


@pytest.mark.parametrize(
    ("cadence", "after", "found"),
    [
        (Cadence.WEEKLY, utc(2026, 10, 20), [utc(2026, 10, 22, 15), utc(2026, 10, 29, 16)]),
        (Cadence.WEEKLY, utc(2027, 3, 24), [utc(2027, 3, 25, 16), utc(2027, 4, 1, 15)]),
        (Cadence.FORTNIGHTLY, utc(2026, 10, 8), [utc(2026, 10, 15, 15), utc(2026, 10, 29, 16)]),
        (Cadence.FORTNIGHTLY, utc(2027, 3, 12), [utc(2027, 3, 18, 16), utc(2027, 4, 1, 15)]),
        (Cadence.MONTHLY, utc(2026, 10, 1), [utc(2026, 10, 1, 15), utc(2026, 11, 5, 16)]),
        (Cadence.MONTHLY, utc(2027, 3, 1), [utc(2027, 3, 4, 16), utc(2027, 4, 1, 15)]),
    ],
)
def test_seventeen_stays_seventeen_when_the_clocks_change(cadence, after, found):
    assert moments(rule(cadence, first=date(2026, 10, 1)), after, 2) == found


def test_fortnights_count_from_the_first_day_however_long_ago_it_was():
    fortnightly = rule(Cadence.FORTNIGHTLY, zone="Africa/Lubumbashi", first=date(2026, 11, 26))
    found = days(moments(fortnightly, utc(2026, 11, 1), 60), fortnightly.zone)
    assert found == [date(2026, 11, 26) + n * 2 * WEEK for n in range(60)]
    assert days(moments(fortnightly, utc(2028, 3, 31)), fortnightly.zone) == [date(2028, 4, 13)]


def test_a_month_has_its_first_such_weekday():
    found = days(moments(rule(Cadence.MONTHLY), utc(2026, 12, 31), 12), BRUSSELS)
    assert [day.month for day in found] == list(range(1, 13))
    assert all(day.weekday() == 3 and day.day <= 7 for day in found)


def test_its_own_moment_is_not_the_next_one():
    moment = utc(2026, 11, 26, 15)
    assert moments(rule(zone="Africa/Lubumbashi"), moment) == [moment + WEEK]


def test_moments_are_told_in_utc_whatever_zone_was_asked_in():
    after = datetime(2026, 11, 26, 13, tzinfo=ZoneInfo("Asia/Kathmandu"))
    [moment] = moments(rule(zone="Africa/Lubumbashi"), after)
    assert (moment, moment.tzinfo) == (utc(2026, 11, 26, 15), UTC)


def test_two_openings_that_would_meet_after_a_long_feast_are_one():
    feasts = {date(2026, 12, 24) + n * DAY for n in range(10)}
    found = days(moments(rule(), utc(2026, 12, 10), 4, feasts), BRUSSELS)
    assert found == [date(2026, 12, day) for day in (10, 17)] + [date(2027, 1, 3), date(2027, 1, 7)]


@given(RULES, st.lists(st.tuples(st.integers(0, 40), st.integers(-3, 20)), max_size=60))
def test_feast_days_may_come_and_go_at_any_time_and_no_opening_is_lost_or_doubled(rule, story):
    now, feasts, ever, rang = utc(2026, 11, 26, 15), set(), set(), []
    began, [due] = now, moments(rule, now)
    for hours, ahead in story:
        now += timedelta(hours=hours)
        while due <= now:
            rang.append(due)
            [due] = moments(rule, due, feasts=feasts)
        day = local_day(now, rule.zone) + ahead * DAY
        ever.add(day)
        before, feasts = feasts, feasts ^ {day}
        due = moved(rule, due, before=before, feasts=feasts, earliest=now)
    for last, moment in pairwise([began, *rang, due]):
        [own] = moments(rule, last)
        waited = (days([moment], rule.zone)[0] - days([own], rule.zone)[0]).days
        assert own <= moment, "nothing opens twice for one day of the rule"
        assert all(days([own], rule.zone)[0] + n * DAY in ever for n in range(waited))
