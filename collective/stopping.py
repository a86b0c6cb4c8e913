"""Words that stop the bot or call it back: a whole message, however it is written."""

from enum import StrEnum

from collective.letters import fold

#: French, English and Lingala; folded. Two words stand with one space between.
STOP_WORDS = frozenset(
    {
        *("stop", "stoppe", "stopper", "stoppez"),
        *("arret", "arrete", "arreter", "arretez", "quitter"),
        *("tika", "bima"),
    }
)
BACK_WORDS = frozenset({"retour", "revenir", "je reviens", "zonga", "nazongi"})
#: Shorter words have too many neighbours that mean something else.
FORGIVEN_FROM = 5


class Wish(StrEnum):
    """What a typed message asks of the bot, whatever else is going on."""

    STOP = "stop"
    #: One typo away from stopping: she is asked.
    MAYBE_STOP = "maybe_stop"
    BACK = "back"


def read_wish(text: str) -> Wish | None:
    """Return what a whole message asks; None when it is about something else."""
    said = fold(text)
    if said in STOP_WORDS:
        return Wish.STOP
    if said in BACK_WORDS:
        return Wish.BACK
    long = (word for word in STOP_WORDS if len(word) >= FORGIVEN_FROM)
    return Wish.MAYBE_STOP if any(one_typo(said, word) for word in long) else None


def one_typo(said: str, word: str) -> bool:
    """Tell whether one letter is wrong, missing or too many, or two neighbours are swapped."""
    at = next((at for at, (a, b) in enumerate(zip(said, word, strict=False)) if a != b), None)
    if at is None:
        return abs(len(said) - len(word)) == 1
    a, b = said[at:], word[at:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]
