"""What is said of an activity is short, true on the day it is read, and escaped."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from collective.activities import LASTS, Activity, Coming, Details, Kind, Regular
from collective.calendar import Cadence
from locales.words import Words
from reports import activities
from reports.calendar_file import calendar_file

ZONE = "Africa/Lubumbashi"
DAY, AT = date(2026, 11, 28), time(9, 30)
STARTS = datetime(2026, 11, 28, 7, 30, tzinfo=UTC)


def activity(**changes):
    said = {
        "kind": Kind.VISIT,
        "title": "Voir <Umoja>",
        "day": DAY,
        "at": AT,
        "place": "Kadutu",
        "open_to_others": True,
        "with_whom": "Umoja",
        "repeats": Cadence.WEEKLY,
    }
    base = {
        "id": 7,
        "collective_id": 1,
        "planned_by": 1,
        "starts_at": STARTS,
        "planned_at": STARTS - timedelta(days=3),
        "regular": Regular(day=DAY, at=AT),
    }
    return Activity(details=Details(**said), **(base | changes))


def test_all_that_there_is_to_know_stands_line_by_line():
    said = activities.told(activity(), ZONE, "Aline", Words("fr"))
    assert said.split("\n") == [
        "🚶 <b>Voir &lt;Umoja&gt;</b>",
        "Visite",
        "samedi 28 novembre à 09:30",
        "Lieu\u202f: Kadutu",
        "Avec\u202f: Umoja",
        "D’autres personnes peuvent venir aussi.",
        "Responsable\u202f: Aline",
        "Elle revient chaque semaine.",
    ]


@pytest.mark.parametrize(
    ("hours", "said"), [(2, "Aujourd’hui"), (12, "Demain"), (33, "Demain"), (34, "Bientôt")]
)
def test_the_reminder_is_true_at_the_moment_it_is_read(hours, said):
    now = STARTS - timedelta(hours=hours)
    assert said in activities.reminder(activity(), ZONE, now, Words("fr"))


def test_what_was_put_off_names_the_day_that_is_no_more():
    put_off = activity(was_at=STARTS - timedelta(days=1))
    assert "vendredi 27 novembre" in activities.changed(put_off, ZONE, Words("fr"))
    assert "lieu a changé" in activities.changed(activity(), ZONE, Words("fr"))


@pytest.mark.parametrize("lang", ["fr", "ln"])
def test_thanks_and_counts_say_how_many_and_never_who(lang):
    words = Words(lang)
    over = activity(finished_at=STARTS, attended=5, members=9, learned="Le <bleu> tient")
    said = activities.thanks(over, words, group=True)
    assert "5" in said
    assert "9" in said
    assert "Le &lt;bleu&gt; tient" in said
    counted = activities.counts({Coming.YES: 4, Coming.NO: 1}, words)
    assert ["4" in counted, "1" in counted, "0" in counted] == [True] * 3
    assert activities.counts(dict.fromkeys(Coming, 0), words) == ""


@pytest.mark.parametrize("lang", ["fr", "ln"])
def test_kinds_and_answers_fit_on_buttons(lang):
    words = Words(lang).plain
    labels = [activities.kind(kind, words) for kind in Kind]
    labels += [activities.coming_name(coming, words) for coming in Coming]
    assert [label for label in labels if len(label) > 24] == []
    assert len(set(labels)) == len(labels)


def test_a_phones_calendar_reads_the_file_and_learns_of_changes():
    now = STARTS - timedelta(days=1)
    [event] = Calendar.from_ical(calendar_file([activity()], now)).walk("VEVENT")
    assert (event.start, event.end) == (STARTS, STARTS + LASTS)
    assert (event["SUMMARY"], event["LOCATION"]) == ("Voir <Umoja>", "Kadutu")
    cancelled = activity(cancelled_at=now)
    [later] = Calendar.from_ical(calendar_file([cancelled], now + timedelta(hours=1))).walk(
        "VEVENT"
    )
    assert later["UID"] == event["UID"]
    assert later["SEQUENCE"] > event["SEQUENCE"]
    assert later["STATUS"] == "CANCELLED"
