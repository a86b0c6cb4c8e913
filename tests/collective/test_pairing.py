"""A coordinator pairs two collectives: both hear of it once, and their facilitators plan."""

from datetime import timedelta

import pytest
from village import audited, come_in, plan, queued

from collective.actions import collectives, invites, pairings, pausing
from collective.errors import NobodyThere, NotAllowed, Outdated, PairedWithItself
from collective.pairings import FRESH

GROUP, AMANI_GROUP, ESTHER = -7, -8, 901


@pytest.fixture
async def amani(store, village, now):
    """Another collective, with a facilitator and a member of its own."""
    by = village.coordinator
    made = await collectives.create(store, plan("amani", name="Amani"), by=by, now=now)
    token = await invites.invite_facilitator(store, made.id, by=by, now=now)
    esther = await come_in(store, token, now, name="Esther", chat=ESTHER)
    token = await invites.invite_members(store, made.id, by=esther, now=now)
    await come_in(store, token, now, name="Riziki", chat=ESTHER + 1)
    return made


@pytest.fixture
def pair(store, village, amani):
    """Pair the two; or what else is said."""

    async def paired(now, *, draft="p", by=None, first=None, second=None):
        place, by = first or village.collective.id, by or village.coordinator
        return await pairings.pair(store, place, second or amani.id, draft=draft, by=by, now=now)

    return paired


async def told(store):
    return {row.chat_id for row in await queued(store, pairings.PAIRED)}


async def test_facilitators_and_groups_are_told_and_members_where_there_is_none(
    store, village, amani, pair, now
):
    await store.collectives.link_group(village.collective.id, GROUP, village.facilitator, now)
    made = await pair(now)
    assert await told(store) == {20, GROUP, ESTHER, ESTHER + 1}
    assert (await audited(store))[-1] == ("collectives_paired", village.coordinator, made.id)


async def test_who_makes_a_pause_is_left_in_peace(store, village, pair, now):
    quiet = village.members[0]
    await pausing.pause(store, 2, by=quiet.person_id, now=now)
    await pair(now)
    assert quiet.chat_id not in await told(store)
    assert village.members[1].chat_id in await told(store)


async def test_the_same_two_again_are_told_only_weeks_later(store, village, amani, pair, now):
    made = await pair(now)
    many = len(await queued(store, pairings.PAIRED))
    other_way = {"first": amani.id, "second": village.collective.id}
    assert await pair(now + FRESH - timedelta(seconds=1), draft="q", **other_way) == made
    assert len(await queued(store, pairings.PAIRED)) == many
    again = await pair(now + FRESH, draft="r", **other_way)
    assert again.id != made.id
    assert len(await queued(store, pairings.PAIRED)) == 2 * many


async def test_only_a_coordinator_pairs_and_only_two(village, amani, pair, now):
    for by in (village.facilitator, village.members[0].person_id):
        with pytest.raises(NotAllowed):
            await pair(now, by=by)
    with pytest.raises(PairedWithItself):
        await pair(now, first=amani.id)
    with pytest.raises(Outdated):
        await pair(now, second=999)


async def test_a_collective_of_which_nobody_would_hear_is_not_paired(store, village, pair, now):
    empty = await collectives.create(store, plan("e", name="Élan"), by=village.coordinator, now=now)
    with pytest.raises(NobodyThere) as refused:
        await pair(now, second=empty.id)
    assert refused.value.collective == "Élan"


async def test_the_visit_is_planned_by_who_accompanies_one_of_the_two(
    store, village, amani, pair, now
):
    made, place = await pair(now), village.collective.id
    seen = await pairings.ensure_plans(store, made.id, place, by=village.facilitator)
    assert (seen.collective.id, seen.other.name, seen.led_by) == (place, "Amani", ("Esther",))
    for other, by in ((amani.id, village.facilitator), (place, village.members[0].person_id)):
        with pytest.raises(NotAllowed):
            await pairings.ensure_plans(store, made.id, other, by=by)
    with pytest.raises(Outdated):
        await pairings.ensure_plans(store, 999, place, by=village.facilitator)
