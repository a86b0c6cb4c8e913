"""An invitation as it is shown, once: link, picture, code, and cards to print."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from datetime import datetime

import segno
import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram_dialog import DialogManager

from collective import codes, invites
from collective.actions import invites as actions
from collective.actions import requests, roster
from collective.calendar import local_day
from collective.collectives import Collective
from collective.people import Role
from dialogs.broom import REPLY_PATIENCE
from dialogs.cards import refusals
from dialogs.pick import facilitated, pick_window
from dialogs.states import Inviting
from dialogs.text import Wizard, words_of
from locales.words import Words
from reports.invitation import InvitationCard, sheet

log = structlog.get_logger()

#: One of the bot's methods that send a file.
Send = Callable[..., Awaitable[Message]]


def build() -> Wizard:
    """Return the dialog that asks which collective to invite to."""
    return Wizard(pick_window(Inviting.collective, facilitated, _picked))


async def show_invite(manager: DialogManager, collective_id: int) -> None:
    """Make a new invitation for members and show it, with cards to print. Raises NotAllowed."""
    data = manager.middleware_data
    async with data["ledger"].writing() as store:
        token = await actions.invite_members(
            store, collective_id, by=data["visitor"].person.id, now=data["clock"].now()
        )
        collective = await store.collectives.get(collective_id)
    code = await send_invite(manager, collective, Role.MEMBER, token)
    if code is not None:
        await _send_cards(manager, collective, token, code)


async def show_own_invite(manager: DialogManager, collective_id: int, member_id: int) -> None:
    """Make and show the invitation to the record of a member without Telegram.

    Raises NotAllowed, Outdated.
    """
    data = manager.middleware_data
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        member = await roster.member(store, collective_id, member_id, by=by)
        token = await actions.invite_written_down(store, member, by=by, now=now)
        collective = await store.collectives.get(collective_id)
    await send_invite(manager, collective, Role.MEMBER, token, own=member.name)


async def show_requests(
    query: CallbackQuery, manager: DialogManager, collective_id: int, role: Role
) -> None:
    """Show the card of each who asks to come in once more, and close the page."""
    data = manager.middleware_data
    async with data["ledger"].reading() as store:
        by = data["visitor"].person.id
        waiting = await requests.waiting(store, collective_id, role, by=by)
    await manager.done()
    for each in waiting:
        await data["screen"].reply(query.from_user.id, requests.ASKED, {"request": each.id})


async def send_invite(
    manager: DialogManager,
    collective: Collective,
    role: Role,
    token: str,
    *,
    own: str | None = None,
) -> str | None:
    """Send the link as text that can be passed on, as a picture, as a code; end the earlier ones.

    `own` is the name of her for whom alone it is. Returns the code, None when nothing could be
    sent: she is asked to press again. An invitation is shown at once or not at all: the token is
    nowhere kept, so the outbox cannot send it.
    """
    data = manager.middleware_data
    link = invites.link(data["username"], token)
    code = await _new_code(manager, token)
    text = invite_text(words_of(manager), collective, role, link, code, own=own)
    picture = BufferedInputFile(qr_png(link), "lisanga-invitation.png")
    bot: Bot = data["bot"]
    if not await _sent(manager, bot.send_photo, picture, text):
        return None
    async with data["ledger"].writing() as store:
        await actions.shown(store, token, now=data["clock"].now())
    return code


async def _send_cards(
    manager: DialogManager, collective: Collective, token: str, code: str
) -> None:
    data = manager.middleware_data
    now: datetime = data["clock"].now()
    card = InvitationCard(
        collective=collective.name,
        username=data["username"],
        link=invites.link(data["username"], token),
        code=codes.printed(code),
        link_until=local_day(now + invites.LIFETIME[Role.MEMBER], collective.zone),
        code_until=local_day(now + codes.LIFETIME, collective.zone),
        words=[Words(code) for code in collective.language.languages],
    )
    pages = BufferedInputFile(await asyncio.to_thread(sheet, card), "lisanga-invitation.pdf")
    text = words_of(manager).gettext("Cards to print and cut, four to a page.")
    bot: Bot = data["bot"]
    await _sent(manager, bot.send_document, pages, text)


async def _sent(manager: DialogManager, send: Send, file: BufferedInputFile, caption: str) -> bool:
    """Send a file now; tell her to press again when that cannot be."""
    data = manager.middleware_data
    chat_id: int = data["visitor"].account.telegram_id
    try:
        sent = await send(chat_id, file, caption=caption, request_timeout=REPLY_PATIENCE)
    except AiogramError as fault:
        log.warning("invite_not_shown", error=type(fault).__name__)
        await data["screen"].reply(chat_id, "refusal", {"refusal": refusals.PRESS_AGAIN})
        return False
    await data["screen"].tidy(chat_id, sent.message_id)
    return True


def invite_text(
    words: Words, collective: Collective, role: Role, link: str, code: str, *, own: str | None
) -> str:
    """Say whom the link is for, how long it lives, and what the code is for."""
    if own is not None:
        sentence = words.gettext(
            "Link for {name} alone. It works once, for {time}. What you have written down of her "
            "becomes hers.",
            name=own,
            time=words.duration(invites.OWN_LIFETIME),
        )
    elif role is Role.MEMBER:
        sentence = words.gettext(
            "Link for the members of {collective}. Share it with them only. It works for {time}; "
            "the earlier link no longer works.",
            collective=collective.name,
            time=words.duration(invites.LIFETIME[role]),
        )
    else:
        sentence = words.gettext(
            "Link for the facilitator of {collective}. It works once, for {time}.",
            collective=collective.name,
            time=words.duration(invites.LIFETIME[role]),
        )
    by_code = words.gettext(
        "Who cannot open it writes me this code, within {time}. Then I ask you for a yes.",
        time=words.duration(codes.LIFETIME),
    )
    return f"{sentence}\n\n{link}\n\n{by_code}\n\n<code>{codes.printed(code)}</code>"


def qr_png(link: str) -> bytes:
    """Draw the link as a QR picture: about 500 bytes, large enough to be scanned off a screen."""
    picture = io.BytesIO()
    segno.make(link, error="m").save(picture, kind="png", scale=8, border=4)
    return picture.getvalue()


async def _picked(manager: DialogManager, collective_id: int) -> None:
    await manager.done()
    await show_invite(manager, collective_id)


async def _new_code(manager: DialogManager, token: str) -> str:
    """Give the invitation a code that no other one has."""
    data = manager.middleware_data
    while True:
        code = codes.new_code()
        newest, *_ = await asyncio.to_thread(codes.hashes, code, data["code_salts"])
        async with data["ledger"].writing() as store:
            if await actions.give_code(store, token, newest, now=data["clock"].now()):
                return code
