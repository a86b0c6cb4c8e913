"""No update is lost, none holds up another chat, and a bad one harms only itself."""

import asyncio

import pytest
from aiogram.exceptions import AiogramError
from aiohttp import web
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from dialogs.cards import refusals
from handlers import intake as module
from handlers.raw import chat_of, chats_of, kind_of
from locales.words import Words
from storage import tables as t
from tests.delivery.edge import at_work, until


async def says(side, person, text):
    return (await side.playground.text(person, text))["update_id"]


def waiting(side, update):
    return side.playground.world.updates.waiting(update)


async def confirmed(side, *updates):
    await until(lambda: not any(waiting(side, update) for update in updates))


async def polled_again(side):
    """Wait until the bot has polled twice more."""
    polls = side.playground.world.updates.poll
    await until(lambda: side.playground.world.updates.poll >= polls + 2)


async def test_an_update_is_confirmed_only_after_it_was_handled(side, desk, source, gate, mado):
    update = await says(side, mado, "wait")
    async with at_work(source):
        await gate.reached.wait()
        await polled_again(side)
        assert waiting(side, update)
        gate.opened.set()
        await confirmed(side, update)
    assert desk.seen == ["wait"]


async def test_what_was_being_handled_when_the_bot_died_comes_again(side, desk, gate, mado):
    update = await says(side, mado, "wait")
    died = asyncio.ensure_future(desk.polling().run())
    await gate.reached.wait()
    died.cancel()
    await asyncio.wait([died])
    assert waiting(side, update)
    gate.opened.set()
    async with at_work(desk.polling()):
        await confirmed(side, update)
    assert desk.seen == ["wait", "wait"]


async def test_a_task_cancelled_midway_leaves_its_update_unconfirmed(
    side, desk, source, gate, mado
):
    update = await says(side, mado, "wait")
    async with at_work(source):
        await gate.reached.wait()
        gate.opened.set()
        source._intake.open[update].cancel()
        await until(lambda: desk.seen == ["wait", "wait"])
        await confirmed(side, update)


async def test_what_was_handled_is_not_handled_again_beside_a_slow_one(
    side, desk, source, gate, mado, nadine
):
    slow = await says(side, mado, "wait")
    quick = [await says(side, nadine, text) for text in ("a", "b")]
    async with at_work(source):
        await until(lambda: len(desk.seen) == 3)
        await polled_again(side)
        gate.opened.set()
        await confirmed(side, slow, *quick)
    assert sorted(desk.seen) == ["a", "b", "wait"]


async def test_what_was_finished_while_a_poll_travelled_is_not_handled_again(
    side, desk, source, gate, mado, monkeypatch
):
    fetch = source._fetch

    async def slow_line():
        batch = await fetch()
        if gate.reached.is_set():
            gate.opened.set()
            await until(lambda: not source._intake.open)
        return batch

    monkeypatch.setattr(source, "_fetch", slow_line)
    update = await says(side, mado, "wait")
    async with at_work(source):
        await confirmed(side, update)
    assert desk.seen == ["wait"]


async def test_a_chat_is_handled_in_order_and_beside_the_others(
    side, desk, source, gate, mado, nadine
):
    mine = [await says(side, mado, text) for text in ("wait", "second", "third")]
    async with at_work(source):
        await until(lambda: desk.seen == ["wait"])
        other = await says(side, nadine, "other")
        await until(lambda: desk.seen == ["wait", "other"])
        gate.opened.set()
        await confirmed(side, *mine, other)
    assert desk.seen == ["wait", "other", "second", "third"]


async def test_a_supergroup_waits_until_its_group_has_said_that_it_became_this_one(side, desk):
    told = {"message": {"chat": {"id": -5}, "migrate_to_chat_id": -1005}}
    said = {"message": {"chat": {"id": -1005}}}
    assert chats_of(told) == {-5, -1005}
    assert chats_of(said) == {-1005}
    intake, turns = desk.intake(), []

    async def in_turn(raw, before):
        turns.append((raw["update_id"], len(before)))
        return True

    intake._in_turn = in_turn
    async with asyncio.TaskGroup() as nursery:
        for number, raw in enumerate((told, said, {"message": {"chat": {"id": -7}}})):
            intake.take(raw | {"update_id": number}, nursery)
    assert turns == [(0, 0), (1, 1), (2, 0)]


