"""Codes of invitations, typed. Here, not among the cards, because a code opens a wizard."""

import asyncio
from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message
from aiogram_dialog import DialogManager

from collective import codes
from collective.actions import codes as actions
from collective.actions import joining
from collective.ports import Clock, Ledger
from dialogs import doors
from handlers.filters import Private
from handlers.middlewares import Visitor


class IsCode(Filter):
    """The whole message is a code. Of who is known only exact letters: others may be an answer."""

    async def __call__(self, message: Message, visitor: Visitor) -> bool | dict[str, Any]:
        """Hand over `code`."""
        code = codes.read(message.text or "", exact=visitor.person is not None)
        return {"code": code} if code else False


def build() -> Router:
    """Return the router of codes."""
    router = Router(name="codes")
    router.message.register(typed, Private(), F.text, IsCode())
    return router


async def typed(
    message: Message,
    code: str,
    visitor: Visitor,
    dialog_manager: DialogManager,
    ledger: Ledger,
    clock: Clock,
    code_salts: tuple[bytes, ...],
) -> None:
    """Spend one of her tries; ask who has a code that works what a link would ask."""
    account, person, now = visitor.account, visitor.person, clock.now()
    who = codes.tried_by(account.telegram_id, code_salts)
    async with ledger.writing() as store:
        await actions.spend_try(store, account, who, message.message_id, now=now)
    found = await asyncio.to_thread(codes.hashes, code, code_salts)
    async with ledger.reading() as store:
        invite = await actions.opened_by(store, found, now=now)
        if person is not None:
            await joining.ensure_new(store, invite, person)
        must_agree = await joining.must_agree(store, person, invite.role)
    await doors.open_asking(
        dialog_manager, invite=invite.id, known=person is not None, must_agree=must_agree
    )
