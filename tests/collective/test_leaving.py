"""Leaving: at once, with what she was responsible for handed over, and with a way back."""

from datetime import timedelta

import pytest
from village import JOSEPHINE, NADINE, audited, come_in, queued

from collective.actions import checkins, invites, leaving, rounds
from collective.departures import RETURN, Contact
from collective.errors import HasLeft, LastCoordinator, NotAllowed, ReturnTooLate, TextTooLong
from collective.people import Role
from collective.rounds import WINDOW


@pytest.fixture
def aline(village):
    return village.members[0]


@pytest.fixture
def leave(store, village, aline, now):
    async def left(at=now):
        return await leaving.leave(
            store, Role.MEMBER, village.collective.id, by=aline.person_id, now=at
        )

    return left


async def told(store, kind):
    return [row.chat_id for row in await queued(store, kind)]


async def test_who_left_is_no_member_and_her_facilitator_is_told(store, village, aline, leave):
    departure = await leave()
    assert aline.id not in [m.id for m in await store.collectives.members(village.collective.id)]
    assert await told(store, leaving.MEMBER_LEFT) == [NADINE]
    assert (departure.person_id, departure.away) == (aline.person_id, True)
    assert ("left", aline.person_id, village.collective.id) in await audited(store)


async def test_leaving_twice_is_leaving_once(store, leave):
    await leave()
    with pytest.raises(NotAllowed):
        await leave()
    assert await told(store, leaving.MEMBER_LEFT) == [NADINE]


async def test_a_round_that_is_open_no_longer_misses_or_asks_her(
    store, village, forms, aline, leave, now
):
    await rounds.open_round(store, forms, village.collective.id, due=now, now=now)
    [checkin] = await store.checkins.open_for(aline.person_id, now)
    await leave()
    assert len(await store.checkins.of_round(checkin.round_id)) == len(village.members) - 1
    with pytest.raises(HasLeft):
        await checkins.answer(
            store, forms, checkin.id, "motivation", "3", by=aline.person_id, now=now
        )


async def test_what_she_answered_before_counts(store, village, forms, aline, leave, now):
    await rounds.open_round(store, forms, village.collective.id, due=now, now=now)
    [checkin] = await store.checkins.open_for(aline.person_id, now)
    await checkins.answer(store, forms, checkin.id, "motivation", "3", by=aline.person_id, now=now)
    await leave()
    await rounds.close_round(store, forms, checkin.round_id, now=now + WINDOW)
    totals = await store.rounds.totals(checkin.round_id)
    assert (totals.expected, totals.answered) == (len(village.members), 1)


@pytest.mark.parametrize(
    ("contact", "readers"),
    [(Contact.FACILITATOR, [NADINE]), (Contact.COORDINATOR, [JOSEPHINE]), (Contact.NOBODY, [])],
)
async def test_her_words_are_for_whom_she_named_or_for_nobody(
    store, aline, leave, now, contact, readers
):
    departure = await leave()
    said = {"why": "I moved", "missed": "A market nearby"}
    for _ in range(2):
        await leaving.answer(store, departure.id, contact, **said, by=aline.person_id, now=now)
    kept = await store.departures.get(departure.id)
    assert (kept.why, kept.missed) == (("I moved", "A market nearby") if readers else (None, None))
    assert await told(store, leaving.STAYS_IN_TOUCH) == readers


async def test_her_departure_is_hers_alone(store, village, leave, now):
    departure = await leave()
    said = {"contact": Contact.FACILITATOR, "why": "x" * 501, "now": now}
    with pytest.raises(NotAllowed):
        await leaving.answer(store, departure.id, **said, by=village.members[1].person_id)
    with pytest.raises(TextTooLong):
        await leaving.answer(store, departure.id, **said, by=departure.person_id)


async def test_she_comes_back_as_the_same_member_within_thirty_days(
    store, village, aline, leave, now
):
    departure = await leave()
    at = now + RETURN - timedelta(minutes=1)
    back = await leaving.come_back(store, departure.id, by=aline.person_id, now=at)
    again = await leaving.come_back(store, departure.id, by=aline.person_id, now=at)
    assert back == again == village.collective
    assert aline in await store.collectives.members(village.collective.id)
    assert await told(store, leaving.MEMBER_BACK) == [NADINE]


async def test_after_thirty_days_she_needs_an_invitation(store, village, aline, leave, now):
    departure, at = await leave(), now + RETURN
    with pytest.raises(ReturnTooLate):
        await leaving.come_back(store, departure.id, by=aline.person_id, now=at)
    token = await invites.invite_members(
        store, village.collective.id, by=village.facilitator, now=at
    )
    await come_in(store, token, at, name="", chat=aline.chat_id)
    assert aline in await store.collectives.members(village.collective.id)


async def test_a_collective_without_facilitator_is_the_coordinators_business(store, village, now):
    token = await invites.invite_facilitator(
        store, village.collective.id, by=village.coordinator, now=now
    )
    other = await come_in(store, token, now, name="Furaha", chat=77)
    for person in (other, village.facilitator):
        assert await told(store, leaving.FACILITATOR_GONE) == []
        await leaving.leave(store, Role.FACILITATOR, village.collective.id, by=person, now=now)
    assert await told(store, leaving.FACILITATOR_GONE) == [JOSEPHINE]


async def test_the_last_coordinator_stays_until_there_is_another(store, village, now):
    with pytest.raises(LastCoordinator):
        await leaving.leave(store, Role.COORDINATOR, None, by=village.coordinator, now=now)
    token = await invites.invite_coordinator(store, now=now)
    other = await come_in(store, token, now, name="Bahati", chat=78)
    await leaving.leave(store, Role.COORDINATOR, None, by=village.coordinator, now=now)
    assert await store.people.coordinators() == [other]


async def test_everything_she_can_leave_is_listed(store, village, now):
    await store.collectives.add_member(village.collective.id, village.facilitator, now)
    await store.people.add_coordinator(village.facilitator, now)
    places = await leaving.places(store, by=village.facilitator)
    assert [place.role for place in places] == [Role.MEMBER, Role.FACILITATOR, Role.COORDINATOR]
    assert await leaving.places(store, by=999) == []
