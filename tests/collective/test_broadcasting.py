"""A broadcast reaches members and group once, and its author hears what became of it."""

from datetime import UTC, datetime, timedelta

import pytest
from village import NADINE, audited, queued, rows

from collective.actions import broadcast_follow, broadcasts, composing, erasing
from collective.audiences import Audience, of_collectives
from collective.broadcasts import GRACE, TEXT_LIMIT, UNSENT, Kind, Stage, Version
from collective.errors import (
    NobodyToTell,
    NotAllowed,
    Outdated,
    TextEmpty,
    TextTooLong,
    TogetherTooLong,
)
from collective.outbox import Lane, State
from collective.people import Role
from collective.schedules import Bell
from storage import audiences
from storage import tables as t

LATE = datetime(2026, 11, 26, 19, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 27, 5, 0, tzinfo=UTC)


async def compose(store, village, text, *, draft="d1"):
    """What Nadine writes to her collective and its group."""
    by, now = village.facilitator, village.now
    to = of_collectives([village.collective.id])
    begun = await composing.draft(store, to, key=draft, language="fr", by=by, now=now)
    if begun.stage in UNSENT:
        said = Version(language="fr", text=text)
        await composing.write(store, begun.id, said, by=by, now=now)
    return begun


@pytest.fixture
def send(store, village):
    async def sent(text="The market moves to Friday.", *, draft="d1", at=None):
        begun = await compose(store, village, text, draft=draft)
        return await broadcasts.send(store, begun.id, by=begun.author_id, now=at or village.now)

    return sent


async def settle_all(store, now, state=State.SENT):
    for row in await queued(store, broadcasts.MESSAGE):
        await store.outbox.settle(row.id, state, now)


async def test_members_and_group_are_told_and_the_author_is_not(store, village, send, now):
    await store.collectives.link_group(village.collective.id, -7, None, now)
    await store.collectives.add_member(village.collective.id, village.facilitator, now)
    broadcast = await send()
    told = await queued(store, broadcasts.MESSAGE)
    assert sorted(row.chat_id for row in told) == [-7, *(m.chat_id for m in village.members)]
    assert {row.batch for row in told} == {broadcasts.batch(broadcast.id)}
    assert NADINE not in [row.chat_id for row in told]


async def test_the_preview_counts_whom_it_reaches(store, village, now):
    meant = of_collectives([village.collective.id])
    to = await composing.reach(store, meant, by=village.facilitator, now=LATE)
    assert (to.people, to.groups, to.leaves_at) == (6, 0, MORNING)


async def test_a_draft_is_sent_once(store, send):
    assert await send() is not None
    assert await send("Pressed again") is None
    assert len(await queued(store, broadcasts.MESSAGE)) == 6
    assert [fact[0] for fact in await audited(store)].count("broadcast_sent") == 1


async def test_its_text_is_kept_once_as_the_author_broke_its_lines(store, send):
    broadcast = await send("  One\n\n  two \n")
    [kept] = await store.broadcasts.versions(broadcast.id)
    assert kept.text == "One\n\n  two"
    ids = {"broadcast": broadcast.id, "collective": broadcast.collective_id}
    assert all(row.ids == ids for row in await queued(store, broadcasts.MESSAGE))


@pytest.mark.parametrize(
    ("text", "refusal"), [(" \n ", TextEmpty), ("x" * (TEXT_LIMIT + 1), TextTooLong)]
)
async def test_what_cannot_be_sent_is_refused(store, send, text, refusal):
    with pytest.raises(refusal):
        await send(text)
    assert await rows(store, t.broadcast_versions) == []


async def test_with_nobody_to_tell_it_stays_a_draft(store, village, send):
    await store.people._run(t.members.delete())
    with pytest.raises(NobodyToTell):
        await send()
    assert [row.leaves_at for row in await rows(store, t.broadcasts)] == [None]


