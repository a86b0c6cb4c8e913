"""The process that is measured: on a core of its own, started, looked at and stopped."""

import asyncio
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import perf_counter

from contestants import ROOT, Ceiling, Home, environment_for
from line import connected


@asynccontextmanager
async def running(contestant: Ceiling, home: Home):
    """Run its process on the first core; give it and the seconds it took to be ready."""
    log = home.folder / "log"
    began = perf_counter()
    process = await started(contestant.command(home), environment_for(contestant, home), log)
    try:
        async with asyncio.timeout(60):
            while not await _handles(home.hook):
                if process.returncode is not None:
                    raise RuntimeError(log.read_text())
                await asyncio.sleep(0.02)
        yield process, perf_counter() - began
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), 20)


async def started(
    command: Sequence[str], environment: Mapping[str, str], log: Path
) -> asyncio.subprocess.Process:
    """Start `python` with this command on the first core."""
    with log.open("w") as out:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=out,
            preexec_fn=_on_first_core,
        )


async def _handles(hook: str) -> bool:
    """Whether an update that concerns nobody is taken and confirmed."""
    channel = {"id": -100, "type": "channel", "title": "Nobody's"}
    post = {"message_id": 1, "date": 1, "chat": channel, "text": "Hello"}
    try:
        async with connected(hook) as bring:
            await bring({"update_id": 0, "channel_post": post})
    except (OSError, asyncio.IncompleteReadError):
        return False
    return True


@contextmanager
def other_core() -> Iterator[None]:
    """Leave the first core to whoever is measured; where there is only one, share it."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, before - {min(before)} or before)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _on_first_core() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(1))})


def used(process: asyncio.subprocess.Process) -> float:
    """Processor time a process has used, in seconds."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(process: asyncio.subprocess.Process) -> float:
    """Memory of a process in MB."""
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
