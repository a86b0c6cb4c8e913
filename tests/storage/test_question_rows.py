"""The sound of a spoken question: fetched once members hear it, gone 90 days after the vote."""

from datetime import timedelta

import pytest
from ledger_rows import collective, member, rows
from sqlalchemy import text

from collective.decisions import Method, Outcome, Result, Stage
from collective.own_words import VoiceNote, WaitingQuestion
from collective.retention import Retention
from collective.terms import Terms
from storage import tables as t

SPOKEN = Terms(voice=VoiceNote(file_id="f1", seconds=9), method=Method.MAJORITY)
WAITING = {"file_id": "f1", "attempts": 0}


@pytest.fixture
async def asked(store, now):
    """A question asked by voice that is voted on."""
    made = await collective(store, now)
    author = await member(store, now, made)
    held = {"collective_id": made.id, "author_id": author.person_id, "terms": SPOKEN, "now": now}
    await store.proposals.add(draft="still a draft", **held)
    return await store.proposals.add(draft="d", stage=Stage.OPEN, **held)


async def test_it_is_fetched_once_and_lies_sealed(store, asked, now):
    [waiting] = await store.questions.to_fetch(now, 9)
    assert waiting == WaitingQuestion(proposal_id=asked.id, **WAITING)
    await store.questions.keep_sound(waiting, b"her voice")
    assert await store.questions.to_fetch(now, 9) == []
    assert await store.questions.sound(asked.id) == b"her voice"
    [(kept,)] = (await store._unit.execute(text("SELECT sound FROM spoken_questions"))).all()
    assert b"her voice" not in bytes(kept)


async def test_what_fails_is_tried_again_or_given_up(store, asked, now):
    [waiting] = await store.questions.to_fetch(now, 9)
    later = now + timedelta(minutes=1)
    await store.questions.miss(waiting, later)
    assert await store.questions.to_fetch(now, 9) == []
    [again] = await store.questions.to_fetch(later, 9)
    assert again.attempts == 1
    await store.questions.miss(again, None)
    assert await store.questions.to_fetch(later + timedelta(days=9), 9) == []


async def test_a_question_asked_anew_is_fetched_anew(store, asked, now):
    [old] = await store.questions.to_fetch(now, 9)
    await store.questions.miss(old, None)
    note = VoiceNote(file_id="f2", seconds=3)
    await store.proposals.put_terms(asked.id, Terms(voice=note, method=Method.MAJORITY))
    await store.questions.keep_sound(old, b"old")
    assert await store.questions.sound(asked.id) is None
    [new] = await store.questions.to_fetch(now, 9)
    assert (new.file_id, new.attempts) == ("f2", 0)


async def test_it_outlives_its_vote_by_ninety_days_however_long_that_was_open(store, asked, now):
    await store.questions.keep_sound(WaitingQuestion(proposal_id=asked.id, **WAITING), b"her voice")
    late, kind = now + timedelta(days=200), "voices"
    await store.purging.purge(kind, Retention().before(kind, late), 9)
    assert await store.questions.sound(asked.id) == b"her voice"
    outcome = Result(outcome=Outcome.ADOPTED, winner=None, counts={"yes": 1})
    await store.proposals.close(asked.id, outcome, entitled=1, turnout=1, now=late)
    for days, there in ((89, 1), (91, 0)):
        before = Retention().before(kind, late + timedelta(days=days))
        await store.purging.purge(kind, before, 9)
        assert len(await rows(store, t.spoken_questions)) == there
    assert (await store.proposals.get(asked.id)).terms.voice is None


async def test_her_voice_goes_when_she_is_erased(store, asked, now):
    await store.questions.keep_sound(WaitingQuestion(proposal_id=asked.id, **WAITING), b"her voice")
    await store.traces.erase(asked.author_id, now)
    assert await rows(store, t.spoken_questions) == []
    assert (await store.proposals.get(asked.id)).terms.voice is None
