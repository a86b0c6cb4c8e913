"""When an activity is, when it rings, when a series comes again: in zones with and without DST."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collective import activities, activity_times
from collective.activities import Activity, Details, Kind, Regular
from collective.calendar import ALLOWED_HOURS, Cadence, local_day, local_moment
from collective.errors import HourMissing, MomentPast, MomentTooFar, TextEmpty, TextTooLong

CONGO = ("Africa/Kinshasa", "Africa/Lubumbashi")
BRUSSELS = "Europe/Brussels"
#: A Thursday noon; clocks in Brussels go forward on 28 March 2027, back on 31 October.
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
FORWARD, BACK = date(2027, 3, 28), date(2027, 10, 31)
SATURDAY = date(2026, 11, 28)
DAY = timedelta(days=1)


def activity(*, day=SATURDAY, at=time(9), zone=CONGO[1], **said):
    details = Details(kind=Kind.SALE, title="Zando", day=day, at=at, **said)
    return Activity(
        id=1,
        collective_id=1,
        planned_by=1,
        details=details,
        starts_at=local_moment(day, at, zone),
        planned_at=NOW,
        regular=Regular(day=day, at=at),
    )


@pytest.mark.parametrize(("zone", "hour"), [(CONGO[0], 8), (CONGO[1], 7), (BRUSSELS, 8)])
def test_an_hour_is_that_of_the_collective(zone, hour):
    begins = activity_times.ensure_moment(SATURDAY, time(9), zone, NOW)
    assert begins == datetime(2026, 11, 28, hour, tzinfo=UTC)


def test_an_hour_that_the_clocks_leave_out_is_refused_and_the_next_one_named():
    with pytest.raises(HourMissing) as refused:
        activity_times.ensure_moment(FORWARD, time(2, 30), BRUSSELS, NOW)
    assert (refused.value.at, refused.value.next_at) == ("02:30", "03:00")
    for zone in CONGO:
        assert activity_times.ensure_moment(FORWARD, time(2, 30), zone, NOW)


def test_of_an_hour_that_comes_twice_the_first_is_meant():
    begins = activity_times.ensure_moment(BACK, time(2, 30), BRUSSELS, NOW)
    assert begins == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", [*CONGO, BRUSSELS])
def test_what_is_past_or_too_far_is_refused(zone):
    local = NOW.astimezone(ZoneInfo(zone))
    with pytest.raises(MomentPast):
        activity_times.ensure_moment(local.date(), local.time(), zone, NOW)
    with pytest.raises(MomentTooFar):
        activity_times.ensure_moment(local.date() + 367 * DAY, local.time(), zone, NOW)


def test_a_title_is_needed_and_of_one_line():
    said = activity().details
    assert activities.cleaned(replace(said, title=" a \n b ", place=" ")).place is None
    with pytest.raises(TextTooLong):
        activities.cleaned(replace(said, title="m" * 4000))
    with pytest.raises(TextEmpty):
        activities.cleaned(replace(said, title=" "))


@given(
    st.dates(date(2026, 12, 1), date(2028, 1, 1)), st.times(), st.sampled_from((*CONGO, BRUSSELS))
)
def test_the_reminder_comes_the_day_before_when_the_bot_may_write(day, at, zone):
    begins = local_moment(day, at, zone)
    reminds = activity_times.reminds_at(begins, zone, ALLOWED_HOURS, told_at=NOW)
    assert local_day(reminds, zone) == local_day(begins, zone) - DAY
    assert ALLOWED_HOURS.first <= reminds.astimezone(ZoneInfo(zone)).time() < ALLOWED_HOURS.last


def test_who_was_told_just_now_is_not_reminded_and_feast_days_stay_silent():
    begins, zone = activity().starts_at, CONGO[1]
    friday = SATURDAY - DAY
    reminds = activity_times.reminds_at(begins, zone, ALLOWED_HOURS, told_at=NOW)
    assert reminds == local_moment(friday, time(17), zone)
    late = reminds - timedelta(hours=5)
    assert activity_times.reminds_at(begins, zone, ALLOWED_HOURS, told_at=late) is None
    early = activity_times.reminds_at(begins, zone, ALLOWED_HOURS, {friday}, told_at=NOW - 9 * DAY)
    assert local_day(early, zone) == friday - DAY


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        (time(9), [(28, 18), (29, 18), (31, 18)]),
        (time(17), [(28, 19), (29, 19), (31, 19)]),
        (time(18, 30), [(29, 7), (30, 7), (32, 7)]),
    ],
)
def test_the_look_back_is_asked_for_that_evening_or_next_morning_and_twice_more(at, asked):
    begins, zone = activity(at=at).starts_at, CONGO[0]
    found = activity_times.asks_at(activity(at=at, zone=zone).starts_at, zone, ALLOWED_HOURS)
    first = local_moment(date(2026, 11, 1), time(0), zone)
    assert begins < found[0]
    assert found == [first + timedelta(days=day - 1, hours=hour) for day, hour in asked]


@pytest.mark.parametrize("zone", [*CONGO, BRUSSELS])
@pytest.mark.parametrize("cadence", activities.CADENCES)
def test_a_series_keeps_its_hour_and_its_weekday_through_the_year(zone, cadence):
    now = NOW
    seen = activity(zone=zone, repeats=cadence)
    for _ in range(30):
        regular, details = activity_times.following(seen, zone, now)
        assert (details.at, details.day.weekday()) == (time(9), 5)
        assert timedelta(7) <= details.day - seen.details.day <= timedelta(35)
        now = local_moment(details.day, details.at, zone)
        seen = replace(seen, details=details, starts_at=now, regular=regular)


def test_a_monthly_series_has_its_place_in_each_month():
    regular = Regular(day=date(2026, 10, 31), at=time(9))  # a fifth Saturday becomes the fourth
    days = []
    for _ in range(3):
        regular = activity_times.next_regular(regular, Cadence.MONTHLY)
        days.append(regular.day)
    assert days == [date(2026, 11, 28), date(2026, 12, 26), date(2027, 1, 23)]


def test_one_that_was_put_off_moves_no_other_and_what_was_missed_is_left_out():
    put_off = activity(day=SATURDAY + 2 * DAY, at=time(15), repeats=Cadence.WEEKLY)
    put_off = replace(put_off, regular=Regular(day=SATURDAY, at=time(9)))
    regular, details = activity_times.following(put_off, CONGO[1], put_off.starts_at)
    assert (regular.day, details.day, details.at) == (*[SATURDAY + 7 * DAY] * 2, time(9))
    _, details = activity_times.following(put_off, CONGO[1], NOW + 30 * DAY)
    assert details.day == SATURDAY + 35 * DAY
    regular, details = activity_times.following(put_off, CONGO[1], NOW, {SATURDAY + 7 * DAY})
    assert details.day == regular.day + DAY


def test_outward_is_what_is_open_or_by_its_kind_with_others():
    assert not activities.outward(activity())
    assert activities.outward(activity(open_to_others=True))
    said = activity()
    kinds = [
        k for k in Kind if activities.outward(replace(said, details=replace(said.details, kind=k)))
    ]
    assert kinds == [Kind.EXCHANGE, Kind.VISIT, Kind.OPEN_DAY]
