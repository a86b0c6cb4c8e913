"""What a person sends beside words: a voice message, a picture, a document."""

import base64
import binascii
from typing import Any

from playground import speech, text, voices
from playground.params import Upload
from playground.people import Person
from playground.refusals import ControlError, RefusalError, number
from playground.world import World

#: What is sent when the bytes are not given: an ochre picture of 320 × 240, a small table.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAUAAAADwAQMAAABL4y8oAAAABlBMVEWYUAr76c8+Cgn7AAAAIElEQVR4"
    "2u3BgQAAAADDoPlTH+ECVQEAAAAAAAAAAMA3JnAAAWMcpeUAAAAASUVORK5CYII="
)
TABLE = b"a;b\n1;2\n"

DEFAULTS = {
    "voice": Upload(name="voice.ogg", mime="audio/ogg", data=b""),
    "photo": Upload(name="photo.png", mime="image/png", data=PICTURE),
    "document": Upload(name="document.csv", mime="text/csv", data=TABLE),
}


def send(world: World, person: Person, body: dict[str, Any], *, kind: str) -> dict[str, Any]:
    """She sends a file: `data` in base64 or an upload `file`, `caption`, `duration` for a voice.

    Without bytes it is a small one; a voice is silence as long as `duration` (5 s). `size` makes
    the bot believe in another number of bytes.
    """
    seconds = number(body.get("duration") or 5, "duration")
    upload = _upload(body, kind, seconds)
    try:
        file = world.files.add(kind, upload, seconds=seconds, size=speech.optional(body, "size"))
    except RefusalError as refusal:
        raise ControlError(400, refusal.description) from None
    caption = text.plain(str(body.get("caption") or "")).fields("caption", "caption_entities")
    content = {**world.files.content(file), **caption}
    return speech.utter(world, person, body, content, media=file.media())


def _upload(body: dict[str, Any], kind: str, seconds: int) -> Upload:
    given = body.get("file")
    if isinstance(given, Upload):
        return given
    usual = DEFAULTS[kind]
    name, mime = str(body.get("name") or usual.name), str(body.get("mime") or usual.mime)
    if body.get("data") is None:
        data = usual.data or voices.silence(seconds)
    else:
        try:
            data = base64.b64decode(str(body["data"]), validate=True)
        except binascii.Error:
            raise ControlError(400, "data must be base64") from None
    return Upload(name=name, mime=mime, data=data)
