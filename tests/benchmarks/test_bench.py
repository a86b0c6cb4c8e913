"""The bench counts true: small, on the real process."""

import asyncio
import json
from dataclasses import replace
from functools import partial

import bench
import post
import process
import pytest
import warm
from contestants import ALL, Calls, Ceiling, Lisanga, Peer
from process import other_core
from report import merge


@pytest.fixture(scope="module")
def measured():
    """Lisanga, for half a second."""
    with other_core():
        return asyncio.run(bench.measure(Lisanga(), members=30, seconds=0.5))


def test_every_press_it_counts_is_an_answer_in_the_database(measured):
    assert measured.presses >= 30
    assert measured.kept == measured.presses


def test_every_press_got_its_two_calls(measured):
    assert measured.calls["answerCallbackQuery"] == measured.presses
    assert measured.calls["editMessageText"] == measured.presses


def test_the_process_is_measured_and_not_the_bench(measured):
    assert 0 < measured.start < 60
    assert 30 < measured.idle < 200
    assert measured.load.p50 <= measured.load.p99


async def test_a_bench_that_lost_an_answer_says_so(measured, monkeypatch):
    async def lossy(_contestant, **_how):
        return replace(measured, kept=measured.kept - 1)

    monkeypatch.setattr(bench, "measure", lossy)
    with pytest.raises(RuntimeError, match=str(measured.kept - 1)):
        await bench.rounds([Lisanga()], count=1)


def test_the_table_has_a_line_for_each_contestant(measured):
    found = {each.key: [measured] for each in ALL}
    table = bench.table(found)
    assert len(table.splitlines()) == 2 + len(ALL)
    assert set(bench.figures(found)) >= {
        "taps_per_s",
        "taps_per_s_ptb_durable",
        "taps_per_s_ceiling",
        "tap_p99_ms",
        "idle_rss_mb",
        "start_s",
    }


def test_figures_are_put_beside_those_of_other_benches(tmp_path):
    path = tmp_path / "data" / "bench.json"
    merge(path, {"taps_per_s": 1, "other": 2})
    merge(path, {"taps_per_s": 3})
    assert json.loads(path.read_text()) == {"taps_per_s": 3, "other": 2}


@pytest.fixture
def warm_start(door, monkeypatch):
    """Programs start at once: how long they take to is not what is asked."""
    monkeypatch.setattr(process, "started", partial(warm.fork, door))


@pytest.mark.usefixtures("warm_start")
@pytest.mark.parametrize("peer", [Peer(), Calls()], ids=lambda peer: peer.key)
async def test_a_peer_is_measured_alike(peer: Ceiling):
    with other_core():
        measured = await bench.measure(peer, members=20, seconds=0.3)
    assert measured.load.waits
    assert not peer.keeps or measured.kept == measured.presses


@pytest.mark.usefixtures("warm_start")
async def test_what_is_broadcast_is_counted_once_for_each_reader_and_each_answer_is_timed():
    size = post.Size(readers=90, pressing=(2, 4), idle=2, raw=30, waiting=60, seconds=0.5)
    async with asyncio.TaskGroup() as nursery:
        runs = [nursery.create_task(run(size)) for run in (post.paced, post.raw, post.waiting)]
    paced, raw, waiting = (each.result() for each in runs)
    taken, seconds, _, idle, beside = paced
    assert len(idle) >= 2
    assert beside
    assert 90 <= taken <= 30 * (seconds + 1)
    assert raw > 5
    assert all(30 < each < 200 for each in waiting)


def test_the_share_is_what_was_taken_of_what_is_permitted():
    sent = post.Sent(
        taken=2971,
        seconds=100,
        refused=0,
        idle=[0.1] * 100,
        beside=[0.1] * 90 + [0.3] * 10,
        per_second=200,
        rows=250_000,
        resident=130,
        growth=0.4,
    )
    assert post.figures(sent) == {
        "broadcast_share": 0.99,
        "broadcast_429": 0,
        "reply_p95_added_ms": 200,
        "sends_per_s": 200,
        "waiting_rss_growth_mb": 0.4,
    }
    assert "99.0%" in post.table(sent)
