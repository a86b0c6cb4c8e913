"""Telegram's end of the line: a Bot API that only takes note, and members who press.

On bare asyncio, so that the core beside the bot's is never the slow one.
"""

import asyncio
import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from urllib.parse import parse_qs

SECRET = "bench-secret"
TOKEN = "42:bench"
#: Where every contestant listens for updates.
PATH = "hook"
_BOT = {"id": 42, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_DATE = 1_700_000_000


@dataclass
class Phone:
    """One member's private chat: the message she looks at, and who waits for it to change."""

    chat: int
    message: dict[str, Any] = field(default_factory=dict)
    waiting: asyncio.Future[None] | None = None

    def buttons(self) -> list[str]:
        """The callback data of every button she sees, from top to bottom."""
        rows = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return [button["callback_data"] for row in rows for button in row]

    def change(self) -> asyncio.Future[None]:
        """What is done when the bot next writes or edits."""
        self.waiting = asyncio.get_running_loop().create_future()
        return self.waiting

    def show(self, message: dict[str, Any]) -> None:
        """Look at another message, or at the same one drawn anew."""
        self.message = message
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_result(None)

    def user(self) -> dict[str, Any]:
        """Her account."""
        return {"id": self.chat, "is_bot": False, "first_name": "Aline", "language_code": "fr"}

    def place(self) -> dict[str, Any]:
        """Her private chat."""
        return {"id": self.chat, "type": "private", "first_name": "Aline"}


class Line:
    """Takes the bot's calls and brings it updates."""

    def __init__(self, chats: Iterable[int]) -> None:
        self.phones = {chat: Phone(chat) for chat in chats}
        #: How often each method was called.
        self.calls: Counter[str] = Counter()
        self._numbers = itertools.count(1)

    @asynccontextmanager
    async def answering(self):
        """Answer the bot's calls; give the base address of the API."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Api(self), "127.0.0.1", 0)
        async with server:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    def called(self, method: str, fields: dict[str, Any]) -> Any:
        """Take note of a call and give its result."""
        self.calls[method] += 1
        if method == "getMe":
            return _BOT
        if method not in {"sendMessage", "editMessageText"}:
            return True
        phone = self.phones[int(fields["chat_id"])]
        message = {
            "message_id": int(fields.get("message_id") or next(self._numbers)),
            "date": _DATE,
            "from": _BOT,
            "chat": phone.place(),
            "text": fields["text"],
        }
        if "reply_markup" in fields:
            message["reply_markup"] = fields["reply_markup"]
        phone.show(message)
        return message

    def press(self, phone: Phone, data: str) -> dict[str, Any]:
        """The update of a pressed button."""
        return {
            "update_id": next(self._numbers),
            "callback_query": {
                "id": str(next(self._numbers)),
                "from": phone.user(),
                "chat_instance": "1",
                "message": phone.message,
                "data": data,
            },
        }

    def start(self, phone: Phone) -> dict[str, Any]:
        """The update of a member who writes /start."""
        return {
            "update_id": next(self._numbers),
            "message": {
                "message_id": next(self._numbers),
                "date": _DATE,
                "from": phone.user(),
                "chat": phone.place(),
                "text": "/start",
                "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
            },
        }


@dataclass(frozen=True, kw_only=True)
class Load:
    """What came of a while of pressing. Seconds."""

    #: From each press until the bot had taken it and she saw the next card.
    waits: Sequence[float]
    seconds: float

    @property
    def per_second(self) -> float:
        """Presses a second."""
        return len(self.waits) / self.seconds

    @property
    def p50(self) -> float:
        """What half of the presses did not wait longer than, in seconds."""
        return sorted(self.waits)[len(self.waits) // 2]

    @property
    def p99(self) -> float:
        """What 99 of 100 presses did not wait longer than, in seconds."""
        return sorted(self.waits)[int(len(self.waits) * 0.99)]


async def each_starts(line: Line, hook: str, at_once: int) -> None:
    """Let every member write /start and wait for her first card."""
    phones = iter(line.phones.values())

    async def starter() -> None:
        async with connected(hook) as bring:
            for phone in phones:
                shown = phone.change()
                await bring(line.start(phone))
                await shown

    await asyncio.gather(*(starter() for _ in range(at_once)))


async def press_all(
    line: Line,
    hook: str,
    phones: Iterable[Phone],
    choose: Callable[[Phone], str | None],
    *,
    at_once: int,
    seconds: float,
    seen: bool = True,
) -> Load:
    """Let members press, so many at once, until nobody has a button or the time is over.

    With `seen` a press ends when the bot has confirmed the update and the card has changed;
    without it, when the update is confirmed.
    """
    members = iter(phones)
    waits: list[float] = []
    began = perf_counter()

    async def member() -> None:
        async with connected(hook) as bring:
            for phone in members:
                while perf_counter() - began < seconds and (data := choose(phone)) is not None:
                    pressed = perf_counter()
                    changed = phone.change()
                    await bring(line.press(phone, data))
                    if seen:
                        await changed
                    waits.append(perf_counter() - pressed)
                if perf_counter() - began >= seconds:
                    return

    async with asyncio.timeout(seconds + 30):
        await asyncio.gather(*(member() for _ in range(at_once)))
    return Load(waits=waits, seconds=perf_counter() - began)


@asynccontextmanager
async def connected(hook: str):
    """Hold one connection to a webhook; give the function that delivers an update over it."""
    host, _, rest = hook.removeprefix("http://").partition(":")
    port, _, path = rest.partition("/")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = (
        f"POST /{path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: "
    )

    async def bring(update: dict[str, Any]) -> None:
        body = json.dumps(update)
        writer.write(f"{head}{len(body)}\r\n\r\n{body}".encode())
        answer = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(_length(answer))
        if b" 200 " not in answer.partition(b"\r\n")[0]:
            raise ConnectionError(answer.decode())

    try:
        yield bring
    finally:
        writer.close()


class _Api(asyncio.Protocol):
    """One of the bot's connections."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[: end + 4]
            whole = len(head) + _length(head)
            if len(self._buffer) < whole:
                return
            body, self._buffer = self._buffer[len(head) : whole], self._buffer[whole:]
            self._answer(head, body)

    def _answer(self, head: bytes, body: bytes) -> None:
        method = head.split(maxsplit=2)[1].rpartition(b"/")[2].decode()
        fields = _fields(head, body)
        result = json.dumps({"ok": True, "result": self._line.called(method, fields)}).encode()
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
            % (len(result), result)
        )


def _fields(head: bytes, body: bytes) -> dict[str, Any]:
    """Read the fields of a call: JSON, or a form whose values may be JSON."""
    if b"application/json" in head:
        return json.loads(body)
    form = {key: values[0] for key, values in parse_qs(body.decode()).items()}
    if "reply_markup" in form:
        form["reply_markup"] = json.loads(form["reply_markup"])
    return form


def _length(head: bytes) -> int:
    """Read Content-Length; whoever sends chunks is refused, nobody here does."""
    lowered = head.lower()
    if b"transfer-encoding" in lowered:
        raise ConnectionError("chunks are not read here")
    _, found, rest = lowered.partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0]) if found else 0
