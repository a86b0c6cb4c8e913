"""Reply keyboards: what a person sees in place of her own keys, and what pressing one does."""

import pytest

from playground.refusals import ControlError

KEYS = {"keyboard": [["1 😊", "2"], [{"text": "Leka"}]], "resize_keyboard": True}


@pytest.fixture
def lay(api, mado):
    """The bot sends a keyboard to Mado."""

    async def send(markup=KEYS, chat=mado, **more):
        return await api("sendMessage", chat_id=chat, text="?", reply_markup=markup, **more)

    return send


def shown(playground, person, chat=None):
    return playground.world.reply_keys.shown(chat or person, person)


async def test_a_key_sends_its_text(api, lay, playground, mado):
    sent = await lay()
    assert "reply_markup" not in sent
    assert [key["text"] for row in shown(playground, mado)["rows"] for key in row] == [
        "1 😊", "2", "Leka",
    ]  # fmt: skip
    await playground.press(mado, "Leka")
    [update] = await api.updates()
    assert update["message"]["text"] == "Leka"
    assert "reply_to_message" not in update["message"]


async def test_a_keyboard_stays_until_another_or_its_removal(api, lay, playground, mado):
    await lay()
    await playground.text(mado, "x")
    await api("sendMessage", chat_id=mado, text="y")
    assert shown(playground, mado)
    await lay({"keyboard": []})
    assert shown(playground, mado)
    await lay({"remove_keyboard": True})
    assert shown(playground, mado) is None


async def test_a_keyboard_goes_with_its_message(api, lay, playground, mado):
    sent = await lay()
    await api("deleteMessage", chat_id=mado, message_id=sent["message_id"])
    assert shown(playground, mado) is None


async def test_a_one_time_keyboard_is_put_away_by_its_first_press(lay, playground, mado):
    await lay({**KEYS, "one_time_keyboard": True, "input_field_placeholder": "1 2 3"})
    assert shown(playground, mado)["placeholder"] == "1 2 3"
    assert not shown(playground, mado)["folded"]
    await playground.press(mado, "2")
    assert shown(playground, mado)["folded"]
    await playground.press(mado, "2")  # the app's icon brings it back


async def test_a_forced_reply_is_over_with_her_next_message(lay, playground, mado):
    await lay({"force_reply": True})
    assert shown(playground, mado)["force_reply"]
    await playground.text(mado, "Mado")
    assert shown(playground, mado) is None


async def test_in_a_group_a_key_replies_and_everyone_has_it(api, lay, playground, mado, group):
    await lay(chat=group)
    esperance = mado + 1
    assert shown(playground, esperance, group)
    await playground.press(esperance, "2", chat_id=group)
    [update] = await api.updates()
    assert update["message"]["reply_to_message"]["text"] == "?"


async def test_a_selective_keyboard_is_for_whom_it_answers_or_names(
    api, lay, playground, mado, group
):
    esperance = mado + 1
    said = await playground.text(esperance, "/point", chat_id=group)
    await lay(
        {**KEYS, "selective": True}, group, reply_parameters={"message_id": said["message_id"]}
    )
    assert shown(playground, esperance, group)
    assert shown(playground, mado, group) is None
    markup = {**KEYS, "selective": True}
    await api("sendMessage", chat_id=group, text="@mado ?", reply_markup=markup)
    assert shown(playground, mado, group)


async def test_a_message_with_a_keyboard_can_no_longer_be_edited(api, lay, mado):
    sent = await lay()
    number = {"chat_id": mado, "message_id": sent["message_id"]}
    refused = await api.raw("editMessageText", **number, text="x")
    assert refused["description"] == "Bad Request: message can't be edited"


async def test_the_page_is_told_of_keyboards(playground, lay, mado):
    before = playground.world.events.last
    await lay()
    [told] = [event for event in playground.world.events.after(before) if event["type"] == "person"]
    assert told["person"]["keyboard"] == shown(playground, mado)


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ({"keyboard": [[5]]}, "can't parse keyboard button: KeyboardButton must be a String or"),
        ({"keyboard": [[{}]]}, "can't parse keyboard button: Can't find field \"text\""),
        (
            {"keyboard": [[{"text": "x", "request_chat": {"chat_is_channel": False}}]]},
            "can't parse keyboard button: Can't find field \"request_id\"",
        ),
    ],
)
async def test_an_unreadable_keyboard_is_refused(api, mado, markup, error):
    body = await api.raw("sendMessage", chat_id=mado, text="x", reply_markup=markup)
    assert body["description"].startswith(f"Bad Request: {error}")


async def test_a_key_that_is_not_there_names_those_that_are(lay, playground, mado):
    with pytest.raises(ControlError) as refused:
        await playground.press(mado, "x")
    assert "no key at all" in refused.value.words
    await lay({"keyboard": [["a", {"text": "b", "request_contact": True}]]})
    with pytest.raises(ControlError) as refused:
        await playground.press(mado, "x")
    assert "“a”, “b”" in refused.value.words
    with pytest.raises(ControlError) as refused:
        await playground.press(mado, "b")
    assert "cannot press" in refused.value.words
