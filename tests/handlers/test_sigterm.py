"""The real process, asked to stop while it works."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from time import monotonic

import pytest
from ports import free_address

from playground import Playground
from tests.delivery.edge import until

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def playground():
    running = await Playground.start(hold_seconds=1.0)
    yield running
    await running.stop()


def webhook():
    """Where updates are brought to."""
    address = free_address()
    return {
        "LISANGA_WEBHOOK_URL": f"http://{address}/hook",
        "LISANGA_WEBHOOK_SECRET": "secret",
        "LISANGA_WEBHOOK_LISTEN": address,
    }


@pytest.fixture(params=["polling", "webhook"])
async def process(request, playground, new_database, tmp_path):
    """`bot.py run` on the playground."""
    settings = {
        "LISANGA_TOKEN": playground.token,
        "LISANGA_API_URL": playground.base_url,
        "LISANGA_HOME": str(tmp_path),
        "LISANGA_DATABASE_URL": new_database.url("sqlite"),
        "LISANGA_PACE": "0",
        **(webhook() if request.param == "webhook" else {}),
    }
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        "bot.py",
        "run",
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    yield started
    if started.returncode is None:
        started.kill()
        await started.wait()


async def test_five_running_handlers_finish_and_nothing_is_sent_again(playground, process, request):
    people = [await playground.add_person(f"P{number}") for number in range(5)]
    playground.world.faults.arm({"kind": "timeout_after", "method": "sendMessage", "count": 5})
    for person in people:
        await playground.text(person, "/aide")
    await until(lambda: len(running(playground)) == 5, seconds=60)  # it starts in about five
    assert len(playground.world.updates) == 5
    asked = monotonic()
    process.send_signal(signal.SIGTERM)
    _, errors = await process.communicate()
    assert (process.returncode, len(playground.world.updates)) == (0, 0), errors
    assert monotonic() - asked < 10
    assert set(running(playground)) == set(people)
    by_webhook = request.node.callspec.params["process"] == "webhook"
    assert playground.world.webhook.active() == by_webhook  # what is sent later waits there


def running(playground):
    """The chats whose answer is held back or has been."""
    calls = playground.world.calls.after(0)
    return [call["chat_id"] for call in calls if call["method"] == "sendMessage"]
