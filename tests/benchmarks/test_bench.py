"""The bench counts true: small, on the real process."""

import asyncio
import json
from dataclasses import replace

import bench
import pytest
from contestants import ALL, Calls, Ceiling, Lisanga, Peer
from report import merge


@pytest.fixture(scope="module")
def measured():
    """Lisanga, for half a second."""
    with bench.other_core():
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


@pytest.mark.parametrize("peer", [Peer(), Calls()], ids=lambda peer: peer.key)
async def test_a_peer_is_measured_alike(peer: Ceiling):
    with bench.other_core():
        measured = await bench.measure(peer, members=20, seconds=0.3)
    assert measured.load.waits
    assert not peer.keeps or measured.kept == measured.presses
