"""What became of a broadcast's rows, on both engines."""

from datetime import timedelta

import pytest
from ledger_rows import broadcast, collective, member, parcel, person, rows

from collective.broadcasts import Kind, Reply, Version, batch, key
from collective.deliveries import Again, Delivery
from collective.outbox import State
from storage import tables as t


@pytest.fixture
async def mine(store, now):
    """A broadcast of Nadine's that has left, with a row in each state."""
    made, nadine = await collective(store, now), await person(store, now)
    begun = await broadcast(store, now, nadine, made)
    await store.broadcasts.plan(begun.id, now)
    await store.broadcasts.reach(begun.id, made.id, now)
    ends = [
        *((state, None) for state in State),
        (State.FAILED, "unclear"),
        (State.FAILED, "refused"),
    ]
    sent = [
        parcel(chat, at=now, batch=batch(begun.id), key=key(begun.id, chat))
        for chat in range(1, len(ends) + 1)
    ]
    await store.outbox.add([*sent, parcel(99, at=now, batch="broadcast:999")], now)
    for row, (state, reason) in zip(await rows(store, t.outbox), ends, strict=False):
        await store.outbox.settle(row.id, state, now, reason=reason)
    return begun


async def test_each_end_is_counted_and_other_broadcasts_are_not(store, mine):
    assert await store.deliveries.of(mine.id) == Delivery(
        queued=2, sent=1, failed=2, unclear=1, blocked=1, dropped=1, cancelled=1
    )


async def test_what_was_counted_stays_when_the_rows_are_purged(store, mine, now):
    counted = await store.deliveries.count(mine.id)
    assert await store.deliveries.running() == [mine.id]
    await store.deliveries.keep(mine.id, counted)
    await store.outbox._run(t.outbox.delete())
    assert await store.deliveries.of(mine.id) == counted
    assert await store.deliveries.running() == []


async def test_only_queued_rows_are_cancelled(store, mine, now):
    assert await store.deliveries.cancel(mine.id, now) == 1
    counted = await store.deliveries.count(mine.id)
    assert (counted.queued, counted.cancelled) == (1, 2)


async def test_of_what_is_cancelled_after_it_may_have_arrived_the_end_is_unclear(store, mine, now):
    waiting = t.outbox.update().where(t.outbox.c.batch == batch(mine.id))
    await store.outbox._run(waiting.where(t.outbox.c.state == "queued").values(doubtful=True))
    await store.deliveries.cancel(mine.id, now)
    counted = await store.deliveries.count(mine.id)
    assert (counted.unclear, counted.cancelled) == (2, 1)


async def test_only_what_failed_is_sent_again_and_once(store, mine, now):
    await store.deliveries.keep(mine.id, await store.deliveries.count(mine.id))
    assert await store.deliveries.again(mine.id) == Again(failed=2, unclear=1)
    assert await store.deliveries.send_again(mine.id, now, unclear=False) == 2
    assert await store.deliveries.send_again(mine.id, now, unclear=False) == 0
    assert await store.deliveries.send_again(mine.id, now, unclear=True) == 1
    assert await store.deliveries.running() == [mine.id]
    found = [row for row in await rows(store, t.outbox) if row.batch == batch(mine.id)]
    anew = [row for row in found if row.settled_at is None]
    assert [(row.state, row.attempts, row.reason) for row in anew] == [("queued", 0, None)] * 3


async def test_who_blocked_the_bot_gets_it_once_she_is_reachable_again(store, mine, now):
    [blocked] = [r for r in await rows(store, t.outbox) if r.state == "blocked"]
    await store.people.ensure_account(blocked.chat_id, now)
    await store.people.set_unreachable(blocked.chat_id, "blocked")
    assert (await store.deliveries.again(mine.id)).failed == 2
    await store.people.set_unreachable(blocked.chat_id, None)
    assert (await store.deliveries.again(mine.id)).failed == 3


async def test_names_are_given_for_named_collectives_and_sums_for_the_others(store, now):
    one, other = [await collective(store, now, draft=draft) for draft in "ab"]
    mado = await member(store, now, one)
    begun = await broadcast(store, now, await person(store, now, chat=77), one)
    chats = [mado.chat_id, 501, 502]
    for made, chat in zip((one, other, other), chats, strict=True):
        row = parcel(chat, at=now, batch=batch(begun.id))
        await store.outbox.add([row], now)
        await store.outbox._run(
            t.outbox.update()
            .where(t.outbox.c.chat_id == chat)
            .values(collective_id=made.id, state="blocked", reason="blocked")
        )
    found = await store.deliveries.missed(begun.id, {one.id})
    assert [(each.collective, each.names, each.many) for each in found] == [
        (one.id, (mado.name,), 1),
        (other.id, (), 2),
    ]


async def test_of_a_shared_phone_only_those_it_was_meant_for_are_named(store, now):
    one, other = [await collective(store, now, draft=draft) for draft in "ab"]
    mado, ada = [await member(store, now, one, name=name) for name in ("Mado", "Ada")]
    await member(store, now, other, name="Rita")
    await store.collectives.remove_member(one.id, ada.person_id, now - timedelta(hours=1))
    begun = await broadcast(store, now, await person(store, now, chat=77), one)
    await store.outbox.add([parcel(mado.chat_id, at=now, batch=batch(begun.id))], now)
    failed = {"collective_id": one.id, "state": "failed", "reason": "refused"}
    await store.outbox._run(t.outbox.update().values(failed))
    [missed] = await store.deliveries.missed(begun.id, {one.id, other.id})
    assert missed.names == ("Mado",)


async def test_she_has_heard_once(store, mine, now):
    for _ in range(2):
        await store.deliveries.hear(mine.id, mine.author_id, now)
    assert await store.deliveries.heard(mine.id) == 1
    assert await store.deliveries.went_to(mine.id, 3, group=None)
    assert not await store.deliveries.went_to(mine.id, 99, group=None)


async def test_the_same_message_is_one_reply(store, mine, now):
    said = Reply(
        id=0,
        broadcast_id=mine.id,
        person_id=mine.author_id,
        answers=None,
        kind=Kind.VOICE,
        text=None,
        file_id="v",
    )
    first, again = [await store.replies.add(said, "5:6", now) for _ in range(2)]
    assert first == again == await store.replies.get(first.id)


async def test_the_new_id_of_a_file_takes_the_place_of_the_strange_one_only(store, mine, now):
    photo = Version(language="fr", kind=Kind.PHOTO, file_id="old")
    await store.broadcasts.put_version(mine.id, photo, None, now)
    await store.broadcasts.keep_file_id(mine.id, "fr", "older", "wrong")
    await store.broadcasts.keep_file_id(mine.id, "fr", "old", "new")
    [kept] = await store.broadcasts.versions(mine.id)
    assert kept.file_id == "new"


async def test_who_replied_can_be_erased_though_she_was_answered(store, mine, now):
    mado = await person(store, now, chat=8)
    said = {"broadcast_id": mine.id, "kind": Kind.TEXT, "text": "Mbote", "file_id": None, "id": 0}
    hers = Reply(person_id=mado.id, answers=None, **said)
    asked = await store.replies.add(hers, "8:1", now)
    back = Reply(person_id=mine.author_id, answers=asked.id, **said)
    answer = await store.replies.add(back, "1:2", now)
    await store.traces.erase(mado.id, now)
    assert await store.replies.get(asked.id) is None
    assert (await store.replies.get(answer.id)).answers is None