async def test_at_night_it_waits_for_the_morning_and_for_who_is_there_then(store, village, send):
    broadcast = await send(at=LATE)
    assert await queued(store) == []
    bell = await store.schedules.of(Bell.BROADCAST, broadcast.id)
    assert bell.next_due == MORNING
    await village.welcome("Who came in the night", LATE)
    await broadcasts.depart(store, broadcast.id, now=MORNING)
    await broadcasts.depart(store, broadcast.id, now=MORNING)
    assert len(await queued(store, broadcasts.MESSAGE)) == 7


async def test_it_goes_after_replies_and_reminders(store, send, now):
    await send()
    assert {row.lane for row in await queued(store, broadcasts.MESSAGE)} == {
        list(Lane).index(Lane.BROADCAST)
    }


async def test_who_sent_is_audited(store, village, send):
    broadcast = await send()
    assert (await audited(store))[-1] == ("broadcast_sent", village.facilitator, broadcast.id)


async def test_many_leave_in_slices_each_chat_once(store, village, send, now, monkeypatch):
    monkeypatch.setattr(audiences, "COLLECTIVES", 1)
    broadcast = await send()
    assert (broadcast.reached, broadcast.queued_at) == (village.collective.id, None)
    for row in await queued(store, broadcasts.MESSAGE):
        await store.outbox.settle(row.id, State.SENT, now)
    assert not await broadcast_follow.end(store, broadcast.id, now=now)  # more may come
    assert (await store.schedules.of(Bell.BROADCAST, broadcast.id)).next_due > now
    for _ in range(2):
        await broadcasts.depart(store, broadcast.id, now=now)
    assert (await store.broadcasts.get(broadcast.id)).queued_at == now
    assert len(await queued(store, broadcasts.MESSAGE)) == 6
    assert len(await queued(store, broadcasts.REPORT)) == 1
    assert await broadcast_follow.end(store, broadcast.id, now=now)
    assert not await broadcast_follow.end(store, broadcast.id, now=now)
    assert len(await queued(store, broadcasts.REPORT)) == 2


async def test_what_became_too_late_is_a_draft_again_and_its_author_is_asked(store, send):
    broadcast = await send(at=LATE)
    late = MORNING + GRACE + timedelta(seconds=1)
    await broadcasts.depart(store, broadcast.id, now=late)
    await broadcasts.depart(store, broadcast.id, now=late)
    [asked] = await queued(store)
    assert (asked.kind, asked.chat_id) == (broadcasts.LATE, NADINE)
    assert (await store.broadcasts.get(broadcast.id)).stage is Stage.DRAFT


async def test_who_accompanies_it_no_more_has_nothing_sent(store, village, send):
    broadcast = await send(at=LATE)
    await store.collectives.remove_facilitator(village.collective.id, village.facilitator)
    await broadcasts.depart(store, broadcast.id, now=MORNING)
    assert (await store.broadcasts.get(broadcast.id)).stage is Stage.CANCELLED
    [told] = await queued(store)
    assert (told.kind, told.chat_id) == (broadcasts.NOT_HERS, NADINE)


async def test_what_waits_can_be_changed_or_taken_back_what_has_left_cannot(store, village, send):
    by = village.facilitator
    waiting, left = await send(at=LATE), await send(draft="d2")
    later = MORNING + timedelta(days=1)
    moved = await broadcasts.send(store, waiting.id, at=later, by=by, now=LATE)
    assert (moved.stage, moved.leaves_at) == (Stage.WAITING, later)
    await broadcasts.depart(store, waiting.id, now=MORNING)
    await broadcasts.call_off(store, waiting.id, by=by, now=MORNING)
    await broadcasts.depart(store, waiting.id, now=later)
    assert {row.ids["broadcast"] for row in await queued(store)} == {left.id}
    said = Version(language="fr", text="Too late")
    with pytest.raises(Outdated):
        await composing.write(store, left.id, said, by=by, now=later)
    with pytest.raises(Outdated):
        await broadcasts.call_off(store, left.id, by=by, now=later)


