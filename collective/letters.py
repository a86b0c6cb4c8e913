"""Letters, as people mix them: what reads alike is alike, in answers and in lists."""

import unicodedata


def fold(text: str) -> str:
    """Fold case, accents, white space and the marks around: " Arrêté! " is "arrete"."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain(text)).split())


def plain(text: str) -> str:
    """Fold case and accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in letters if not unicodedata.combining(sign))
