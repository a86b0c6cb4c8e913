"""What is asked again and again costs no more when very many rows wait; SQLite counts its steps."""

import pytest
from ledger_rows import broadcast, collective, parcel, person
from sqlalchemy import select

from collective.broadcasts import batch, key
from collective.outbox import State
from storage import tables as t
from storage.deliveries import SLICE
from storage.outbox import MANY

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])

#: Rows of one broadcast, of which a half has left; what a step of the work below may be worth.
ROWS, STEP = 12_000, 100
#: Asked again and again while it leaves, and the steps it may take: a few for each row counted,
#: none for the others.
ASKED = {
    "is it under way": (lambda store, _: store.outbox.batch_open(batch(1)), 5),
    "has it gone to her": (lambda store, _: store.deliveries.went_to(1, 7, group=None), 5),
    "has it gone to their group": (lambda store, _: store.deliveries.went_to(1, -1, group=1), 5),
    "what is due": (lambda store, now: store.outbox.due_count(now), 20 * MANY / STEP),
    "what comes next": (lambda store, now: store.outbox.next_moment(now), 20),
    "what a dead sender held": (lambda store, now: store.outbox.recover(now), 10),
    "a group that moves": (lambda store, _: store.outbox.move_chat(-1, -2), 5),
    "what failed": (lambda store, _: store.deliveries.again(1), 20),
    "whom it missed": (lambda store, _: store.deliveries.missed(1, {1}), 20),
    "how it stands": (lambda store, _: store.deliveries.count(1), 12 * ROWS / STEP),
}


@pytest.fixture
async def long(store, now):
    """Lay the rows, and let the first half leave."""
    made = await broadcast(store, now, await person(store, now), await collective(store, now))
    assert made.id == 1
    laid = [
        parcel(chat, at=now, batch=batch(1), key=key(1, chat)) for chat in (-1, *range(1, ROWS))
    ]
    await store.outbox.add(laid, now)
    half = select(t.outbox.c.id).order_by(t.outbox.c.id).limit(ROWS // 2)
    await store._unit.execute(
        t.outbox.update().where(t.outbox.c.id.in_(half)).values(state=State.SENT.value)
    )


async def test_no_question_walks_through_the_rows_that_wait_or_have_left(store, long, now):
    taken = {}
    for name, (ask, may_take) in ASKED.items():
        taken[name] = await steps(store, ask(store, now)), may_take
    assert {name: (took, may) for name, (took, may) in taken.items() if took > may} == {}


async def test_a_long_broadcast_is_cancelled_a_part_at_a_time(store, long, now):
    parts = []
    while part := await store.deliveries.cancel(1, now):
        parts.append(part)
    assert parts == [SLICE, ROWS // 2 - SLICE]
    assert (await store.deliveries.count(1)).cancelled == ROWS // 2


async def steps(store, asking):
    """How many STEPs of SQLite's machine it takes."""
    taken = 0

    def count():
        nonlocal taken
        taken += 1

    driver = store._unit._seat.driver
    driver.set_progress_handler(count, STEP)
    try:
        await asking
    finally:
        driver.set_progress_handler(None, 0)
    return taken
