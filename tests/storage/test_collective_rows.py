"""Collectives, their people and groups, on both engines."""

from datetime import timedelta

import pytest
from ledger_rows import collective, member, person
from sqlalchemy.exc import IntegrityError

from collective.collectives import GroupChat, GroupLanguage


async def test_a_draft_becomes_one_collective(store, now):
    made = await collective(store, now)
    assert await collective(store, now) is None
    assert await store.collectives.by_draft("d1") == made
    assert await store.collectives.get(made.id) == made
    assert await store.collectives.all() == [made]
    assert await store.collectives.by_draft("d2") is None


async def test_a_member_is_added_once(store, now):
    made = await collective(store, now)
    mado = await member(store, now, made)
    assert await store.collectives.add_member(made.id, mado.person_id, now) is None
    assert await store.collectives.members(made.id) == [mado]
    assert (mado.name, mado.chat_id, mado.joined_at) == ("Mado", 1, now)


async def test_members_of_one_collective_are_not_those_of_another(store, now):
    one, two = [await collective(store, now, draft=draft) for draft in "ab"]
    mado = await member(store, now, one, chat=1)
    aline = await member(store, now, two, chat=2, name="Aline")
    assert await store.collectives.members(one.id) == [mado]
    assert await store.collectives.members(two.id) == [aline]


async def test_a_facilitator_is_added_once_and_reached_in_her_chat(store, now):
    made, nadine = await collective(store, now), await person(store, now, chat=5, name="Nadine")
    assert await store.collectives.add_facilitator(made.id, nadine.id, now)
    assert not await store.collectives.add_facilitator(made.id, nadine.id, now)
    [found] = await store.collectives.facilitators(made.id)
    assert (found.person_id, found.name, found.chat_id) == (nadine.id, "Nadine", 5)


async def test_a_group_takes_the_place_of_an_earlier_one(store, now):
    made = await collective(store, now)
    await store.collectives.link_group(made.id, -1, None, now)
    await store.collectives.link_group(made.id, -2, None, now)
    assert await store.collectives.group(made.id) == GroupChat(collective_id=made.id, chat_id=-2)
    assert await store.collectives.by_group(-1) is None
    assert await store.collectives.by_group(-2) == made


async def test_a_supergroup_keeps_the_link(store, now):
    made = await collective(store, now)
    await store.collectives.link_group(made.id, -1, None, now)
    await store.collectives.move_group(-1, -1001234567890)
    assert await store.collectives.by_group(-1001234567890) == made


async def test_a_supergroup_that_was_linked_already_stays_where_it_is(store, now):
    one, other = [await collective(store, now, draft=draft) for draft in "ab"]
    await store.collectives.link_group(one.id, -1, None, now)
    await store.collectives.link_group(other.id, -1001234567890, None, now)
    await store.collectives.move_group(-1, -1001234567890)
    assert await store.collectives.by_group(-1001234567890) == other
    assert await store.collectives.group(one.id) is None


async def test_why_nothing_arrives_in_a_group_is_kept_until_something_does(store, now):
    made = await collective(store, now)
    await store.collectives.link_group(made.id, -1, None, now)
    told = [await store.collectives.set_group_reach(-1, "kicked", now) for _ in range(2)]
    assert told == [True, False]
    assert (await store.collectives.group(made.id)).unreachable == "kicked"
    assert await store.collectives.set_group_reach(-1, None, now)
    assert (await store.collectives.group(made.id)).unreachable is None


async def test_a_forgotten_group_is_nobodys(store, now):
    made = await collective(store, now)
    await store.collectives.link_group(made.id, -1, None, now)
    await store.collectives.unlink_group(-1)
    assert await store.collectives.group(made.id) is None


async def test_a_record_cannot_hang_on_nothing(database, now):
    async def orphan():
        async with database.writing() as store:
            await store.collectives.add_facilitator(999, 999, now)

    with pytest.raises(IntegrityError):
        await orphan()


async def test_who_left_is_no_member_until_she_comes_back_as_the_same_one(store, now):
    made = await collective(store, now)
    mado = await member(store, now, made)
    assert await store.collectives.remove_member(made.id, mado.person_id, now) == mado.id
    assert await store.collectives.remove_member(made.id, mado.person_id, now) is None
    assert await store.collectives.members(made.id) == []
    assert (await store.people.standing(mado.person_id)).member_of == frozenset()
    back = await store.collectives.add_member(made.id, mado.person_id, now + timedelta(days=1))
    assert back == mado


async def test_roles_are_given_back(store, now):
    made, who = await collective(store, now), await person(store, now)
    await store.collectives.add_facilitator(made.id, who.id, now)
    await store.people.add_coordinator(who.id, now)
    assert await store.people.coordinators() == [who.id]
    assert await store.collectives.remove_facilitator(made.id, who.id)
    assert not await store.collectives.remove_facilitator(made.id, who.id)
    await store.people.remove_coordinator(who.id)
    assert (await store.people.standing(who.id)).roles == frozenset()


async def test_a_pause_is_kept_with_the_person_and_her_memberships(store, now):
    made = await collective(store, now)
    mado = await member(store, now, made)
    await store.people.set_paused(mado.person_id, now)
    [kept] = await store.collectives.members(made.id)
    assert kept.paused_until == (await store.people.person(mado.person_id)).paused_until == now


async def test_a_groups_language_is_kept(store, now):
    one, other = [await collective(store, now, draft=draft) for draft in "ab"]
    await store.collectives.set_language(one.id, GroupLanguage.BOTH)
    assert (await store.collectives.get(one.id)).language is GroupLanguage.BOTH
    assert (await store.collectives.get(other.id)).language is other.language
