"""Never faster than Telegram allows, whatever happens; replies go first."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from delivery.pace import LEAST, REGAINED, Limits, Pace

#: (seconds that pass first, chat, whether it is a reply that does not wait)
MESSAGES = st.lists(
    st.tuples(st.floats(0, 0.2), st.integers(-3, 60).filter(bool), st.booleans()), max_size=200
)
#: Seconds to Telegram and back where the line is free.
THERE, BACK = 0.03, 0.02


class Line:
    """Bulk that waits its turn, as the turnstile does, on a line of its own clock."""

    def __init__(self, **limits):
        self.now = 1000.0
        self.pace = Pace(Limits(**limits), lambda: self.now)
        #: When each message left, when it arrived, and its chat.
        self.left = []
        self._awaited = []

    def send(self, chat, late=0.0):
        began = self.now
        while (seconds := max(self.pace.everyone_wait(), self.pace.chat_wait(chat))) > 0:
            self.pass_(seconds)
        self.reply(chat, late)
        return self.now - began

    def reply(self, chat, late=0.0):
        departure = self.pace.book(chat)
        self.left.append((self.now, self.now + THERE + late, chat))
        self._awaited.append((self.now + THERE + late + BACK, departure))

    def pass_(self, seconds):
        until = self.now + seconds
        for at, departure in sorted(self._awaited, key=lambda each: each[0]):
            if at <= until:
                self.now = max(self.now, at)
                self.pace.answered(departure)
        self._awaited = [each for each in self._awaited if each[0] > until]
        self.now = until


def most_in(moments, seconds):
    """The most moments in any window of that length."""
    return max(
        (sum(start <= each < start + seconds for each in moments) for start in moments), default=0
    )


@settings(max_examples=40, deadline=None)
@given(MESSAGES)
def test_bulk_never_takes_more_than_thirty_of_any_second(messages):
    line = Line()
    for pause, chat, _ in messages:
        line.pass_(pause)
        line.send(chat)
    assert most_in([left for left, _, _ in line.left], 1.0) <= 30


@settings(max_examples=40, deadline=None)
@given(st.lists(st.just(0.0) | st.floats(0, 0.2), min_size=31, max_size=150))
# The first one is late, and nothing says so until the second is not.
@example([0.1, *[0.0] * 40])
def test_also_what_arrives_late_arrives_within_thirty_of_any_second(lates):
    line = Line()
    for chat, late in enumerate(lates, 1):
        line.send(chat, late)
    assert most_in([arrived for _, arrived, _ in line.left], 1.0) <= 30


@settings(max_examples=40, deadline=None)
@given(MESSAGES)
def test_bulk_yields_to_replies(messages):
    line, booked = Line(), []
    for pause, chat, is_reply in messages:
        line.pass_(pause)
        if is_reply:
            line.reply(chat)
        else:
            line.send(chat)
            assert sum(line.now - each < 1.0 for each in booked) < 30
        booked.append(line.now)


@settings(max_examples=40, deadline=None)
@given(MESSAGES, st.sets(st.integers(0, 199), max_size=40))
def test_bulk_never_starves_and_never_takes_less_than_its_least_part(messages, refused):
    line = Line()
    for number, (pause, chat, is_reply) in enumerate(messages):
        line.pass_(pause)
        if number in refused:
            line.pace.refused(1000 + number, 0)
        assert LEAST <= line.pace.share <= 1
        if is_reply:
            line.reply(chat)
        elif chat > 0:
            # The thirty replies before it at most, at a fifth of the pace.
            assert line.send(1000 + number) <= 1.005 / LEAST
    line.pass_((1 - LEAST) / REGAINED)
    assert line.pace.share == 1


@settings(max_examples=40, deadline=None)
@given(MESSAGES)
def test_a_chat_gets_one_a_second_and_a_group_twenty_a_minute(messages):
    line = Line()
    for pause, chat, _ in messages:
        line.pass_(pause)
        line.send(chat)
    for chat in {chat for _, _, chat in line.left}:
        moments = [left for left, _, to in line.left if to == chat]
        assert most_in(moments, 1.0) <= 1
        assert chat > 0 or most_in(moments, 60.0) <= 20


@pytest.mark.parametrize("count", [31, 90])
def test_bulk_is_spread_evenly(count):
    line = Line()
    for chat in range(1, count + 1):
        line.send(chat)
    gaps = [after - before for (before, *_), (after, *_) in pairwise(line.left)]
    assert max(gaps) - min(gaps) < 1e-6


def test_a_message_that_was_late_does_not_make_those_after_it_late():
    line = Line()
    for chat in range(1, 61):
        if chat % 10 == 0:
            line.pass_(0.05)  # the processor had other work
        line.send(chat)
    assert line.now - 1000 < 59 * 1.005 / 30 + 0.05


def test_nearly_the_whole_of_what_is_permitted_is_used():
    line = Line()
    for chat in range(1, 3101):
        line.send(chat, late=0.001 * (chat % 4))
    assert 3099 / (line.now - 1000) > 30 * 0.99


def test_a_pause_that_telegram_asks_for_holds_for_that_chat_only():
    line = Line()
    line.pace.refused(1, 7)
    assert (line.pace.chat_wait(1), line.pace.chat_wait(2), line.pace.everyone_wait()) == (7, 0, 0)
    line.pass_(7)
    assert line.pace.chat_wait(1) == 0


def test_a_shorter_pause_does_not_end_a_longer_one():
    line = Line()
    line.pace.refused(1, 35)
    line.pace.refused(1, 3)
    assert line.pace.pause_left(1) == 35


def test_three_chats_within_a_second_pause_everybody():
    line = Line()
    for chat in (1, 2, 3):
        assert line.pace.everyone_wait() == 0
        line.pace.refused(chat, 30)
        line.pass_(0.4)
    assert line.pace.everyone_wait() == pytest.approx(29.6)
    assert line.pace.pause_left(4) == pytest.approx(29.6)


def test_pauses_asked_for_long_ago_do_not_add_up():
    line = Line()
    for chat, seconds in ((1, 60), (2, 50), (3, 2)):
        line.pace.refused(chat, seconds)
        line.pass_(10)
    assert line.pace.everyone_wait() == 0


def test_after_a_refusal_it_is_slower_and_finds_its_way_back():
    line = Line()
    line.send(1)
    full = line.pace.everyone_wait()
    line.pace.refused(2, 1)
    line.pass_(full)
    line.send(3)
    assert line.pace.everyone_wait() == pytest.approx(full / 0.8, rel=0.01)
    line.pass_(10)
    line.send(4)
    assert line.pace.everyone_wait() == pytest.approx(full)


def test_who_presses_too_fast_slows_nobody_else():
    line = Line()
    for _ in range(4):
        line.reply(1)
    line.pace.refused(1, 1)
    assert line.pace.share == 1
    line.reply(2)
    line.pace.refused(2, 1)
    assert line.pace.share < 1


def test_refusals_of_the_same_second_count_once():
    line = Line()
    for chat in range(1, 6):
        line.pace.refused(chat, 1)
    assert line.pace.share == 0.8


def test_zero_lifts_every_limit_but_not_what_telegram_asks_for():
    pace = Pace(Limits.of(0), lambda: 1000.0)
    for _ in range(100):
        pace.book(-1)
    assert (pace.everyone_wait(), pace.chat_wait(-1), pace.resting()) == (0, 0, [])
    pace.refused(-1, 5)
    assert pace.resting() == [-1]


def test_chats_that_may_be_written_to_again_are_forgotten():
    line = Line()
    for chat in range(1, 1000):
        line.pace.book(chat)
    line.pace.refused(1, 30)
    line.pass_(61)
    assert line.pace.resting() == []
    assert not line.pace._chats
    assert not line.pace._paused
