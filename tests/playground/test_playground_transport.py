"""How calls reach the Bot API, and what comes back around the result."""

import aiohttp
import pytest

from playground import Playground


@pytest.fixture
def address(playground):
    return f"{playground.base_url}/bot{playground.token}"


WAYS = {
    "query": lambda words: {"params": words},
    "form": lambda words: {"data": words},
    "json": lambda words: {"json": words},
}


@pytest.mark.parametrize("way", WAYS)
async def test_parameters_may_come_in_every_official_way(http, address, mado, way):
    words = {"chat_id": str(mado), "text": "Mbote", "reply_markup": '{"inline_keyboard": []}'}
    async with http.post(f"{address}/sendMessage", **WAYS[way](words)) as answer:
        assert (await answer.json())["result"]["text"] == "Mbote"


async def test_parameters_may_come_as_multipart(http, address, mado):
    form = aiohttp.FormData(default_to_multipart=True)
    form.add_field("chat_id", str(mado))
    form.add_field("text", "Mbote")
    async with http.post(f"{address}/sendMessage", data=form) as answer:
        assert (await answer.json())["ok"]


@pytest.mark.parametrize("path", ["/getMe", "/GETME", "/?method=getMe"])
async def test_a_method_is_named_in_any_case_or_in_a_parameter(http, address, path):
    async with http.get(address + path) as answer:
        assert (await answer.json())["result"]["is_bot"] is True


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("/botnonsense/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot0:AA/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot1:AA/getMe", 401, "Unauthorized"),
        ("/nowhere", 404, "Not Found"),
        ("/file/bot1:AA/photos/file_1.jpg", 401, "Unauthorized"),
    ],
)
async def test_a_wrong_address_is_refused_in_the_official_words(
    http, playground, path, code, words
):
    async with http.get(playground.base_url + path) as answer:
        assert answer.status == code
        assert await answer.json() == {"ok": False, "error_code": code, "description": words}


async def test_an_unknown_method_is_refused_in_the_official_words(api):
    body = await api.raw("sendDance")
    assert body == {"ok": False, "error_code": 404, "description": "Not Found: method not found"}


async def test_other_verbs_and_broken_bodies_get_a_bare_status(http, address):
    async with http.put(f"{address}/getMe") as answer:
        assert (answer.status, await answer.text()) == (501, "")
    headers = {"Content-Type": "application/json"}
    async with http.post(f"{address}/getMe", data="{", headers=headers) as answer:
        assert (answer.status, await answer.text()) == (400, "")


async def test_a_file_comes_back_as_it_went(api, http, playground, mado):
    sent = await api.upload("sendDocument", {"document": ("état.csv", b"a;b")}, chat_id=str(mado))
    file = await api("getFile", file_id=sent["document"]["file_id"])
    address = f"{playground.base_url}/file/bot{playground.token}/{file['file_path']}"
    async with http.get(address) as answer:
        assert await answer.read() == b"a;b"
    assert sent["document"]["file_name"] == "état.csv"
    assert sent["document"]["mime_type"] == "text/csv"


async def test_the_page_is_served(http, playground):
    async with http.get(playground.address) as answer:
        assert "<!doctype html>" in (await answer.text()).lower()


async def test_a_taken_port_is_an_error_at_once(playground):
    port = int(playground.base_url.rpartition(":")[2])
    with pytest.raises(OSError, match="address already in use"):
        await Playground.start(port=port)
