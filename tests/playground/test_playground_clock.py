"""The clock moves from one due moment to the next, and waits until the bot has done its work."""

from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from playground import Playground
from playground.refusals import ControlError


class Sleeper:
    """The health side of a bot: rings what is due at one glance, is done with it at the next."""

    def __init__(self):
        self.clock = None
        self.dues = []
        self.rang = []
        self.outbox = 0

    async def health(self, _):
        now = self.clock.now()
        if self.outbox:
            self.outbox -= 1
        elif self.dues and self.dues[0] <= now:
            self.rang.append((self.dues.pop(0), now))
            self.outbox = 1
        due = self.dues[0].isoformat() if self.dues else None
        body = {"now": now.isoformat(), "next_due": due}
        return web.json_response({**body, "updates_open": 0, "outbox_due": self.outbox})


@pytest.fixture
async def sleeper():
    return Sleeper()


@pytest.fixture
async def playground(sleeper):
    app = web.Application()
    app.router.add_get("/", sleeper.health)
    async with TestServer(app) as server:
        running = await Playground.start(health_url=str(server.make_url("/")))
        sleeper.clock = running.world.clock
        yield running
        await running.stop()


def due_in(playground, *hours):
    return [playground.world.clock.now() + timedelta(hours=hour) for hour in hours]


async def test_each_due_moment_is_visited_in_order(playground, sleeper):
    sleeper.dues = due_in(playground, 1, 5, 30)
    clock = await playground.move_clock(advance_seconds=24 * 3600)
    assert clock["offset_seconds"] == 24 * 3600
    assert len(sleeper.rang) == 2
    assert all(timedelta(0) <= at - due < timedelta(seconds=5) for due, at in sleeper.rang)
    assert clock["next_due"] == sleeper.dues[0].isoformat()


async def test_the_next_event_is_reached_and_no_further(playground, sleeper):
    [due, later] = sleeper.dues = due_in(playground, 2, 3)
    sleeper.dues = [due, later]
    clock = await playground.move_clock(to="next")
    assert [rung for rung, _ in sleeper.rang] == [due]
    assert due.isoformat() <= clock["now"] < later.isoformat()


async def test_nothing_due_is_said(playground):
    with pytest.raises(ControlError, match="nothing is due"):
        await playground.move_clock(to="next")


async def test_time_stands_while_the_bot_has_not_fetched_an_update(playground, monkeypatch):
    monkeypatch.setattr("playground.passage.STEP_SECONDS", 0.1)
    person = await playground.add_person("Mado")
    await playground.text(person, "/start")
    with pytest.raises(ControlError, match="the bot is not done") as refused:
        await playground.move_clock(advance_seconds=60)
    assert refused.value.status == 504
    assert playground.world.clock.offset_seconds == 0


async def test_the_page_sees_every_step(playground, sleeper):
    sleeper.dues = due_in(playground, 1, 5)
    await playground.move_clock(advance_seconds=6 * 3600)
    steps = [event["clock"] for event in playground.world.events.after(0)]
    assert [round(step["offset_seconds"] / 3600) for step in steps] == [1, 5, 6]


async def test_messages_carry_the_moved_time(playground, api):
    await playground.move_clock(advance_seconds=7 * 86400)
    person = await playground.add_person("Mado")
    await playground.text(person, "/start")
    [update] = await api("getUpdates")
    assert update["message"]["date"] == int(playground.world.clock.seconds())


async def test_the_bot_reads_the_offset(http, playground):
    await playground.move_clock(advance_seconds=90)
    async with http.get(f"{playground.base_url}/playground/api/clock") as answer:
        assert (await answer.json())["offset_seconds"] == 90


async def test_without_a_bot_the_clock_just_moves():
    alone = await Playground.start()
    assert (await alone.move_clock(advance_seconds=3600))["offset_seconds"] == 3600
    assert (await alone.move_clock(offset_seconds=-60))["offset_seconds"] == -60
    await alone.stop()


async def test_a_bot_that_is_not_there_is_waited_for_and_said(monkeypatch):
    monkeypatch.setattr("playground.passage.STEP_SECONDS", 0.1)
    alone = await Playground.start(health_url="http://127.0.0.1:9/")
    with pytest.raises(ControlError, match="the bot is not done"):
        await alone.move_clock(advance_seconds=1)
    await alone.stop()
