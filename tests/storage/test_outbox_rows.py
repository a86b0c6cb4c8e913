"""What waits to leave: order, once, and every end, on both engines."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from ledger_rows import parcel, person, rows, take

from collective.outbox import LIVES, Lane, State
from storage import tables as t


@pytest.fixture
def add(store, now):
    async def added(*parcels):
        return await store.outbox.add(parcels, now)

    return added


async def chats(store, now, limit=99, busy=()):
    return [row.chat_id for row in await take(store, now, limit, busy)]


async def one_row(store):
    [row] = await rows(store, t.outbox)
    return row


async def test_lanes_leave_in_order_and_each_in_the_order_of_its_moments(store, add, now):
    await add(
        parcel(1, at=now, lane=Lane.BROADCAST, minutes=-9),
        parcel(2, at=now, lane=Lane.REPLY),
        parcel(3, at=now, lane=Lane.REMINDER),
        parcel(4, at=now, lane=Lane.REPLY, minutes=-1),
        parcel(5, at=now, lane=Lane.REPLY),
    )
    assert await chats(store, now) == [4, 2, 5, 3, 1]


async def test_a_chat_gets_one_at_a_time_its_first(store, add, now):
    await add(parcel(1, at=now, lane=Lane.REMINDER), parcel(1, at=now), parcel(2, at=now))
    taken = await take(store, now, 99)
    assert [(row.chat_id, row.lane) for row in taken] == [(1, Lane.REPLY), (2, Lane.REPLY)]


async def test_a_busy_chat_waits(store, add, now):
    await add(parcel(1, at=now), parcel(2, at=now))
    assert await chats(store, now, busy=[1]) == [2]


async def test_nothing_leaves_before_its_time(store, add, now):
    await add(parcel(1, at=now, minutes=1), parcel(2, at=now))
    assert await chats(store, now) == [2]
    assert await chats(store, now + timedelta(minutes=1)) == [1]


async def test_a_claimed_row_is_not_claimed_again(store, add, now):
    await add(parcel(1, at=now))
    [row] = await take(store, now, 99)
    assert (row.kind, row.ids, row.attempts) == ("home", {"chat": 1}, 1)
    assert await take(store, now, 99) == []


async def test_no_more_are_claimed_than_asked_for(store, add, now):
    await add(*(parcel(chat, at=now) for chat in range(1, 6)))
    assert await chats(store, now, limit=2) == [1, 2]


async def test_a_key_is_queued_once(store, add, now):
    assert await add(parcel(1, at=now, key="a"), parcel(2, at=now, key="b")) == 2
    assert await add(parcel(1, at=now, key="a"), parcel(3, at=now, key="c")) == 1
    assert await add(parcel(4, at=now, key="d"), parcel(4, at=now, key="d")) == 1
    assert await add(parcel(5, at=now), parcel(5, at=now)) == 2


async def test_a_key_that_has_left_does_not_come_again(store, add, now):
    await add(parcel(1, at=now, key="a"))
    await store.outbox.settle((await one_row(store)).id, State.SENT, now)
    assert await add(parcel(1, at=now, key="a")) == 0


async def test_thousands_are_queued_in_one_unit(store, add, now):
    assert await add(*(parcel(chat, at=now, key=f"k{chat}") for chat in range(3000))) == 3000


async def test_what_became_of_a_row_is_kept(store, add, now):
    await add(parcel(1, at=now))
    number = (await one_row(store)).id
    await store.outbox.settle(number, State.FAILED, now, reason="refused", message_id=9)
    row = await one_row(store)
    assert (row.state, row.reason, row.message_id, row.settled_at) == ("failed", "refused", 9, now)


@pytest.mark.parametrize(("counts", "attempts"), [(True, 2), (False, 1)])
async def test_trying_again_counts_only_when_it_should(store, add, now, counts, attempts):
    await add(parcel(1, at=now))
    [row] = await take(store, now, 9)
    later = now + timedelta(minutes=5)
    await store.outbox.requeue(row.id, later, counts=counts)
    assert await take(store, now, 9) == []
    [again] = await take(store, later, 9)
    assert again.attempts == attempts


async def test_a_row_put_back_without_a_moment_keeps_its_place(store, add, now):
    await add(parcel(1, at=now), parcel(2, at=now))
    [row] = await take(store, now, 1)
    await store.outbox.requeue(row.id, None, counts=False)
    assert await chats(store, now) == [1, 2]


async def test_what_a_dead_sender_held_is_put_back_and_may_have_arrived(store, add, now):
    await add(parcel(1, at=now), parcel(2, at=now), parcel(3, at=now))
    first, *_ = await take(store, now, 2)
    await store.outbox.settle(first.id, State.SENT, now)
    assert await store.outbox.recover(now) == (1, 0)
    again = await take(store, now, 9)
    assert [(row.chat_id, row.attempts, row.doubtful) for row in again] == [
        (2, 2, True),
        (3, 1, False),
    ]


async def test_what_two_dead_senders_held_of_a_batch_is_unclear_and_not_sent_again(store, add, now):
    await add(parcel(1, at=now, batch="b:1"))
    for put_back in ((1, 0), (0, 1)):
        await take(store, now, 9)
        assert await store.outbox.recover(now) == put_back
    row = await one_row(store)
    assert (row.state, row.reason, row.settled_at) == ("failed", "unclear", now)


async def test_a_card_that_no_report_tells_of_is_put_back_until_it_may_be_what_kills(
    store, add, now
):
    await add(parcel(1, at=now))
    for _ in range(LIVES - 1):
        await take(store, now, 9)
        assert await store.outbox.recover(now) == (1, 0)
    await take(store, now, 9)
    assert await store.outbox.recover(now) == (0, 1)


async def test_two_that_take_at_once_never_hold_the_same_row(database, now):
    async def taken():
        async with database.writing() as store:
            return [row.chat_id for row in await take(store, now, 99)]

    async with database.writing() as store:
        await store.outbox.add([parcel(chat, at=now) for chat in range(50)], now)
    one, two = await asyncio.gather(taken(), taken())
    assert sorted(one + two) == list(range(50))


async def test_a_moved_group_takes_along_what_waits_and_not_what_left(store, add, now):
    await add(parcel(-1, at=now), parcel(-1, at=now, minutes=5))
    [left] = await take(store, now, 9)
    await store.outbox.settle(left.id, State.SENT, now)
    await store.outbox.move_chat(-1, -100)
    assert [row.chat_id for row in await rows(store, t.outbox)] == [-1, -100]


async def test_a_batch_is_open_until_its_last_row_has_settled(store, add, now):
    await add(parcel(1, at=now, batch="b:1"), parcel(2, at=now, batch="b:2"))
    assert await store.outbox.batch_open("b:1")
    [row, _] = await take(store, now, 9)
    assert await store.outbox.batch_open("b:1")
    await store.outbox.settle(row.id, State.BLOCKED, now)
    assert not await store.outbox.batch_open("b:1")
    assert not await store.outbox.batch_open("b:3")


async def test_what_is_due_and_what_comes_next_are_counted_apart(store, add, now):
    assert (await store.outbox.due_count(now), await store.outbox.next_moment(now)) == (0, None)
    await add(*(parcel(chat, at=now, minutes=late) for chat, late in ((1, 0), (2, 9), (3, 5))))
    await take(store, now, 1)
    assert await store.outbox.due_count(now) == 1
    assert await store.outbox.next_moment(now) == now + timedelta(minutes=5)


async def test_only_what_has_left_to_this_very_chat_is_found_again(store, now):
    mado = await person(store, now, chat=7)
    await store.outbox.add([replace(parcel(7, at=now), person=mado.id)], now)
    [waiting] = await rows(store, t.outbox)
    assert await store.outbox.sent(waiting.id, 7) is None
    [taken] = await take(store, now, 1)
    assert await store.outbox.sent(taken.id, 7) == taken
    assert taken.person == mado.id
    await store.outbox.settle(taken.id, State.SENT, now, message_id=1)
    assert await store.outbox.sent(taken.id, 7) == taken
    assert await store.outbox.sent(taken.id, 8) is None
    assert await store.outbox.sent(404, 7) is None
    await store.outbox.settle(taken.id, State.FAILED, now)
    assert await store.outbox.sent(taken.id, 7) is None


async def test_broadcasts_take_turns_and_a_short_one_need_not_wait_for_a_long_one(store, now):
    lane = Lane.BROADCAST
    await store.outbox.add(
        [parcel(chat, at=now, lane=lane, batch="long") for chat in range(9)], now
    )
    await store.outbox.add(
        [parcel(chat, at=now, lane=lane, batch="short") for chat in (90, 91)], now
    )
    await store.outbox.add([parcel(80, at=now, lane=lane)], now)
    taken, after = [], ""
    for _ in range(6):
        [row] = await store.outbox.claim(await store.outbox.due(now, 1, taken, after=after))
        taken.append(row.chat_id)
        after = row.batch or ""
    assert taken == [0, 90, 80, 1, 91, 2]
    assert await chats(store, now, busy=taken) == [3, 4, 5, 6, 7, 8]


async def test_a_broadcast_whose_time_has_not_come_takes_no_turn(store, now):
    later = now + timedelta(hours=1)
    for batch, moment in (("a", later), ("b", now), ("c", later)):
        await store.outbox.add([parcel(1, at=moment, lane=Lane.BROADCAST, batch=batch)], now)
    assert [row.batch for row in await take(store, now, 9)] == ["b"]
