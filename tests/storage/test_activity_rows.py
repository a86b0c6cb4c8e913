"""Activities on both engines: what is found when, what is kept once, what is sealed."""

from datetime import date, time, timedelta

import pytest
from ledger_rows import collective, member, rows
from sqlalchemy import text

from collective.activities import LASTS, Coming, Details, FileKind, GivenFile, Kind, Regular
from collective.calendar import Cadence
from storage import tables as t

DAY = timedelta(days=1)
#: `now` is a Thursday, 17:00 in Lubumbashi.
DETAILS = Details(
    kind=Kind.VISIT,
    title="Kotala baninga",
    day=date(2026, 11, 28),
    at=time(9, 30),
    place="Kadutu",
    open_to_others=True,
    with_whom="Umoja",
    repeats=Cadence.MONTHLY,
)
STARTS = timedelta(days=1, hours=16, minutes=30)


@pytest.fixture
async def mado(store, now):
    return await member(store, now, await collective(store, now))


@pytest.fixture
def add(store, mado, now):
    """Add an activity that begins so long after now."""

    async def added(after=STARTS, details=DETAILS, **said):
        return await store.activities.add(
            draft=said.pop("draft", f"{after}"),
            collective_id=mado.collective_id,
            planned_by=mado.person_id,
            details=details,
            starts_at=now + after,
            now=now,
            **said,
        )

    return added


async def test_what_was_said_is_read_again_and_a_draft_becomes_one(store, add, now):
    made = await add(draft="d")
    assert (made.details, made.starts_at, made.series_id) == (DETAILS, now + STARTS, made.id)
    assert made.regular == Regular(day=DETAILS.day, at=DETAILS.at)
    assert await add(draft="d") is None
    assert await store.activities.by_draft("d") == await store.activities.hold(made.id) == made


async def test_titles_and_places_are_sealed(store, add):
    await add()
    raw = await store._unit.execute(text("SELECT title, place, with_whom FROM activities"))
    kept = b"".join(bytes(value) for value in raw.all()[0])
    assert not [word for word in (b"baninga", b"Kadutu", b"Umoja") if word in kept]


async def test_the_agenda_has_what_is_ahead_and_memory_what_is_behind(store, mado, add, now):
    past, soon, later = await add(-3 * DAY), await add(DAY), await add(2 * DAY)
    off, over = await add(3 * DAY), await add(-LASTS)
    await store.activities.cancel(off.id, now)
    found, place = store.activities, mado.collective_id
    assert [each.id for each in await found.ahead(place, now)] == [soon.id, later.id]
    assert await found.ahead_for(mado.person_id, now) == [soon]
    assert await found.ahead_for(mado.person_id + 1, now) == []
    assert [each.id for each in await found.behind(place, now, limit=5)] == [over.id, past.id]
    assert [each.id for each in await found.behind(place, now, limit=1)] == [over.id]
    between = await found.between(place, now - LASTS, now + 3 * DAY)
    assert [each.id for each in between] == [over.id, soon.id, later.id]


async def test_her_last_word_counts_and_goes_with_what_is_ahead(store, mado, add, now):
    ahead, past = await add(DAY), await add(-DAY)
    for activity in (ahead, past):
        for coming in (Coming.YES, Coming.NO):
            await store.activities.put_coming(activity.id, mado.id, coming, now)
    assert await store.activities.coming(ahead.id) == {mado.id: Coming.NO}
    await store.activities.forget_coming(mado.id, now)
    assert await store.activities.coming(ahead.id) == {}
    assert await store.activities.coming(past.id) == {mado.id: Coming.NO}


async def test_she_is_marked_once_and_taken_off_again(store, mado, add):
    activity = await add()
    for present in (True, True):
        await store.activities.mark(activity.id, mado.id, present=present)
    assert await store.activities.present(activity.id) == {mado.id}
    await store.activities.mark(activity.id, mado.id, present=False)
    assert await rows(store, t.attendance) == []


async def test_a_file_is_kept_only_while_it_is_the_one_given(store, mado, add, now):
    activity, files = await add(), store.activity_files
    for name in ("a", "b"):
        given = GivenFile(kind=FileKind.VOICE, file_id=name, seconds=9)
        await files.put(activity.id, given, mado.person_id, now)
        if name == "a":
            [first] = await files.to_fetch(now, 3)
    assert await files.keep_content(first, b"old") is False
    [due] = await files.to_fetch(now, 3)
    await files.miss(due, now + DAY)
    assert await files.to_fetch(now, 3) == []
    [due] = await files.to_fetch(now + DAY, 3)
    assert (due.attempts, await files.keep_content(due, b"new")) == (1, True)
    assert await files.get(activity.id, FileKind.VOICE) == GivenFile(
        kind=FileKind.VOICE, file_id="b", seconds=9, content=b"new"
    )
    assert await files.kinds(activity.id) == {FileKind.VOICE}


async def test_a_series_ends_for_all_its_activities(store, add):
    first = await add()
    second = await add(8 * DAY, series_id=first.id)
    other = await add(9 * DAY)
    await store.activities.end_series(second.id)
    kept = [await store.activities.get(each.id) for each in (first, second, other)]
    assert [each.details.repeats for each in kept] == [None, None, Cadence.MONTHLY]
