"""One writing unit on each engine, undone at the end so that all tests share a database."""

from contextlib import suppress

import pytest

from storage.database import open_database


class Undo(Exception):
    """Ends a unit without keeping it."""


@pytest.fixture(scope="session")
def shared_urls():
    """Addresses of the shared databases by engine; filled when first asked for."""
    return {}


@pytest.fixture
async def store(engine, shared_urls, new_database, cipher):
    if engine not in shared_urls:
        shared_urls[engine] = new_database.url(engine)
    database = open_database(shared_urls[engine], cipher)
    with suppress(Undo):
        async with database.writing() as unit:
            yield unit
            raise Undo
    await database.close()
