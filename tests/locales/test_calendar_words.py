"""Dates, hours, lengths of time, numbers and lists in each language."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.languages import languages
from locales.words import Words

FR, LN = Words("fr"), Words("ln")
EVERY = [Words(code) for code in (*languages(), "en")]
TUESDAY = dt.date(2026, 11, 24)


def test_dates_on_buttons_are_digits() -> None:
    assert [words.date(TUESDAY) for words in EVERY] == ["24/11/2026"] * 3


def test_dates_in_sentences_are_words() -> None:
    assert FR.day(TUESDAY) == "mardi 24 novembre"
    assert LN.day(TUESDAY) == "mokolo mwa mibale, mokolo ya 24 sanza ya zomi na moko"
    assert FR.day(dt.date(2026, 12, 1)) == "mardi 1er décembre"
    assert LN.day(dt.date(2026, 12, 1)).startswith("mokolo mwa mibale, mokolo ya 1 sanza")


def test_a_page_of_a_calendar_is_headed_in_the_readers_words() -> None:
    assert [FR.month_of(TUESDAY), LN.month_of(TUESDAY)] == [
        "novembre 2026",
        "sanza ya zomi na moko 2026",
    ]
    heads = [[words.weekday_short(day) for day in range(7)] for words in EVERY]
    assert all(len(head) <= 3 for row in heads for head in row)
    assert all(len(set(row)) == 7 for row in heads)


def test_a_moment_is_told_by_the_clock_of_the_zone() -> None:
    late = dt.datetime(2026, 11, 24, 22, 30, tzinfo=dt.UTC)
    assert FR.moment(late, "Africa/Kinshasa") == "mardi 24 novembre à 23:30"
    assert FR.moment(late, "Africa/Lubumbashi") == "mercredi 25 novembre à 00:30"
    assert LN.moment(late, "Africa/Lubumbashi").endswith("zomi na moko na ngonga ya 00:30")


def test_a_naive_moment_is_refused() -> None:
    naive = dt.datetime.combine(TUESDAY, dt.time(17))
    with pytest.raises(ValueError, match="aware"):
        FR.moment(naive, "Africa/Kinshasa")


@pytest.mark.parametrize("write", [FR.date, FR.day])
def test_a_moment_is_no_date_until_a_zone_says_which(write) -> None:
    with pytest.raises(TypeError):
        write(dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("span", "fr", "ln"),
    [
        (dt.timedelta(days=3), "3 jours", "mikolo 3"),
        (dt.timedelta(days=1), "1 jour", "mokolo 1"),
        (dt.timedelta(weeks=2), "2 semaines", "bamposo 2"),
        (dt.timedelta(days=10), "10 jours", "mikolo 10"),
        (dt.timedelta(hours=36), "1 jour et 12 heures", "mokolo 1 mpe bangonga 12"),
        (dt.timedelta(minutes=65, seconds=20), "1 heure et 5 minutes", "ngonga 1 mpe miniti 5"),
        (dt.timedelta(0), "0 minute", "miniti 0"),
    ],
)
def test_lengths_of_time(span: dt.timedelta, fr: str, ln: str) -> None:
    assert (FR.duration(span), LN.duration(span)) == (fr, ln)


def test_a_negative_length_of_time_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        FR.duration(dt.timedelta(hours=-1))


def test_numbers_have_a_comma_and_their_digits() -> None:
    assert (FR.number(3, 1), LN.number(1234.5, 1)) == ("3,0", "1.234,5")
    assert FR.number(1234) == "1\u202f234"
    assert (FR.percent(0.26), LN.percent(Decimal("0.257"))) == ("26\u00a0%", "26%")


def test_lists_are_joined_with_a_word() -> None:
    assert (FR.list_and("ABC"), LN.list_and("ABC")) == ("A, B et C", "A, B mpe C")
    assert (FR.list_or("AB"), LN.list_or("AB")) == ("A ou B", "A to B")
    assert (LN.list_and(["A"]), LN.list_and([])) == ("A", "")


def test_braces_in_a_list_stay_braces() -> None:
    assert LN.list_and(["{end}", "{0}"]) == "{end} mpe {0}"


@given(st.dates(), st.times())
def test_every_date_and_hour_can_be_written(day: dt.date, time: dt.time) -> None:
    for words in EVERY:
        written = [words.date(day), words.day(day), words.time(time)]
        assert all(written)
        assert "{" not in "".join(written)
        assert str(day.year) in written[0]


@given(
    st.builds(dt.datetime.fromtimestamp, st.integers(0, 2**37), st.just(dt.UTC)),
    st.sampled_from(["Africa/Kinshasa", "Africa/Lubumbashi", "UTC"]),
)
def test_every_moment_can_be_written(moment: dt.datetime, zone: str) -> None:
    assert all(words.moment(moment, zone).endswith(f":{moment:%M}") for words in EVERY)


@given(st.timedeltas(dt.timedelta(0)), st.floats(-1e12, 1e12), st.integers(0, 4))
def test_every_span_and_number_can_be_written(span: dt.timedelta, x: float, digits: int) -> None:
    for words in EVERY:
        assert any(sign.isdigit() for sign in words.duration(span))
        assert any(sign.isdigit() for sign in words.number(x, digits) + words.percent(x))
