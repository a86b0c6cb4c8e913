"""One unit of work in a collective with its people, undone at the end: all tests start alike."""

import os
import shutil
from contextlib import suppress
from dataclasses import replace

import pytest
import pytest_asyncio
from hypothesis import settings
from village import NOW, found

from collective.forms import load_forms
from storage.database import open_database
from storage.keys import Cipher

# The machine may be busy: how long an example takes is a matter of luck.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


class Undo(Exception):
    """Ends a unit without keeping it."""


@pytest.fixture(scope="session")
def forms():
    return load_forms()


@pytest.fixture
def weekly(forms):
    return forms["weekly"]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def founded(sqlite_template, tmp_path_factory):
    """A database in which a village was founded, and that village."""
    path = tmp_path_factory.mktemp("village") / "village.db"
    shutil.copy(sqlite_template, path)
    database = open_database(f"sqlite:///{path}", Cipher({1: os.urandom(32)}))
    async with database.writing() as store:
        village = await found(store, NOW)
    yield database, village
    await database.close()


@pytest.fixture
async def store(founded):
    database, _ = founded
    with suppress(Undo):
        async with database.writing() as unit:
            yield unit
            raise Undo


@pytest.fixture
def village(founded, store):
    return replace(founded[1], store=store)