async def test_a_poison_update_is_put_aside_after_three_tries_and_the_next_is_handled(
    side, desk, source, mado
):
    desk.before = poisoned_by("poison")
    bad, good = await says(side, mado, "poison"), await says(side, mado, "good")
    async with at_work(source):
        await confirmed(side, bad, good)
    assert desk.seen == ["poison"] * module.TRIES + ["good"]
    [dead] = await side.rows(t.dead_updates)
    assert tuple(dead) == (bad, "message", "ZeroDivisionError", side.clock.now())
    asked = refusals.sentence({"refusal": refusals.PRESS_AGAIN}, Words("fr"))
    assert (await side.said(mado))[0] == asked


def poisoned_by(poison):
    async def before(text):
        if text == poison:
            raise ZeroDivisionError(text)

    return before


async def test_a_person_who_cannot_be_asked_again_holds_up_nothing(side, desk, source, mado):
    desk.before = poisoned_by("poison")
    bad = await says(side, mado, "poison")
    await side.playground.block(mado)
    async with at_work(source):
        await confirmed(side, bad)
    assert len(await side.rows(t.dead_updates)) == 1


async def test_a_handler_whose_own_work_was_cancelled_has_failed(side, desk, source, mado):
    async def gives_up(_text):
        work = asyncio.get_running_loop().create_future()
        work.cancel()
        await work

    desk.before = gives_up
    update = await says(side, mado, "x")
    async with at_work(source):
        await confirmed(side, update)
    [dead] = await side.rows(t.dead_updates)
    assert dead.error == "CancelledError"


async def test_fifty_taps_are_answered_beside_a_handler_that_hangs(side, source, gate, mado):
    people = [await side.person(f"P{number}") for number in range(50)]
    shown = [await side.screen.send(person, "languages", {}) for person in people]
    await says(side, mado, "wait")
    async with at_work(source):
        await gate.reached.wait()
        for person, card in zip(people, shown, strict=True):
            await side.playground.tap(person, card.message_id, data="lA:fr")
        async with asyncio.timeout(module.HANDLER / 2):
            await until(lambda: len(side.calls("answerCallbackQuery")) == 50)
        assert gate.cut == 0
        gate.opened.set()
    assert all(call["ok"] for call in side.calls("answerCallbackQuery"))


async def test_a_handler_that_hangs_is_cut_at_its_bound(side, source, gate, mado, monkeypatch):
    monkeypatch.setattr(module, "HANDLER", 0.2)
    update = await says(side, mado, "wait")
    async with at_work(source):
        await confirmed(side, update)
    assert gate.cut == module.TRIES
    [dead] = await side.rows(t.dead_updates)
    assert dead.error == "TimeoutError"


async def test_when_asked_to_stop_it_finishes_what_is_open_and_confirms_it(
    side, desk, source, gate, mado
):
    update = await says(side, mado, "wait")
    async with at_work(source):
        await gate.reached.wait()
        source.stop()
        late = await says(side, mado, "late")
        gate.opened.set()
    assert not waiting(side, update)
    assert waiting(side, late)
    assert desk.seen == ["wait"]


@pytest.mark.parametrize(
    ("fault", "level"),
    [(KeyError(), "error"), (ConnectionError(), "warning"), (AiogramError(), "warning")],
    ids=repr,
)
async def test_what_keeps_an_answer_from_being_said_is_loud_only_where_it_is_ours(
    desk, mado, fault, level
):
    async def broken(_chat, _refusal):
        raise fault

    with capture_logs() as lines:
        await desk.intake()._say(mado, refusals.NOT_SAVED, broken)
    assert [(each["event"], each["log_level"]) for each in lines] == [("not_said", level)]


