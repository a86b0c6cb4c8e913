"""What members say in their own words, on both engines."""

from datetime import timedelta

import pytest
from ledger_rows import collective, member, round_of
from sqlalchemy import text

from collective.own_words import Said, VoiceNote, Waiting

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def number(store, now):
    """A check-in."""
    made = await collective(store, now)
    mado = await member(store, now, made)
    [checkin] = await store.checkins.expect(await round_of(store, made, now), [mado])
    return checkin.id


def note(file_id="f1", seconds=7):
    return VoiceNote(file_id=file_id, seconds=seconds, size=900)


def waiting(number, file_id="f1", attempts=0):
    return Waiting(checkin_id=number, question="q", file_id=file_id, attempts=attempts)


async def test_the_newest_words_take_the_place_of_whatever_came_before(store, number, now):
    assert await store.own_words.get(number, "q") is None
    await store.own_words.put_text(number, "q", "one", now)
    await store.own_words.put_text(number, "q", "two", now + MINUTE)
    assert await store.own_words.get(number, "q") == Said(text="two", said_at=now + MINUTE)
    await store.own_words.put_voice(number, "q", note(), now)
    assert await store.own_words.get(number, "q") == Said(seconds=7, said_at=now)
    await store.own_words.put_text(number, "q", "three", now)
    assert (await store.own_words.get(number, "q")).text == "three"
    await store.own_words.forget(number, "q")
    assert await store.own_words.get(number, "q") is None


async def test_a_voice_waits_until_it_is_fetched(store, number, now):
    await store.own_words.put_voice(number, "q", note(), now)
    assert await store.own_words.to_fetch(now - MINUTE, 9) == []
    assert await store.own_words.to_fetch(now, 9) == [waiting(number)]
    assert await store.own_words.keep_sound(waiting(number), b"OggS")
    assert await store.own_words.to_fetch(now, 9) == []
    assert (await store.own_words.get(number, "q")).sound == b"OggS"


async def test_a_sound_is_unreadable_in_the_database(store, number, now):
    await store.own_words.put_voice(number, "q", note(), now)
    await store.own_words.keep_sound(waiting(number), b"my own voice")
    [(sealed,)] = (await store._unit.execute(text("SELECT sound FROM voices"))).all()
    assert b"voice" not in bytes(sealed)


async def test_a_fetch_that_failed_is_tried_later_or_never(store, number, now):
    await store.own_words.put_voice(number, "q", note(), now)
    await store.own_words.miss(waiting(number), now + MINUTE)
    assert await store.own_words.to_fetch(now, 9) == []
    assert await store.own_words.to_fetch(now + MINUTE, 9) == [waiting(number, attempts=1)]
    await store.own_words.miss(waiting(number, attempts=1), None)
    assert await store.own_words.to_fetch(now + 999 * MINUTE, 9) == []


async def test_what_was_fetched_too_late_is_not_kept(store, number, now):
    await store.own_words.put_voice(number, "q", note("f1"), now)
    await store.own_words.put_voice(number, "q", note("f2"), now)
    assert not await store.own_words.keep_sound(waiting(number, "f1"), b"old")
    await store.own_words.miss(waiting(number, "f1"), None)
    assert await store.own_words.to_fetch(now, 9) == [waiting(number, "f2")]
