"""Never faster than Telegram allows, whatever happens; replies go first."""

from itertools import pairwise

import pytest
from aiogram.exceptions import TelegramRetryAfter
from hypothesis import given, settings
from hypothesis import strategies as st

from delivery.pace import Limits, Pace, use_booked_slot

#: (seconds that pass first, chat, whether it is a reply that does not wait)
MESSAGES = st.lists(
    st.tuples(st.floats(0, 0.2), st.integers(-3, 60).filter(bool), st.booleans()), max_size=200
)


class Watch:
    """Monotonic time, moved by hand."""

    now = 1000.0

    def __call__(self):
        return self.now


class Bulk:
    """Bulk that waits its turn, as the sender does; `left` has (moment, chat)."""

    def __init__(self, **limits):
        self.watch = Watch()
        self.pace = Pace(Limits(**limits), self.watch)
        self.left = []

    def send(self, chat):
        while (seconds := max(self.pace.everyone_wait(), self.pace.chat_wait(chat))) > 0:
            self.watch.now += seconds
        self.reply(chat)
        self.left.append((self.watch.now, chat))

    def reply(self, chat):
        self.pace.book(chat)


def most_in(moments, seconds):
    """The most moments in any window of that length."""
    return max(
        (sum(start <= each < start + seconds for each in moments) for start in moments), default=0
    )


@settings(max_examples=60, deadline=None)
@given(MESSAGES)
def test_bulk_never_takes_more_than_thirty_of_any_second(messages):
    bulk = Bulk()
    for pause, chat, _ in messages:
        bulk.watch.now += pause
        bulk.send(chat)
    assert most_in([moment for moment, _ in bulk.left], 1.0) <= 30


@settings(max_examples=60, deadline=None)
@given(MESSAGES)
def test_bulk_yields_to_replies(messages):
    bulk, booked = Bulk(), []
    for pause, chat, is_reply in messages:
        bulk.watch.now += pause
        if is_reply:
            bulk.reply(chat)
        else:
            bulk.send(chat)
            assert sum(bulk.watch.now - each < 1.0 for each in booked) < 30
        booked.append(bulk.watch.now)


@settings(max_examples=60, deadline=None)
@given(MESSAGES)
def test_a_chat_gets_one_a_second_and_a_group_twenty_a_minute(messages):
    bulk = Bulk()
    for pause, chat, _ in messages:
        bulk.watch.now += pause
        bulk.send(chat)
    for chat in {chat for _, chat in bulk.left}:
        moments = [moment for moment, to in bulk.left if to == chat]
        assert most_in(moments, 1.0) <= 1
        assert chat > 0 or most_in(moments, 60.0) <= 20


@settings(max_examples=20, deadline=None)
@given(st.integers(31, 90))
def test_bulk_is_spread_evenly(count):
    bulk = Bulk()
    for chat in range(1, count + 1):
        bulk.send(chat)
    gaps = [after - before for (before, _), (after, _) in pairwise(bulk.left)]
    assert max(gaps) - min(gaps) < 1e-6


def test_a_pause_that_telegram_asks_for_holds_for_that_chat_only():
    watch = Watch()
    pace = Pace(Limits(), watch)
    pace.pause(1, 7)
    assert (pace.chat_wait(1), pace.chat_wait(2), pace.everyone_wait()) == (7, 0, 0)
    watch.now += 7
    assert pace.chat_wait(1) == 0


def test_a_shorter_pause_does_not_end_a_longer_one():
    pace = Pace(Limits(), Watch())
    pace.pause(1, 35)
    pace.pause(1, 3)
    assert pace.pause_left(1) == 35


def test_three_chats_within_a_second_pause_everybody():
    watch = Watch()
    pace = Pace(Limits(), watch)
    for chat in (1, 2, 3):
        assert pace.everyone_wait() == 0
        pace.pause(chat, 30)
        watch.now += 0.4
    assert pace.everyone_wait() == pytest.approx(29.6)
    assert pace.pause_left(4) == pytest.approx(29.6)


def test_pauses_asked_for_long_ago_do_not_add_up():
    watch = Watch()
    pace = Pace(Limits(), watch)
    for chat, seconds in ((1, 60), (2, 50), (3, 2)):
        pace.pause(chat, seconds)
        watch.now += 10
    assert pace.everyone_wait() == 0


def test_zero_lifts_every_limit_but_not_what_telegram_asks_for():
    pace = Pace(Limits.of(0), Watch())
    for _ in range(100):
        pace.book(-1)
    assert (pace.everyone_wait(), pace.chat_wait(-1), pace.resting()) == (0, 0, [])
    pace.pause(-1, 5)
    assert pace.resting() == [-1]


def test_chats_that_may_be_written_to_again_are_forgotten():
    watch = Watch()
    pace = Pace(Limits(), watch)
    for chat in range(1, 1000):
        pace.book(chat)
    pace.pause(1, 30)
    watch.now += 61
    assert pace.resting() == []
    assert not pace._chats
    assert not pace._paused


telegrams = pytest.mark.parametrize("limits", [Limits()], ids=["telegram's limits"])


@telegrams
async def test_every_message_and_edit_books_a_slot_and_nothing_else_does(side, mado):
    message = await side.bot.send_message(mado, "x")
    await side.bot.edit_message_text("y", chat_id=mado, message_id=message.message_id)
    await side.bot.send_chat_action(mado, "typing")
    await side.bot.get_me()
    assert len(side.pace._log) == 2


@telegrams
async def test_a_slot_booked_ahead_serves_one_call(side, mado):
    side.pace.book(mado)
    use_booked_slot()
    await side.bot.send_message(mado, "on the booked slot")
    await side.bot.send_message(mado, "on one of its own")
    assert len(side.pace._log) == 2


@pytest.mark.parametrize("method", ["sendMessage", "setMyCommands"])
async def test_a_chat_that_telegram_paused_is_left_alone(side, mado, method):
    side.playground.world.faults.arm({"kind": "429", "method": method, "retry_after": 30})
    kind = "languages" if method == "sendMessage" else "menu"
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter):
            await side.screen.send(mado, kind, {})
    assert len(side.calls(method)) == 1
