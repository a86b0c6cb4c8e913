"""The playground's page in a real browser; raw Bot API calls stand in for a bot."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from playground import Playground
from playground.attachments import PICTURE

pytestmark = pytest.mark.asyncio(loop_scope="module")

#: How long a sound is by the browser's own reading, in seconds.
SOUND_SECONDS = """
async ({ url }) => {
  const sound = new Audio(url);
  await new Promise((ready) => (sound.onloadedmetadata = ready));
  return sound.duration;
}
"""

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="module")
async def playground() -> AsyncIterator[Playground]:
    started = await Playground.start()
    yield started
    await started.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, playground: Playground) -> AsyncIterator[Page]:
    """A page that must stay without errors and must ask nobody but the playground."""
    opened = await browser.new_page(viewport={"width": 1280, "height": 720}, locale="fr-FR")
    opened.set_default_timeout(5000)
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda said: said.type == "error" and troubles.append(said.text))
    opened.on("request", lambda asked: _own(playground, asked.url) or troubles.append(asked.url))
    yield opened
    await opened.close()
    assert troubles == []


def _own(playground: Playground, url: str) -> bool:
    return url.startswith(playground.base_url)


async def visit(page: Page, playground: Playground) -> None:
    await page.goto(playground.address)
    await page.wait_for_selector("body[data-ready]")


async def bot(playground: Playground, method: str, **params: Any) -> Any:
    url = f"{playground.base_url}/bot{playground.token}/{method}"
    async with ClientSession() as session, session.post(url, json=params) as response:
        return (await response.json())["result"]


async def started(playground: Playground, name: str, **fields: Any) -> int:
    """A person whom the bot may write to."""
    person = await playground.add_person(name, **fields)
    await playground.text(person, "/start")
    return person


def phone(page: Page, name: str) -> Locator:
    return page.locator(f'[data-testid="phone"][data-name="{name}"]')


async def test_empty_playground_asks_for_a_first_person(page, playground):
    await visit(page, playground)
    await expect(page.get_by_role("main").get_by_role("button")).to_have_text("Nouvelle personne")
    await page.locator('[data-language="ln"]').click()
    await expect(page.get_by_role("main").get_by_role("button")).to_have_text("Moto ya sika")


async def test_new_person_with_an_invite_appears_and_the_bot_hears_of_her(page, playground):
    await visit(page, playground)
    await page.get_by_test_id("new-person").click()
    await page.get_by_test_id("person-name").fill("Mado")
    await page.get_by_test_id("person-link").fill("https://t.me/LisangaPlaygroundBot?start=i_1")
    await page.get_by_test_id("person-create").click()
    await expect(phone(page, "Mado").get_by_test_id("message")).to_contain_text("/start i_1")
    (update,) = await bot(playground, "getUpdates")
    assert update["message"]["text"] == "/start i_1"


async def test_button_arrives_live_and_its_touch_reaches_the_bot(page, playground):
    mado = await started(playground, "Mado")
    await visit(page, playground)
    keyboard = {"inline_keyboard": [[{"text": "4 Bon", "callback_data": "m4"}]]}
    await bot(playground, "sendMessage", chat_id=mado, text="Ça va ?", reply_markup=keyboard)
    button = phone(page, "Mado").get_by_test_id("button")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    press = (await bot(playground, "getUpdates", offset=-1))[0]["callback_query"]
    assert press["data"] == "m4"
    await bot(playground, "answerCallbackQuery", callback_query_id=press["id"], text="Noté")
    await expect(phone(page, "Mado").get_by_test_id("toast")).to_have_text("Noté")
    await expect(button).to_have_attribute("aria-busy", "false")


async def test_what_she_types_reaches_the_bot(page, playground):
    await started(playground, "Mado")
    await visit(page, playground)
    await phone(page, "Mado").get_by_test_id("input").fill("mbote")
    await phone(page, "Mado").get_by_test_id("input").press("Enter")
    await expect(phone(page, "Mado").get_by_test_id("message").last).to_contain_text("mbote")
    assert (await bot(playground, "getUpdates", offset=-1))[0]["message"]["text"] == "mbote"


async def test_a_voice_is_made_sent_and_played(page, playground):
    await started(playground, "Mado")
    await visit(page, playground)
    await phone(page, "Mado").get_by_test_id("mic").click()
    await page.locator('[data-testid="hum"][data-seconds="5"]').click()
    voice = phone(page, "Mado").get_by_test_id("voice")
    await expect(voice.get_by_test_id("voice-time")).to_have_text("0:05")
    sent = (await bot(playground, "getUpdates", offset=-1))[0]["message"]["voice"]
    assert (sent["duration"], sent["mime_type"]) == (5, "audio/ogg")
    length = await page.evaluate(
        SOUND_SECONDS, (await playground.messages(7100000001))[-1]["media"]
    )
    assert abs(length - 5) < 0.1
    await voice.get_by_test_id("play").click()
    await expect(voice.get_by_role("button", name="Pause")).to_be_visible()


async def test_a_picture_is_chosen_and_sent_with_its_caption(page, playground):
    await started(playground, "Mado")
    await visit(page, playground)
    await phone(page, "Mado").get_by_test_id("input").fill("Kitenge")
    await phone(page, "Mado").get_by_test_id("attach").click()
    async with page.expect_file_chooser() as chooser:
        await page.locator('[data-item="photo"]').click()
    picture = {"name": "a.png", "mimeType": "image/png", "buffer": PICTURE}
    await (await chooser.value).set_files(files=[picture])
    await expect(phone(page, "Mado").get_by_test_id("message").last).to_contain_text("Kitenge")
    message = (await bot(playground, "getUpdates", offset=-1))[0]["message"]
    assert (message["caption"], message["photo"][-1]["width"]) == ("Kitenge", 320)
    await expect(phone(page, "Mado").get_by_test_id("input")).to_have_value("")


async def test_the_keys_of_the_bot_are_pressed_folded_and_ask_for_a_group(page, playground):
    mado = await started(playground, "Mado")
    group = await playground.add_group("Bana Mboka", mado)
    await visit(page, playground)
    chat = {"request_id": 7, "chat_is_channel": False, "bot_is_member": True}
    keys = {"keyboard": [["Leka"], [{"text": "Choisir", "request_chat": chat}]]}
    await bot(playground, "sendMessage", chat_id=mado, text="?", reply_markup=keys)
    key = phone(page, "Mado").get_by_test_id("reply-key")
    await key.first.click()
    await expect(phone(page, "Mado").get_by_test_id("message").last).to_contain_text("Leka")
    await phone(page, "Mado").get_by_test_id("fold-keys").click()
    await expect(key).to_have_count(2)
    await expect(key.first).to_be_hidden()
    await phone(page, "Mado").get_by_test_id("fold-keys").click()
    await key.last.click()
    await page.locator(f'[data-item="group:{group}"]').click()
    await expect(phone(page, "Mado").get_by_test_id("message").last).to_contain_text("Bana Mboka")
    message = (await bot(playground, "getUpdates", offset=-1))[0]["message"]
    assert message["chat_shared"] == {"request_id": 7, "chat_id": group}


async def test_edits_and_deletions_are_seen_without_reload(page, playground):
    mado = await started(playground, "Mado")
    sent = await bot(playground, "sendMessage", chat_id=mado, text="Question 1")
    which = {"chat_id": mado, "message_id": sent["message_id"]}
    await visit(page, playground)
    message = phone(page, "Mado").locator(f'[data-message="{sent["message_id"]}"]')
    await expect(message).to_contain_text("Question 1")
    await bot(playground, "editMessageText", text="Question <b>2</b>", parse_mode="HTML", **which)
    await expect(message.locator("strong")).to_have_text("2")
    await bot(playground, "deleteMessage", **which)
    await expect(message).to_have_count(0)


async def test_markup_in_a_text_stays_text(page, playground):
    mado = await started(playground, "Mado")
    await visit(page, playground)
    hostile = "<img src=x onerror=alert(1)> [a](javascript:alert(1))"
    entities = [{"type": "text_link", "offset": 29, "length": 3, "url": "javascript:alert(1)"}]
    await bot(playground, "sendMessage", chat_id=mado, text=hostile, entities=entities)
    text = phone(page, "Mado").get_by_test_id("text").last
    await expect(text).to_have_text(hostile)
    assert await text.locator("img, script, a[href^='javascript']").count() == 0


async def test_chat_that_is_not_in_view_shows_that_it_is_unread(page, playground):
    mado = await started(playground, "Mado")
    group = await playground.add_group("Bana Mboka", mado)
    await playground.link(mado, "https://t.me/LisangaPlaygroundBot?startgroup=c", group_id=group)
    await visit(page, playground)
    await bot(playground, "sendMessage", chat_id=group, text="Résumé")
    tab = phone(page, "Mado").locator(f'[data-testid="chat-tab"][data-chat="{group}"]')
    await expect(tab.get_by_test_id("unread")).to_be_visible()
    await tab.click()
    await expect(phone(page, "Mado").get_by_test_id("message").last).to_contain_text("Résumé")
    await expect(tab.get_by_test_id("unread")).to_have_count(0)


async def test_a_press_counts_though_what_is_around_it_changes_meanwhile(page, playground):
    mado = await started(playground, "Mado")
    group = await playground.add_group("Bana Mboka", mado)
    await playground.link(mado, "https://t.me/LisangaPlaygroundBot?startgroup=c", group_id=group)
    await visit(page, playground)
    tab = phone(page, "Mado").locator(f'[data-testid="chat-tab"][data-chat="{group}"]')
    await tab.hover()
    await page.mouse.down()
    await bot(playground, "sendMessage", chat_id=group, text="Résumé")
    await playground.add_group("Amani", mado)
    await expect(tab.get_by_test_id("unread")).to_be_visible()
    await expect(phone(page, "Mado").get_by_test_id("chat-tab")).to_have_count(3)
    await page.mouse.up()
    await expect(tab).to_have_attribute("aria-current", "true")


async def test_clock_moves_a_day_and_says_so(page, playground):
    await visit(page, playground)
    await page.get_by_test_id("clock-day").click()
    await expect(page.get_by_test_id("clock-ahead")).to_have_text("1 jour d’avance")
    assert playground.world.clock.offset_seconds == 86400
    await expect(page.get_by_test_id("clock-next")).to_be_disabled()


async def test_phone_width_has_nothing_to_scroll_sideways(page, playground):
    mado = await started(playground, "Mado", sample=True, note="Teinture et broderie " * 4)
    aline = await started(playground, "Aline Marie-Espérance")
    await playground.add_group("Collectif des teinturières de Kadutu", aline, mado)
    rows = [[{"text": "Je ne sais pas encore", "callback_data": str(n)} for n in range(4)]]
    long = {"text": "x" * 300, "reply_markup": {"inline_keyboard": rows}}
    await bot(playground, "sendMessage", chat_id=mado, **long)
    for kind in ("voice", "photo", "document"):
        await playground.send(mado, kind, name=f"{'prix' * 20}.csv")
    keys = [["Je ne sais pas encore"] * 4, ["Leka"]]
    await bot(playground, "sendMessage", chat_id=mado, text="?", reply_markup={"keyboard": keys})
    await page.set_viewport_size({"width": 390, "height": 844})
    await visit(page, playground)
    await expect(phone(page, "Mado").get_by_test_id("button")).to_have_count(4)
    widths = "[document.documentElement.scrollWidth, phones.clientWidth, innerWidth]"
    assert await page.evaluate(widths) == [390, 390, 390]
    for name in ("button", "reply-key", "mic", "voice", "picture", "document"):
        box = await phone(page, "Mado").get_by_test_id(name).last.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 390
