"""Cards of an invitation, to be printed and cut: A4, four to a page, as a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import segno

from locales.words import Words

if TYPE_CHECKING:
    from fpdf import FPDF

_FONTS = Path(__file__).parent / "fonts"
#: Millimetres: a quarter of A4, the margin inside it, the side of the QR picture.
_WIDTH, _HEIGHT, _MARGIN, _QR = 105.0, 148.5, 10.0, 56.0
#: Points. A long name gets smaller letters.
_NAME, _LONG_NAME, _TEXT, _CODE, _SMALL = 20, 14, 10, 26, 8
_LONG = 24


@dataclass(frozen=True, kw_only=True)
class InvitationCard:
    """What stands on a card; link and code let somebody in."""

    collective: str
    #: Of the bot, without @.
    username: str
    link: str = field(repr=False)
    #: As it is printed.
    code: str = field(repr=False)
    link_until: date
    code_until: date
    #: The collective's languages, in the order they stand on the card.
    words: Sequence[Words]


def sheet(card: InvitationCard) -> bytes:
    """Return a PDF of one page with the card on it four times. Takes about 0.1 s: use a thread."""
    # 45 MB that only a sheet needs.
    from fpdf import FPDF  # noqa: PLC0415

    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(auto=False)
    pdf.add_font("DejaVu", fname=_FONTS / "DejaVuSans.ttf")
    pdf.add_font("DejaVu", style="B", fname=_FONTS / "DejaVuSans-Bold.ttf")
    pdf.add_page()
    for left in (0.0, _WIDTH):
        for top in (0.0, _HEIGHT):
            _draw(pdf, card, left, top)
    pdf.set_draw_color(160)
    pdf.set_dash_pattern(dash=2, gap=2)
    pdf.line(_WIDTH, 0, _WIDTH, 2 * _HEIGHT)
    pdf.line(0, _HEIGHT, 2 * _WIDTH, _HEIGHT)
    return bytes(pdf.output())


def _draw(pdf: "FPDF", card: InvitationCard, left: float, top: float) -> None:
    name = _NAME if len(card.collective) <= _LONG else _LONG_NAME
    pdf.set_y(top + _MARGIN)
    _write(pdf, left, card.collective, size=name, bold=True)
    _qr(pdf, card.link, left + (_WIDTH - _QR) / 2, pdf.get_y() + 1)
    pdf.set_y(pdf.get_y() + _QR + 3)
    for words in card.words:
        _write(pdf, left, _how(card, words.plain), size=_TEXT)
        pdf.set_y(pdf.get_y() + 1.5)
    _write(pdf, left, card.code, size=_CODE, bold=True)
    for words in card.words:
        _write(pdf, left, _until(card, words.plain), size=_SMALL)


def _how(card: InvitationCard, words: Words) -> str:
    return words.gettext(
        "Scan the picture, or write this code to @{bot} in Telegram:",
        bot=card.username,
    )


def _until(card: InvitationCard, words: Words) -> str:
    return words.gettext(
        "Picture: until {day}. Code: until {code_day}.",
        day=words.date(card.link_until),
        code_day=words.date(card.code_until),
    )


def _write(pdf: "FPDF", left: float, text: str, *, size: int, bold: bool = False) -> None:
    pdf.set_font("DejaVu", style="B" if bold else "", size=size)
    pdf.set_x(left + _MARGIN)
    height = size * 0.5
    pdf.multi_cell(_WIDTH - 2 * _MARGIN, height, text, align="C", new_x="LMARGIN", new_y="NEXT")


def _qr(pdf: "FPDF", link: str, left: float, top: float) -> None:
    """Draw the picture as bars: sharp on any printer, and smaller than an image."""
    rows = [*segno.make(link, error="m").matrix_iter(border=2)]
    side = _QR / len(rows)
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len([*run])
            if dark:
                # A hair of overlap: screens would draw white lines between the rows.
                pdf.rect(left + x * side, top + y * side, length * side, side * 1.02, style="F")
            x += length
