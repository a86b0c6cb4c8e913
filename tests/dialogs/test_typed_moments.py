"""A moment may be written as people write one, in every language; half of one is nothing."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from collective.calendar import ensure_ahead, local_moment
from collective.errors import MomentPast, MomentTooFar
from dialogs.moments import Said, read, read_past
from locales.languages import languages
from locales.words import Words

ZONE = "Africa/Lubumbashi"
#: Thursday, 26 November 2026, 16:45 in Lubumbashi.
NOW = datetime(2026, 11, 26, 14, 45, tzinfo=UTC)


def on(month, day, hour=None, minute=0, year=2026):
    """A day, and an hour of it where one is said."""
    return Said(day=date(year, month, day), at=None if hour is None else time(hour, minute))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("demain 9h", on(11, 27, 9)),
        ("Demain à 14 heures 30.", on(11, 27, 14, 30)),
        ("demain 9", on(11, 27, 9)),
        ("aujourd'hui 18h", on(11, 26, 18)),
        ("Après-demain", on(11, 28)),
        ("demain matin", on(11, 27)),
        ("vendredi soir 7h", on(11, 27, 19)),
        ("jeudi prochain à midi", on(12, 3, 12)),
        ("15/12 14:30", on(12, 15, 14, 30)),
        ("15.12 14.30", on(12, 15, 14, 30)),
        ("le 1er décembre vers 16h", on(12, 1, 16)),
        ("jeu 3 déc 2026", on(12, 3)),
        ("15/10", on(10, 15, year=2027)),
        ("15/10/2026", on(10, 15)),
        ("29/2", on(2, 29, year=2028)),
        ("2026-12-01 08:00", on(12, 1, 8)),
        ("dans 3 jours à 9h", on(11, 29, 9)),
        ("dans 2h", on(11, 26, 18, 45)),
        ("lobi na ngonga ya 9", on(11, 27, 9)),
        ("lelo ngonga ya 7 ya mpokwa", on(11, 26, 19)),
        ("lobi kuna", on(11, 28)),
        ("mokolo mwa mposo, 9:00", on(11, 28, 9)),
        ("24 sanza ya zomi na moko", on(11, 24, year=2027)),
        ("nsima ya mikolo 3", on(11, 29)),
        ("nsima ya ngonga 1", on(11, 26, 17, 45)),
        ("tomorrow at 9pm", on(11, 27, 21)),
        ("14h30", Said(at=time(14, 30))),
        ("9h du matin", Said(at=time(9))),
    ],
)
def test_people_write_moments_in_many_ways(text, said):
    assert read(text, NOW, ZONE) == said


HALF = (
    *("", "pas demain", "hier", "lobi eleki", "31/6", "25h", "9h 10h", "mardi 3 décembre", "matin"),
    *("demain vendredi lundi", "dans 99999999 semaines", "9" * 5000 + "h", "dimanche bonjour"),
)


@pytest.mark.parametrize("text", HALF)
def test_what_is_half_understood_is_not_understood(text):
    assert read(text, NOW, ZONE) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Hier", date(2026, 11, 25)),
        ("hier soir", date(2026, 11, 25)),
        ("avant-hier à 15h", date(2026, 11, 24)),
        ("aujourd’hui", date(2026, 11, 26)),
        ("lundi", date(2026, 11, 23)),
        ("jeudi dernier", date(2026, 11, 19)),
        ("lundi 23/11", date(2026, 11, 23)),
        ("12/11/2026", date(2026, 11, 12)),
        ("le 15 octobre", date(2026, 10, 15)),
        ("il y a 3 jours", date(2026, 11, 23)),
        ("eleki mikolo 3", date(2026, 11, 23)),
        ("mposo 2 eleki", date(2026, 11, 12)),
        ("lobi", date(2026, 11, 25)),
        ("lobi eleki", date(2026, 11, 25)),
        ("2 days ago", date(2026, 11, 24)),
        ("demain", date(2026, 11, 27)),
        ("15/12", date(2026, 12, 15)),
    ],
)
def test_where_something_has_happened_a_day_is_the_last_such_day(text, day):
    assert read_past(text, date(2026, 11, 26)) == day


def test_a_date_of_last_december_is_past_in_january():
    assert read_past("15/12", date(2027, 1, 10)) == date(2026, 12, 15)


@pytest.mark.parametrize("text", ["", "lundi prochain", "lobi ekoya", "9h", "31/6", "pas hier"])
def test_a_day_that_is_half_understood_is_not_understood(text):
    assert read_past(text, date(2026, 11, 26)) is None


def test_a_number_alone_is_an_hour_only_where_an_hour_is_asked():
    assert read("9", NOW, ZONE) is None
    assert read("9", NOW, ZONE, bare=True) == Said(at=time(9))


@pytest.mark.parametrize("lang", [*languages(), "en"])
@settings(max_examples=40, deadline=None)
@given(minutes=st.integers(1, 364 * 24 * 60))
@example(minutes=5 * 24 * 60)
def test_what_we_write_ourselves_is_read_back_to_the_minute(lang, minutes):
    moment = NOW + timedelta(minutes=minutes)
    said = read(Words(lang).moment(moment, ZONE), NOW, ZONE)
    assert said.moment(NOW, ZONE) == moment


@settings(max_examples=150, deadline=None)
@given(st.text() | st.text("0123456789:/.-hnst éà", max_size=20))
def test_whatever_is_typed_is_a_moment_or_nothing(text):
    said = read(text, NOW, ZONE, bare=True)
    assert said is None or said.day or said.at is not None
    read_past(text, date(2026, 11, 26))


def test_an_hour_without_a_day_is_the_next_one_and_on_a_chosen_day_that_days():
    early, late = Said(at=time(9)), Said(at=time(18))
    assert early.moment(NOW, ZONE) == local_moment(date(2026, 11, 27), time(9), ZONE)
    assert late.moment(NOW, ZONE) == local_moment(date(2026, 11, 26), time(18), ZONE)
    chosen = date(2026, 12, 3)
    assert early.moment(NOW, ZONE, day=chosen) == local_moment(chosen, time(9), ZONE)
    assert Said(day=chosen).moment(NOW, ZONE) is None


def test_what_is_over_and_what_is_too_far_are_refused():
    most = timedelta(days=60)
    assert ensure_ahead(NOW + most, NOW, most) == NOW + most
    with pytest.raises(MomentPast):
        ensure_ahead(NOW, NOW, most)
    with pytest.raises(MomentTooFar) as refusal:
        ensure_ahead(NOW + most + timedelta(minutes=1), NOW, most)
    assert refusal.value.days == 60
