"""The control API as README tells it: for the page, curl and tests."""

import asyncio
import json

import pytest


@pytest.fixture
def control(http, playground):
    """Calls the control API; answers status and JSON."""

    async def call(method, path, body=None, **headers):
        url = f"{playground.base_url}/playground/api{path}"
        async with http.request(method, url, json=body, headers=headers) as answer:
            return answer.status, await answer.json()

    return call


async def test_a_person_keeps_the_marks_she_was_made_with(control):
    body = {"first_name": "Mado", "language_code": "ln", "sample": True, "note": "n"}
    status, person = await control("POST", "/people", body)
    assert (status, person["extra"]) == (200, {"sample": True, "note": "n"})
    _, state = await control("GET", "/state")
    assert state["people"] == [person]


async def test_the_whole_of_a_small_talk(control, api):
    _, person = await control("POST", "/people", {"first_name": "Mado"})
    mado = f"/people/{person['id']}"
    await control("POST", f"{mado}/text", {"text": "/start"})
    keys = {"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}]]}
    text = {"chat_id": person["id"], "text": "<b>x</b>?", "parse_mode": "HTML"}
    quiet = {"disable_notification": True, "protect_content": True}
    sent = await api("sendMessage", **text, **quiet, reply_markup=keys)
    await control("POST", f"{mado}/tap", {"message_id": sent["message_id"], "button": "Oui"})
    _, chat = await control("GET", f"/chats/{person['id']}/messages?after=1")
    [record] = chat["messages"]
    assert record["keyboard"] == [[{"text": "Oui", "kind": "callback", "data": "y"}]]
    assert (record["by_bot"], record["silent"], record["protected"]) == (True, True, True)
    assert record["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    assert record["message"] == sent


async def test_a_group_is_made_joined_and_left(control, mado):
    _, group = await control("POST", "/groups", {"title": "G", "members": [mado], "sample": True})
    here = f"/groups/{group['id']}"
    assert (group["bot"], group["extra"]) == ("absent", {"sample": True})
    await control("POST", f"{here}/bot", {"by": mado, "present": True})
    _, person = await control("POST", "/people", {"first_name": "Aimée"})
    await control("POST", f"{here}/members", {"person": person["id"], "present": True})
    _, state = await control("GET", "/state")
    assert state["groups"][0]["bot"] == "member"
    assert state["groups"][0]["members"] == [mado, person["id"]]


async def test_a_group_is_seen_by_its_people_only(control, playground, mado, group):
    stranger = await playground.add_person("Aimée")
    assert (await control("GET", f"/chats/{group}/messages?person={mado}"))[0] == 200
    assert (await control("GET", f"/chats/{group}/messages?person={stranger}"))[0] == 403


async def test_wait_answers_when_the_bot_has_confirmed(control, api, mado):
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        asked = tasks.create_task(control("POST", f"/people/{mado}/text?wait=1", {"text": "x"}))
        [update] = await api("getUpdates", timeout=5)
        assert not asked.done()
        await api("getUpdates", offset=update["update_id"] + 1)
    assert asked.result()[1]["update_id"] == update["update_id"]


async def test_wait_gives_up_in_the_end(control, mado, monkeypatch):
    monkeypatch.setattr("playground.control.WAIT_SECONDS", 0.01)
    status, body = await control("POST", f"/people/{mado}/text?wait=1", {"text": "x"})
    assert status == 504
    assert "has not confirmed" in body["error"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/people", {}, 400),
        ("POST", "/people", {"first_name": "x", "id": 7100000001}, 409),
        ("POST", "/people/5/text", {"text": "x"}, 404),
        ("POST", "/people/7100000001/text", {"text": " "}, 400),
        ("POST", "/people/7100000001/text", {"text": "x", "reply_to": 99}, 404),
        ("POST", "/people/7100000001/tap", {"message_id": "x"}, 400),
        ("POST", "/people/7100000001/dance", {}, 404),
        ("POST", "/people/7100000001/block", {"blocked": False}, 409),
        ("POST", "/groups", {"title": "x"}, 400),
        ("POST", "/groups/-5/bot", {}, 404),
        ("POST", "/faults", {"kind": "rain"}, 400),
        ("POST", "/faults", {"kind": "429", "methods": "x"}, 400),
        ("POST", "/faults", {"kind": "429", "when": "after"}, 400),
        ("POST", "/faults", {"kind": "reset", "when": "never"}, 400),
        ("POST", "/faults", {"kind": "reset", "probability": 2}, 400),
        ("POST", "/faults", {"kind": "slow", "seconds": "x"}, 400),
        ("POST", "/groups", {"title": "x", "members": [7100000001], "forum": True}, 400),
        ("POST", "/clock", {}, 400),
        ("POST", "/clock", {"to": "next"}, 409),
        ("POST", "/people", [], 400),
        ("DELETE", "/people", None, 405),
        ("GET", "/chats/-5/messages", None, 404),
        ("GET", "/files/photos/file_9.png", None, 404),
    ],
)
async def test_what_cannot_be_done_is_said_plainly(control, mado, method, path, body, status):
    found, answer = await control(method, path, body)
    assert found == status
    assert answer["error"]


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Host": "elsewhere.example"}]
)
async def test_a_page_from_elsewhere_cannot_drive_it(control, headers):
    status, body = await control("POST", "/people", {"first_name": "x"}, **headers)
    assert (status, list(body)) == (403, ["error"])


