"""Every window can be drawn, every state has a window, every button fits Telegram's 64 bytes."""

import inspect
from types import SimpleNamespace
from unittest.mock import AsyncMock

import pytest
from aiogram.fsm.state import StatesGroup
from aiogram_dialog import Window
from aiogram_dialog.api.entities import Context

from dialogs import states, wizards
from dialogs.cards.asking import CheckInPress
from dialogs.cards.card import Press
from locales.languages import languages
from locales.words import Words

WINDOWS = [(dialog, window) for dialog in wizards.build() for window in dialog.windows.values()]
#: An id as large as Telegram or our tables can make it.
LARGEST = 2**52


def on(window: Window, lang: str) -> SimpleNamespace:
    """What a window asks of a dialog manager while it is drawn."""
    context = Context("i", "s", window.state, None, {}, {}, None)
    scroll = SimpleNamespace(
        get_page=AsyncMock(return_value=0), get_page_count=AsyncMock(return_value=2)
    )
    return SimpleNamespace(
        find=lambda _: scroll,
        middleware_data={"words": Words(lang)},
        is_preview=lambda: False,
        current_context=lambda: context,
    )


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(("dialog", "window"), WINDOWS, ids=lambda each: str(each)[:40])
async def test_every_window_can_be_drawn(dialog, window: Window, lang: str):
    data = window.getter.preview_getter or {}
    data = await data(dialog_manager=None) if callable(data) else data
    manager = on(window, lang)
    assert await window.render_text(data, manager)
    markup = await window.render_kbd(data, manager)
    rows = markup.inline_keyboard if markup else []
    pressed = [key.callback_data for row in rows for key in row if key.url is None]
    assert all(len(data.encode()) <= 50 for data in pressed)


def test_every_state_has_a_window():
    groups = [
        each
        for _, each in inspect.getmembers(states, inspect.isclass)
        if issubclass(each, StatesGroup) and each is not StatesGroup
    ]
    known = {state for group in groups for state in group.__states__}
    assert known == {window.state for _, window in WINDOWS}


def test_the_longest_press_on_a_card_fits_64_bytes():
    press = CheckInPress(checkin=LARGEST, question="q" * 16, do="s", value="v" * 16)
    assert len(press.pack().encode()) <= 64


def test_every_press_has_a_letter_of_its_own():
    prefixes = [each.__prefix__ for each in Press.__subclasses__()]
    assert len(prefixes) == len(set(prefixes))
