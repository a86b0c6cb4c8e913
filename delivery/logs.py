"""Log lines: one JSON object each, fields of our own, never a name, a text or a token.

Our events are structlog's: a constant name and fields from a list. What libraries log is reduced
to where it came from: their messages may carry anything, also inside an exception's text. So are
the words with which Python ends a process, a thread or an object that failed.
"""

import io
import logging
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO, cast

import structlog

#: Fields that may stand in a line: numbers, keys of the domain, types, moments.
ALLOWED = frozenset(
    {
        "action",
        "address",
        "attempt",
        "bell",
        "due",
        "error",
        "event",
        "kind",
        "level",
        "library",
        "pause",
        "place",
        "reason",
        "row",
        "rows",
        "seconds",
        "signal",
        "sqlite",
        "state",
        "subject",
        "time",
        "update",
        "version",
    }
)
#: Loggers of libraries that complain of what is handled further on: a page's refusal.
QUIET = ("aiogram_dialog.window",)


def set_up(level: str = "INFO") -> None:
    """Send our lines, the libraries' and Python's own to standard error."""
    logging.basicConfig(level=logging.WARNING, handlers=[_LibraryHandler()], force=True)
    logging.captureWarnings(capture=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            errors,
            only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", _Lossy(sys.stderr))),
        cache_logger_on_first_use=False,
    )
    sys.excepthook = lambda _type, error, _trace: _say_end("process_ended", error)
    threading.excepthook = lambda end: _say_end("thread_ended", end.exc_value)
    sys.unraisablehook = lambda end: _say_end("object_failed", end.exc_value)


class _Lossy(io.TextIOBase):
    """Standard error, whose lines may get lost: a full disk must not end what wants to say so."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> int:
        """Write if there is room."""
        with suppress(OSError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        """Write what waits, if there is room."""
        with suppress(OSError):
            self._file.flush()


class Errors:
    """Counts the lines that say that something is broken; of a fault it says where."""

    def __init__(self) -> None:
        self.many = 0

    def __call__(
        self, _logger: object, _method: str, fields: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        """Look at a line; as structlog wants it."""
        if fields.get("level") not in {"error", "critical"}:
            return fields
        self.many += 1
        fault = fields.get("error")
        if isinstance(fault, BaseException):
            # Of several, the first that is ours to mend.
            fields["error"], fields["place"] = next(_ends(fault))
        return fields


#: Of this process.
errors = Errors()


def only_allowed(
    _logger: object, _method: str, fields: MutableMapping[str, Any]
) -> Mapping[str, Any]:
    """Drop every field that is not on the list; say which, so that a mistake is noticed.

    Of a value that is neither text nor number only the type is said: an exception has words.
    """
    dropped = sorted(fields.keys() - ALLOWED)
    kept = {key: _plain(value) for key, value in fields.items() if key in ALLOWED}
    return {**kept, "dropped": dropped} if dropped else kept


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | None) else type(value).__name__


def _say_end(event: str, error: BaseException | None) -> None:
    """Say what ended and where in the code: types, files and lines, never what an error says."""
    for kind, place in _ends(error) if error else ():
        structlog.get_logger().critical(event, error=kind, place=place)


def _ends(error: BaseException, *outer: str) -> Iterator[tuple[str, str]]:
    """Give the type and the way through the code of an error, or of each in a group."""
    frames = traceback.extract_tb(error.__traceback__)
    way = (*outer, *(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames))
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _ends(each, *way)
    else:
        yield type(error).__name__, " > ".join(way)


class _LibraryHandler(logging.Handler):
    """Says that a library spoke, where, and what type of error it saw; never what it said."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno < logging.WARNING:
            return
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        # Libraries invent levels of their own; structlog knows the standard ones.
        structlog.get_logger().log(
            logging.ERROR if record.levelno >= logging.ERROR else logging.WARNING,
            "library_spoke",
            library=record.name,
            place=f"{record.module}:{record.lineno}",
            error=error,
        )
