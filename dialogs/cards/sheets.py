"""Sheets: cards a person walks through by herself, one after the other in the same message."""

from collections.abc import Sequence

from pydantic import Field

from collective.outbox import Ids
from dialogs import commands
from dialogs.cards.card import Button, Card, Press, Rows
from locales.words import Words

#: All sheets are one card, so the newest takes the buttons off the one before it. Which of them it
#: shows is kept as what it asks.
SHEET = "sheet"
#: Rows of a list on one sheet: what a small phone shows together with the text above.
LENGTH = 6


class ShowPress(Press, prefix="sA"):
    """A press that shows another sheet in place of this one."""

    sheet: str
    #: Which part of a list that is longer than one sheet, or which record the sheet is about.
    number: int


class CommandPress(Press, prefix="oA"):
    """A press that is as good as writing a command."""

    command: str = Field(pattern=r"^\w+$")


def sheet(kind: str, text: str, buttons: Rows, number: int = 0) -> Card:
    """Return the card that shows the sheet of a kind; `number` as in ShowPress."""
    asks = f"{kind} {number}"
    return Card(text=text, buttons=buttons, identity=(SHEET, {}), asks=asks)


def shown(ids: Ids) -> tuple[str, Ids]:
    """Return the kind and ids of the sheet that the card shows."""
    kind, _, number = str(ids["asks"]).partition(" ")
    return kind, {"number": int(number)}


def show(sheet: str, label: str, number: int = 0) -> Button:
    """Return a button that leads to a sheet, named by its kind."""
    return Button(label=label, data=ShowPress(sheet=sheet, number=number).pack())


def command(name: str, words: Words) -> Button:
    """Return a button that carries out a command, under the command's own description."""
    return Button(label=commands.description(name, words), data=CommandPress(command=name).pack())


def home(words: Words) -> Button:
    """Return the button that leads back to the beginning."""
    return show("home", words.plain.pgettext("button", "Home"))


def back(sheet: str, words: Words) -> Button:
    """Return the button that leads back to a sheet."""
    return show(sheet, words.plain.pgettext("button", "Back"))


def listed(buttons: Sequence[Button], sheet: str, part: int, words: Words) -> Rows:
    """Return one part of a list, a button a row, and the way to its other parts."""
    last = max(0, (len(buttons) - 1) // LENGTH)
    part = min(max(part, 0), last)
    rows = tuple((button,) for button in buttons[part * LENGTH :][:LENGTH])
    return (*rows, *turning(sheet, part, last, words))


def turning(sheet: str, part: int, last: int, words: Words, *, first: int = 0) -> Rows:
    """Return the way to the other parts of a list, no row where it has one part only.

    `first` is the number under which the sheet shows its first part.
    """
    ways = []
    if part > 0:
        ways.append(show(sheet, words.plain.pgettext("button", "Before"), first + part - 1))
    if part < last:
        ways.append(show(sheet, words.plain.pgettext("button", "More"), first + part + 1))
    return (tuple(ways),) if ways else ()
