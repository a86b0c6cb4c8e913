"""No line of the log carries a value: no name, no text, no token, whoever complains."""

import ast
import asyncio
import gc
import io
import json
import logging
import os
import re
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest
import structlog
from sqlalchemy import insert

from delivery.logs import ALLOWED, errors, only_allowed, set_up
from delivery.sender import Sender
from handlers import dispatcher
from handlers import intake as intake_module
from handlers.intake import Intake
from handlers.isolation import Isolation
from handlers.polling import Polling
from storage import tables as t
from storage.conversation import ConversationStorage
from tests.delivery.edge import ZONE, at_work, until

ROOT = Path(__file__).parents[2]
MARKER = "Wivine-Nyota-4711"


@pytest.fixture(params=["DEBUG", "INFO"])
def lines(request, capfd, monkeypatch):
    """Our lines as a process would log them; nothing that anybody printed holds the marker."""
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook, sys.unraisablehook)
    handlers, level, config = root.handlers[:], root.level, structlog.get_config()
    stream = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", stream)
        set_up(request.param)

    def read():
        said = stream.getvalue()
        assert MARKER not in "".join((said, *capfd.readouterr()))
        return [json.loads(line) for line in said.splitlines()]

    yield read
    logging.captureWarnings(capture=False)
    structlog.configure(**config)
    root.handlers[:], root.level = handlers, level
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


async def broken_row(side):
    """An integrity error whose statement holds the marker."""
    async with side.database.writing() as store:
        row = {"account_id": 404, "name": MARKER, "created_at": side.clock.now()}
        await store._unit.execute(insert(t.persons).values(row))


async def taken_key(side):
    """An integrity error which PostgreSQL explains with the value itself."""
    async with side.database.writing() as store:
        row = {"kind": MARKER[:40], "error": "", "at": side.clock.now(), "update_id": 1}
        for _ in range(2):
            await store._unit.execute(insert(t.dead_updates).values(row))


async def bad_answer(side):
    """A refusal of Telegram that repeats what was sent."""
    await side.bot.send_message(next(iter(side.playground.world.people)), f"<{MARKER}>")


async def bad_token(side):
    """A client that complains about an address, which holds the token."""
    side.bot.session.api = side.bot.session.api.from_base(f"http://{MARKER} /")
    await side.bot.get_me()


@pytest.mark.parametrize(
    ("fault", "engine"),
    [
        (broken_row, "sqlite"),
        (taken_key, "postgresql"),
        (bad_answer, "sqlite"),
        (bad_token, "sqlite"),
    ],
)
async def test_an_update_that_fails_is_logged_without_what_it_said(side, lines, monkeypatch, fault):
    monkeypatch.setattr(intake_module, "PAUSE", 0.0)
    api = side.bot.session.api
    person = await side.person(MARKER, last_name=MARKER)
    source = source_with(side, fault)
    update = (await side.playground.text(person, MARKER))["update_id"]
    async with at_work(source):
        await until(lambda: not side.playground.world.updates.waiting(update))
        side.bot.session.api = api
    found = lines()
    assert [line["attempt"] for line in found if line["event"] == "update_failed"] == [1, 2, 3]
    assert [line["kind"] for line in found if line["event"] == "update_dead"] == ["message"]
    assert side.bot.token not in json.dumps(found)


def source_with(side, fault):
    dp = dispatcher(
        side.database,
        side.clock,
        storage=ConversationStorage(side.database, side.clock),
        isolation=Isolation(),
        screen=side.screen,
        forms=side.screen._forms,
        zone="Africa/Lubumbashi",
        username="x",
    )

    @dp.message.outer_middleware
    async def fail(_handler, _event, _data):
        api = side.bot.session.api
        try:
            await fault(side)
        finally:
            side.bot.session.api = api

    return Polling(side.bot, Intake(side.bot, dp, side.database, side.screen, side.clock))


async def test_an_update_that_cannot_be_read_is_logged_without_what_it_holds(
    side, lines, monkeypatch
):
    monkeypatch.setattr(intake_module, "PAUSE", 0.0)
    body = {"message_id": MARKER, "chat": {"id": 1, "type": MARKER}, "text": [MARKER]}
    update = side.playground.world.updates.push("message", body)
    async with at_work(source_with(side, broken_row)):
        await until(lambda: not side.playground.world.updates.waiting(update))
    [unread] = [line for line in lines() if line["event"] == "update_unreadable"]
    assert unread["error"] == "ValidationError"


async def test_a_row_that_cannot_leave_is_logged_without_what_it_says(side, lines):
    mado = await side.person(MARKER)
    await side.queue(mado, "refusal", {"refusal": MARKER})
    await side.queue(
        await side.person("x"), "refusal", {"refusal": "GroupTaken", "collective": MARKER * 300}
    )
    async with at_work(Sender(side.database, side.screen, side.turnstile, side.clock, zone=ZONE)):
        await side.settled("queued", "failed")
    assert {line["event"] for line in lines()} == {"row_failed", "send_refused"}


