"""Creating a collective, and the group it speaks in."""

from datetime import UTC, datetime

import pytest
from village import audited, plan, queued

from collective.actions import collectives
from collective.collectives import GroupLanguage
from collective.errors import GroupTaken, TextEmpty, TextTooLong, ZoneUnknown
from collective.schedules import Bell


def create(village, *, draft="draft-2", **changes):
    said = plan(draft, **changes)
    return collectives.create(village.store, said, by=village.coordinator, now=village.now)


def link(village, chat_id, collective=None):
    return collectives.link_group(
        village.store,
        (collective or village.collective).id,
        chat_id,
        by=village.facilitator,
        now=village.now,
    )


async def test_a_collective_is_what_its_coordinator_said(store, village):
    made = await create(village, name="  Bana   Mboka ", place=" Goma ", zone="Africa/Kinshasa")
    assert (made.name, made.place, made.zone) == ("Bana Mboka", "Goma", "Africa/Kinshasa")
    assert await store.collectives.get(made.id) == made


async def test_the_same_draft_makes_one(store, village):
    first, second = await create(village), await create(village, name="Another press")
    assert first == second
    assert len(await store.collectives.all()) == 2
    created = [fact for fact in await audited(store) if fact[0] == "collective_created"]
    assert [fact[2] for fact in created] == [village.collective.id, first.id]
    assert [s.subject for s in await store.schedules.upcoming(9)] == [1, first.id]


async def test_its_first_round_is_the_next_one_to_come(store, village):
    made = await create(village)
    schedule = await store.schedules.of(Bell.OPEN_ROUND, made.id)
    # It was founded on a Thursday at 17:00 in Lubumbashi, the very hour of its check-in.
    assert schedule.next_due == datetime(2026, 12, 3, 15, tzinfo=UTC)
    assert schedule.rule.zone == "Africa/Lubumbashi"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": " "}, TextEmpty),
        ({"place": "x" * 61}, TextTooLong),
        ({"zone": "Bukavu"}, ZoneUnknown),
    ],
)
async def test_what_cannot_be_kept_is_refused(store, village, changes, refusal):
    with pytest.raises(refusal):
        await create(village, **changes)
    assert len(await store.collectives.all()) == 1


async def test_a_linked_group_is_greeted_once(store, village):
    await link(village, -77)
    await link(village, -77)
    [greeting] = await queued(store)
    assert (greeting.chat_id, greeting.kind) == (-77, "group_linked")
    assert (await store.collectives.group(village.collective.id)).chat_id == -77
    linked = [fact for fact in await audited(store) if fact[0] == "group_linked"]
    assert linked == [("group_linked", village.facilitator, village.collective.id)]


async def test_a_group_belongs_to_one_collective(store, village):
    other = await create(village)
    await store.collectives.link_group(other.id, -77, None, village.now)
    with pytest.raises(GroupTaken) as refusal:
        await link(village, -77)
    assert refusal.value.collective == other.name


async def test_another_group_takes_the_place_of_the_first(store, village):
    await link(village, -77)
    await link(village, -88)
    assert (await store.collectives.group(village.collective.id)).chat_id == -88
    assert await store.collectives.by_group(-77) is None


async def test_a_group_can_be_taken_back(store, village):
    await link(village, -77)
    by = village.facilitator
    await collectives.unlink_group(store, -77, by=by, now=village.now)
    assert await store.collectives.group(village.collective.id) is None
    assert (await audited(store))[-1] == ("group_unlinked", by, village.collective.id)


async def test_leaving_a_strange_group_is_nothing(store, village):
    before = await audited(store)
    await collectives.unlink_group(store, -99, by=village.facilitator, now=village.now)
    assert await audited(store) == before


async def test_the_language_of_its_group_changes_and_each_change_is_audited_once(store, village):
    number, by = village.collective.id, village.facilitator
    for language in (GroupLanguage.FRENCH, GroupLanguage.FRENCH, GroupLanguage.LINGALA):
        await collectives.set_language(store, number, language, by=by, now=village.now)
    assert (await store.collectives.get(number)).language is GroupLanguage.LINGALA
    assert [line for line in await audited(store) if line[0] == "group_language_set"] == [
        ("group_language_set", by, number)
    ] * 2
