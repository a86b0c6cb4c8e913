"""What is queued arrives, once; whatever goes wrong, every row ends settled and said."""

from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta

import pytest
from aiogram.exceptions import TelegramMigrateToChat

from collective.calendar import Hours
from collective.faults import Away
from collective.outbox import Lane
from delivery import carrier
from delivery import sender as module
from delivery.outcomes import verdict
from delivery.pace import Limits
from tests.delivery.edge import at_work, found_collective, until

pytestmark = pytest.mark.parametrize("engine", ["sqlite", "postgresql"])


def arm(side, kind="429", method="sendMessage", **fields):
    side.playground.world.faults.arm({"kind": kind, "method": method} | fields)


async def only_row(side):
    [row] = await side.rows()
    return row


async def test_a_queued_card_arrives_once_and_its_row_knows_the_message(side, sender, mado):
    await side.queue(mado)
    async with at_work(sender):
        await side.settled("sent")
    [record] = [each for each in await side.playground.messages(mado) if each["by_bot"]]
    row = await only_row(side)
    assert (row.message_id, row.attempts, row.settled_at) == (
        record["message_id"],
        1,
        side.clock.now(),
    )


async def test_a_menu_arrives_without_a_message(side, sender, mado):
    await side.queue(mado, "menu")
    async with at_work(sender):
        await side.settled("sent")
    assert (await only_row(side)).message_id is None
    assert len(side.calls("setMyCommands")) == 1


@pytest.mark.parametrize(
    ("method", "kind"), [("sendMessage", "languages"), ("setMyCommands", "menu")]
)
async def test_after_a_429_it_waits_as_asked_and_arrives_once(side, sender, mado, method, kind):
    arm(side, method=method, retry_after=1)
    await side.queue(mado, kind)
    async with at_work(sender):
        await side.settled("sent")
    refused, taken = side.calls(method)
    assert seconds_between(refused, taken) >= 1
    assert (await only_row(side)).attempts == 1


def seconds_between(first, second):
    """By the playground's clock, which nobody moved."""
    moments = [datetime.fromisoformat(call["at"]) for call in (first, second)]
    return (moments[1] - moments[0]).total_seconds()


async def test_a_message_that_may_have_arrived_is_sent_once_more(side, sender, mado):
    arm(side, "timeout_after")
    await side.queue(mado)
    async with at_work(sender):
        await side.settled("sent")
    assert len(await side.said(mado)) == 2


async def test_after_two_ambiguous_failures_its_end_is_unclear(side, sender, mado):
    arm(side, "timeout_after", count=2)
    await side.queue(mado)
    async with at_work(sender):
        await side.settled("failed")
    assert (await only_row(side)).reason == "unclear"
    assert len(await side.said(mado)) == 2


@pytest.mark.parametrize("many", [1, 40])
async def test_an_outage_makes_nothing_unclear(side, sender, monkeypatch, many):
    monkeypatch.setattr(carrier, "OFFLINE", 0.2)
    for number in range(many):
        await side.queue(await side.person(f"P{number}"))
    arm(side, "502_html", "*", count=10**6)
    async with at_work(sender):
        await until(lambda: len(side.calls("getMe")) > 1)
        side.playground.world.faults.clear()
        await side.settled(*["sent"] * many)
    attempts = [row.attempts for row in await side.rows()]
    assert (max(attempts), min(attempts)) == (2, 2 if many == 1 else 1)


async def test_while_telegram_cannot_be_reached_rows_wait(side, sender, mado, monkeypatch):
    monkeypatch.setattr(carrier, "OFFLINE", 0.2)
    port = side.playground.base_url.rpartition(":")[2]
    await side.queue(mado)
    side.bot.session.api = side.bot.session.api.from_base("http://127.0.0.1:1")
    async with at_work(sender):
        await until(lambda: sender._carrier.offline_until > 0)
        side.bot.session.api = side.bot.session.api.from_base(f"http://127.0.0.1:{port}")
        await side.settled("sent")
    assert (await only_row(side)).attempts == 1


