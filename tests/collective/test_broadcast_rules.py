"""Which version a reader gets, what an audience is, how far a broadcast has come."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collective.audiences import Audience, of_collectives
from collective.broadcasts import (
    CAPTION_LIMIT,
    GRACE,
    MIME_LIMIT,
    TEXT_LIMIT,
    Broadcast,
    Kind,
    Stage,
    Version,
    clean_version,
    fitting,
)
from collective.collectives import Trade
from collective.errors import TextEmpty, TextTooLong
from collective.people import Role

NOON = datetime(2026, 11, 26, 10, tzinfo=UTC)
codes = st.sampled_from(["fr", "ln", "sw"])
numbers = st.frozensets(st.integers(1, 2**52), max_size=3)


@st.composite
def audiences(draw):
    picks = draw(st.booleans())
    return Audience(
        collectives=draw(numbers),
        trades=draw(st.frozensets(st.sampled_from(Trade))),
        places=draw(st.frozensets(st.text(max_size=5), max_size=2)),
        languages=draw(st.frozensets(codes)),
        roles=draw(st.frozensets(st.sampled_from(Role))),
        groups=not picks and draw(st.booleans()),
        unanswered=picks and draw(st.booleans()),
        persons=draw(numbers) if picks else frozenset(),
    )


@settings(max_examples=50)
@given(st.sets(codes), codes, codes)
def test_a_reader_gets_her_language_else_the_authors_else_any(written, hers, authors):
    versions = [Version(language=code, text="…") for code in sorted(written)]
    found = fitting(versions, hers, authors)
    best = [code for code in (hers, authors, *sorted(written)) if code in written]
    assert (found.language if found else None) == next(iter(best), None)


@settings(max_examples=50)
@given(audiences())
def test_an_audience_is_read_as_it_was_written(audience):
    assert Audience.read(audience.written()) == audience


def test_a_group_is_never_some_of_its_people():
    with pytest.raises(ValueError, match="everyone"):
        Audience(groups=True, persons=frozenset({1}))


@pytest.mark.parametrize(("kind", "limit"), [(Kind.TEXT, TEXT_LIMIT), (Kind.VOICE, CAPTION_LIMIT)])
def test_each_kind_has_room_for_its_words(kind, limit):
    fits = Version(language="fr", kind=kind, text=f" {'x' * limit}\n", file_id="f")
    assert clean_version(fits).text == "x" * limit
    with pytest.raises(TextTooLong):
        clean_version(Version(language="fr", kind=kind, text="x" * (limit + 1), file_id="f"))


def test_a_kind_of_file_with_an_endless_name_is_none():
    kinds = ("application/pdf", "application/" + "x" * MIME_LIMIT)
    file = Version(language="fr", kind=Kind.DOCUMENT, file_id="f")
    assert [clean_version(replace(file, mime=each)).mime for each in kinds] == [kinds[0], None]


def test_a_file_needs_no_words_and_a_text_does():
    assert clean_version(Version(language="fr", kind=Kind.PHOTO, file_id="f")).text is None
    with pytest.raises(TextEmpty):
        clean_version(Version(language="fr", text=" \n"))


def broadcast(**changes):
    made = {"id": 1, "collective_id": 1, "author_id": 1, "language": "fr", "created_at": NOON}
    return Broadcast(**made, audience=of_collectives([1]), **changes)


@pytest.mark.parametrize(
    ("said", "stage"),
    [
        ({}, Stage.DRAFT),
        ({"leaves_at": NOON}, Stage.WAITING),
        ({"leaves_at": NOON, "reached": 40}, Stage.LEFT),
        ({"leaves_at": NOON, "queued_at": NOON}, Stage.LEFT),
        ({"leaves_at": NOON, "reached": 40, "cancelled_at": NOON}, Stage.CANCELLED),
    ],
)
def test_a_broadcast_knows_how_far_it_has_come(said, stage):
    assert broadcast(**said).stage is stage


def test_it_is_late_only_before_it_has_begun_to_leave():
    after = NOON + GRACE + timedelta(seconds=1)
    assert not broadcast(leaves_at=NOON).late(NOON + GRACE)
    assert broadcast(leaves_at=NOON).late(after)
    assert not broadcast(leaves_at=NOON, reached=40).late(after)
