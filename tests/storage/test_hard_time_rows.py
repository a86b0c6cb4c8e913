"""Setbacks, lessons, follow-ups and crisis rounds, on both engines."""

from dataclasses import replace
from datetime import date, timedelta

from ledger_rows import collective, member, parcel, round_of, rows, take

from collective.figures import SAID, Totals
from collective.follow_ups import Reason, State
from collective.outbox import Lane
from collective.own_words import VoiceNote
from collective.retention import Retention
from collective.rounds import CRISIS
from collective.schedules import Bell
from collective.setbacks import Kind, Told
from storage import tables as t

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TOLD = Told(
    kind=Kind.THEFT,
    weight=4,
    happened_on=date(2026, 11, 26),
    text="La machine a disparu.",
    voice=VoiceNote(file_id="f", seconds=9),
)


async def setback(store, now, made, who, told=TOLD, *, draft="d"):
    return await store.setbacks.add(
        draft=draft, collective_id=made.id, author_id=who.person_id, told=told, now=now
    )


async def followed(store, now, made, who, *, reason=Reason.HELP, opens_at=None):
    round_ = await round_of(store, made, opens_at or now)
    [checkin] = await store.checkins.expect(round_, [who])
    return await store.follow_ups.add(
        collective_id=made.id,
        person_id=who.person_id,
        checkin_id=checkin.id,
        reason=reason,
        now=now,
    )


async def test_a_setback_comes_back_as_it_was_told_and_its_draft_makes_one(store, now):
    made = await collective(store, now)
    who = await member(store, now, made)
    kept = await setback(store, now, made, who)
    assert (kept.kind, kept.weight, kept.happened_on) == (Kind.THEFT, 4, TOLD.happened_on)
    assert (kept.text, kept.voice) == (TOLD.text, TOLD.voice)
    assert await setback(store, now, made, who) is None
    assert await store.setbacks.by_draft("d") == await store.setbacks.get(kept.id) == kept


async def test_a_voice_note_is_fetched_once_and_not_after_it_is_gone(store, now):
    made = await collective(store, now)
    who = await member(store, now, made)
    kept = await setback(store, now, made, who)
    await setback(store, now, made, who, replace(TOLD, voice=None), draft="e")
    [due] = await store.setbacks.to_fetch(now, 3)
    assert (due.setback_id, due.file_id, due.attempts) == (kept.id, "f", 0)
    await store.setbacks.miss(due, now + HOUR)
    assert await store.setbacks.to_fetch(now, 3) == []
    [due] = await store.setbacks.to_fetch(now + HOUR, 3)
    assert due.attempts == 1
    await store.setbacks.keep_sound(due, b"OggS")
    assert await store.setbacks.sound(kept.id) == b"OggS"
    assert await store.setbacks.to_fetch(now + DAY, 3) == []
    await store.purging.purge("voices", now + HOUR, 100)
    await store.setbacks.keep_sound(due, b"OggS")
    assert await store.setbacks.sound(kept.id) is None


async def test_setbacks_are_listed_by_their_day_the_newest_first(store, now):
    made = await collective(store, now)
    who = await member(store, now, made)
    late = await setback(store, now, made, who)
    early = replace(TOLD, happened_on=TOLD.happened_on - DAY)
    early = await setback(store, now, made, who, early, draft="e")
    assert await store.setbacks.of(made.id) == [late, early]
    await store.setbacks.asked(late.id, now)
    assert await store.setbacks.unasked(made.id) == [early]


async def test_lessons_are_those_of_the_collective_and_the_kind(store, now):
    made, other = await collective(store, now), await collective(store, now, draft="d2")
    who = await member(store, now, made)
    theft = await setback(store, now, made, who)
    elsewhere = await setback(store, now, other, who, draft="e")
    for number, each in enumerate((theft, theft, elsewhere)):
        said = {"person_id": who.person_id, "key": str(number), "now": now}
        assert await store.setbacks.add_lesson(each.id, f"n° {number}", **said)
        assert not await store.setbacks.add_lesson(each.id, "again", **said)
    assert [each.text for each in await store.setbacks.lessons(theft.id)] == ["n° 0", "n° 1"]
    found = await store.setbacks.lessons_of_kind(made.id, Kind.THEFT, but=None, limit=5)
    assert [each.text for each in found] == ["n° 1", "n° 0"]
    assert await store.setbacks.lessons_of_kind(made.id, Kind.THEFT, but=theft.id, limit=5) == []


async def test_a_check_in_makes_one_follow_up_which_another_reason_or_asking_again_opens(
    store, now
):
    made = await collective(store, now)
    who = await member(store, now, made)
    first = await followed(store, now, made, who)
    assert (first.name, first.state, first.open) == ("Mado", State.OPEN, True)
    again = {"collective_id": made.id, "person_id": who.person_id, "now": now + HOUR}
    again |= {"checkin_id": first.checkin_id, "reason": Reason.HELP_OTHER}
    other = replace(first, reason=Reason.HELP_OTHER)
    assert await store.follow_ups.add(**again) == other
    assert await store.follow_ups.add(**again) is None
    await store.follow_ups.note(first.id, State.CALLED, who.person_id, now)
    assert await store.follow_ups.add(**again) == replace(other, since=now + HOUR)
    assert len(await store.follow_ups.of(made.id, now)) == 1


