"""Ports for servers that a test starts: no two tests on this machine are given the same one."""

import fcntl
import os
import tempfile
from contextlib import suppress
from itertools import chain
from pathlib import Path
from random import SystemRandom
from socket import socket
from typing import IO

#: Below those that a system hands out by itself, to connections above all: a port that was free
#: a moment ago is not taken by somebody who never asked for this one.
_RANGE = range(20000, 28000)
#: A lock file a port, held as long as this process lives: workers of pytest, and other runs of it.
_LOCKS = Path(tempfile.gettempdir()) / f"lisanga-ports-{os.getuid()}"

_held: list[IO[str]] = []


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nobody listens, for this process alone."""
    _LOCKS.mkdir(exist_ok=True)
    first = SystemRandom().choice(_RANGE)
    for port in chain(range(first, _RANGE.stop), range(_RANGE.start, first)):
        lock = (_LOCKS / str(port)).open("w")
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket() as probe:
                probe.bind(("127.0.0.1", port))
            _held.append(lock)
            return port
        lock.close()
    raise RuntimeError("every port is taken")


def free_address() -> str:
    """Return host and port as settings want them."""
    return f"127.0.0.1:{free_port()}"
