"""Cards to print: one page, everything on each of the four cards, in the collective's languages."""

import re
import zlib
from datetime import date

import pytest

from locales.words import Words
from reports.invitation import InvitationCard, sheet

LINK = "https://t.me/LisangaBot?start=i_P6oOzVrQKMssqDZI6CYltkr4GRa9xveZ"


def card(**changes):
    said = {
        "collective": "Tujenge",
        "username": "LisangaBot",
        "link": LINK,
        "code": "LMS BWM",
        "link_until": date(2027, 1, 25),
        "code_until": date(2026, 12, 10),
        "words": [Words("ln"), Words("fr")],
    }
    return InvitationCard(**(said | changes))


def lines(pdf):
    """The lines on the page: each letter is a number, which the PDF itself explains by font."""
    fonts = [
        {
            int(number, 16): chr(int(letter, 16))
            for number, letter in re.findall(rb"<(\w{4})> <(\w{4})>", each)
        }
        for each in re.findall(rb"beginbfchar(.*?)endcmap", pdf, re.DOTALL)
    ]
    streams = re.findall(rb"stream\r?\n(x.*?)\r?\nendstream", pdf, re.DOTALL)
    page = next(found for each in streams if b" Tf" in (found := zlib.decompress(each)))
    letters = {}
    for font, text in re.findall(rb"/F(\d) [\d.]+ Tf|Td \((.*?)(?<!\\)\) Tj", page, re.DOTALL):
        if font:
            letters = fonts[int(font) - 1]
            continue
        plain = re.sub(rb"\\(.)", lambda found: b"\r" if found[1] == b"r" else found[1], text)
        numbers = zip(plain[::2], plain[1::2], strict=True)
        yield "".join(letters[high << 8 | low] for high, low in numbers)


@pytest.mark.parametrize("name", ["Tujenge", "Association – Ɔkɔ ŋa Kadutu", "W" * 60, "Mama 🌸"])
def test_any_name_makes_one_page_of_a4(name):
    pdf = sheet(card(collective=name))
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1
    assert b"595.28 841.89" in pdf
    assert len(pdf) < 40_000


def test_each_of_four_cards_says_who_how_what_and_until_when():
    told = " ".join(lines(sheet(card(collective="Ɔkɔ – Kadutu"))))
    for part in (
        "Ɔkɔ – Kadutu",
        "LMS BWM",
        "to koma code oyo epai ya @LisangaBot",
        "ou écris ce code à @LisangaBot",
        "Foto: kino 25/1/2027. Code: kino 10/12/2026.",
        "Image\u202f: jusqu’au 25/01/2027. Code\u202f: jusqu’au 10/12/2026.",
    ):
        assert told.count(part) == 4


def test_a_collective_of_one_language_reads_that_one():
    told = " ".join(lines(sheet(card(words=[Words("fr")]))))
    assert "kino" not in told


def test_the_link_stands_on_it_as_a_picture_only():
    pdf = sheet(card())
    assert LINK not in " ".join(lines(pdf))
    assert LINK.encode() not in pdf
    assert "i_P6oOz" not in repr(card())