async def test_its_own_page_can_drive_it(control, playground):
    status, _ = await control("GET", "/state", Origin=playground.base_url)
    assert status == 200


async def test_calls_are_logged_without_the_token(control, api, playground, mado):
    await api("sendMessage", chat_id=mado, text="x")
    await api.raw("sendMessage", chat_id=5, text="x")
    _, log = await control("GET", "/calls?after=0")
    good, bad = log["calls"]
    assert (good["method"], good["chat_id"], good["ok"], log["last"]) == (
        "sendMessage",
        mado,
        True,
        2,
    )
    assert (bad["ok"], bad["error_code"]) == (False, 400)
    assert bad["description"] == "Bad Request: chat not found"
    assert playground.token not in json.dumps(log)


async def test_faults_are_armed_shown_and_cleared(control):
    _, armed = await control("POST", "/faults", {"kind": 429, "method": "getMe", "count": 2})
    [shown] = armed["faults"]
    told = {"kind": "429", "method": "getMe", "chat_id": None, "count": 2, "retry_after": 3}
    assert shown == {**told, "when": "before", "probability": 1.0, "seed": 0, "seconds": None}
    assert (await control("GET", "/faults"))[1] == armed
    assert (await control("DELETE", "/faults"))[1] == {"faults": []}


async def test_a_record_shows_keys_nobody_can_press(control, api, mado):
    key = {"text": "Copy", "copy_text": {"text": "x"}}
    rows = {"inline_keyboard": [[key]]}
    sent = await api("sendMessage", chat_id=mado, text="x", reply_markup=rows)
    _, chat = await control("GET", f"/chats/{mado}/messages?after=1")
    [record] = chat["messages"]
    assert record["keyboard"] == [[{"text": "Copy", "kind": "other"}]]
    tap = {"message_id": sent["message_id"], "row": 0}
    status, _ = await control("POST", f"/people/{mado}/tap", tap)
    assert status == 400


async def test_service_messages_are_named_for_the_page(control, mado, group):
    _, chat = await control("GET", f"/chats/{group}/messages")
    [joined, _] = chat["messages"]
    assert joined["service"] == {"kind": "members_added", "people": [8000000001]}
    assert joined["from_id"] == mado


async def listened(http, playground, count, after=0, **headers):
    """The first events of the stream."""
    url = f"{playground.base_url}/playground/api/events?after={after}"
    events = []
    async with asyncio.timeout(5), http.get(url, headers=headers) as stream:
        while len(events) < count:
            line = (await stream.content.readline()).decode()
            if line.startswith("data: "):
                events.append(json.loads(line.removeprefix("data: ")))
    return events


async def test_the_page_hears_everything(http, api, playground, mado, card):
    seen = playground.world.events.last
    number = {"chat_id": mado, "message_id": card["message_id"]}
    await playground.tap(mado, card["message_id"], button="1")
    [update] = await api.updates()
    await api("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="ok")
    await api("editMessageText", **number, text="Thanks")
    await api("sendChatAction", chat_id=mado, action="typing")
    await api("deleteMessage", **number)
    await api("setMyCommands", commands=[])
    await api("setMyDescription", description="d")
    await playground.move_clock(advance_seconds=60)
    events = await listened(http, playground, 7, after=seen)
    assert [event["type"] for event in events] == [
        "toast", "edit", "typing", "delete", "commands", "bot", "clock",
    ]  # fmt: skip
    assert [event["id"] for event in events] == list(range(seen + 1, seen + 8))
    assert events[0] | {"id": 0} == {
        "id": 0, "type": "toast", "person_id": mado, "text": "ok", "alert": False,
    }  # fmt: skip


async def test_a_page_resumes_where_it_stopped(http, playground, mado):
    last = playground.world.events.last
    [event] = await listened(http, playground, 1, after=0, **{"Last-Event-ID": str(last - 1)})
    assert event["id"] == last


async def test_a_page_of_another_life_is_told_to_start_over(http, playground):
    [event] = await listened(http, playground, 1, after=5000)
    assert event["type"] == "reset"


async def test_an_open_stream_does_not_hold_up_the_end(http, playground):
    url = f"{playground.base_url}/playground/api/events"
    async with asyncio.timeout(5), http.get(url) as stream:
        await playground.stop()
        assert await stream.content.read() == b""
