"""The four digits with which a person closes what is hers on a phone that others hold too."""

import hashlib
import hmac
import math
import re
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from collective.errors import PinTooEasy, PinUnreadable, PinWaits

#: Wrong tries in a row before she has to wait, and how long then after each further one. Nobody
#: is locked out for ever; at one try a day ten thousand codes take a life.
FREE = 3
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(days=1),
)
#: What scrypt costs: about 50 ms and 16 MB a try.
_COST, _BLOCK = 2**14, 8
_RUNS = ("01234567890", "09876543210")


@dataclass(frozen=True, kw_only=True)
class Pin:
    """A person's code as it is kept."""

    #: Salt and hash; what she types is never kept.
    hash: str
    #: Wrong tries since the last right one, the one that is under way included.
    tries: int
    #: Until when no try is taken.
    waits_until: datetime | None

    def ensure_open(self, now: datetime) -> None:
        """Raise PinWaits while no try is taken."""
        if self.waits_until is not None and now < self.waits_until:
            raise PinWaits(minutes=math.ceil((self.waits_until - now) / timedelta(minutes=1)))


def read(text: str) -> str | None:
    """Return the four digits somebody typed, None when they are none."""
    digits = "".join(text.split())
    return digits if re.fullmatch(r"[0-9]{4}", digits) else None


def ensure_new(text: str) -> str:
    """Return the code somebody chooses; raise PinUnreadable, PinTooEasy."""
    code = read(text)
    if code is None:
        raise PinUnreadable
    if len(set(code)) == 1 or any(code in run for run in _RUNS):
        raise PinTooEasy
    return code


def wait_after(tries: int) -> timedelta:
    """Return how long no further try is taken after so many wrong ones."""
    if tries < FREE:
        return timedelta(0)
    return WAITS[min(tries - FREE, len(WAITS) - 1)]


def hashed(code: str) -> str:
    """Return salt and hash. It takes long: call it in a thread."""
    salt = secrets.token_bytes(16)
    return f"{b64encode(salt).decode()}:{b64encode(_scrypt(code, salt)).decode()}"


def matches(code: str, kept: str) -> bool:
    """Tell whether it is the code, in constant time. It takes long: call it in a thread."""
    salt, expected = (b64decode(part) for part in kept.split(":"))
    return hmac.compare_digest(_scrypt(code, salt), expected)


def _scrypt(code: str, salt: bytes) -> bytes:
    return hashlib.scrypt(code.encode(), salt=salt, n=_COST, r=_BLOCK, p=1, dklen=32)
