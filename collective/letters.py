"""Letters, as people mix them: what reads alike is alike, in answers and in lists."""

import unicodedata


def fold(text: str) -> str:
    """Fold case, accents, white space and the marks around: " Arrêté! " is "arrete"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in letters).split())
