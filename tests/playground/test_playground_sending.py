"""What people send: voices, pictures and documents reach the bot, and it can fetch them."""

import base64

import aiohttp
import pytest

from playground import voices


async def fetched(api, http, playground, file_id):
    """The bytes the bot gets for a file id, by the way of getFile."""
    path = (await api("getFile", file_id=file_id))["file_path"]
    url = f"{playground.base_url}/file/bot{playground.token}/{path}"
    async with http.get(url) as answer:
        return await answer.read()


async def test_a_voice_is_as_long_as_told_and_can_be_fetched(api, http, playground, mado):
    await playground.send(mado, "voice", duration=20, caption="Ndeko")
    [update] = await api.updates()
    voice = update["message"]["voice"]
    sound = await fetched(api, http, playground, voice["file_id"])
    assert (voice["duration"], voice["mime_type"]) == (20, "audio/ogg")
    assert voice["file_size"] == len(sound)
    assert sound == voices.silence(20)
    assert update["message"]["caption"] == "Ndeko"


def test_a_silence_is_ogg_with_opus_of_that_length():
    sound = voices.silence(2.5)
    assert sound.count(b"OggS") == 2 + 3  # two headers, then a page a second
    last = sound[sound.rindex(b"OggS") :]
    assert int.from_bytes(last[6:14], "little") == 2.5 * voices.RATE


async def test_a_size_may_be_told_that_the_bytes_do_not_have(api, playground, mado):
    await playground.send(mado, "voice", duration=3600, size=21 * 1024 * 1024)
    [update] = await api.updates()
    refused = await api.raw("getFile", file_id=update["message"]["voice"]["file_id"])
    assert refused["description"] == "Bad Request: file is too big"


async def test_bytes_come_as_base64_or_as_a_form(api, http, playground, mado):
    await playground.send(mado, "document", name="a.txt", data=base64.b64encode(b"one").decode())
    form = aiohttp.FormData({"caption": "deux"}, quote_fields=False)
    form.add_field("file", b"two", filename="b.pdf", content_type="application/pdf")
    url = f"{playground.base_url}/playground/api/people/{mado}/document"
    async with http.post(url, data=form) as answer:
        assert answer.status == 200
    first, second = [update["message"] for update in await api.updates()]
    names = [(m["document"]["file_name"], m["document"]["mime_type"]) for m in (first, second)]
    assert names == [("a.txt", "text/plain"), ("b.pdf", "application/pdf")]
    assert await fetched(api, http, playground, first["document"]["file_id"]) == b"one"
    assert await fetched(api, http, playground, second["document"]["file_id"]) == b"two"
    assert second["caption"] == "deux"


async def test_what_she_sent_may_be_sent_on_as_what_it_is_only(api, playground, mado):
    await playground.send(mado, "voice")
    [update] = await api.updates()
    voice = update["message"]["voice"]
    again = await api("sendVoice", chat_id=mado, voice=voice["file_id"])
    assert again["voice"] == voice
    refused = await api.raw("sendDocument", chat_id=mado, document=voice["file_id"])
    assert refused["description"] == "Bad Request: can't use file of type VoiceNote as Document"


async def test_a_voice_is_not_turned_into_something_else(api, playground, mado):
    await playground.send(mado, "photo")
    [update] = await api.updates()
    picture = {"type": "photo", "media": update["message"]["photo"][-1]["file_id"]}
    sent = await api.upload(
        "sendVoice", {"voice": ("a.ogg", b"1")}, chat_id=str(mado), duration="3"
    )
    assert sent["voice"]["duration"] == 3
    number = {"chat_id": mado, "message_id": sent["message_id"]}
    refused = await api.raw("editMessageMedia", **number, media=picture)
    assert refused["description"] == "Bad Request: message media can't be edited"


async def test_a_record_tells_the_page_how_to_play_it(http, playground, mado):
    await playground.send(mado, "voice", duration=7)
    [*_, record] = await playground.messages(mado)
    assert (record["media"]["kind"], record["media"]["duration"]) == ("voice", 7)
    async with http.get(playground.base_url + record["media"]["url"]) as answer:
        assert answer.content_type == "audio/ogg"


@pytest.mark.parametrize(
    ("kind", "body", "error"),
    [
        ("photo", {"data": "Zm9v"}, "IMAGE_PROCESS_FAILED"),
        ("photo", {"data": "%"}, "base64"),
        ("voice", {"data": ""}, "non-empty"),
        ("voice", {"duration": "long"}, "whole number"),
        ("document", {"chat_id": -5}, "no group"),
    ],
)
async def test_what_cannot_be_sent_is_said_plainly(http, playground, mado, kind, body, error):
    url = f"{playground.base_url}/playground/api/people/{mado}/{kind}"
    async with http.post(url, json=body) as answer:
        assert answer.status in {400, 404}
        assert error in (await answer.json())["error"]


async def test_a_form_that_cannot_be_read_is_refused(http, playground, mado):
    headers = {"Content-Type": "multipart/form-data"}
    url = f"{playground.base_url}/playground/api/people/{mado}/voice"
    async with http.post(url, data=b"x", headers=headers) as answer:
        assert (answer.status, await answer.json()) == (400, {"error": "the form cannot be read"})
