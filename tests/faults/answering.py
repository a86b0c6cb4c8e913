"""People who answer while things go wrong, and what became of their cards and answers."""

import asyncio
from collections import Counter, defaultdict
from dataclasses import dataclass
from random import Random
from typing import Any

from mortal import Mortal
from sqlalchemy import Select, func, select

from dialogs.cards.asking import SET, CheckInPress
from storage import tables as t

#: Seconds after which somebody who sees nothing happen presses once more.
PATIENCE = 20.0


@dataclass(frozen=True, kw_only=True)
class Since:
    """Where a part of a campaign began: the last call and the last check-in before it."""

    call: int = 0
    checkin: int = 0

    @classmethod
    async def now(cls, house: Mortal) -> "Since":
        """Here."""
        async with house.database.reading() as store:
            last = await store._unit.execute(select(func.max(t.checkins.c.id)))
            return cls(call=house.playground.world.calls.last, checkin=last.scalar_one() or 0)


START = Since()


async def answers(
    house: Mortal, chat: int, luck: Random, pause: float, since: Since = START
) -> None:
    """Think, press a button of the card shown, wait, until the check-in is on record."""
    while not await _finished(house, chat, since):
        cards = [
            (each["message_id"], press)
            for each in await house.playground.messages(chat)
            for press in presses(each["keyboard"] or [])
            if press.do == SET and press.checkin > since.checkin
        ]
        await asyncio.sleep(luck.uniform(0, pause) if cards else 0.1)
        choices = [press for number, press in cards if number == cards[-1][0]]
        if choices:
            await _taps(house, chat, cards[-1][0], luck.choice(choices).pack())


async def _taps(house: Mortal, chat: int, message: int, data: str) -> None:
    """Press, and wait until the bot has handled it, or patience ends."""
    press = await house.playground.tap(chat, message, data=data, forge=True)
    for _ in range(int(PATIENCE / 0.1)):
        if not house.playground.world.updates.waiting(press["update_id"]):
            return
        await asyncio.sleep(0.1)


def sent(house: Mortal, since: Since = START) -> list[tuple[int, CheckInPress]]:
    """Each check-in card that was sent: the chat, and one of its buttons."""
    found = []
    for call in house.playground.world.calls.after(since.call):
        if call["ok"] and call["method"] == "sendMessage":
            markup = call["params"].get("reply_markup") or {}
            found += [
                (call["chat_id"], each) for each in presses(markup.get("inline_keyboard", []))[:1]
            ]
    return found


def presses(keyboard: list[list[dict[str, str]]]) -> list[CheckInPress]:
    """The buttons of a keyboard that belong to a check-in."""
    data = [
        button.get("callback_data") or button.get("data") or ""
        for row in keyboard
        for button in row
    ]
    prefix = CheckInPress.__prefix__ + CheckInPress.__separator__
    return [CheckInPress.unpack(each) for each in data if each.startswith(prefix)]


def received(house: Mortal, since: Since = START) -> dict[int, int]:
    """How many answers each chat was shown as received."""
    shown: dict[int, int] = defaultdict(int)
    for call in house.playground.world.calls.after(since.call):
        if call["ok"] and call["method"] in {"sendMessage", "editMessageText"}:
            dots = call["params"].get("text", "").count("●")
            shown[call["chat_id"]] = max(shown[call["chat_id"]], dots)
    return shown


async def missing(house: Mortal, since: Since = START) -> int:
    """How many answers were shown as received and are not in the database."""
    kept = await _kept(house, since)
    return sum(max(0, dots - kept[chat]) for chat, dots in received(house, since).items())


async def _kept(house: Mortal, since: Since) -> Counter[int]:
    """How many answers of each chat are on record."""
    counted = (
        _of_chats(select(t.accounts.c.telegram_id, func.count()), since)
        .join(t.answers, t.answers.c.checkin_id == t.checkins.c.id)
        .group_by(t.accounts.c.telegram_id)
    )
    async with house.database.reading() as store:
        return Counter(dict((await store._unit.execute(counted)).all()))


async def _finished(house: Mortal, chat: int, since: Since) -> bool:
    """Whether her last answer is on record."""
    asked = _of_chats(select(t.checkins.c.finished_at), since).where(
        t.accounts.c.telegram_id == chat, t.checkins.c.finished_at.is_not(None)
    )
    async with house.database.reading() as store:
        return (await store._unit.execute(asked)).first() is not None


def _of_chats(wanted: Select[Any], since: Since) -> Select[Any]:
    return (
        wanted.join_from(t.accounts, t.persons, t.persons.c.account_id == t.accounts.c.id)
        .join(t.members, t.members.c.person_id == t.persons.c.id)
        .join(t.checkins, t.checkins.c.member_id == t.members.c.id)
        .where(t.checkins.c.id > since.checkin)
    )
