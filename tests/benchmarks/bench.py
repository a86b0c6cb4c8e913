"""`make bench`: how many check-in taps a second one core carries, beside a peer and a ceiling.

How broadcasts leave is measured after them (`post.py`).

Each round starts every contestant anew on a core of its own, one after the other; members press
from the other core, thirty at once. The figures are medians of the rounds. The table goes into
docs/benchmarks.md, the figures into data/bench.json.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

import post
from contestants import ALL, Ceiling, Home
from line import Line, Load, press_all
from ports import free_port
from process import other_core, resident, running, used
from report import machine, write

AT_ONCE = 30
#: Seconds of pressing that count, and the part of the members who press before them.
SECONDS, WARMING = 5.0, 0.1
#: Members of one round: more than can finish in that time.
MEMBERS = 900


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One contestant in one round."""

    load: Load
    #: From the start of the process until it handles updates, in seconds.
    start: float
    #: Memory while nothing happens, in MB.
    idle: float
    #: Processor time that a press took, in seconds.
    cpu: float
    #: The part of the time that the members' core was busy.
    line_busy: float
    #: All presses, the calls they led to, and the answers they left in its database.
    presses: int
    calls: Mapping[str, int]
    kept: int


async def measure(
    contestant: Ceiling, *, members: int = MEMBERS, seconds: float = SECONDS
) -> Measured:
    """Prepare a contestant, start it, let the members press, and stop it."""
    line = Line(range(1, members + 1))
    phones = list(line.phones.values())
    first = int(members * WARMING)
    press = partial(press_all, line, choose=contestant.choose, at_once=AT_ONCE)
    with TemporaryDirectory(prefix="lisanga-bench-") as folder:
        async with line.answering() as api:
            home = Home(folder=Path(folder), port=free_port(), api=api)
            await contestant.prepare(home, list(line.phones))
            async with running(contestant, home) as (process, start):
                await asyncio.sleep(1)
                idle = resident(process)
                await contestant.open(home, line)
                how = {"seen": contestant.shows}
                warm = await press(home.hook, phones[:first], seconds=1, **how)
                cpu, line_cpu = used(process), process_time()
                load = await press(home.hook, phones[first:], seconds=seconds, **how)
                cpu, line_cpu = used(process) - cpu, process_time() - line_cpu
            presses = len(warm.waits) + len(load.waits)
            return Measured(
                load=load,
                start=start,
                idle=idle,
                cpu=cpu / len(load.waits),
                line_busy=line_cpu / load.seconds,
                presses=presses,
                calls=line.calls,
                kept=contestant.kept(home),
            )


async def rounds(
    contestants: Sequence[Ceiling], *, count: int, **how: float
) -> dict[str, list[Measured]]:
    """Let the contestants take turns; return what each did in each round, by its key."""
    found: dict[str, list[Measured]] = {each.key: [] for each in contestants}
    with other_core():
        for _ in range(count):
            for each in contestants:
                measured = await measure(each, **how)
                if each.keeps and measured.kept != measured.presses:
                    kept = f"{measured.kept} answers of {measured.presses} presses"
                    raise RuntimeError(f"{each.title} kept {kept}")
                found[each.key].append(measured)
    return found


def figures(found: dict[str, list[Measured]]) -> dict[str, float]:
    """Return medians under the keys of data/bench.json."""
    ours = found["taps_per_s"]
    return {
        **{key: round(_median(found[key], "per_second")) for key in found},
        "tap_p99_ms": round(_median(ours, "p99") * 1000),
        "idle_rss_mb": round(median(each.idle for each in ours)),
        "start_s": round(median(each.start for each in ours), 1),
    }


async def main() -> None:
    """Three rounds of taps, then the broadcasts; both tables, all figures."""
    place = machine()
    found = await rounds(ALL, count=3, members=MEMBERS, seconds=SECONDS)
    write("bench", place, table(found), figures(found))
    with other_core():
        sent = await post.measure()
    write("delivery", place, post.table(sent), post.figures(sent))


def table(found: dict[str, list[Measured]]) -> str:
    """Return the medians as a table, a line for each contestant."""
    ours = _median(found["taps_per_s"], "per_second")
    lines = [
        "| | taps/s | of Lisanga's | processor | p50 | p99 | idle | start | answers kept |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for each in ALL:
        rounds_ = found[each.key]
        speed = _median(rounds_, "per_second")
        kept = sum(one.kept for one in rounds_)
        cells = (
            each.title,
            f"{speed:,.0f}",
            f"{speed / ours:.2f}",
            f"{median(one.cpu for one in rounds_) * 1000:.2f} ms",
            f"{_median(rounds_, 'p50') * 1000:.0f} ms",
            f"{_median(rounds_, 'p99') * 1000:.0f} ms",
            f"{median(one.idle for one in rounds_):.0f} MB",
            f"{median(one.start for one in rounds_):.1f} s",
            f"{kept:,} of {sum(one.presses for one in rounds_):,}" if each.keeps else "–",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _median(rounds_: Sequence[Measured], figure: str) -> float:
    return median(getattr(each.load, figure) for each in rounds_)


if __name__ == "__main__":
    asyncio.run(main())