async def test_what_is_planned_stays_for_somebody_a_draft_may_be_for_nobody(store, village, send):
    by, now = village.facilitator, village.now
    planned, begun = await send(at=LATE), await compose(store, village, "Hello", draft="d2")
    nobody = Audience(collectives=planned.audience.collectives, unanswered=True)
    await composing.choose_audience(store, begun.id, nobody, by=by, now=now)
    with pytest.raises(NobodyToTell):
        await composing.choose_audience(store, planned.id, nobody, by=by, now=now)
    assert (await store.broadcasts.get(planned.id)).audience == planned.audience


async def test_a_second_version_is_refused_while_both_do_not_fit_into_one_message(store, village):
    by, now = village.facilitator, village.now
    begun = await compose(store, village, "x" * TEXT_LIMIT)
    said = Version(language="ln", text="y" * TEXT_LIMIT)
    with pytest.raises(TogetherTooLong) as refusal:
        await composing.write(store, begun.id, said, by=by, now=now)
    assert refusal.value.length == 2 * TEXT_LIMIT > refusal.value.limit
    assert [each.language for each in await store.broadcasts.versions(begun.id)] == ["fr"]
    anew = Version(language="fr", text="z" * TEXT_LIMIT)
    await composing.write(store, begun.id, anew, by=by, now=now)


async def test_a_draft_is_nobody_elses(store, village):
    begun = await compose(store, village, "Hello")
    said, other = Version(language="fr", text="Mine"), village.coordinator
    with pytest.raises(NotAllowed):
        await composing.write(store, begun.id, said, by=other, now=village.now)
    with pytest.raises(NotAllowed):
        await broadcasts.send(store, begun.id, by=other, now=village.now)


async def test_a_facilitator_picks_people_a_coordinator_does_not(store, village, now):
    here = frozenset({village.collective.id})
    picked = Audience(collectives=here, unanswered=True)
    await composing.reach(store, picked, by=village.facilitator, now=now)
    for by, audience in (
        (village.coordinator, picked),
        (village.facilitator, Audience()),
        (village.facilitator, Audience(collectives=here, roles=frozenset({Role.FACILITATOR}))),
        (village.members[0].person_id, of_collectives(here)),
    ):
        with pytest.raises(NotAllowed):
            await composing.reach(store, audience, by=by, now=now)


async def test_erasing_takes_what_was_never_sent_and_unsigns_what_was(store, village, send, now):
    await compose(store, village, "Never sent", draft="d2")
    sent = await send()
    await erasing.erase(store, {}, by=village.facilitator, now=now)
    assert [row.id for row in await rows(store, t.broadcasts)] == [sent.id]
    assert (await store.broadcasts.get(sent.id)).author_id is None


async def test_erasing_its_author_stops_what_is_on_its_way(store, village, send, now, monkeypatch):
    monkeypatch.setattr(audiences, "COLLECTIVES", 1)
    begun = await send()
    await erasing.erase(store, {}, by=village.facilitator, now=now)
    await broadcasts.depart(store, begun.id, now=now + timedelta(seconds=1))
    left = [row for row in await rows(store, t.outbox) if row.kind == broadcasts.MESSAGE]
    assert [row.state for row in left] == [State.CANCELLED] * 6
    ended = await store.broadcasts.get(begun.id)
    assert (ended.stage, ended.counted["cancelled"]) == (Stage.CANCELLED, 6)


async def test_a_group_of_two_languages_gets_a_message_with_each_file(store, village, now):
    await store.collectives.link_group(village.collective.id, -7, None, now)
    by = village.facilitator
    begun = await compose(store, village, "Le pagne bleu")
    for language in ("fr", "ln"):
        photo = Version(language=language, kind=Kind.PHOTO, text="x" * 700, file_id=language)
        await composing.write(store, begun.id, photo, by=by, now=now)
    await broadcasts.send(store, begun.id, by=by, now=now)
    told = [row.ids.get("language") for row in await queued(store, broadcasts.MESSAGE)]
    assert told == [None] * 6 + ["ln", "fr"]
