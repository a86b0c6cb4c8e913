"""getUpdates: nothing is lost before it is confirmed, nothing comes back after."""

import asyncio

import pytest


@pytest.fixture
async def three(playground, mado):
    return [(await playground.text(mado, text))["update_id"] for text in ("a", "b", "c")]


async def open_poll(playground):
    """Return once a poll is waiting at the server."""
    assert await playground.world.bell.until(lambda: playground.world.updates.poll > 0, 5)


def texts(updates):
    return [update["message"]["text"] for update in updates]


async def test_unconfirmed_updates_come_again_and_confirmed_ones_do_not(api, three):
    assert texts(await api("getUpdates")) == ["a", "b", "c"]
    assert texts(await api("getUpdates", limit=2)) == ["a", "b"]
    assert texts(await api("getUpdates", offset=three[1])) == ["b", "c"]
    assert texts(await api("getUpdates")) == ["b", "c"]


async def test_a_negative_offset_keeps_the_last_and_forgets_the_rest(api, three):
    assert texts(await api("getUpdates", offset=-1)) == ["c"]
    assert texts(await api("getUpdates")) == ["c"]


async def test_an_offset_of_another_life_confirms_nothing(api, three):
    assert texts(await api("getUpdates", offset=three[-1] + 12)) == ["a", "b", "c"]


async def test_a_poll_waits_for_the_next_update(api, playground, mado):
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(api("getUpdates", timeout=50))
        await open_poll(playground)
        await playground.text(mado, "now")
    assert texts(poll.result()) == ["now"]


async def test_the_older_of_two_polls_is_told_of_the_conflict(api, playground):
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        older = tasks.create_task(api.raw("getUpdates", timeout=50))
        await open_poll(playground)
        assert await api("getUpdates") == []
    assert older.result()["error_code"] == 409
    assert older.result()["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )


async def test_only_the_kinds_asked_for_are_queued(api, playground, mado, card):
    await api("getUpdates", allowed_updates=["callback_query"])
    assert (await playground.text(mado, "x"))["update_id"] is None
    await playground.tap(mado, card["message_id"], data="m1")
    [update] = await api("getUpdates", allowed_updates="[broken")
    assert update["callback_query"]["data"] == "m1"
    assert (await api("getWebhookInfo"))["allowed_updates"] == ["callback_query"]
    await api("getUpdates", allowed_updates=[])
    assert (await playground.text(mado, "y"))["update_id"] is not None


async def test_a_tap_lives_150_seconds_and_a_message_a_day(api, playground, mado, card):
    await playground.text(mado, "x")
    await playground.tap(mado, card["message_id"], button="1")
    await playground.move_clock(advance_seconds=151)
    assert texts(await api("getUpdates")) == ["x"]
    await playground.move_clock(advance_seconds=24 * 3600)
    assert await api("getUpdates") == []


async def test_pending_updates_can_be_dropped(api, three):
    assert (await api("getWebhookInfo"))["pending_update_count"] == len(three)
    await api("deleteWebhook", drop_pending_updates=True)
    assert await api("getUpdates") == []


async def test_an_update_may_come_again_after_it_was_confirmed(api, playground, mado):
    said = await playground.text(mado, "x")
    await api.updates()
    await playground.push_again(said["update_id"])
    assert texts(await api("getUpdates", offset=said["update_id"] + 1)) == ["x"]
    assert await api("getUpdates", offset=said["update_id"] + 1) == []


async def test_an_update_of_any_form_is_delivered_even_unasked(api, playground):
    await api("getUpdates", allowed_updates=["callback_query"])
    number = await playground.push({"message": "no object"})
    assert await api("getUpdates") == [{"update_id": number, "message": "no object"}]
