"""The keys that free text is encrypted with, and the cipher that uses them."""

import base64
import binascii
import hmac
import os
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
_KEY = 32


class KeysInvalid(Exception):
    """LISANGA_KEYS or the key file cannot be used; the message says why, never the key."""


class Cipher:
    """AES-256-GCM with the key's id in front, so that keys can be rotated.

    The newest (highest) key writes, every key reads. The place of a value (table and column)
    is authenticated with it, so a value cannot be moved to another column unnoticed.
    """

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        if not keys:
            raise KeysInvalid("no key given")
        if any(len(key) != _KEY or not 0 <= number <= 255 for number, key in keys.items()):
            raise KeysInvalid("each key is 32 bytes, numbered 0 to 255")
        self._keys = {number: AESGCM(key) for number, key in keys.items()}
        self._newest = max(keys)
        self._secrets = [keys[number] for number in sorted(keys, reverse=True)]

    def seal(self, place: str, text: str) -> bytes:
        """Encrypt text that belongs to `place`."""
        return self.seal_bytes(place, text.encode())

    def derived(self, purpose: str) -> tuple[bytes, ...]:
        """Return a secret for another purpose out of each key, the newest first."""
        return tuple(hmac.digest(key, purpose.encode(), "sha256") for key in self._secrets)

    def open(self, place: str, sealed: bytes) -> str:
        """Decrypt; raise KeysInvalid when the key is missing or the value was tampered with."""
        return self.open_bytes(place, sealed).decode()

    def seal_bytes(self, place: str, content: bytes) -> bytes:
        """Encrypt what is no text."""
        nonce = os.urandom(_NONCE)
        sealed = self._keys[self._newest].encrypt(nonce, content, place.encode())
        return bytes([self._newest]) + nonce + sealed

    def open_bytes(self, place: str, sealed: bytes) -> bytes:
        """Decrypt what is no text; raise KeysInvalid as `open` does."""
        number = int.from_bytes(sealed[:1])
        key = self._keys.get(number)
        if key is None:
            raise KeysInvalid(f"key {number} is missing")
        try:
            nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
            return key.decrypt(nonce, body, place.encode())
        except (InvalidTag, ValueError):  # ValueError: too short to be ours
            raise KeysInvalid(f"a value of {place} does not open with key {number}") from None


def parse_keys(text: str) -> dict[int, bytes]:
    """Read "1:base64,2:base64"; raise KeysInvalid."""
    keys: dict[int, bytes] = {}
    for entry in text.replace("\n", ",").split(","):
        if not entry.strip():
            continue
        name, _, encoded = entry.strip().partition(":")
        try:
            number, key = int(name), base64.b64decode(encoded, validate=True)
        except (ValueError, binascii.Error):
            raise KeysInvalid("keys are written number:base64, separated by commas") from None
        if number in keys:
            raise KeysInvalid(f"two keys have the number {number}")
        keys[number] = key
    return keys


def new_key(number: int) -> str:
    """Return a fresh key as `parse_keys` reads it."""
    return f"{number}:{base64.b64encode(os.urandom(_KEY)).decode()}"


def load_cipher(given: str | None, home: Path) -> Cipher:
    """Take the keys of the settings, else those of the key file, made at first start (0600)."""
    if given:
        return Cipher(parse_keys(given))
    path = home / "keys"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(new_key(1) + "\n")
            # What it seals survives a power cut; so must the key.
            file.flush()
            os.fsync(handle)
    return Cipher(parse_keys(path.read_text()))
