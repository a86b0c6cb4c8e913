"""Saying something in one's own words, and fetching what was spoken."""

from collections.abc import Mapping
from datetime import datetime

from collective import checkins as rules
from collective import own_words
from collective.actions import checkins, wishes
from collective.checkins import Answers
from collective.forms import TEXT, VOICE, Form
from collective.own_words import VoiceNote, Waiting
from collective.ports import Store


async def write(
    store: Store,
    forms: Mapping[str, Form],
    checkin_id: int,
    question: str,
    text: str,
    *,
    by: int,
    now: datetime,
) -> Answers:
    """Keep what she wrote to a question of words and return all her answers; she alone may.

    Raises Outdated, NotAllowed, HasLeft, RoundClosed, NotAnAnswer, TextEmpty, TextTooLong.
    """
    checkin, round_ = await checkins.ensure_hers(store, checkin_id, by, now)
    form = round_.form_of(forms)
    rules.ensure_words(form, question)
    await store.own_words.put_text(checkin.id, question, own_words.clean_text(text), now)
    answers = await checkins.keep(store, form, checkin, question, TEXT, now)
    await wishes.hand_on(store, form, checkin, answers, now=now)
    return answers


async def speak(
    store: Store,
    forms: Mapping[str, Form],
    checkin_id: int,
    question: str,
    note: VoiceNote,
    *,
    by: int,
    now: datetime,
) -> Answers:
    """Keep that she spoke; her voice is fetched later. The rest is as in `write`.

    Raises VoiceTooLong instead of what only texts can be.
    """
    own_words.ensure_short(note)
    checkin, round_ = await checkins.ensure_hers(store, checkin_id, by, now)
    form = round_.form_of(forms)
    rules.ensure_words(form, question)
    await store.own_words.put_voice(checkin.id, question, note, now)
    return await checkins.keep(store, form, checkin, question, VOICE, now)


async def fetched(
    store: Store, forms: Mapping[str, Form], voice: Waiting, sound: bytes, *, now: datetime
) -> None:
    """Keep what was fetched and hand it on, unless she has said something else since."""
    if not await store.own_words.keep_sound(voice, sound):
        return
    checkin = await store.checkins.get(voice.checkin_id)
    round_ = await store.rounds.get(checkin.round_id) if checkin else None
    if checkin is not None and round_ is not None:
        answers = await store.checkins.answers(checkin.id)
        await wishes.hand_on(store, round_.form_of(forms), checkin, answers, now=now)
