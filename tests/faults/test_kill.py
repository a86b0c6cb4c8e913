"""kill -9 at random moments: nothing is lost, at most what was in flight comes twice."""

import asyncio
from collections import Counter, defaultdict
from datetime import timedelta
from random import Random

from mortal import Mortal
from sqlalchemy import func, select
from tally import Size, Tally

from collective.outbox import State
from delivery.sender import IN_FLIGHT
from dialogs.cards.asking import SET, CheckInPress
from storage import tables as t

#: Seconds within which a killed bot is usually busy: with an opening, with people who answer.
SPAN = 1.5
#: Seconds after which somebody who sees nothing happen presses once more.
PATIENCE = 20.0
WEEK = timedelta(days=7)


async def test_every_member_gets_her_card_whenever_the_bot_is_killed_at_an_opening(
    house: Mortal, now, size: Size, luck: Random, tally: list[Tally], engine: str
):
    await house.found(size.members)
    await house.start()
    for number in range(size.rounds):
        house.move_to(now + number * WEEK)
        await _killed(house, size, luck)
        await house.rest()
    cards = Counter(press.checkin for _, press in _sent(house))
    expected = await _count(house, t.checkins)
    row = Tally(
        fault=f"kill -9 × {house.kills} while rounds open for {size.members}",
        engine=engine,
        sent=cards.total(),
        duplicated=cards.total() - len(cards),
        unclear=await _count(house, t.outbox, t.outbox.c.state == State.FAILED.value),
        lost=expected - len(cards),
    )
    tally.append(row)
    assert expected == size.members * size.rounds
    assert (row.lost, row.unclear) == (0, 0), row
    assert row.duplicated <= IN_FLIGHT * house.kills, row
    assert max(cards.values()) <= 1 + size.kills, row


async def test_no_answer_that_was_shown_as_received_is_missing_after_a_kill(
    house: Mortal, now, size: Size, luck: Random, tally: list[Tally], engine: str
):
    await house.found(size.members)
    await house.start()
    house.move_to(now)
    await house.rest()
    lost = 0
    async with asyncio.TaskGroup() as people:
        for chat in house.people:
            people.create_task(_answers(house, chat, luck, size.pause))
        for _ in range(size.rounds * size.kills):
            await asyncio.sleep(luck.uniform(0, SPAN))
            await house.kill()
            lost += await _missing(house)
            await house.start()
    await house.rest()
    lost += await _missing(house)
    row = Tally(
        fault=f"kill -9 × {house.kills} while {size.members} members answer",
        engine=engine,
        sent=sum(_received(house).values()),
        duplicated=0,
        unclear=await _count(house, t.outbox, t.outbox.c.state == State.FAILED.value),
        lost=lost,
    )
    tally.append(row)
    assert lost == 0, row
    assert await _count(house, t.checkins, t.checkins.c.finished_at.is_not(None)) == size.members


async def _killed(house: Mortal, size: Size, luck: Random) -> None:
    for _ in range(size.kills):
        await asyncio.sleep(luck.uniform(0, SPAN))
        await house.kill()
        await house.start()


async def _answers(house: Mortal, chat: int, luck: Random, pause: float) -> None:
    """Think, press a button of the card shown, wait, until the check-in is on record."""
    while not await _finished(house, chat):
        shown = [each for each in await house.playground.messages(chat) if each["keyboard"]]
        presses = [press for press in _presses(shown[-1]["keyboard"]) if press.do == SET]
        data = luck.choice(presses).pack()
        await asyncio.sleep(luck.uniform(0, pause))
        press = await house.playground.tap(chat, shown[-1]["message_id"], data=data, forge=True)
        for _ in range(int(PATIENCE / 0.1)):
            if not house.playground.world.updates.waiting(press["update_id"]):
                break
            await asyncio.sleep(0.1)


def _sent(house: Mortal) -> list[tuple[int, CheckInPress]]:
    """Each check-in card that was sent: the chat, and one of its buttons."""
    sent = []
    for call in house.playground.world.calls.after(0):
        if call["ok"] and call["method"] == "sendMessage":
            markup = call["params"].get("reply_markup") or {}
            presses = _presses(markup.get("inline_keyboard", []))
            sent += [(call["chat_id"], press) for press in presses[:1]]
    return sent


def _presses(keyboard: list[list[dict[str, str]]]) -> list[CheckInPress]:
    """The buttons of a keyboard that belong to a check-in."""
    data = [
        button.get("callback_data") or button.get("data") or ""
        for row in keyboard
        for button in row
    ]
    prefix = CheckInPress.__prefix__ + CheckInPress.__separator__
    return [CheckInPress.unpack(each) for each in data if each.startswith(prefix)]


def _received(house: Mortal) -> dict[int, int]:
    """How many answers each chat was shown as received."""
    shown: dict[int, int] = defaultdict(int)
    for call in house.playground.world.calls.after(0):
        if call["ok"] and call["method"] in {"sendMessage", "editMessageText"}:
            dots = call["params"].get("text", "").count("●")
            shown[call["chat_id"]] = max(shown[call["chat_id"]], dots)
    return shown


async def _missing(house: Mortal) -> int:
    """How many answers were shown as received and are not in the database."""
    kept = await _kept(house)
    return sum(max(0, dots - kept[chat]) for chat, dots in _received(house).items())


async def _kept(house: Mortal) -> Counter[int]:
    """How many answers of each chat are on record."""
    counted = (
        select(t.accounts.c.telegram_id, func.count())
        .join(t.persons, t.persons.c.account_id == t.accounts.c.id)
        .join(t.members, t.members.c.person_id == t.persons.c.id)
        .join(t.checkins, t.checkins.c.member_id == t.members.c.id)
        .join(t.answers, t.answers.c.checkin_id == t.checkins.c.id)
        .group_by(t.accounts.c.telegram_id)
    )
    async with house.database.reading() as store:
        return Counter(dict((await store._unit.execute(counted)).all()))


async def _finished(house: Mortal, chat: int) -> bool:
    """Whether her last answer is on record."""
    asked = (
        select(t.checkins.c.finished_at)
        .join(t.members, t.members.c.id == t.checkins.c.member_id)
        .join(t.persons, t.persons.c.id == t.members.c.person_id)
        .join(t.accounts, t.accounts.c.id == t.persons.c.account_id)
        .where(t.accounts.c.telegram_id == chat)
    )
    async with house.database.reading() as store:
        return (await store._unit.execute(asked)).scalar_one() is not None


async def _count(house: Mortal, table, *conditions) -> int:
    async with house.database.reading() as store:
        counted = select(func.count()).select_from(table).where(*conditions)
        return (await store._unit.execute(counted)).scalar_one()
