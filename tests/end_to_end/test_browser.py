"""A newcomer in a real browser: `make run`'s playground with the real bot behind it."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from house import ROOT
from playwright.async_api import Locator, Page, async_playwright, expect

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
#: Milliseconds for something to appear: the bot walks through days of due moments.
PATIENCE = 20_000


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """The address that `bot.py playground` prints."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LISANGA_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(ROOT / "bot.py"),
        "playground",
        "--port",
        "0",
        env=environment | {"LISANGA_HOME": str(tmp_path)},
        stdout=asyncio.subprocess.PIPE,
        cwd=tmp_path,
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    yield re.search(r"http://\S+", line)[0]  # type: ignore[index]
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 20) == 0


@pytest.fixture
async def page(address: str, chromium: str) -> AsyncIterator[Page]:
    """The page in headless Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(PATIENCE)
        await page.goto(address)
        await page.wait_for_selector("body[data-ready]")
        yield page
        await browser.close()


async def test_a_person_joins_checks_in_and_sees_the_summary(page: Page):
    link = await _invitation(page)
    mado = await _new_person(page, "Mado", link)
    for label in ("Français", "Je suis d’accord", "Oui", "Non", "Mado"):
        await _press(mado, label)
    await _see(mado, "Bienvenue dans Tujenge (exemple). Tu es membre.")
    await _press(mado, "4 🙂 Bonne")
    await _see(mado, "C’était pour essayer")
    await page.get_by_test_id("clock-next").click()
    await _see(mado, "Comment est ta motivation")
    await _press(mado, "4 🙂 Bonne")
    await _press(mado, "2 🛍 Vente")
    await _press(mado, "C’est tout")
    await _press(mado, "1 👍 Rien")
    await _press(mado, "1 👍 Oui")
    await _see(mado, "Ton point est fini")
    for _ in range(4):
        await _a_day_later(page)
    aline = page.locator("[data-testid=phone][data-name=Aline]")
    await aline.get_by_test_id("chat-tab").nth(1).click()
    await _see(aline, "1 membre sur 8 a répondu")


async def _invitation(page: Page) -> str:
    nadine = page.locator("[data-testid=phone][data-name=Nadine]")
    await nadine.get_by_test_id("input").fill("/inviter")
    await nadine.get_by_test_id("send").click()
    shown = nadine.get_by_test_id("text").filter(has_text="Lien pour les membres").last
    return re.search(r"https://t\.me/\S+", await shown.inner_text())[0]  # type: ignore[index]


async def _new_person(page: Page, name: str, link: str) -> Locator:
    await page.get_by_test_id("new-person").click()
    await page.get_by_test_id("person-name").fill(name)
    await page.get_by_test_id("person-link").fill(link)
    await page.get_by_test_id("person-create").click()
    return page.locator(f"[data-testid=phone][data-name={name}]")


async def _press(phone: Locator, label: str) -> None:
    await phone.get_by_test_id("button").filter(has_text=label).last.click()


async def _see(phone: Locator, words: str) -> None:
    shown = phone.get_by_test_id("text").filter(has_text=words).last
    await expect(shown).to_be_visible(timeout=PATIENCE)


async def _a_day_later(page: Page) -> None:
    await page.get_by_test_id("clock-day").click()
    await expect(page.get_by_test_id("clock")).not_to_have_attribute(
        "aria-busy", "true", timeout=PATIENCE
    )
