"""Messages that are taken away: at once, later, or made to say nothing."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from collective import discretion
from tests.delivery.edge import at_work


@pytest.fixture
async def said(side, mado):
    """A message of the bot's and one of hers, by their numbers."""
    shown = await side.screen.send(mado, "languages", {})
    hers = await side.playground.text(mado, "4")
    return shown.message_id, hers["message_id"]


async def chat_of(side, mado):
    return {each["message_id"]: each["text"] for each in await side.playground.messages(mado)}


async def wiped(side, sender, mado, *messages):
    """Let the outbox take messages away."""
    for message in messages:
        await side.queue(mado, discretion.WIPE, {"message": message})
    async with at_work(sender):
        await side.settled(*["sent"] * len(messages))


async def test_both_what_was_said_and_what_was_answered_go(side, sender, mado, said):
    await wiped(side, sender, mado, *said)
    assert not set(said) & set(await chat_of(side, mado))


async def test_what_is_gone_already_is_no_failure(side, sender, mado, said):
    await wiped(side, sender, mado, said[0])
    with capture_logs() as lines:
        await side.screen.erase(mado, said[0])
    assert [line["event"] for line in lines] == []


async def test_after_48_hours_its_own_message_says_nothing_and_hers_is_logged(
    side, sender, mado, said
):
    side.playground.world.clock.offset_seconds += timedelta(hours=49).total_seconds()
    with capture_logs() as lines:
        await wiped(side, sender, mado, *said)
    chat = await chat_of(side, mado)
    assert [chat[number] for number in said] == ["Effacé.", "4"]
    [line] = [line for line in lines if line["event"] == "not_wiped"]
    assert line["error"] == "TelegramBadRequest"


async def test_what_telegram_will_not_take_away_now_is_tried_again(side, sender, mado, said):
    side.playground.world.faults.arm({"kind": "429", "method": "deleteMessage", "retry_after": 1})
    await side.screen.erase(mado, said[1])
    assert [row.kind for row in await side.rows()] == [discretion.WIPE]
    assert said[1] in await chat_of(side, mado)
    async with at_work(sender):
        await side.settled("sent")
    assert said[1] not in await chat_of(side, mado)


async def test_at_night_it_goes_without_waiting_for_the_morning(side, sender, mado, said):
    side.clock.moment += timedelta(hours=8)
    now = side.clock.now()
    async with side.database.writing() as store:
        await store.outbox.add([discretion.at_once(mado, said[0], now=now)], now)
    async with at_work(sender):
        await side.settled("sent")
    assert said[0] not in await chat_of(side, mado)
