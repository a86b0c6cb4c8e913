"""An invitation as it is shown, once: the link, and its picture to be scanned."""

import io

import segno
from aiogram import Bot
from aiogram.types import BufferedInputFile
from aiogram_dialog import DialogManager

from collective import invites
from collective.actions import invites as actions
from collective.collectives import Collective
from collective.people import Role
from dialogs.doors import Inviting
from dialogs.pick import facilitated, pick_window
from dialogs.text import Wizard, words_of
from locales.words import Words


def build() -> Wizard:
    """Return the dialog that asks which collective to invite to."""
    return Wizard(pick_window(Inviting.collective, facilitated, _picked))


async def show_invite(manager: DialogManager, collective_id: int) -> None:
    """Make a new invitation for members and show it; the earlier one ends. Raises NotAllowed."""
    data = manager.middleware_data
    async with data["ledger"].writing() as store:
        token = await actions.invite_members(
            store, collective_id, by=data["visitor"].person.id, now=data["clock"].now()
        )
        collective = await store.collectives.get(collective_id)
    await send_invite(manager, collective, Role.MEMBER, token)


async def send_invite(
    manager: DialogManager, collective: Collective, role: Role, token: str
) -> None:
    """Send the link as text that can be passed on, and as a picture."""
    data = manager.middleware_data
    bot: Bot = data["bot"]
    link = invites.link(data["username"], token)
    caption = invite_text(words_of(manager), collective, role, link)
    picture = BufferedInputFile(qr_png(link), "lisanga-invitation.png")
    await bot.send_photo(data["visitor"].account.telegram_id, picture, caption=caption)


def invite_text(words: Words, collective: Collective, role: Role, link: str) -> str:
    """Say whom the link is for and how long it lives."""
    sentence = (
        words.gettext(
            "Link for the members of {collective}. Share it with them only. It works for {time}; "
            "the earlier link no longer works.",
            collective=collective.name,
            time=words.duration(invites.LIFETIME[role]),
        )
        if role is Role.MEMBER
        else words.gettext(
            "Link for the facilitator of {collective}. It works once, for {time}.",
            collective=collective.name,
            time=words.duration(invites.LIFETIME[role]),
        )
    )
    return f"{sentence}\n\n{link}"


def qr_png(link: str) -> bytes:
    """Draw the link as a QR picture: about 500 bytes, large enough to be scanned off a screen."""
    picture = io.BytesIO()
    segno.make(link, error="m").save(picture, kind="png", scale=8, border=4)
    return picture.getvalue()


async def _picked(manager: DialogManager, collective_id: int) -> None:
    await manager.done()
    await show_invite(manager, collective_id)
