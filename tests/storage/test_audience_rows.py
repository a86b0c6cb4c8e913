"""Whom a broadcast is for, on both engines: each chat once, its author never."""

from dataclasses import replace
from datetime import timedelta

import pytest
from ledger_rows import collective, person, round_of

from collective.audiences import Audience, Recipient, Share, of_collectives
from collective.collectives import Trade
from collective.people import Role
from storage import audiences


@pytest.fixture
async def place(store, now):
    """Two collectives: Mado in both, Aline and Rita on one phone in the first, Nadine leads it."""
    first = await collective(store, now, draft="a", name="Tujenge")
    second = await collective(store, now, draft="b", name="Amani")
    people = {"Nadine": await person(store, now, chat=20, name="Nadine")}
    for name, chat in (("Mado", 1), ("Aline", 2), ("Rita", 2), ("Béa", 3)):
        people[name] = await person(store, now, chat=chat, name=name)
    for name, made in (
        ("Mado", first),
        ("Aline", first),
        ("Rita", first),
        ("Nadine", first),
        ("Mado", second),
        ("Béa", second),
    ):
        await store.collectives.add_member(made.id, people[name].id, now)
    await store.collectives.add_facilitator(first.id, people["Nadine"].id, now)
    await store.collectives.link_group(second.id, -7, None, now)
    return store, first.id, second.id, {name: each.id for name, each in people.items()}


async def chats(store, audience, author, now, after=None):
    part = await store.audiences.slice(audience, author=author, after=after, now=now)
    return [each.chat_id for each in part.recipients], part.reached


async def test_members_and_groups_get_it_once_each_and_its_author_does_not(place, now):
    store, first, second, who = place
    to = of_collectives([first, second])
    part = await store.audiences.slice(to, author=who["Nadine"], after=None, now=now)
    assert part.recipients == (
        Recipient(chat_id=1, collective=first, person=who["Mado"]),
        Recipient(chat_id=2, collective=first, person=None),
        Recipient(chat_id=3, collective=second, person=who["Béa"]),
        Recipient(chat_id=-7, collective=second),
    )
    assert await store.audiences.count(to, author=who["Nadine"], now=now) == (3, 1)
    assert await store.audiences.shares(to, author=who["Nadine"], now=now) == [
        Share(collective=first, people=2, group=False),
        Share(collective=second, people=2, group=True),
    ]


async def test_who_pauses_or_has_left_is_passed_over(place, now):
    store, first, _, who = place
    await store.people.set_paused(who["Mado"], now + timedelta(days=1))
    await store.collectives.remove_member(first, who["Rita"], now)
    assert await chats(store, of_collectives([first]), 0, now) == ([2, 20], None)
    assert 1 in (await chats(store, of_collectives([first]), 0, now + timedelta(days=1)))[0]


async def test_who_leaves_one_of_two_collectives_is_still_reached_by_the_other(place, now):
    store, first, second, who = place
    both, one = of_collectives([first, second]), of_collectives([first])
    await store.collectives.remove_member(first, who["Mado"], now)

    async def reached(audience, at=now):
        return await store.audiences.reaches(audience, 1, author=0, now=at)

    assert [await reached(both), await reached(one)] == [True, False]
    await store.people.set_paused(who["Mado"], now + timedelta(days=1))
    assert not await reached(both)


async def test_each_way_of_narrowing_down_narrows(place, now):
    store, first, second, who = place
    account = (await store.people.person(who["Béa"])).account_id
    await store.people.set_language(account, "ln")
    everyone = Audience(groups=True)
    expected = {
        replace(everyone, collectives=frozenset({second})): [1, 3, -7],
        replace(everyone, trades=frozenset({Trade.DYEING})): [],
        replace(everyone, places=frozenset({"Goma"})): [1, 2, 3, 20, -7],
        replace(everyone, languages=frozenset({"ln"})): [3, -7],
        replace(everyone, languages=frozenset({"fr"})): [1, 2, 20],
        replace(everyone, roles=frozenset({Role.FACILITATOR})): [20, -7],
        replace(everyone, roles=frozenset()): [-7],
        Audience(collectives=frozenset({first}), persons=frozenset({who["Mado"]})): [1],
    }
    found = {each: (await chats(store, each, 0, now))[0] for each in expected}
    assert found == expected


async def test_coordinators_belong_to_no_collective_and_come_with_the_first(place, now):
    store, _, _, who = place
    await store.people.add_coordinator(who["Béa"], now)
    to = Audience(roles=frozenset({Role.COORDINATOR, Role.FACILITATOR}))
    part = await store.audiences.slice(to, author=0, after=None, now=now)
    assert {each.chat_id: each.collective is None for each in part.recipients} == {
        3: True,
        20: False,
    }
    assert await chats(store, to, 0, now, after=10**6) == ([], None)


async def test_who_has_not_answered_is_who_is_still_missed_in_an_open_round(place, now):
    store, first, _, who = place
    made = await store.collectives.get(first)
    members = await store.collectives.members(first)
    opened = await round_of(store, made, now)
    [mado, aline, *_] = await store.checkins.expect(opened, members)
    await store.checkins.finish(mado.id, now)
    await store.checkins.excuse(aline.person_id, now, first)
    to = Audience(collectives=frozenset({first}), unanswered=True)
    assert await chats(store, to, who["Nadine"], now) == ([2], None)
    part = await store.audiences.slice(to, author=who["Nadine"], after=None, now=now)
    assert part.recipients[0].person == who["Rita"]
    assert await chats(store, to, who["Nadine"], opened.closes_at) == ([], None)


async def test_it_comes_in_slices_of_collectives(place, now, monkeypatch):
    store, first, second, _ = place
    monkeypatch.setattr(audiences, "COLLECTIVES", 1)
    to = of_collectives([first, second])
    assert await chats(store, to, 0, now) == ([1, 2, 20], first)
    assert await chats(store, to, 0, now, after=first) == ([1, 3, -7], second)
    assert await chats(store, to, 0, now, after=second) == ([], None)
