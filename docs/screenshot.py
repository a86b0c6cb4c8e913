"""Make the README's pictures: play the opening of a check-in and photograph the page.

Run it by `make screenshots`. It needs a Chromium and, for the faces, a font with emoji
(Debian: `apt-get install chromium fonts-noto-color-emoji`).
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, ViewportSize, expect, sync_playwright

ROOT = Path(__file__).parents[1]
#: What each picture is called and how large it is; a README is read on a telephone too.
PICTURES: dict[str, ViewportSize] = {
    "screenshot.png": {"width": 1440, "height": 900},
    "screenshot-phone.png": {"width": 390, "height": 844},
}
#: What Aline presses, in Lingala: good spirits, then a sale and a meeting.
ANSWERS = ("4 🙂", "2 🛍", "3 👥")
#: The page opens five phones; four fill the picture.
TOO_MANY = "Clarisse"
#: Milliseconds the page may take for anything: the bot beside it has to start first.
PATIENCE = 40_000


def main() -> None:
    """Play the scene once and photograph it in each size."""
    with playground() as address, sync_playwright() as tools:
        chromium = tools.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        for number, (name, viewport) in enumerate(PICTURES.items()):
            page = chromium.new_page(viewport=viewport, locale="fr-FR", color_scheme="light")
            page.set_default_timeout(PATIENCE)
            page.goto(address)
            page.wait_for_selector("body[data-ready]")
            if number == 0:
                _play(page)
            path = ROOT / "docs" / name
            page.screenshot(path=path, animations="disabled")
            sys.stdout.write(f"docs/{name}: {path.stat().st_size // 1000} kB\n")
            page.close()
        chromium.close()


@contextmanager
def playground() -> Iterator[str]:
    """Run the playground with its sample on a free port, in a home that is thrown away."""
    settings = {key: each for key, each in os.environ.items() if not key.startswith("LISANGA_")}
    port = str(_free_port())
    with tempfile.TemporaryDirectory() as home:
        started = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, ROOT / "bot.py", "playground", "--port", port],
            # Away from the folder, where a .env may hold a token.
            cwd=home,
            env=settings | {"LISANGA_HOME": home},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            if not started.stdout or "ready" not in started.stdout.readline():
                sys.exit("The playground did not start.")
            yield f"http://127.0.0.1:{port}/"
        finally:
            started.terminate()
            started.wait()


def _play(page: Page) -> None:
    """Let the check-in open; Aline presses, Béatrice types, the others look at what there is."""
    page.get_by_test_id("clock-next").click()
    names = ("Aline", "Béatrice", "Nadine", "Joséphine")
    aline, beatrice, nadine, josephine = (_phone(page, name) for name in names)
    expect(aline.get_by_test_id("button").first).to_be_visible(timeout=PATIENCE)
    for answer in ANSWERS:
        _press(aline, answer)
    _write(beatrice, "4")
    _write(nadine, "/agenda")
    _press(nadine, "2")
    _write(josephine, "/resume")
    _press(josephine, "Tujenge")
    _phone(page, TOO_MANY).get_by_test_id("hide").click()
    page.mouse.move(0, 0)


def _phone(page: Page, name: str) -> Locator:
    return page.locator(f'[data-testid="phone"][data-name="{name}"]')


def _press(phone: Locator, label: str) -> None:
    card = phone.get_by_test_id("message").last
    before = card.text_content() or ""
    phone.get_by_test_id("button").filter(has_text=label).click()
    # The card is edited in place: the press has arrived once it reads otherwise.
    expect(card).not_to_have_text(before, timeout=PATIENCE)


def _write(phone: Locator, text: str) -> None:
    answers = phone.locator('[data-testid="message"][data-by="bot"]')
    before = answers.count()
    phone.get_by_test_id("input").fill(text)
    phone.get_by_test_id("send").click()
    expect(answers).to_have_count(before + 1, timeout=PATIENCE)


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return found or sys.exit("No Chromium here: apt-get install chromium fonts-noto-color-emoji")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    main()
