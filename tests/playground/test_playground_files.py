"""Pictures and documents: what is taken, what is given back, what is refused."""

import struct

import pytest
from playground_client import PNG

from playground.files import image_size
from playground.refusals import RefusalError

JPEG = (
    b"\xff\xd8\xff\xe0\x00\x04\x00\x00"  # an application segment to step over
    b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 20, 30) + b"\x03" + bytes(9)
)


def test_the_size_of_a_png_and_of_a_jpeg_is_read():
    assert image_size(PNG) == (300, 200, ".png")
    assert image_size(JPEG) == (30, 20, ".jpg")


@pytest.mark.parametrize("data", [b"GIF89a", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"x"])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(RefusalError, match="IMAGE_PROCESS_FAILED"):
        image_size(data)


async def test_a_picture_has_two_sizes_the_last_is_whole(api, mado):
    sent = await api.upload("sendPhoto", {"photo": ("a.png", PNG)}, chat_id=str(mado))
    sizes = [(size["width"], size["height"]) for size in sent["photo"]]
    assert sizes == [(90, 60), (300, 200)]
    again = await api("sendPhoto", chat_id=mado, photo=sent["photo"][0]["file_id"])
    assert again["photo"] == sent["photo"]


async def refused_upload(api, mado, name, data):
    with pytest.raises(AssertionError) as refused:
        await api.upload(f"send{name.capitalize()}", {name: ("a", data)}, chat_id=str(mado))
    return str(refused.value)


async def test_a_strip_and_an_empty_file_are_refused(api, mado):
    strip = PNG[:16] + struct.pack(">II", 2100, 100) + PNG[24:]
    assert "PHOTO_INVALID_DIMENSIONS" in await refused_upload(api, mado, "photo", strip)
    assert "file must be non-empty" in await refused_upload(api, mado, "document", b"")


async def test_a_file_too_big_to_fetch_is_refused(api, mado, monkeypatch):
    monkeypatch.setattr("playground.methods.chats.DOWNLOAD_LIMIT", 2)
    sent = await api.upload("sendDocument", {"document": ("a.csv", b"abc")}, chat_id=str(mado))
    body = await api.raw("getFile", file_id=sent["document"]["file_id"])
    assert body["description"] == "Bad Request: file is too big"


async def test_media_may_be_changed_by_an_attached_upload(api, mado, card):
    number = {"chat_id": str(mado), "message_id": str(card["message_id"])}
    media = '{"type": "photo", "media": "attach://f1", "caption": "<b>x</b>", "parse_mode": "HTML"}'
    edited = await api.upload("editMessageMedia", {"f1": ("a.png", PNG)}, **number, media=media)
    assert (edited["caption"], edited["photo"][-1]["width"]) == ("x", 300)
    assert "text" not in edited
    bare = await api("editMessageCaption", **number)
    assert "caption" not in bare


async def test_a_page_gets_no_script_from_a_document(api, http, playground, mado):
    await api.upload("sendDocument", {"document": ("a.html", b"<script>")}, chat_id=str(mado))
    [*_, record] = await playground.messages(mado)
    async with http.get(playground.base_url + record["media"]["url"]) as answer:
        assert answer.headers["Content-Security-Policy"] == "sandbox"


async def test_a_reply_to_nothing_goes_when_it_may(api, mado):
    reply = {"message_id": 99, "allow_sending_without_reply": True}
    sent = await api("sendMessage", chat_id=mado, text="x", reply_parameters=reply)
    assert "reply_to_message" not in sent