async def test_who_blocked_the_bot_is_left_alone_until_she_writes(side, sender, mado):
    await side.playground.block(mado)
    for _ in range(3):
        await side.queue(mado)
    async with at_work(sender):
        await side.settled("blocked", "blocked", "blocked")
        assert {row.reason for row in await side.rows()} == {"blocked"}
        assert len(side.calls("sendMessage")) == 1
        await side.playground.block(mado, blocked=False)
        async with side.database.writing() as store:
            await store.people.ensure_account(mado, side.clock.now())
        await side.queue(mado)
        await side.settled("blocked", "blocked", "blocked", "sent")


async def test_what_has_become_senseless_is_dropped(side, sender, mado):
    await side.queue(mado, "checkin_opening", {"checkin": 404})
    async with at_work(sender):
        await side.settled("dropped")
    assert (await only_row(side)).reason == "senseless"
    assert side.calls("sendMessage") == []


async def test_at_night_it_waits_for_seven_in_the_morning(side, sender, mado):
    side.clock.moment += timedelta(hours=4)  # 21:00 in Lubumbashi
    morning = side.clock.moment + timedelta(hours=10)
    await side.queue(mado, lane=Lane.REMINDER)
    async with at_work(sender):
        await until(waits_until, side, morning)
        assert (await only_row(side)).attempts == 0
        side.clock.moment = morning
        await side.settled("sent")


async def test_the_collectives_hours_and_feast_days_of_that_moment_bind_what_leaves(
    side, sender, mado, now
):
    made, _ = await found_collective(side.database, now, facilitator=5, members=[])
    hours = Hours(first=time(9), last=time(17))  # it is 17:00
    async with side.database.writing() as store:
        await store.collectives.set_hours(made.id, window=made.window, hours=hours)
        await store.collectives.set_feast_day(made.id, date(2026, 11, 27), feast=True)
    for lane in Lane:
        await side.queue(mado, lane=lane, collective=made.id)
    async with at_work(sender):
        await side.settled("sent", "queued", "queued", "sent")
        nine = now + timedelta(hours=16)  # the next morning, a feast day
        await until(wait_until, side, now, nine + timedelta(days=1), nine, now)


async def wait_until(side, *moments):
    return [row.not_before for row in await side.rows()] == list(moments)


async def waits_until(side, moment):
    row = await only_row(side)
    return row.state == "queued" and row.not_before == moment


async def test_a_row_that_cannot_be_drawn_stops_nobody_and_ends_broken(side, sender, mado):
    await side.queue(mado, "refusal", {"refusal": "no such refusal"})
    await side.queue(await side.person("Nadine"))
    async with at_work(sender):
        await side.settled("queued", "sent")
        side.clock.moment += timedelta(seconds=module.OFFLINE)
        await side.settled("failed", "sent")
    assert {row.reason for row in await side.rows()} == {"broken", None}


async def test_what_a_dead_sender_was_sending_is_sent_once_more(side, sender, mado):
    await side.queue(mado)
    async with side.database.writing() as store:
        await store.outbox.claim(await store.outbox.due(side.clock.now(), 1))
    assert await side.states() == ["sending"]
    async with at_work(sender):
        await side.settled("sent")
    assert len(await side.said(mado)) == 1


async def test_what_breaks_after_it_may_have_arrived_ends_unclear_and_not_broken(
    side, sender, mado
):
    await side.queue(mado, "refusal", {"refusal": "no such refusal"})
    async with side.database.writing() as store:
        await store.outbox.claim(await store.outbox.due(side.clock.now(), 1))
    async with at_work(sender):
        await side.settled("failed")
    assert (await only_row(side)).reason == "unclear"


async def test_what_breaks_while_it_is_handed_over_may_have_arrived(
    side, sender, mado, monkeypatch
):
    hand_over = sender._carrier._screen.hand_over

    async def break_after(*given):
        await hand_over(*given)
        raise TypeError

    monkeypatch.setattr(sender._carrier._screen, "hand_over", break_after)
    await side.queue(mado)
    async with at_work(sender):
        await side.settled("failed")
    assert (await only_row(side)).reason == "unclear"
    assert len(await side.said(mado)) == 2


async def test_a_sender_that_stops_settles_what_is_under_way_and_takes_nothing_more(
    side, sender, mado
):
    arm(side, "timeout_after")
    await side.queue(mado)
    await side.queue(mado)
    async with at_work(sender):
        await until(lambda: len(side.calls("sendMessage")) == 1)
    assert await side.states() == ["queued", "queued"]
    assert sorted(row.attempts for row in await side.rows()) == [0, 1]
    assert len(side.calls("sendMessage")) == 1


