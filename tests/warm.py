"""A warm process, from which programs are forked that start at once: importing takes them seconds.

What is forked is a process of its own all the same: it is killed alone, and nothing of it is left.
Only what it imports was imported before.
"""

import asyncio
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
ROOMS = ("storage", "reports", "dialogs", "handlers", "delivery", "scheduler")
#: Seconds until it may be warm.
PATIENCE = 60.0


class Forked(asyncio.Protocol):
    """A program that runs, or how it ended: as much of `asyncio.subprocess.Process` as is used."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self._started, self._ended = loop.create_future(), loop.create_future()
        self._wire: asyncio.BaseTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Be asked for."""
        self._wire = transport

    def data_received(self, data: bytes) -> None:
        """Hear from its keeper: its number, and how it ended."""
        for line in data.splitlines():
            (self._ended if self._started.done() else self._started).set_result(int(line))
        if self._wire is not None and self._ended.done():
            self._wire.close()

    async def start(self) -> None:
        """Wait until it has a number."""
        self.pid = await self._started

    @property
    def returncode(self) -> int | None:
        """How it ended; the number of the signal that ended it is negative."""
        return self._ended.result() if self._ended.done() else None

    async def wait(self) -> int:
        """Wait until it has ended."""
        return await self._ended

    def terminate(self) -> None:
        """Ask it to end."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)


@contextmanager
def warming() -> Iterator[Path]:
    """Warm up a process; what is given is its door, where programs are asked for."""
    with TemporaryDirectory(prefix="lisanga-warm-") as folder:
        door = Path(folder) / "door"
        command = [sys.executable, "-m", "tests.warm", str(door)]
        # It ends when its standard input does: with this process, however that ends.
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE):
            yield door


async def fork(
    door: Path, command: Sequence[str], environment: Mapping[str, str], log: Path
) -> Forked:
    """Start `python` with this command; what it says is added to the log."""
    async with asyncio.timeout(PATIENCE):
        while not door.exists():  # noqa: ASYNC110 - a process that warms up rings no bell
            await asyncio.sleep(0.02)
        wire, forked = await asyncio.get_running_loop().create_unix_connection(Forked, str(door))
        wire.write(json.dumps([command, dict(environment), str(log)]).encode() + b"\n")
        await forked.start()
        return forked


def main() -> None:
    """Import everything, then fork whenever asked, until nobody holds the other end of stdin."""
    _warm_up()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how keepers end
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(sys.argv[1])
        door.listen()
        while door in select.select([door, sys.stdin], [], [])[0]:
            caller, _ = door.accept()
            if os.fork() == 0:
                door.close()
                _keep(caller)
                return
            caller.close()


def _warm_up() -> None:
    from delivery.lightly import import_aiogram  # noqa: PLC0415 - who imports this file need not

    import_aiogram()
    for name in ("bot", "apscheduler.schedulers.asyncio", "alembic.command"):
        import_module(name)
    for room in map(import_module, ROOMS):
        for each in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            import_module(each.name)


def _keep(caller: socket.socket) -> None:
    """Fork a program, tell its number and how it ended; in the program itself, run it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with caller, caller.makefile("rw") as wire:
        command, environment, log = json.loads(wire.readline())
        if (number := os.fork()) == 0:
            os.environ.clear()
            os.environ.update(environment)
            for each in (1, 2):
                os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT), each)
            sys.argv = command
            sys.path[:0] = [
                str(Path(command[0]).parent),
                *environment.get("PYTHONPATH", "").split(":"),
            ]
            runpy.run_path(command[0], run_name="__main__")
            return
        print(number, file=wire, flush=True)
        _, status = os.waitpid(number, 0)
        print(os.waitstatus_to_exitcode(status), file=wire, flush=True)


if __name__ == "__main__":
    main()
