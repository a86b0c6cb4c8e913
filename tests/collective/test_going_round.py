"""A round opens, reminds and closes, each message queued once."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from village import NADINE, audited, queued, rows

from collective.actions import checkins, rounds
from collective.forms import PASSED
from collective.rounds import REMINDERS, WINDOW
from collective.schedules import Bell
from storage import tables as t

#: 06:30 in Lubumbashi: too early for anybody's phone.
DAWN = datetime(2026, 11, 26, 4, 30, tzinfo=UTC)
SEVEN = datetime(2026, 11, 26, 5, 0, tzinfo=UTC)


@pytest.fixture
def open_at(store, village, forms):
    async def opened(due, now=None):
        await rounds.open_round(store, forms, village.collective.id, due=due, now=now or due)
        return await store.rounds.open_of(village.collective.id, now or due)

    return opened


@pytest.fixture
def finish(store, village, forms):
    async def answer_all(member, at):
        [checkin] = await store.checkins.open_for(member.person_id, at)
        for question in forms["weekly"].asking("my_place").questions:
            await checkins.answer(
                store, forms, checkin.id, question.key, PASSED, by=member.person_id, now=at
            )

    return answer_all


def chats(parcels):
    return Counter(parcel.chat_id for parcel in parcels)


async def test_every_member_is_expected_and_gets_one_card(store, village, open_at, now):
    round_ = await open_at(now)
    cards = await queued(store, checkins.OPENING)
    assert chats(cards) == {member.chat_id: 1 for member in village.members}
    assert await store.checkins.of_round(round_.id) == [{}] * 6
    assert {card.not_before for card in cards} == {now}


async def test_each_rotating_question_comes_once_before_any_comes_again(store, village, forms, now):
    keys = [question.key for question in forms["weekly"].rotation]
    turns = []
    for week in range(2 * len(keys)):
        due = now + timedelta(weeks=week)
        await rounds.open_round(store, forms, village.collective.id, due=due, now=due)
        turns.append((await store.rounds.open_of(village.collective.id, due)).rotating)
    assert turns == [*keys, *keys]


async def test_opening_again_changes_nothing(store, open_at, now):
    first = await open_at(now)
    counts = [len(await rows(store, table)) for table in t.metadata.sorted_tables]
    assert await open_at(now, now + timedelta(minutes=1)) == first
    assert [len(await rows(store, table)) for table in t.metadata.sorted_tables] == counts


async def test_a_member_without_telegram_is_expected_and_gets_no_card(store, village, now, open_at):
    [person] = await store.people._all(
        t.persons.insert().values(name="Roster", created_at=now).returning(t.persons.c.id)
    )
    await store.collectives.add_member(village.collective.id, person.id, now)
    round_ = await open_at(now)
    assert len(await store.checkins.of_round(round_.id)) == 7
    assert len(await queued(store, checkins.OPENING)) == 6


async def test_cards_wait_for_the_morning(store, open_at):
    await open_at(DAWN)
    cards = await queued(store, checkins.OPENING)
    assert {(card.not_before, card.lane) for card in cards} == {(SEVEN, 1)}


async def test_the_window_counts_from_the_due_moment_however_late(open_at, now):
    round_ = await open_at(now, now + timedelta(hours=5))
    assert (round_.opens_at, round_.closes_at) == (now, now + WINDOW)


async def test_a_round_whose_window_is_over_does_not_open(store, open_at, now):
    assert await open_at(now, now + WINDOW) is None
    assert await rows(store, t.rounds) == []


async def test_its_reminders_and_its_closing_are_on_the_timetable(store, open_at, now):
    round_ = await open_at(now)
    bells = [
        (each.bell, each.next_due)
        for each in await store.schedules.upcoming(9)
        if each.subject == round_.id and each.bell != Bell.OPEN_ROUND
    ]
    reminders = [(Bell.REMIND, now + delay) for delay in REMINDERS]
    assert bells == [*reminders, (Bell.CLOSE_ROUND, now + WINDOW)]


async def test_only_the_unfinished_are_reminded(store, village, open_at, finish, now):
    round_ = await open_at(now)
    first, second, *others = village.members
    await finish(first, now)
    await store.people.set_unreachable(second.chat_id, "blocked")
    await rounds.remind(store, round_.id, now=now + timedelta(hours=24))
    assert chats(await queued(store, checkins.REMINDER)) == {m.chat_id: 1 for m in others}


async def test_who_answered_a_part_is_reminded(store, village, forms, open_at, now):
    round_ = await open_at(now)
    member = village.members[0]
    [checkin] = await store.checkins.open_for(member.person_id, now)
    await checkins.answer(store, forms, checkin.id, "motivation", "3", by=member.person_id, now=now)
    await rounds.remind(store, round_.id, now=now + timedelta(hours=24))
    assert member.chat_id in chats(await queued(store, checkins.REMINDER))


async def test_two_reminders_are_two_messages_and_each_comes_once(store, village, open_at, now):
    round_ = await open_at(now)
    for hours in (24, 24, 48):
        await rounds.remind(store, round_.id, now=now + timedelta(hours=hours))
    reminders = await queued(store, checkins.REMINDER)
    assert chats(reminders) == {member.chat_id: 2 for member in village.members}


async def test_reminders_wait_for_the_morning(store, open_at, now):
    round_ = await open_at(now)
    await rounds.remind(store, round_.id, now=DAWN + timedelta(days=1))
    reminders = await queued(store, checkins.REMINDER)
    assert {row.not_before for row in reminders} == {SEVEN + timedelta(days=1)}


async def test_nobody_is_reminded_of_a_round_that_is_over(store, forms, open_at, now):
    round_ = await open_at(now)
    await rounds.remind(store, round_.id, now=now + WINDOW)
    await rounds.close_round(store, forms, round_.id, now=now + timedelta(hours=1))
    await rounds.remind(store, round_.id, now=now + timedelta(hours=2))
    await rounds.remind(store, 999, now=now)
    assert await queued(store, checkins.REMINDER) == []


async def test_closing_tells_the_group_and_the_facilitator(store, forms, village, open_at, now):
    await store.collectives.link_group(village.collective.id, -7, None, now)
    round_ = await open_at(now)
    await rounds.close_round(store, forms, round_.id, now=now + WINDOW)
    told = {row.chat_id: row.kind for row in await queued(store) if "summary" in row.kind}
    assert told == {-7: rounds.SUMMARY, NADINE: rounds.FACILITATOR_SUMMARY}


async def test_without_a_group_each_member_is_told(store, forms, village, open_at, now):
    round_ = await open_at(now)
    await rounds.close_round(store, forms, round_.id, now=now + WINDOW)
    members = {member.chat_id: 1 for member in village.members}
    assert chats(await queued(store, rounds.SUMMARY)) == members
    assert chats(await queued(store, rounds.FACILITATOR_SUMMARY)) == {NADINE: 1}


async def test_a_facilitator_who_is_a_member_reads_the_facilitators_summary(
    store, forms, village, open_at, now
):
    await store.collectives.add_member(village.collective.id, village.facilitator, now)
    round_ = await open_at(now)
    await rounds.close_round(store, forms, round_.id, now=now + WINDOW)
    kinds = [row.kind for row in await queued(store) if row.chat_id == NADINE]
    assert kinds == [checkins.OPENING, rounds.FACILITATOR_SUMMARY]


async def test_summaries_wait_for_the_morning(store, forms, open_at, now):
    round_ = await open_at(now)
    await rounds.close_round(store, forms, round_.id, now=DAWN + timedelta(days=4))
    summaries = await queued(store, rounds.SUMMARY)
    assert {row.not_before for row in summaries} == {SEVEN + timedelta(days=4)}


async def test_a_round_closes_once(store, forms, open_at, now):
    round_ = await open_at(now)
    await rounds.close_round(store, forms, round_.id, now=now + WINDOW)
    before = await queued(store), await audited(store)
    await rounds.close_round(store, forms, round_.id, now=now + WINDOW + timedelta(hours=1))
    assert (await queued(store), await audited(store)) == before
    assert (await store.rounds.get(round_.id)).closed_at == now + WINDOW


async def test_opening_and_closing_are_audited_as_the_clocks(store, forms, open_at, now):
    round_ = await open_at(now)
    await rounds.close_round(store, forms, round_.id, now=now + WINDOW)
    assert (await audited(store))[-2:] == [
        ("round_opened", None, round_.id),
        ("round_closed", None, round_.id),
    ]


async def test_a_collective_that_is_gone_opens_no_round(store, forms, now):
    await rounds.open_round(store, forms, 999, due=now, now=now)
    await rounds.close_round(store, forms, 999, now=now)
    assert await rows(store, t.rounds) == []
