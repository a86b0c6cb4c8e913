"""Who is this: known before a handler runs, and kept only when she talks to the bot herself."""

import pytest

from locales.words import Words
from storage import tables as t
from tests.delivery.edge import at_work, until


@pytest.fixture
async def stranger(side):
    """Somebody the bot has never met."""
    return await side.playground.add_person("Aline", language_code="ln-CD")


async def handled(side, source, update):
    async with at_work(source):
        await until(lambda: not side.playground.world.updates.waiting(update))


async def test_who_writes_in_private_gets_an_account(side, source, stranger):
    await handled(side, source, (await side.playground.text(stranger, "/start"))["update_id"])
    assert [row.telegram_id for row in await side.rows(t.accounts)] == [stranger]


async def test_who_only_writes_in_a_group_leaves_no_trace(side, source, stranger, mado):
    group = await side.group(mado, stranger)
    name = side.playground.world.bot.username
    said = await side.playground.text(stranger, f"/resume@{name}", chat_id=group)
    await handled(side, source, said["update_id"])
    assert [row.telegram_id for row in await side.rows(t.accounts)] == [mado]
    assert len(await side.said(group)) == 1


async def test_a_bot_is_ignored(side, source, mado):
    robot = {"id": 99, "is_bot": True, "first_name": "Robot"}
    message = {"message_id": 1, "date": 1, "chat": {"id": 99, "type": "private"}, "from": robot}
    update = side.playground.world.updates.push("message", {**message, "text": "/start"})
    await handled(side, source, update)
    assert [row.telegram_id for row in await side.rows(t.accounts)] == [mado]


@pytest.mark.parametrize(
    ("app", "chosen", "spoken"),
    [("ln-CD", None, "ln"), ("sw", None, "fr"), (None, None, "fr"), ("fr", "ln", "ln")],
)
async def test_she_is_spoken_to_in_her_choice_else_her_phones_else_french(
    side, desk, source, app, chosen, spoken
):
    person = await side.person("Aline", language_code=app)
    if chosen:
        async with side.database.writing() as store:
            account = await store.people.account(person)
            await store.people.set_language(account.id, chosen)
    heard = []

    @desk.dispatcher.message.outer_middleware
    async def listen(handler, event, data):
        heard.append(data["words"])
        return await handler(event, data)

    await handled(side, source, (await side.playground.text(person, "x"))["update_id"])
    assert [words.lang for words in heard] == [Words(spoken).lang]


async def test_who_could_not_be_reached_can_be_once_she_writes(side, source, mado):
    async with side.database.writing() as store:
        await store.people.set_unreachable(mado, "blocked")
    await handled(side, source, (await side.playground.text(mado, "x"))["update_id"])
    [account] = await side.rows(t.accounts)
    assert account.unreachable is None


async def test_who_blocks_the_bot_is_not_written_to(side, source, mado):
    update = (await side.playground.block(mado))["update_id"]
    await handled(side, source, update)
    [account] = await side.rows(t.accounts)
    assert account.unreachable == "blocked"
