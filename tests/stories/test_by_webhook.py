"""The same conversation when Telegram brings updates instead of being asked for them."""

from datetime import timedelta


async def test_a_check_in_by_webhook_is_the_same(hooked_stage, now):
    cast = await hooked_stage.found(("Aline", "fr"))
    await hooked_stage.until(now + timedelta(minutes=1))
    aline = cast["Aline"]
    await aline.taps("3")
    await aline.says("/aide")
    await aline.sees("/point")
    assert await hooked_stage.playground.messages(aline.chat)
    webhook = hooked_stage.playground.world.webhook
    assert webhook.active()
    assert "last_error_message" not in webhook.shown()


async def test_an_update_that_comes_twice_is_handled_once(hooked_stage):
    cast = await hooked_stage.found(("Aline", "fr"))
    aline, playground = cast["Aline"], hooked_stage.playground
    said = await playground.text(aline.person, "/aide", wait=True)
    await aline.sees("/point")
    count = len(await aline.records())
    await playground.push_again(said["update_id"], wait=True)
    await hooked_stage.settled()
    assert len(await aline.records()) == count
