"""The file of everything kept about a person: every table has a title, her own words are in it."""

import base64
import re
from datetime import timedelta

import pytest

from collective.actions.erasing import Kept
from collective.forms import load_forms
from collective.rounds import WINDOW, Round
from locales.languages import languages
from locales.words import Words
from reports import my_data
from storage.traces import KEPT

FORMS = load_forms()
SOUND = b"OggS and what follows"


@pytest.mark.parametrize("lang", languages())
def test_every_table_she_can_be_in_has_a_title(lang):
    # A check-in is told by its answers, and she is the person.
    assert set(KEPT) == set(my_data.titles(Words(lang)))


@pytest.fixture
def kept(now):
    """One check-in with an answer, a text and a voice note; a setback, an activity's files."""
    rows = {name: [] for name in KEPT}
    asked = {"checkin_id": 7, "question": "need_words"}
    rows["persons"] = [{"name": "Aline"}]
    rows["checkins"] = [{"id": 7, "round_id": 3}]
    rows["answers"] = [
        {"checkin_id": 7, "question": "my_place", "value": "a_little"},
        {**asked, "value": "voice"},
    ]
    rows["words"] = [{**asked, "text": "Ma <machine>", "said_at": now}]
    rows["voices"] = [{**asked, "sound": SOUND, "seconds": 9, "said_at": now}]
    rows["setbacks"] = [{"kind": "theft", "text": None, "sound": SOUND}]
    rows["activity_files"] = [{"kind": kind, "content": SOUND} for kind in ("voice", "photo")]
    round_ = Round(
        id=3,
        collective_id=1,
        form="weekly",
        rotating="my_place",
        opens_at=now - timedelta(hours=1),
        closes_at=now + WINDOW,
        closed_at=None,
    )
    return Kept(rows=rows, collectives={}, rounds={3: round_})


def test_her_own_words_can_be_read_and_heard_and_her_photo_seen(kept, now):
    page = my_data.page(kept, FORMS, Words("fr"), now).decode()
    assert "As-tu ta place dans le groupe\u202f? <b>Un peu</b>" in page
    assert "<b>ton message vocal</b>" in page
    assert "26/11/2026 · Ma &lt;machine&gt;" in page
    heard = re.findall(r'<audio controls src="data:audio/ogg;base64,([^"]+)"', page)
    seen = re.findall(r'<img [^>]*src="data:image/jpeg;base64,([^"]+)"', page)
    assert (len(heard), len(seen)) == (3, 1)
    assert {base64.b64decode(each) for each in heard + seen} == {SOUND}
