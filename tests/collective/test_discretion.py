"""What disappears from a chat that others may look into, and when."""

from datetime import timedelta

from village import audited

from collective import discretion
from collective.actions import discretion as actions
from collective.discretion import COVER, STAYS, WIPE
from collective.outbox import Lane
from collective.people import SPEAKS_FOR, Account, Person


def account(**more):
    return Account(id=1, telegram_id=7, language=None, unreachable=None, **more)


def person(number, **more):
    return Person(id=number, account_id=1, name=f"N{number}", **more)


def gone(account, persons, now, **more):
    found = discretion.removals(account, persons, 5, now=now, **more)
    assert all(each.lane is Lane.TIDY and not each.lane.bound for each in found)
    return [(each.kind, each.not_before - now) for each in found]


def test_where_nobody_asked_for_it_everything_stays(now):
    later = now + timedelta(minutes=1)
    assert gone(account(), [person(1), person(2, speaks_until=later)], now) == []
    assert gone(account(), [person(1, has_pin=True)], now) == []


def test_in_discreet_mode_everything_goes_well_within_a_day(now):
    assert gone(account(discreet=True), [person(1)], now) == [(WIPE, STAYS)]
    assert timedelta(hours=12) < STAYS < timedelta(hours=24)


def test_what_a_person_with_a_code_saw_or_wrote_closes_with_her(now):
    there = person(1, has_pin=True, speaks_until=now + timedelta(minutes=9))
    assert gone(account(), [there], now) == [(WIPE, SPEAKS_FOR)]
    assert gone(account(), [there], now, owner=1, row=9) == [(COVER, SPEAKS_FOR)]
    assert gone(account(discreet=True), [there], now, owner=1, row=9) == [
        (COVER, SPEAKS_FOR),
        (WIPE, STAYS),
    ]


def test_what_is_of_another_on_her_phone_stays(now):
    there = person(1, has_pin=True, speaks_until=now + timedelta(minutes=9))
    assert gone(account(), [there, person(2)], now, owner=2, row=9) == []


def test_a_message_is_wiped_once_at_the_earlier_moment(now):
    there = person(1, has_pin=True, speaks_until=now + timedelta(minutes=9))
    first, second = discretion.removals(account(discreet=True), [there], 5, now=now)
    assert (first.key, first.not_before < second.not_before) == (second.key, True)


async def test_turning_it_on_is_audited_once(store, village, now):
    phone = await store.people.account(village.members[0].chat_id)
    her = village.members[0].person_id
    for _ in range(2):
        await actions.set_discreet(store, phone, discreet=True, by=her, now=now)
        phone = await store.people.account(phone.telegram_id)
    assert phone.discreet
    assert [each for each in await audited(store) if each[0] == "discreet_on"] == [
        ("discreet_on", her, None)
    ]
