"""The code that closes what is a person's: its tries, its waits, who may take it away."""

import sqlite3
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from village import come_in, queued

from collective import pins
from collective.actions import invites, speakers
from collective.actions import pins as actions
from collective.errors import (
    NotAllowed,
    Outdated,
    PinNeeded,
    PinTooEasy,
    PinUnreadable,
    PinWaits,
    PinWrong,
)
from collective.people import SPEAKS_FOR
from collective.pins import Pin

CODE, WRONG = "4926", "8053"
SECOND = timedelta(seconds=1)


class Steps:
    """A ledger whose units are one: for actions that need two."""

    def __init__(self, store):
        self.store = store

    def writing(self):
        return self

    async def __aenter__(self):
        return self.store

    async def __aexit__(self, *_):
        return False


@pytest.fixture
async def closed(store, village, now):
    """A member whose code is CODE, an hour later: (a way to enter codes, her account, herself)."""
    phone = await store.people.account(village.members[0].chat_id)
    her = village.members[0].person_id
    await actions.keep(store, phone, pins.hashed(CODE), by=her, now=now - timedelta(hours=1))

    async def enter(code, at=now):
        return await actions.enter(Steps(store), phone, her, code, now=at)

    return enter, phone, her


async def waits(enter, code, at):
    try:
        await enter(code, at)
    except PinWaits as refusal:
        return refusal.minutes
    except PinWrong:
        return None
    return 0


@pytest.mark.parametrize("typed", ["4926", " 4926 ", "4 9 2 6"])
def test_four_digits_are_a_code(typed):
    assert pins.read(typed) == CODE


@pytest.mark.parametrize("typed", ["", "492", "49261", "4a26", "٤٩٢٦", "/4926"])
def test_nothing_else_is(typed):
    assert pins.read(typed) is None
    with pytest.raises(PinUnreadable):
        pins.ensure_new(typed)


@pytest.mark.parametrize("easy", ["0000", "7777", "1234", "6789", "4321", "7890"])
def test_what_anybody_would_try_first_is_refused(easy):
    with pytest.raises(PinTooEasy):
        pins.ensure_new(easy)


def test_the_same_code_is_kept_differently_each_time_and_recognised():
    kept = [pins.hashed(CODE) for _ in range(2)]
    assert kept[0] != kept[1]
    assert all(CODE not in each and pins.matches(CODE, each) for each in kept)
    assert not pins.matches(WRONG, kept[0])


@given(tries=some.integers(0, 10_000))
def test_waits_never_grow_shorter_and_never_last_for_ever(tries):
    wait, longer = pins.wait_after(tries), pins.wait_after(tries + 1)
    assert timedelta(0) <= wait <= longer <= timedelta(days=1)
    assert (wait == timedelta(0)) == (tries < pins.FREE)


@settings(max_examples=40)
@given(gaps=some.lists(some.integers(0, 3 * 24 * 60), min_size=1, max_size=30))
def test_whoever_guesses_gets_few_tries_however_she_times_them(gaps):
    """Walk the rule alone, a try after each gap in minutes, with a code that is always wrong."""
    tries, until, taken, minute = 0, 0, 0, 0
    for gap in gaps:
        minute += gap
        if minute >= until:
            taken, tries = taken + 1, tries + 1
            until = minute + pins.wait_after(tries) / timedelta(minutes=1)
    # Three are free, four more cost 1, 5, 30 and 120 minutes, and then one a day.
    assert taken <= 3 + 4 + 1 + minute // (24 * 60)


async def test_her_code_opens_for_a_quarter_of_an_hour(store, closed, now):
    enter, phone, her = closed
    with pytest.raises(PinNeeded):
        await speakers.choose(store, phone, her, now=now)
    assert (await enter(CODE)).id == her
    assert (await store.people.person_of(phone.id, now + SPEAKS_FOR - SECOND)).id == her
    assert await store.people.person_of(phone.id, now + SPEAKS_FOR) is None


async def test_after_three_wrong_tries_she_waits_even_with_the_right_code(closed, now):
    enter, _, her = closed
    assert [await waits(enter, WRONG, now) for _ in range(4)] == [None, None, None, 1]
    assert await waits(enter, CODE, now + timedelta(seconds=59)) == 1
    assert (await enter(CODE, now + timedelta(minutes=1))).id == her


async def test_each_further_wrong_try_costs_more_and_a_right_one_begins_anew(closed, now):
    enter, *_ = closed
    at, costs = now, []
    for _ in range(2):
        await waits(enter, WRONG, at)
    for _ in range(6):
        assert await waits(enter, WRONG, at) is None
        costs.append(await waits(enter, WRONG, at))
        at += timedelta(minutes=costs[-1])
    assert costs == [1, 5, 30, 120, 1440, 1440]
    await enter(CODE, at)
    assert [await waits(enter, WRONG, at) for _ in range(3)] == [None, None, None]


async def test_a_code_counts_before_it_is_compared(store, closed, now, monkeypatch):
    enter, _, her = closed

    def dies(*_):
        raise sqlite3.OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(pins, "matches", dies)
        with pytest.raises(sqlite3.OperationalError):
            await enter(CODE)
    assert (await store.people.pin(her)).tries == 1


async def test_a_new_code_ends_the_old_one_and_its_waits(store, closed, now):
    enter, phone, her = closed
    for _ in range(3):
        await waits(enter, WRONG, now)
    await actions.keep(store, phone, pins.hashed(WRONG), by=her, now=now)
    assert (await enter(WRONG)).id == her


async def test_without_a_code_nothing_is_closed(store, closed, now):
    enter, phone, her = closed
    await actions.remove(store, by=her, now=now)
    assert (await speakers.choose(store, phone, her, now=now)).id == her
    assert (await enter(WRONG)).id == her


async def test_nobody_enters_with_the_code_of_another_phones_person(store, closed, village, now):
    _, _, her = closed
    phone = await store.people.account(village.members[1].chat_id)
    with pytest.raises(Outdated):
        await actions.enter(Steps(store), phone, her, CODE, now=now)


async def test_her_facilitator_takes_a_forgotten_code_away_and_she_is_told(
    store, closed, village, now
):
    _, phone, her = closed
    assert [m.person_id for m in await actions.forgotten_by(store, by=village.facilitator)] == [her]
    await actions.reset(store, her, by=village.facilitator, now=now)
    assert await store.people.pin(her) is None
    [told] = await queued(store, actions.REMOVED)
    assert (told.chat_id, told.ids) == (phone.telegram_id, {"person": her})


async def test_nobody_else_may(store, closed, village, now):
    *_, her = closed
    token = await invites.invite_coordinator(store, now=now)
    stranger = await come_in(store, token, now, name="Furaha", chat=77)
    for other in (village.members[1].person_id, her, stranger, village.coordinator):
        with pytest.raises(NotAllowed):
            await actions.reset(store, her, by=other, now=now)


async def test_a_coordinator_takes_a_facilitators_code_away(store, village, now):
    led = village.facilitator
    await store.people.set_pin(led, pins.hashed(CODE))
    await actions.reset(store, led, by=village.coordinator, now=now)
    assert await store.people.pin(led) is None


def test_a_pin_says_how_long_it_waits_in_whole_minutes(now):
    pin = Pin(hash="", tries=3, waits_until=now)
    with pytest.raises(PinWaits) as refusal:
        pin.ensure_open(now - timedelta(seconds=61))
    assert refusal.value.minutes == 2
    pin.ensure_open(now)
