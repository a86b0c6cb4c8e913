"""An author sees how her broadcast goes and how it ended, once, however it ended."""

import pytest

from collective.actions import broadcast_follow, broadcasts, composing
from collective.audiences import of_collectives
from collective.broadcasts import Version
from collective.outbox import Lane, State
from delivery.progress import Progress
from delivery.sender import Sender
from tests.delivery.edge import ZONE, at_work, found_collective, until

pytestmark = pytest.mark.parametrize("engine", ["sqlite", "postgresql"])


@pytest.fixture
def progress(side):
    return Progress(side.database, side.screen, side.clock)


@pytest.fixture
def sender(side, progress):
    moved = progress.moved
    return Sender(side.database, side.screen, side.turnstile, side.clock, zone=ZONE, moved=moved)


@pytest.fixture
async def nadine(side):
    return await side.person("Nadine")


async def broadcast(side, nadine, *members):
    """Nadine writes to everyone and their group; returns its number and hers."""
    now = side.clock.now()
    made, leads = await found_collective(
        side.database, now, facilitator=nadine, members=list(members)
    )
    group = await side.group(nadine, *members)
    async with side.database.writing() as store:
        await store.collectives.link_group(made.id, group, leads, now)
        said, to = Version(language="fr", text="Bonjour"), of_collectives([made.id])
        begun = await composing.draft(store, to, key="d", language="fr", by=leads, now=now)
        await composing.write(store, begun.id, said, by=leads, now=now)
        await broadcasts.send(store, begun.id, by=leads, now=now)
    return begun.id, leads


async def counted(side, number):
    async with side.database.reading() as store:
        kept = (await store.broadcasts.get(number)).counted
    return {name: many for name, many in (kept or {}).items() if many}


async def ended(side, number):
    return bool(await counted(side, number))


async def test_each_end_is_counted_and_told_once(side, sender, progress, mado, nadine):
    aline = await side.person("Aline")
    await side.playground.block(aline)
    side.playground.world.faults.arm(
        {"kind": "timeout_after", "method": "sendMessage", "chat_id": mado, "count": 2}
    )
    number, _ = await broadcast(side, nadine, mado, aline)
    async with at_work(sender), at_work(progress):
        await until(ended, side, number)
        await until(lambda: all_left(side))
    assert await counted(side, number) == {"sent": 1, "unclear": 1, "blocked": 1}
    assert [text.splitlines()[0] for text in await side.said(nadine)] == ["L’envoi est fini."]


async def all_left(side):
    return not {"queued", "sending"} & set(await side.states())


async def test_it_ends_also_when_another_row_found_the_last_reader_gone(
    side, sender, progress, mado, nadine
):
    await side.playground.block(mado)
    await side.queue(mado, lane=Lane.REPLY)
    number, _ = await broadcast(side, nadine, mado)
    async with at_work(sender), at_work(progress):
        await until(ended, side, number)
    assert await counted(side, number) == {"sent": 1, "blocked": 1}


async def test_what_was_under_way_when_it_was_stopped_is_counted_as_it_ended(
    side, sender, progress, mado, nadine
):
    number, leads = await broadcast(side, nadine, mado, await side.person("Aline"))
    async with side.database.writing() as store:
        under_way = await store.outbox.claim(await store.outbox.due(side.clock.now(), 2))
        await broadcast_follow.cancel(store, number, by=leads, now=side.clock.now())
        assert (await store.broadcasts.get(number)).counted is None
    mine = next(row for row in under_way if row.kind == "broadcast")
    # Taken up once more after a crash: whether it had arrived nobody knows.
    async with at_work(sender), at_work(progress):
        await until(ended, side, number)
    assert await counted(side, number) == {"cancelled": 2, "unclear": 1}
    assert not [text for text in await side.said(mine.chat_id) if "Bonjour" in text]


async def test_her_message_is_edited_no_more_often_than_the_pace_allows(
    side, progress, mado, nadine
):
    number, _ = await broadcast(side, nadine, mado)
    await side.screen.reply(nadine, broadcasts.REPORT, {"broadcast": number})
    async with side.database.writing() as store:
        [row] = [
            r
            for r in await store.outbox.claim(await store.outbox.due(side.clock.now(), 9))
            if r.chat_id == mado
        ]
        await store.outbox.settle(row.id, State.SENT, side.clock.now())
    for _ in range(3):
        progress.moved(number)
        await progress.look()
    assert len(side.calls("editMessageText")) == 1
    assert "En attente\u202f: 1" in (await side.said(nadine))[-1]
