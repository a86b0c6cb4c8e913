"""Words as a widget, and a dialog that leaves typed text alone where it asks for none."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from string import Formatter
from typing import Any

import structlog
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.api.entities import NewMessage
from aiogram_dialog.api.exceptions import UnknownIntent
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.input import TextInput
from aiogram_dialog.widgets.input.text import OnSuccess
from aiogram_dialog.widgets.kbd import Button, Cancel, SwitchTo
from aiogram_dialog.widgets.text import Text

from collective.errors import PinNeeded, Refusal, TextEmpty
from collective.stopping import Wish, read_wish
from dialogs import again, typed
from dialogs.cards import refusals
from locales.markers import NP_
from locales.words import Words

log = structlog.get_logger()


class T(Text):
    """A sentence of the catalogs, said when the window is drawn, in the reader's language.

    Placeholders are filled from the window's data and escaped there.
    """

    plain = False

    def __init__(self, msgid: str | tuple[str, str], when: WhenCondition = None) -> None:
        super().__init__(when=when)
        self._msgid = msgid
        source = msgid if isinstance(msgid, str) else msgid[1]
        self._names = {name for _, name, _, _ in Formatter().parse(source) if name}

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        words = words_of(manager)
        words = words.plain if self.plain else words
        fields = {name: data[name] for name in self._names}
        if isinstance(self._msgid, tuple):
            return words.pgettext(*self._msgid, **fields)
        return words.gettext(self._msgid, **fields)


class Label(T):
    """The same on a button, which is not HTML."""

    plain = True


class Leave(Cancel):
    """The button that leaves a wizard and says so."""

    def __init__(self, when: str | None = None) -> None:
        super().__init__(Label(NP_("button", "Cancel")), when=when)

    async def _on_click(
        self, callback: CallbackQuery, button: Button, manager: DialogManager
    ) -> None:
        await super()._on_click(callback, button, manager)
        screen = manager.middleware_data["screen"]
        await screen.reply(callback.from_user.id, "refusal", {"refusal": refusals.LEFT})


def to(label: tuple[str, str], state: State, when: str | None = None) -> SwitchTo:
    """Return a button to another page."""
    name = str(state.state).rpartition(":")[2]
    return SwitchTo(Label(label), id=name, state=state, when=when)


async def to_settings(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Leave a page that the settings led to."""
    await manager.done()
    await manager.middleware_data["screen"].reply(query.from_user.id, "settings", {"number": 0})


class Search(TextInput[str]):
    """Takes a part of a name for a list that is long; beside a short one a text is for a card.

    The window's getter keeps in the dialog's data, under `long`, which it is.
    """

    def __init__(self, name: str, on_success: OnSuccess[str]) -> None:
        super().__init__(id=f"{name}_search", on_success=on_success)
        self.long = f"{name}_long"

    def offered(self, manager: DialogManager) -> bool:
        """Tell whether the list was long when it was shown."""
        return bool(manager.dialog_data.get(self.long))


class Wizard(Dialog):
    """A dialog that takes typed text only in windows that wait for it, or that have it on a button.

    Elsewhere a typed answer belongs to the card shown last, so it is passed on; a command or a
    stop word is never the text that a window waits for. What cannot be taken, typed or pressed,
    changes nothing, and the page is shown again with the reason: below what was typed, or where it
    was pressed. Where several share a phone, a page is hers who
    opened it.
    """

    async def _message_handler(self, message: Message, dialog_manager: DialogManager) -> None:
        async with self._again(dialog_manager):
            await self._take(message, dialog_manager)

    @asynccontextmanager
    async def _again(self, manager: DialogManager) -> AsyncIterator[None]:
        """Show the page as it was, with the reason, where what it led to is refused."""
        before = deepcopy(manager.current_context())
        try:
            yield
        except PinNeeded:
            raise
        except Refusal as refusal:
            open_ = manager.has_context() and manager.current_context()
            if not open_ or open_.id != before.id:
                raise
            vars(open_).update(vars(before))
            update = manager.middleware_data["event_update"].update_id
            log.info("refused", update=update, reason=type(refusal).__name__)
            await again.show(manager, refusals.ids_of(refusal))
            await manager.answer_callback()

    async def render(self, manager: DialogManager) -> NewMessage:
        """Draw the open page, with why what was asked for is refused."""
        return await again.headed(await super().render(manager), manager)

    async def _take(self, message: Message, dialog_manager: DialogManager) -> None:
        window = self.windows[dialog_manager.current_context().state]
        waits = getattr(window, "on_message", None)
        if isinstance(waits, Search) and not waits.offered(dialog_manager):
            waits = None
        text = message.text or ""
        if text.startswith("/") or not hers(dialog_manager):
            raise SkipHandler
        pressed = await self.named(text, dialog_manager)
        if pressed is not None:
            query = typed.as_pressed(message, message.message_id, pressed)
            await super()._callback_handler(query, dialog_manager)
            return
        if waits is None or read_wish(text) is Wish.STOP:
            raise SkipHandler
        if message.text is None and isinstance(waits, TextInput):
            raise TextEmpty
        await super()._message_handler(message, dialog_manager)

    async def named(self, text: str, manager: DialogManager) -> str | None:
        """Return the data of the button of the open page that a text names."""
        window = self.windows[manager.current_context().state]
        if not isinstance(window, Window):
            return None
        markup = await window.render_kbd(await window.load_data(self, manager), manager)
        rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else []
        return typed.button([(key.text, key.callback_data) for row in rows for key in row], text)

    async def _callback_handler(
        self, callback: CallbackQuery, dialog_manager: DialogManager
    ) -> None:
        if not hers(dialog_manager):
            raise UnknownIntent
        async with self._again(dialog_manager):
            await super()._callback_handler(callback, dialog_manager)


def opener(manager: DialogManager) -> dict[str, Any]:
    """Return what a dialog keeps of who opened it, and of who else is on the phone."""
    visitor = manager.middleware_data["visitor"]
    person = visitor.person.id if visitor.person else None
    return {"by": person, "beside": [each.id for each in visitor.persons if each.id != person]}


def hers(manager: DialogManager) -> bool:
    """Tell whether the page belongs to who speaks now."""
    start: Any = manager.start_data or {}
    if "by" not in start:
        return True
    visitor = manager.middleware_data["visitor"]
    person = visitor.person.id if visitor.person else None
    # Who opened it as nobody may have come in by it since.
    return person == start["by"] or (start["by"] is None and person not in start["beside"])


def words_of(manager: DialogManager) -> Words:
    """Return the words of whoever looks at the window."""
    words: Words = manager.middleware_data["words"]
    return words
