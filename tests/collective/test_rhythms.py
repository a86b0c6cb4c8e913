"""A collective's rhythm changes while it runs: nothing is lost, nothing comes twice."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from village import audited, queued

from collective.actions import rhythms, rounds
from collective.calendar import Cadence, Hours
from collective.collectives import CADENCES, DEFAULT_RHYTHM, ensure_rhythm
from collective.errors import RhythmUnfit
from collective.rounds import REMINDERS
from collective.schedules import Bell, Occurrence

DAY, HOUR, WEEK = timedelta(days=1), timedelta(hours=1), timedelta(weeks=1)


@pytest.fixture
def change(store, village, now):
    async def changed(moment=now, /, **said):
        await rhythms.change(
            store,
            village.collective.id,
            replace(DEFAULT_RHYTHM, **said),
            by=village.facilitator,
            now=moment,
        )

    return changed


@pytest.fixture
def feast(store, village, now):
    async def set_day(day, at=now, act=rhythms.add_feast_day):
        await act(store, village.collective.id, day, by=village.facilitator, now=at)

    return set_day


@pytest.fixture
async def opened(store, forms, village, now):
    """The round of this Thursday; the next is a week away."""
    schedule = await store.schedules.of(Bell.OPEN_ROUND, village.collective.id)
    held = replace(schedule, next_due=now)
    await store.schedules.replan(schedule.id, schedule.rule, now)
    await store.schedules.occurred(held, Occurrence.RANG, now + WEEK, now)
    await rounds.open_round(store, forms, village.collective.id, due=now, now=now)
    return await store.rounds.newest(village.collective.id)


async def look(village, now):
    return await rhythms.look(village.store, village.collective.id, by=village.facilitator, now=now)


async def openings(village, now):
    """How many days from `now` the next openings are."""
    return [(opening - now) / DAY for opening in (await look(village, now)).openings]


async def test_a_rhythm_is_what_was_founded_until_it_is_changed(village, change, now):
    assert (await look(village, now)).rhythm == DEFAULT_RHYTHM
    hours = Hours(first=time(8), last=time(18))
    said = {"cadence": Cadence.MONTHLY, "weekday": 0, "at": time(9), "window": 2 * DAY}
    await change(**said, hours=hours)
    assert (await look(village, now)).rhythm == replace(DEFAULT_RHYTHM, **said, hours=hours)


async def test_what_was_shown_before_is_what_comes(village, change, opened, now):
    for cadence in CADENCES:
        rhythm = replace(DEFAULT_RHYTHM, cadence=cadence, weekday=5)
        shown = await rhythms.preview(
            village.store, village.collective.id, rhythm, by=village.facilitator, now=now
        )
        await change(cadence=cadence, weekday=5)
        assert (await look(village, now)).openings == shown.openings
        assert len(shown.openings) == 3


@pytest.mark.parametrize(
    ("weekday", "days"),
    [(0, 4), (1, 5), (2, 6), (4, 8), (5, 9), (6, 10)],
)
async def test_the_next_round_comes_as_near_to_a_week_after_the_last_as_the_new_day_allows(
    village, change, opened, now, weekday, days
):
    await change(now + DAY, weekday=weekday)
    assert await openings(village, now) == [days, days + 7, days + 14]


async def test_an_open_round_keeps_its_own_end_and_the_next_waits_for_it(
    store, village, change, opened, now
):
    await change(cadence=Cadence.FORTNIGHTLY, window=6 * DAY)
    await change(weekday=0, window=DAY)
    assert await store.rounds.get(opened.id) == opened
    assert (await openings(village, now))[0] == 4
    assert opened.closes_at <= now + 4 * DAY


async def test_a_round_that_is_due_this_second_still_opens(store, village, change, now):
    schedule = await store.schedules.of(Bell.OPEN_ROUND, village.collective.id)
    due = schedule.next_due
    await change(due, weekday=0)
    after = await store.schedules.of(Bell.OPEN_ROUND, village.collective.id)
    assert after.next_due == due
    assert await openings(village, due) == [0, 4, 11]


async def test_a_new_day_that_is_past_this_week_lets_the_old_one_come_first(
    village, change, opened, now
):
    await change(now + 6 * DAY + HOUR, weekday=2)
    assert await openings(village, now) == [7, 13, 20]


async def test_hours_and_window_alone_move_no_opening(store, village, change, opened, now):
    await change(cadence=Cadence.FORTNIGHTLY)
    before = await store.schedules.of(Bell.OPEN_ROUND, village.collective.id)
    await change(now + 3 * DAY, cadence=Cadence.FORTNIGHTLY, window=DAY)
    assert await store.schedules.of(Bell.OPEN_ROUND, village.collective.id) == before
    assert (await store.collectives.get(village.collective.id)).window == DAY


async def test_a_change_is_audited_and_no_change_is_none(village, change, feast, now):
    before = await audited(village.store)
    await change()
    await change(weekday=0)
    for _ in range(2):
        await feast(date(2026, 12, 25))
    told = (await audited(village.store))[len(before) :]
    assert told == [
        (event, village.facilitator, village.collective.id)
        for event in ("rhythm_changed", "feast_days_changed")
    ]


@pytest.mark.parametrize(
    "said",
    [
        {"cadence": Cadence.DAILY, "window": HOUR},
        {"window": WEEK},
        {"window": timedelta(0)},
        {"at": time(6)},
        {"at": time(20)},
        {"hours": Hours(first=time(18), last=time(20))},
    ],
)
def test_a_rhythm_that_cannot_be_kept_is_refused(said):
    with pytest.raises(RhythmUnfit):
        ensure_rhythm(replace(DEFAULT_RHYTHM, **said))
    assert ensure_rhythm(DEFAULT_RHYTHM) == DEFAULT_RHYTHM


async def test_a_feast_day_moves_the_next_opening_and_gives_it_back(village, feast, opened, now):
    thursday = (now + WEEK).date()
    await feast(thursday)
    assert await openings(village, now) == [8, 14, 21]
    assert (await look(village, now)).feasts == (thursday,)
    await feast(thursday + DAY)
    assert await openings(village, now) == [9, 14, 21]
    await feast(thursday, act=rhythms.remove_feast_day)
    assert await openings(village, now) == [7, 14, 21]


async def test_what_waits_for_a_free_day_is_not_lost_when_the_feast_is_taken_back_too_late(
    village, feast, opened, now
):
    thursday = (now + WEEK).date()
    await feast(thursday)
    late = now + WEEK + HOUR
    await feast(thursday, late, act=rhythms.remove_feast_day)
    assert await openings(village, now) == [8, 14, 21]


async def test_a_feast_day_after_the_opening_opens_no_second_round(village, feast, opened, now):
    await feast(now.date(), now + HOUR)
    assert await openings(village, now) == [7, 14, 21]


async def test_a_round_closes_at_the_latest_when_the_next_one_opens(
    store, forms, village, feast, now
):
    place = village.collective.id
    for ahead in range(7, 13):
        await feast((now + ahead * DAY).date())
    schedule = await store.schedules.of(Bell.OPEN_ROUND, place)
    due = now + 13 * DAY
    await store.schedules.replan(schedule.id, schedule.rule, now + 14 * DAY)
    await rounds.open_round(store, forms, place, due=due, now=due)
    assert (await store.rounds.newest(place)).closes_at == now + 14 * DAY


async def test_a_round_of_a_day_reminds_once_half_way(store, forms, village, change, opened, now):
    await change(window=DAY)
    await rounds.open_round(store, forms, village.collective.id, due=now + WEEK, now=now + WEEK)
    newest = await store.rounds.newest(village.collective.id)
    assert newest.closes_at == now + WEEK + DAY <= now + WEEK + REMINDERS[0]
    assert (await store.schedules.of(Bell.REMIND, newest.id)).next_due == now + WEEK + DAY / 2


async def test_cards_and_reminders_are_silent_on_a_feast_day(store, village, feast, opened, now):
    await feast((now + DAY).date())
    await rounds.remind(store, opened.id, now=now + DAY)
    [moment] = {row.not_before for row in await queued(store) if row.kind == "checkin_reminder"}
    assert moment == now.replace(hour=5) + 2 * DAY  # 07:00 the day after
