"""What summaries tell beside the check-in: each thing once, to whom it is for."""

from datetime import date, time, timedelta

import pytest
from council import closed, opened, terms, vote
from gathering import DAY, planned

from collective.actions import activities, carrying_out, checkins, life, rounds, setbacks, summaries
from collective.activities import Kind
from collective.calendar import local_moment
from collective.decisions import Consulted, Meeting
from collective.openness import Openness
from collective.rounds import WINDOW
from collective.setbacks import Kind as Struck
from collective.setbacks import NotYet, Recovered, Told, TooFew, is_news
from collective.signals import TurnedInward
from collective.terms import Announced

WEEK = timedelta(weeks=1)


@pytest.fixture
def gone(store, village, forms):
    """Open and close the round of a moment; return what its summary tells of the group's life."""

    async def go(due):
        place = village.collective.id
        await rounds.open_round(store, forms, place, due=due, now=due)
        round_ = await store.rounds.open_of(place, due)
        await rounds.close_round(store, forms, round_.id, now=due + WINDOW)
        return (await summaries.of_round(store, forms, round_.id, now=due + WINDOW)).life

    return go


async def test_what_was_held_is_told_in_one_summary_and_what_is_next_before(village, now, gone):
    held = await planned(village)
    off = await planned(village, draft="off", at=time(10))
    await activities.cancel(village.store, off.id, by=village.facilitator, now=now)
    # It begins on Sunday an hour before the round closes.
    late = await planned(village, draft="late", day=date(2026, 11, 29), at=time(16))
    first, second = await gone(now), await gone(now + WEEK)
    assert [each.id for each in first.held] == [held.id]
    assert first.ahead.id == late.id
    assert [each.id for each in second.held] == [late.id]
    assert second.ahead is None


async def test_a_decision_is_told_in_one_summary_and_a_vote_while_it_runs(village, now, gone):
    soon = await opened(village, terms(now, closes_at=now + 2 * DAY))
    later = await opened(village, terms(now, closes_at=now + 5 * DAY), draft="later")
    quiet = terms(now, closes_at=now + 2 * DAY, announced=Announced.MEMBERS)
    among = await opened(village, quiet, draft="among")
    for each in (soon, among):
        await vote(village, each, "yes", "yes", "yes", "yes")
        await closed(village, each)
    first = await gone(now)
    await closed(village, later)
    second = await gone(now + WEEK)
    assert [[each.id for each in week.decided] for week in (first, second)] == [
        [soon.id],
        [later.id],
    ]
    assert [[each.id for each in week.voting] for week in (first, second)] == [[later.id], []]


async def test_what_a_meeting_settles_later_is_told_and_counted_when_it_does(village, now, gone):
    tie = await opened(village, terms(now, closes_at=now + DAY, consulted=Consulted.YES))
    await vote(village, tie, "yes", "yes", "no", "no")
    await closed(village, tie)
    [voted] = (await gone(now)).decided
    led = {"by": village.facilitator}
    for day, decided in ((4, Meeting.LATER), (6, Meeting.ADOPTED)):
        at = now + day * DAY
        await carrying_out.meet(village.store, tie.id, decided, "On loue", now=at, **led)
    [met] = (await gone(now + WEEK)).decided
    # Its sentence put right: the group has been told.
    late = {"now": now + WEEK + 5 * DAY, **led}
    await carrying_out.meet(village.store, tie.id, Meeting.ADOPTED, "On loue tout", **late)
    assert (await gone(now + 2 * WEEK)).decided == ()
    assert (voted.id, voted.settled_at) == (met.id, None)
    assert met.settled_at == now + 6 * DAY
    seen = await life.support(village.store, village.collective, now=late["now"])
    assert seen.openness == Openness(outward=1)


async def test_what_needs_care_is_for_who_accompanies_and_for_coordinators(village, forms, now):
    store, place = village.store, village.collective
    told = Told(kind=Struck.THEFT, weight=5, happened_on=date(2026, 11, 20), text="Masini")
    await setbacks.tell(store, place.id, told, draft="s", by=village.facilitator, now=now)
    await rounds.open_round(store, forms, place.id, due=now, now=now)
    [checkin] = await store.checkins.open_for(village.members[0].person_id, now)
    by = village.members[0].person_id
    await checkins.answer(store, forms, checkin.id, "need", "talk", by=by, now=now)
    for reader in (village.facilitator, village.coordinator):
        seen = (await summaries.read(store, forms, place.id, by=reader, now=now)).support
        assert [(each.kind, each.recovery) for each in seen.struck] == [(Struck.THEFT, TooFew())]
        assert seen.follow_ups.waiting == 1
    assert (await summaries.overview(store, forms, place, now=now)).support is None


async def test_a_recovery_is_told_for_four_weeks(now):
    assert is_news(NotYet(rounds=9), now)
    assert is_news(Recovered(rounds=2, at=now - 4 * WEEK), now)
    assert not is_news(Recovered(rounds=2, at=now - 4 * WEEK - DAY), now)


async def test_openness_is_of_the_quarter_of_the_collectives_own_clocks(village, now):
    await planned(village, kind=Kind.OPEN_DAY)
    asked = await opened(village, terms(now, consulted=Consulted.YES, closes_at=now + DAY))
    await vote(village, asked, "yes", "yes", "yes", "yes")
    await closed(village, asked)
    # It is over two hours after midnight of New Year.
    await planned(village, draft="night", day=date(2027, 1, 1), at=time(0))
    year = local_moment(date(2027, 1, 1), time(), village.collective.zone)
    before = await life.support(village.store, village.collective, now=year - DAY)
    after = await life.support(village.store, village.collective, now=year + DAY)
    assert before.openness == after.before == Openness(outward=2)
    assert after.openness == Openness(inward=1)


async def test_a_group_that_met_nobody_for_eight_weeks_is_a_signal(village, now):
    for week in range(10):
        day = date(2026, 11, 28) + week * WEEK
        await planned(village, draft=f"{week}", day=day)
    seen = await life.support(village.store, village.collective, now=now + 10 * WEEK)
    assert seen.inward == TurnedInward(inward=8)
    seen = await life.support(village.store, village.collective, now=now + 6 * WEEK)
    assert seen.inward is None
