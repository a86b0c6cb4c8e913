"""Statements made once: what SQLAlchemy would work out at every call is kept."""

import sqlite3
from collections.abc import Mapping
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from sqlalchemy import CompoundSelect, Delete, Insert, Select, Update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError

_DIALECT = sqlite.dialect()
_Statement = Select[Any] | CompoundSelect[Any] | Insert | Update | Delete


class Prepared:
    """A statement whose values are `bindparam`s, for what every press asks. Others do without.

    Made anew, a statement costs SQLAlchemy some twenty times what it costs SQLite. On PostgreSQL,
    where the way to the server costs more, SQLAlchemy runs it as it is.
    """

    def __init__(self, statement: _Statement) -> None:
        self.statement = statement

    @cached_property
    def for_sqlite(self) -> "SqliteStatement":
        """The same, ready for SQLite's own driver."""
        return SqliteStatement(self.statement)


class SqliteStatement:
    """SQL, how its values are written, and how its rows are read."""

    def __init__(self, statement: _Statement) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        self._sql = str(compiled)
        self._constants = compiled.params
        self._writers = [
            (name, compiled.binds[name].type.dialect_impl(_DIALECT).bind_processor(_DIALECT))
            for name in compiled.positiontup or ()
        ]
        columns = list(statement.exported_columns)
        self._names = [str(each.key) for each in columns]
        readers = [
            (str(each.key), each.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None))
            for each in columns
        ]
        self._readers = [(name, read) for name, read in readers if read is not None]

    def run(self, connection: sqlite3.Connection, values: Mapping[str, Any]) -> "Rows":
        """Run it; raise what SQLAlchemy would, without the values."""
        given = {**self._constants, **values}
        written = [write(given[name]) if write else given[name] for name, write in self._writers]
        try:
            cursor = connection.execute(self._sql, written)
            found = cursor.fetchall()
        except sqlite3.Error as fault:
            raise DBAPIError.instance(
                self._sql, (), fault, sqlite3.Error, hide_parameters=True, dialect=_DIALECT
            ) from fault
        return Rows([self._read(row) for row in found], cursor.rowcount)

    def _read(self, row: tuple[Any, ...]) -> "Record":
        cells = dict(zip(self._names, row, strict=True))
        for name, read in self._readers:
            cells[name] = read(cells[name])
        return Record(**cells)


class Record(SimpleNamespace):
    """One row, with the words SQLAlchemy has for it."""

    def _asdict(self) -> dict[str, Any]:
        return dict(vars(self))


class Rows:
    """What a statement found, with the words SQLAlchemy has for it."""

    def __init__(self, rows: list[Any], rowcount: int) -> None:
        self._rows = rows
        #: How many rows a change touched.
        self.rowcount = rowcount

    def all(self) -> list[Any]:
        """Return every row."""
        return self._rows

    def first(self) -> Any:
        """Return the first row, None when there is none."""
        return self._rows[0] if self._rows else None