async def test_what_waits_is_listed_until_it_is_noted_and_only_what_waits_is_forgotten(store, now):
    made = await collective(store, now)
    who = await member(store, now, made)
    late = await followed(store, now + HOUR, made, who, opens_at=now + HOUR)
    early, done = [
        await followed(store, now, made, who, opens_at=now + n * DAY) for n in range(1, 3)
    ]
    await store.follow_ups.note(early.id, State.NOT_REACHED, who.person_id, now)
    await store.follow_ups.note(done.id, State.CALLED, who.person_id, now)
    assert [each.id for each in await store.follow_ups.waiting([made.id])] == [early.id, late.id]
    assert await store.follow_ups.waiting([]) == []
    await store.follow_ups.take_back(early.checkin_id)
    assert await store.follow_ups.get(early.id) is not None
    await store.follow_ups.forget(who.person_id, made.id)
    assert [each.id for each in await store.follow_ups.of(made.id, now)] == [done.id]


async def test_a_crisis_round_stands_beside_the_ordinary_ones(store, now):
    made = await collective(store, now)
    who = await member(store, now, made)
    ordinary = await round_of(store, made, now)
    crisis = await store.rounds.add(
        collective_id=made.id, form=CRISIS, opens_at=now + HOUR, closes_at=now + DAY
    )
    for round_ in (ordinary, crisis):
        await store.checkins.expect(round_, [who])
    at = now + 2 * HOUR
    assert (await store.rounds.open_of(made.id, at)).id == ordinary.id
    assert (await store.rounds.crisis_of(made.id, at)).id == crisis.id
    assert (await store.rounds.newest(made.id)).id == ordinary.id
    hers = await store.checkins.newest_of(who.person_id, made.id, at, 8)
    assert [each.round_id for each in hers] == [ordinary.id]
    await store.rounds.end(crisis.id, at)
    assert await store.rounds.crisis_of(made.id, at) is None
    await store.rounds.mark_closed(crisis.id, at)
    assert await store.rounds.last_closed(made.id) is None


async def test_what_rested_in_one_collective_is_brought_forward_and_nothing_else(store, now):
    made, other = [await collective(store, now, draft=name) for name in ("a", "b")]
    hers, theirs = [await round_of(store, each, now) for each in (made, other)]
    for bell, subject, due in (
        (Bell.REMIND, hers.id, now + DAY),
        (Bell.REMIND, hers.id, now + HOUR),
        (Bell.CLOSE_ROUND, hers.id, now + DAY),
        (Bell.REMIND, theirs.id, now + DAY),
    ):
        await store.schedules.add(bell, subject, due)
    for chat, each in enumerate((made, other), 1):
        waiting = parcel(chat=chat, at=now + DAY, lane=Lane.REMINDER)
        await store.outbox.add([replace(waiting, collective=each.id)], now)
    await store.schedules.bring_forward(made.id, now + DAY, now)
    await store.outbox.bring_forward(made.id, now + DAY, now)
    bells = [each for each in await rows(store, t.schedules) if each.next_due == now]
    assert [(each.bell, each.subject) for each in bells] == [(Bell.REMIND, hers.id)]
    assert [row.chat_id for row in await take(store, now, 9)] == [1]


async def test_the_history_holds_counted_ordinary_rounds_with_one_question(store, now):
    made = await collective(store, now)
    for number, form in enumerate(("weekly", CRISIS, "weekly", "weekly")):
        round_ = await store.rounds.add(
            collective_id=made.id,
            form=form,
            opens_at=now + number * DAY,
            closes_at=now + (number + 1) * DAY,
        )
        if number < 3:
            counts = {"motivation": {SAID: 5, "4": 5}, "need": {SAID: 5}}
            totals = Totals(expected=6, answered=5, counts=counts if number else {})
            await store.rounds.keep_totals(round_.id, totals)
    found = await store.rounds.history(made.id, "motivation")
    assert [totals.counts for _, totals in found] == [{}, {"motivation": {SAID: 5, "4": 5}}]
    assert [totals.answered for _, totals in found] == [5, 5]


async def test_voices_words_and_follow_ups_go_in_their_time_and_what_struck_stays(store, now):
    made = await collective(store, now)
    who = await member(store, now, made)
    kept = await setback(store, now, made, who)
    await followed(store, now, made, who)
    keep, second = Retention(), timedelta(seconds=1)
    for kind, without in (("voices", {"voice": None}), ("words", {"text": None})):
        before = keep.before(kind, now + timedelta(days=getattr(keep, kind)) + second)
        assert (await store.purging.count(kind, before), kept.kind) == (1, Kind.THEFT)
        assert await store.purging.purge(kind, before, 100) == 1
        kept = replace(kept, **without)
        assert await store.setbacks.get(kept.id) == kept
    await store.purging.purge("answers", now + second, 100)
    assert await rows(store, t.follow_ups) == []
