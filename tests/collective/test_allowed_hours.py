"""Nobody's phone rings at night, whatever the zone and its clock changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collective.calendar import ALLOWED_HOURS, Lateness, allowed_from

ZONES = [
    "Africa/Kinshasa",
    "Africa/Lubumbashi",
    "Europe/Paris",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
]
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


@given(MOMENTS, st.sampled_from(ZONES))
def test_what_leaves_then_arrives_in_allowed_hours(moment, zone):
    local = allowed_from(moment, zone).astimezone(ZoneInfo(zone)).time()
    assert ALLOWED_HOURS.first <= local < ALLOWED_HOURS.last


@given(MOMENTS, st.sampled_from(ZONES))
def test_nothing_leaves_before_its_moment_nor_waits_longer_than_a_night(moment, zone):
    # 20:00 to 07:00 is eleven hours; the night of a clock change has one more.
    assert timedelta(0) <= allowed_from(moment, zone) - moment <= timedelta(hours=12)


@given(MOMENTS, st.sampled_from(ZONES))
def test_an_allowed_moment_stays_itself(moment, zone):
    once = allowed_from(moment, zone)
    assert allowed_from(once, zone) == once


def paris(*at):
    return datetime(*at, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (paris(2026, 11, 26, 7), paris(2026, 11, 26, 7)),
        (paris(2026, 11, 26, 6, 59), paris(2026, 11, 26, 7)),
        (paris(2026, 11, 26, 19, 59), paris(2026, 11, 26, 19, 59)),
        (paris(2026, 11, 26, 20), paris(2026, 11, 27, 7)),
        (paris(2026, 12, 31, 23), paris(2027, 1, 1, 7)),
        # The clocks go forward on 29 March 2026 and back on 25 October.
        (paris(2026, 3, 28, 22), paris(2026, 3, 29, 7)),
        (paris(2026, 10, 24, 22), paris(2026, 10, 25, 7)),
    ],
)
def test_the_hours_are_half_open_and_local(moment, leaves):
    assert allowed_from(moment.astimezone(UTC), "Europe/Paris") == leaves.astimezone(UTC)


def test_lateness_is_forgiven_up_to_its_grace():
    due = datetime(2026, 11, 26, 15, tzinfo=UTC)
    lateness = Lateness(grace=timedelta(hours=1))
    assert lateness.forgives(due, due + timedelta(hours=1))
    assert not lateness.forgives(due, due + timedelta(hours=1, seconds=1))
    assert Lateness(grace=None).forgives(due, due + timedelta(days=400))