def test_a_library_says_only_where_it_spoke_and_what_type_it_saw(lines):
    library = logging.getLogger("some.library")
    try:
        int(MARKER)
    except ValueError:
        library.exception("it said %s", MARKER)
    library.log(35, MARKER)
    library.info(MARKER)
    first, second = lines()
    assert (first["library"], first["error"], first["level"]) == (
        "some.library",
        "ValueError",
        "error",
    )
    assert second["level"] == "warning"


def test_a_warning_is_reduced_too(lines):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn(MARKER, stacklevel=1)
    assert [line["library"] for line in lines()] == ["py.warnings"]


async def test_a_task_whose_fault_nobody_fetched_is_reduced_too(lines):
    async def fail():
        raise ValueError(MARKER)

    task = asyncio.ensure_future(fail(), loop=asyncio.get_running_loop())
    await asyncio.wait([task])
    del task
    gc.collect()
    [line] = lines()
    assert (line["library"], line["error"]) == ("asyncio", "ValueError")


ENDS = {
    "an exception": "raise ValueError(M)",
    "its cause": "try:\n int(M)\nexcept ValueError as e:\n raise KeyError(M) from e",
    "a task group": "raise ExceptionGroup(M, [ValueError(M), ExceptionGroup(M, [KeyError(M)])])",
    "a thread": "import threading\nt = threading.Thread(target=int, args=[M])\nt.start(); t.join()",
    "an object": "class A:\n def __del__(self): raise ValueError(M)\nA()",
    "the loop": "import asyncio\nasync def f(): raise ValueError(M)\nasyncio.run(f())",
}


@pytest.mark.parametrize("code", ENDS.values(), ids=ENDS)
def test_what_ends_is_named_by_type_and_place(code):
    set_up_first = f"from delivery.logs import set_up\nset_up()\nM = {MARKER!r}\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", set_up_first], cwd=ROOT, capture_output=True, text=True, check=False
    )
    said = [json.loads(line) for line in done.stderr.splitlines()]
    assert MARKER not in done.stdout + done.stderr
    assert {line["error"] for line in said} <= {"ValueError", "KeyError"}
    assert all("<string>:" in line["place"] or "threading.py:" in line["place"] for line in said)
    assert said


def test_the_real_process_ends_without_a_word_of_its_settings(tmp_path):
    settings = {
        "LISANGA_TOKEN": f"42:{MARKER}",
        "LISANGA_HOME": str(tmp_path),
        "LISANGA_DATABASE_URL": f"sqlite:////proc/{MARKER}/x.db",
    }
    done = subprocess.run(
        [sys.executable, "bot.py", "run"],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert MARKER not in done.stdout + done.stderr


def test_only_listed_fields_stand_in_a_line_and_only_text_and_numbers():
    line = only_allowed(
        None, "info", {"event": "x", "row": 7, "error": ValueError(MARKER), "name": MARKER}
    )
    assert line == {"event": "x", "row": 7, "error": "ValueError", "dropped": ["name"]}


def test_an_error_is_counted_and_says_where_it_was_and_a_warning_is_not(lines):
    before, log = errors.many, structlog.get_logger()
    try:
        int(MARKER)
    except ValueError as fault:
        log.warning("outside", error=fault)
        log.error("ours", error=fault)
    outside, ours = lines()
    assert (outside["error"], "place" in outside) == ("ValueError", False)
    assert (ours["error"], ours["place"].split(":")[0]) == ("ValueError", "test_logs.py")
    assert errors.many == before + 1


def our_calls():
    """Every call of `log` in every room, as (place, call)."""
    for path in ROOT.glob("[a-z]*/**/*.py"):
        if path.parts[len(ROOT.parts)] in {"tests", "playground"}:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("log."):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_our_events_are_constant_names_with_listed_fields():
    calls = dict(our_calls())
    assert calls
    for place, call in calls.items():
        # Of `log.log` the first is the level.
        *_, event = call.args
        assert isinstance(event, ast.Constant), place
        assert re.fullmatch(r"[a-z_]+", event.value), place
        assert {keyword.arg for keyword in call.keywords} <= ALLOWED, place


def test_a_full_disk_loses_lines_and_nothing_else():
    code = "from delivery.logs import set_up, structlog as s; set_up(); s.get_logger().error('x')"
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-c", f"{code}; print('goes on')"],
            cwd=ROOT,
            stderr=full,
            stdout=subprocess.PIPE,
            check=False,
        )
    assert ended.stdout == b"goes on\n"
