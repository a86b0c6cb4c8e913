"""A code typed where one was asked for: it is deleted first, then tried."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from collective import pins
from collective.actions import pins as actions
from collective.errors import PinWaits, PinWrong
from collective.ports import Clock, Ledger
from collective.shown import ShownCard
from dialogs.cards.pins import ASKED
from dialogs.cards.veil import VEIL
from dialogs.screen import Screen
from handlers.filters import Private
from handlers.middlewares import Visitor
from handlers.veils import covered
from handlers.who import as_written, carry_out


class AtPin(Filter):
    """Four digits, and the card shown last waits for a code."""

    async def __call__(
        self, message: Message, visitor: Visitor, ledger: Ledger
    ) -> bool | dict[str, Any]:
        """Hand over the card: `asked`, its message and ids. Who is open already is not asked."""
        if pins.read(message.text or "") is None:
            return False
        async with ledger.reading() as store:
            focus = await store.shown.focus(message.chat.id)
        if focus is None or focus.kind != ASKED:
            return False
        open_ = visitor.person is not None and visitor.person.id == focus.ids["person"]
        return False if open_ else {"asked": focus}


def build() -> Router:
    """Return the router of codes."""
    router = Router(name="secret codes")
    router.message.register(entered, Private(), AtPin())
    return router


async def entered(
    message: Message,
    asked: ShownCard,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
    **data: Any,
) -> None:
    """Try it; if it is hers, show what she had asked for."""
    chat_id, ids = message.chat.id, asked.ids
    await screen.erase(chat_id, message.message_id)
    code = pins.read(message.text or "") or ""
    try:
        person = await actions.enter(
            ledger, visitor.account, int(ids["person"]), code, now=clock.now()
        )
    except (PinWrong, PinWaits) as refusal:
        await screen.erase(chat_id, asked.message_id)
        wrong = {"wrong": 1} if isinstance(refusal, PinWrong) else {}
        await screen.reply(chat_id, ASKED, {**ids, **wrong})
        return
    await screen.erase(chat_id, asked.message_id)
    then = str(ids.get("then", ""))
    if then == VEIL:
        row = await covered(ledger, int(ids["row"]), chat_id)
        await screen.lift(row, int(ids["message"]))
    elif then.startswith("/"):
        data |= {"ledger": ledger, "screen": screen, "clock": clock}
        said = as_written(message, message.from_user, then)
        await carry_out(said, visitor, person, data)
    else:
        rest = {key: value for key, value in ids.items() if key not in {"person", "then"}}
        await screen.reply(chat_id, then or "pin_opened", rest if then else ids)