async def test_while_the_database_is_away_nothing_is_confirmed(
    side, desk, source, mado, monkeypatch
):
    desk.before = poisoned_by("poison")

    def away():
        raise ConnectionError

    async with side.database.writing() as store:
        account = await store.people.ensure_account(mado, side.clock.now())
        await store.people.set_language(account.id, "fr")
    bad = await says(side, mado, "poison")
    async with at_work(source):
        with monkeypatch.context() as patch:
            patch.setattr(side.database, "writing", away)
            await until(lambda: len(desk.seen) > 2 * module.TRIES)
            assert waiting(side, bad)
            [said] = await side.said(mado)
            assert said.startswith("Je ne peux rien enregistrer")
        await confirmed(side, bad)


async def test_who_cannot_even_be_looked_up_hears_it_in_every_language(
    side, desk, source, mado, monkeypatch
):
    desk.before = poisoned_by("poison")

    def away():
        raise ConnectionError

    bad = await says(side, mado, "poison")
    async with at_work(source):
        with monkeypatch.context() as patch:
            patch.setattr(side.screen._ledger, "reading", away)
            patch.setattr(side.database, "writing", away)
            await until(_said_something, side, mado)
            assert waiting(side, bad)
    [said] = await side.said(mado)
    assert "Je ne peux rien enregistrer" in said
    assert "Nakoki kobomba eloko te" in said


async def _said_something(side, chat):
    return bool(await side.said(chat))


STRANGE = [
    ("unheard_of", {"chat": {"id": 5, "type": "private"}}),
    ("message", {"chat": "x", "from": 5}),
    ("message", ["not", "an", "object"]),
    ("message", {"message_id": "x", "chat": {"id": 7_100_000_001, "type": "private"}}),
    ("callback_query", {"data": "x", "message": 7, "from": "y"}),
    ("callback_query", {"data": "x", "message": {"chat": {"id": "a word"}}}),
    ("poll", {}),
]


async def test_unknown_and_unreadable_updates_are_confirmed_and_harm_nobody(
    side, desk, source, mado
):
    strange = [side.playground.world.updates.push(kind, body) for kind, body in STRANGE]
    good = await says(side, mado, "good")
    async with at_work(source):
        await confirmed(side, *strange, good)
    assert desk.seen == ["good"]
    assert await side.rows(t.dead_updates) == []


@pytest.mark.parametrize(("kind", "body"), STRANGE)
def test_any_shape_has_a_chat_and_a_short_kind(kind, body):
    raw = {"update_id": 1, kind: body}
    assert chat_of(raw) in {0, 7_100_000_001}
    assert kind_of(raw) in {kind, "unknown"}


def test_a_tap_belongs_to_the_chat_of_its_card():
    tap = {"data": "x", "from": {"id": 1}, "message": {"chat": {"id": -5}}}
    assert chat_of({"update_id": 1, "callback_query": tap}) == -5
    assert chat_of({"update_id": 1, "inline_query": {"from": {"id": 1}}}) == 1


async def test_polling_takes_away_the_webhook_of_an_earlier_run(side, desk, source, mado):
    await side.bot.set_webhook("https://example.org/hook", secret_token="s")
    assert side.playground.world.webhook.active()
    update = await says(side, mado, "x")
    async with at_work(source):
        await confirmed(side, update)
    assert not side.playground.world.webhook.active()


async def test_polling_goes_on_after_telegram_asked_for_a_pause(side, desk, source, mado):
    side.playground.world.faults.arm({"kind": "429", "method": "getUpdates", "retry_after": 1})
    update = await says(side, mado, "x")
    async with at_work(source):
        await confirmed(side, update)
    assert desk.seen == ["x"]


async def test_polling_goes_on_after_an_answer_that_is_no_text(side, desk, source, mado):
    asked = []

    async def gibberish(_request):
        asked.append(1)
        return web.Response(status=502, body=b"d\xe9rang\xe9", content_type="text/html")

    proxy = web.Application()
    proxy.router.add_route("*", "/{path:.*}", gibberish)
    update = await says(side, mado, "x")
    real = side.bot.session.api
    async with TestServer(proxy) as server, at_work(source):
        side.bot.session.api = real.from_base(str(server.make_url("")).rstrip("/"))
        await until(lambda: len(asked) > 1)
        side.bot.session.api = real
        await confirmed(side, update)