async def test_in_one_chat_rows_leave_in_their_order(side, sender, mado):
    for refusal in ("NotAllowed", "Outdated", "PageOld"):
        await side.queue(mado, "refusal", {"refusal": refusal})
    async with at_work(sender):
        await side.settled("sent", "sent", "sent")
    ids = [row.message_id for row in sorted(await side.rows(), key=lambda row: row.id)]
    assert ids == sorted(ids)


async def test_a_group_that_got_another_id_is_followed(side, sender, mado):
    old, new = await side.group(mado), await side.group(mado)
    made, leads = await found_collective(
        side.database, side.clock.now(), facilitator=mado, members=[]
    )
    async with side.database.writing() as store:
        await store.collectives.link_group(made.id, old, leads, side.clock.now())
    await side.queue(old, "overview", {"collective": made.id})
    moved = TelegramMigrateToChat(None, "upgraded", migrate_to_chat_id=new)
    await sender._carrier._judged(await only_row(side), verdict(moved))
    async with at_work(sender):
        await side.settled("sent")
    assert (await only_row(side)).chat_id == new
    assert len(await side.said(new)) == 1


@pytest.mark.parametrize("limits", [Limits(per_second=10)], ids=["ten a second"])
async def test_the_wire_sees_an_even_stream_within_the_limit(side, sender):
    for number in range(14):
        await side.queue(await side.person(f"P{number}"))
    async with at_work(sender):
        await side.settled(*["sent"] * 14)
    calls = side.calls("sendMessage")
    # A busy machine brings the first one late by some hundredths.
    assert seconds_between(calls[0], calls[10]) > 0.9
    assert seconds_between(calls[0], calls[4]) > 0.3


class Flaky:
    """A real database that can be away for writing."""

    def __init__(self, database):
        self.reading = database.reading
        self._database = database
        self.away = self.full = False
        self.asked = 0

    def writing(self):
        if self.away:
            self.asked += 1
            raise ConnectionError
        return self._failing() if self.full else self._database.writing()

    @asynccontextmanager
    async def _failing(self):
        async with self._database.writing() as store:
            yield store
            self.asked += 1
            raise OSError


async def test_a_row_that_cannot_be_read_now_waits_and_that_is_no_fault_of_its_own(
    side, sender, mado, calm
):
    @asynccontextmanager
    async def away():
        raise Away("away")
        yield

    sender._carrier._ledger = Flaky(side.database)
    sender._carrier._ledger.reading = away
    await side.queue(mado)
    later = side.clock.moment + timedelta(seconds=module.OFFLINE)
    async with at_work(sender):
        await until(waits_until, side, later)
        assert (await only_row(side)).attempts == 0
        sender._carrier._ledger, side.clock.moment = side.database, later
        await side.settled("sent")
    assert [each["event"] for each in calm if each["log_level"] == "warning"] == ["row_waits"]


async def test_what_was_sent_while_the_database_went_away_is_put_on_record_later(
    side, sender, mado, monkeypatch
):
    monkeypatch.setattr(module, "OFFLINE", 0.05)
    sender._ledger = flaky = Flaky(side.database)
    arm(side, "timeout_after", count=2)
    await side.queue(mado)
    async with at_work(sender):
        await until(lambda: len(side.calls("sendMessage")) == 2)
        flaky.away = True
        await until(lambda: flaky.asked > 1)
        flaky.away = False
        await side.settled("failed")


async def test_what_was_claimed_in_a_unit_that_failed_at_its_end_leaves_once_that_works(
    side, sender, mado, monkeypatch
):
    monkeypatch.setattr(module, "OFFLINE", 0.05)
    sender._ledger = flaky = Flaky(side.database)
    async with at_work(sender):
        await side.queue(mado)
        await side.settled("sent")
        flaky.full = True
        await side.queue(mado)
        await until(lambda: flaky.asked > 2)
        assert len(side.calls("sendMessage")) == 1
        flaky.full = False
        await side.settled("sent", "sent")
    assert len(side.calls("sendMessage")) == 2
