"""A voice note's sound is fetched off the way of messages, and tried again when it fails."""

from datetime import timedelta

import pytest

from collective.actions import files
from collective.activities import Details, FileKind, GivenFile
from collective.activities import Kind as Activity
from collective.broadcasts import KEPT_BYTES, Kind, Version, WaitingFile
from collective.decisions import Stage
from collective.forms import load_forms
from collective.own_words import PATIENCE, VoiceNote, Waiting
from collective.rounds import WINDOW
from collective.terms import Terms
from delivery.fetcher import AT_ONCE, Fetcher
from playground import voices
from tests.storage.ledger_rows import broadcast, collective, member, person


@pytest.fixture
def fetcher(side):
    return Fetcher(side.database, side.bot, side.clock, load_forms())


@pytest.fixture
async def spoken(side, mado):
    """Mado has spoken for five seconds; gives how to read what is kept of it."""
    await side.playground.send(mado, "voice", duration=5)
    [update] = side.playground.world.updates.take(9)
    note = VoiceNote(file_id=update["message"]["voice"]["file_id"], seconds=5)
    return await keep(side, note)


async def keep(side, note):
    now = side.clock.now()
    async with side.database.writing() as store:
        made = await collective(store, now)
        who = await member(store, now, made, chat=77)
        round_ = await store.rounds.add(
            collective_id=made.id, form="weekly", opens_at=now, closes_at=now + WINDOW
        )
        [checkin] = await store.checkins.expect(round_, [who])
        await store.own_words.put_voice(checkin.id, "need_words", note, now)

    async def said():
        async with side.database.reading() as store:
            waiting = await store.own_words.to_fetch(side.clock.now(), 9)
            return (await store.own_words.get(checkin.id, "need_words")).sound, len(waiting)

    return said


async def test_the_very_sound_is_kept(fetcher, spoken):
    assert await spoken() == (None, 1)
    await fetcher.look()
    assert await spoken() == (voices.silence(5), 0)


async def test_what_fails_by_accident_is_tried_again_when_its_time_has_come(side, fetcher, spoken):
    side.playground.world.faults.arm({"kind": "429", "method": "getFile", "retry_after": 1})
    await fetcher.look()
    assert await spoken() == (None, 0)
    side.clock.moment += PATIENCE[0]
    await fetcher.look()
    assert await spoken() == (voices.silence(5), 0)


async def test_what_telegram_refuses_is_given_up_at_once(side, fetcher, capsys):
    said = await keep(side, VoiceNote(file_id="no such file", seconds=5))
    await fetcher.look()
    side.clock.moment += 2 * WINDOW
    assert await said() == (None, 0)
    assert "fetch_given_up" in capsys.readouterr().out


async def test_a_file_heavier_than_told_is_not_kept(side, fetcher, mado):
    await side.playground.send(mado, "voice", duration=5, size=2_000_000)
    [update] = side.playground.world.updates.take(9)
    said = await keep(side, VoiceNote(file_id=update["message"]["voice"]["file_id"], seconds=5))
    await fetcher.look()
    side.clock.moment += PATIENCE[0]
    assert await said() == (None, 0)


async def test_the_file_of_a_broadcast_is_kept_unless_it_is_too_heavy(side, fetcher, mado):
    for size in (None, KEPT_BYTES + 1):
        await side.playground.send(mado, "document", name="prix.csv", **weighing(size))
    now = side.clock.now()
    sent = [
        each["message"]["document"]["file_id"] for each in side.playground.world.updates.take(9)
    ]
    async with side.database.writing() as store:
        made, nadine = await collective(store, now), await person(store, now, chat=77)
        begun = await broadcast(store, now, nadine, made)
        for lang, file_id in zip(("fr", "ln"), sent, strict=True):
            said = Version(language=lang, kind=Kind.DOCUMENT, file_id=file_id)
            await store.broadcasts.put_version(begun.id, said, now, now)
    await fetcher.look()
    async with side.database.reading() as store:
        versions = await store.broadcasts.versions(begun.id)
        assert [each.only_there for each in versions] == [False, True]
        assert await store.broadcasts.content(begun.id, "fr")
        assert await store.broadcasts.content(begun.id, "ln") is None


async def test_voices_that_wait_do_not_hold_up_the_file_of_a_broadcast(side, fetcher, mado):
    now = side.clock.now()
    note = VoiceNote(file_id="first", seconds=5)
    await keep(side, note)
    async with side.database.writing() as store:
        [waits] = await store.own_words.to_fetch(now, 9)
        for number in range(AT_ONCE):
            await store.own_words.put_voice(waits.checkin_id, f"q{number}", note, now)
        made, nadine = await collective(store, now, draft="b"), await person(store, now, chat=99)
        begun = await broadcast(store, now, nadine, made)
        said = Version(language="fr", kind=Kind.DOCUMENT, file_id="later")
        await store.broadcasts.put_version(begun.id, said, now, now + timedelta(seconds=1))
        found = await files.to_fetch(store, now + timedelta(seconds=1), AT_ONCE)
    assert [type(due) for due in found] == [Waiting, WaitingFile, *[Waiting] * (AT_ONCE - 2)]


def weighing(size):
    return {} if size is None else {"size": size}


async def test_a_spoken_question_is_kept_once_it_is_put(side, fetcher, mado):
    await side.playground.send(mado, "voice", duration=5)
    [update] = side.playground.world.updates.take(9)
    note = VoiceNote(file_id=update["message"]["voice"]["file_id"], seconds=5)
    now = side.clock.now()
    async with side.database.writing() as store:
        made = await collective(store, now)
        held = {"collective_id": made.id, "author_id": None, "terms": Terms(voice=note)}
        asked = await store.proposals.add(draft="d", stage=Stage.DISCUSSION, now=now, **held)
    await fetcher.look()
    async with side.database.reading() as store:
        assert await store.questions.sound(asked.id) == voices.silence(5)


async def test_the_photo_of_an_activity_is_kept(side, fetcher, mado):
    await side.playground.send(mado, "photo")
    [update] = side.playground.world.updates.take(9)
    photo = update["message"]["photo"][-1]["file_id"]
    now = side.clock.now()
    async with side.database.writing() as store:
        who = await member(store, now, await collective(store, now), chat=77)
        said = Details(kind=Activity.SALE, title="Zando", day=now.date(), at=now.time())
        about = {"collective_id": who.collective_id, "planned_by": None, "details": said}
        sold = await store.activities.add(draft="d", starts_at=now, now=now, **about)
        given = GivenFile(kind=FileKind.PHOTO, file_id=photo)
        await store.activity_files.put(sold.id, given, who.person_id, now)
    await fetcher.look()
    async with side.database.reading() as store:
        assert (await store.activity_files.get(sold.id, FileKind.PHOTO)).content
        assert await store.activity_files.to_fetch(now, 9) == []
