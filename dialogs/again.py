"""A wizard's page once more: why what was typed or pressed is not done stands at its head."""

from dataclasses import replace

from aiogram_dialog import DialogManager
from aiogram_dialog.api.entities import NewMessage

from collective.broadcasts import CAPTION_ROOM, MESSAGE_ROOM
from collective.outbox import Ids
from dialogs.cards import fitting, refusals

#: Where an update keeps the refusal until the page is drawn.
_WHY = "refused_on_page"


async def show(manager: DialogManager, why: Ids) -> None:
    """Show the open page, with the refusal that `why` names above it.

    As the newest message after a text, in its place after a press. Raises what drawing the page
    raises: who may no longer see it reads that instead.
    """
    manager.middleware_data[_WHY] = why
    await manager.show()


async def headed(page: NewMessage, manager: DialogManager) -> NewMessage:
    """Return a page with the refusal of this update at its head; say it before a very long page."""
    data = manager.middleware_data
    why: Ids | None = data.pop(_WHY, None)
    if why is None:
        return page
    text = f"{refusals.sentence(why, data['words'])}\n\n{page.text}"
    if fitting.length(text) <= (CAPTION_ROOM if page.media else MESSAGE_ROOM):
        return replace(page, text=text)
    await data["screen"].reply(page.chat.id, "refusal", why)
    return page
