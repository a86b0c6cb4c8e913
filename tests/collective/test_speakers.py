"""Who answers on a phone of several persons."""

from datetime import timedelta

import pytest
from village import come_in

from collective.actions import speakers
from collective.errors import Outdated
from collective.people import SPEAKS_FOR, Account, Person, speaker

SECOND = timedelta(seconds=1)


def account(**more):
    return Account(id=1, telegram_id=7, language=None, unreachable=None, **more)


def person(number, **more):
    return Person(id=number, account_id=1, name=f"N{number}", **more)


def test_who_is_alone_answers_and_is_never_asked(now):
    assert speaker(account(), [person(1)], now) == person(1)
    assert speaker(account(), [], now) is None


def test_of_several_only_who_said_so_answers_and_only_for_a_while(now):
    mado = person(2, speaks_until=now)
    both = [person(1), mado]
    assert speaker(account(), both, now - SECOND) == mado
    assert speaker(account(), both, now) is None


def test_a_newcomer_is_none_of_them(now):
    used = account(newcomer_until=now)
    assert speaker(used, [person(1)], now - SECOND) is None
    assert speaker(used, [person(1)], now) == person(1)


def test_a_word_keeps_her_the_speaker_and_costs_a_write_a_minute(now):
    ends = now + SPEAKS_FOR
    mado = person(2, speaks_until=ends)
    worth = [speakers.wears_off(account(), mado, now + timedelta(seconds=s)) for s in (1, 59, 61)]
    assert worth == [False, False, True]
    assert not speakers.wears_off(account(), mado, ends)
    assert not speakers.wears_off(account(), person(1), now)


async def test_who_comes_in_on_anothers_phone_is_a_person_of_her_own(store, village, now):
    aline = village.members[0]
    phone = await store.people.account(aline.chat_id)
    await speakers.choose_newcomer(store, phone, now=now)
    token = await village.member_link()
    second = await come_in(store, token, now, name="Béatrice", chat=aline.chat_id)
    assert second != aline.person_id
    names = [each.name for each in await store.people.persons_of(phone.id)]
    assert names == [aline.name, "Béatrice"]
    assert (await store.people.person_of(phone.id, now)).name == "Béatrice"
    chats = {m.person_id: m.chat_id for m in await store.collectives.members(village.collective.id)}
    assert chats[second] == chats[aline.person_id]


async def test_nobody_of_another_phone_can_be_chosen(store, village, now):
    phone = await store.people.account(village.members[0].chat_id)
    with pytest.raises(Outdated):
        await speakers.choose(store, phone, village.members[1].person_id, now=now)
