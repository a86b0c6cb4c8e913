"""Column types: aware UTC moments, encrypted text, JSON ids, domain enums."""

import json
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.keys import Cipher

#: The cipher of the unit of work at hand. Tables are made once, databases many times.
cipher_in_use: ContextVar[Cipher] = ContextVar("cipher_in_use")

#: Telegram's ids need 52 bits; SQLite numbers rows in INTEGER columns only.
BigId = BigInteger().with_variant(Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse what has no zone: a column of mixed zones cannot be compared."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite forgets the zone; it was UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(TypeDecorator[str]):
    """Text that is encrypted before it reaches the database."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        #: "table.column", authenticated with every value.
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Encrypt with the newest key."""
        return None if value is None else cipher_in_use.get().seal(self.place, value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Decrypt with the key it was written with."""
        return None if value is None else cipher_in_use.get().open(self.place, bytes(value))


class SealedBytes(TypeDecorator[bytes]):
    """The same for what is no text, such as a voice."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        #: "table.column", authenticated with every value.
        self.place = place

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Encrypt with the newest key."""
        return None if value is None else cipher_in_use.get().seal_bytes(self.place, value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Decrypt with the key it was written with."""
        return None if value is None else cipher_in_use.get().open_bytes(self.place, bytes(value))


class Json(TypeDecorator[Mapping[str, Any]]):
    """A small mapping, written with sorted keys so that equal mappings are equal text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Any] | None, dialect: Dialect) -> str | None:
        """Write it."""
        return None if value is None else json.dumps(dict(value), sort_keys=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read it."""
        return None if value is None else json.loads(value)


def key_of(length: int = 24) -> TypeEngine[str]:
    """Return the type for a stable lower-case key of the domain."""
    return String(length)
