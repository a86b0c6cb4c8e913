"""What a wizard cannot take is said at the head of its page, or before a page that is full."""

from aiogram.types import Chat
from aiogram_dialog.api.entities import NewMessage

from collective.broadcasts import MESSAGE_ROOM
from dialogs import again
from dialogs.cards.refusals import NOT_A_BUTTON
from locales.words import Words


class Opened:
    """A wizard that is open: what it would show, and what the screen was asked to say."""

    def __init__(self, text):
        self.page = NewMessage(chat=Chat(id=1, type="private"), text=text)
        self.middleware_data = {"words": Words("fr"), "screen": self}
        self.said = []

    async def show(self):
        self.said.append((await again.headed(self.page, self)).text)

    async def reply(self, _chat_id, _kind, ids):
        self.said.append(ids["refusal"])


async def test_the_reason_stands_above_the_page_once():
    wizard = Opened("Quel jour ?")
    await again.show(wizard, {"refusal": NOT_A_BUTTON})
    await wizard.show()
    assert wizard.said == [
        "Appuie sur un de ces boutons, s’il te plaît.\n\nQuel jour ?",
        "Quel jour ?",
    ]


async def test_before_a_page_that_is_full_the_reason_is_a_message_of_its_own():
    wizard = Opened("x" * MESSAGE_ROOM)
    await again.show(wizard, {"refusal": NOT_A_BUTTON})
    assert wizard.said == [NOT_A_BUTTON, "x" * MESSAGE_ROOM]
