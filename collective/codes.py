"""The human code of an invitation: six letters to be read out, written down and typed."""

import hashlib
import hmac
import secrets
import unicodedata
from datetime import timedelta

#: No vowels, so that no code is a word; of letters that look alike, one.
ALPHABET = "BCDFHKLMNPRSTVWXZ"
LENGTH = 6
#: How long a code lives, from the making of its invitation.
LIFETIME = timedelta(days=14)
#: How many codes one account may try, within how long.
TRIES, SPAN = 5, timedelta(hours=1)

#: What is read as the letter of the alphabet that it looks like.
_LOOKS_LIKE = str.maketrans("0OQ1IJ2568GUY", "DDDLLLZSCBCVV")
_BETWEEN = " \t\n-–—_.·"
#: 16 MB and about 50 ms a guess: a code has 24 random bits only.
_COST, _BLOCK = 2**14, 8


def new_code() -> str:
    """Return six random letters."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def printed(code: str) -> str:
    """Write it as it is read: in two groups of three."""
    return f"{code[:3]} {code[3:]}"


def read(text: str, *, exact: bool = False) -> str | None:
    """Return the code that a text is, None when it is none.

    Case, accents, spaces and dashes do not count; a letter or digit that only looks like one of
    the alphabet is taken for it, unless `exact`.
    """
    letters = unicodedata.normalize("NFKD", text).upper()
    kept = "".join(c for c in letters if c not in _BETWEEN and not unicodedata.combining(c))
    code = kept if exact else kept.translate(_LOOKS_LIKE)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def hashes(code: str, salts: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Return what is stored of a code, by the newest salt, then what older salts made of it.

    The salts belong to the installation, not to the row: a code must be found by its hash. They
    come from its keys, which are not in the database. Slow: call it in a thread.
    """
    return tuple(
        hashlib.scrypt(code.encode(), salt=salt, n=_COST, r=_BLOCK, p=1, dklen=32) for salt in salts
    )


def tried_by(telegram_id: int, salts: tuple[bytes, ...]) -> bytes:
    """Return under what the tries of an account are counted: nobody can read it back."""
    return hmac.digest(salts[0], str(telegram_id).encode(), "sha256")
