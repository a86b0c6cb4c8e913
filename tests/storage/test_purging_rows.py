"""What has been kept long enough goes, and nothing else, on both engines."""

from datetime import time, timedelta

import pytest
from ledger_rows import broadcast, collective, member, parcel, person, round_of, rows, take

from collective import figures
from collective.actions import purging
from collective.activities import Coming, Details, FileKind, GivenFile
from collective.activities import Kind as ActivityKind
from collective.broadcasts import Kind, Version
from collective.decisions import Method, Outcome, Result, Stage
from collective.departures import Contact
from collective.feelings import After, Felt, Question
from collective.forms import load_forms
from collective.outbox import State
from collective.people import Role
from collective.proposals import Ballot
from collective.retention import Retention
from collective.schedules import Bell, Occurrence
from collective.terms import Terms
from storage import tables as t
from storage.purging import LINES

DAY = timedelta(days=1)
KEEP = Retention()
FORMS = load_forms()


def test_every_kind_has_its_lines():
    assert list(LINES) == [kind for kind, _ in Retention.kinds()]


#: Tables of which no row goes with time, and those of which a bell or an action lets them go.
STAY = {
    *("persons", "consents", "coordinators", "facilitators", "members"),
    *("collectives", "pairings", "feast_days", "round_totals", "audit", "lessons"),
}
THEIR_OWN = {"join_requests", "ballots_secret", "proposal_secrets", "unscrubbed"}
#: Tables that go with another one's line.
WITH_OTHERS = {"answers", "schedules", "broadcast_heard", "proposal_options", "spoken_questions"}


def test_every_table_has_a_time_or_a_reason_to_stay():
    timed = {line.table.name for lines in LINES.values() for line in lines}
    assert set(t.metadata.tables) == timed | STAY | THEIR_OWN | WITH_OTHERS


def test_nothing_can_be_kept_for_less_than_a_day():
    with pytest.raises(ValueError, match="a day at least"):
        Retention(cards=0)


async def purge_all(store, now, batch=2):
    """Purge in batches as small as they come; return how many records of each kind went."""
    gone = {}
    while part := await purging.purge(store, FORMS, KEEP, now=now, batch=batch):
        assert all(number <= batch * len(LINES[kind]) for kind, number in part.items())
        gone = {kind: gone.get(kind, 0) + part.get(kind, 0) for kind in gone | part}
    return gone


async def answered(store, now, made, who, **values):
    """A round that opened now, in which she answered."""
    round_ = await round_of(store, made, now)
    [checkin] = await store.checkins.expect(round_, [who])
    for question, value in values.items():
        await store.checkins.put_answer(checkin, question, value, now)
    await store.rounds.mark_closed(round_.id, now)
    return round_


async def questions(store):
    return [row.question for row in await rows(store, t.answers)]


async def test_an_old_round_keeps_its_totals_and_the_motivation_of_who_is_still_here(store, now):
    made = await collective(store, now)
    who = await member(store, now, made)
    said = {"motivation": "4", "together": "sale", "need": "nothing"}
    old = await answered(store, now, made, who, **said)
    await answered(store, now + DAY, made, who, **said)
    later = now + timedelta(days=KEEP.answers, hours=1)
    assert await purge_all(store, later) == {"answers": 1}
    assert sorted(await questions(store)) == ["motivation", "motivation", "need", "together"]
    assert ((await store.rounds.get(old.id)).closed_at, await purge_all(store, later)) == (now, {})
    totals = await rows(store, t.rounds)
    assert [(row.expected, row.answered, row.emptied) for row in totals] == [
        (1, 1, True),
        (None, None, None),
    ]


async def test_who_left_long_ago_leaves_nothing_of_her_line(store, now):
    made = await collective(store, now)
    who, stays = await member(store, now, made), await member(store, now, made, chat=2)
    for each in (who, stays):
        await answered(store, now + each.id * DAY, made, each, motivation="4")
    await store.collectives.remove_member(made.id, who.person_id, now)
    assert "departed" not in await purge_all(store, now + timedelta(days=KEEP.departed))
    gone = await purge_all(store, now + timedelta(days=KEEP.departed, seconds=1))
    assert gone["departed"] == 2  # her check-in, and she
    assert [row.member_id for row in await rows(store, t.checkins)] == [stays.id]
    assert await questions(store) == ["motivation"]


async def test_who_left_everything_is_forgotten_in_time_by_name_too(store, now):
    made, other = await collective(store, now), await collective(store, now, draft="d2")
    gone, leads, elsewhere = [
        await member(store, now, made, chat=chat, name=name)
        for chat, name in enumerate(("Mado", "Aline", "Nadine"), 1)
    ]
    await store.collectives.add_facilitator(other.id, leads.person_id, now)
    await store.collectives.add_member(other.id, elsewhere.person_id, now)
    for each in (gone, leads, elsewhere):
        await store.collectives.remove_member(made.id, each.person_id, now)
    await purge_all(store, now + timedelta(days=KEEP.departed))
    assert (await store.people.person(gone.person_id)).name == "Mado"
    assert (await purge_all(store, now + timedelta(days=KEEP.departed, seconds=1))) == {
        "departed": 1
    }
    names = [row.name for row in await rows(store, t.persons)]
    assert sorted(names) == ["", "Aline", "Nadine"]
    assert await store.people.account(1) is None


async def test_tries_of_codes_go_by_night_also_when_nobody_tries_again(store, now):
    await store.requests.add_try(b"x" * 32, 5, now)
    assert await purge_all(store, now + DAY) == {}
    assert await purge_all(store, now + DAY + timedelta(seconds=1)) == {"tries": 1}


async def test_words_go_and_what_they_were_said_about_stays(store, now):
    made = await collective(store, now)
    who = await member(store, now, made)
    left = await store.departures.add(who.id, now)
    await store.departures.settle(left.id, Contact.NOBODY, why="Je déménage")
    author = await person(store, now, chat=7)
    sent = await broadcast(store, now, author, made, text="Bonjour")
    await store.broadcasts.plan(sent.id, now)
    assert await purge_all(store, now + timedelta(days=KEEP.words)) == {}
    assert await purge_all(store, now + timedelta(days=KEEP.words, seconds=1)) == {"words": 2}
    assert (await store.departures.get(left.id)).why is None
    assert await rows(store, t.broadcasts) == []


async def test_voices_go_first_then_words_and_the_check_in_stays(store, now):
    made = await collective(store, now)
    who = await member(store, now, made)
    round_ = await answered(store, now, made, who, need="said")
    [(checkin, _)] = await store.checkins.everyone(round_.id)
    said = {"checkin_id": checkin.id, "question": "need", "said_at": now}
    voice = said | {"file_id": "f", "seconds": 3, "attempts": 0}
    for table, row in ((t.words, said | {"text": "du tissu"}), (t.voices, voice)):
        await store._unit.execute(table.insert().values(row))
    assert await purge_all(store, now + timedelta(days=KEEP.voices, seconds=1)) == {"voices": 1}
    assert await purge_all(store, now + timedelta(days=KEEP.words, seconds=1)) == {"words": 1}
    assert await questions(store) == ["need"]


async def test_who_never_came_in_is_forgotten(store, now):
    await store.people.ensure_account(8, now)
    who = await person(store, now, chat=9)
    later = now + timedelta(days=KEEP.strangers, seconds=1)
    assert await purge_all(store, later) == {"strangers": 1}
    assert [row.id for row in await rows(store, t.accounts)] == [who.account_id]


async def test_what_waits_to_be_sent_stays_however_old(store, now):
    await store.outbox.add([parcel(chat, at=now) for chat in (1, 2, 3)], now)
    for row in await take(store, now, 2):
        await store.outbox.settle(row.id, State.SENT, now)
    assert await purge_all(store, now + timedelta(days=KEEP.messages + 1)) == {"messages": 2}
    assert [row.state for row in await rows(store, t.outbox)] == ["queued"]


async def test_a_schedule_goes_with_the_last_trace_of_it_unless_it_rings_again(store, now):
    for subject in (1, 2, 3):
        await store.schedules.add(Bell.REMIND, subject, now)
    for following in (None, now + DAY):
        taken = await store.schedules.take_due(now)
        await store.schedules.occurred(taken, Occurrence.RANG, following, now)
    assert await purge_all(store, now + timedelta(days=KEEP.bells, seconds=1)) == {"bells": 2}
    assert await rows(store, t.occurrences) == []
    assert [row.subject for row in await rows(store, t.schedules)] == [2, 3]


async def test_cards_pages_invitations_and_failed_updates_go_in_their_time(store, now):
    await store.shown.put(chat_id=1, message_id=5, kind="home", ids={}, person_id=None, now=now)
    await store.conversation.write("k", "s", {"a": 1}, now)
    await store.dead_updates.add(9, "message", "ValueError", now)
    await store.invites.add(
        token_hash=b"x" * 32,
        role=Role.COORDINATOR,
        collective_id=None,
        created_by=None,
        expires_at=now,
        uses=1,
        now=now,
    )
    went = {}
    for days in (30, 60, 90):
        for kind in await purge_all(store, now + timedelta(days=days, seconds=1)):
            went[kind] = days
    assert went == {"pages": 30, "cards": 60, "invites": 90, "updates": 90}


async def test_what_is_counted_is_what_goes(store, now):
    made = await collective(store, now)
    who = await member(store, now, made)
    round_ = await answered(store, now, made, who, motivation="4", need="nothing")
    await store.rounds.keep_totals(round_.id, figures.count(FORMS["weekly"], [{"motivation": "4"}]))
    await store.collectives.remove_member(made.id, who.person_id, now)
    await store.conversation.write("k", "s", {"a": 1}, now)
    later = now + timedelta(days=3000)
    counted = await purging.count(store, KEEP, now=later)
    assert {kind: number for kind, number in counted.items() if number} == {
        "answers": 1,
        "departed": 2,
        "pages": 1,
    }
    assert await purge_all(store, later) == {kind: n for kind, n in counted.items() if n}


async def test_files_of_a_broadcast_go_before_its_words_and_a_draft_before_both(store, now):
    made, author = await collective(store, now), await person(store, now)
    sent = await broadcast(store, now, author, made, text="Bonjour")
    await store.broadcasts.plan(sent.id, now)
    await broadcast(store, now, author, made, draft="never sent")
    picture = Version(language="fr", kind=Kind.PHOTO, text="Bonjour", file_id="f")
    await store.broadcasts.put_version(sent.id, picture, None, now)
    gone = await purge_all(store, now + timedelta(days=KEEP.voices, seconds=1))
    assert (gone["pages"], gone["voices"]) == (1, 1)
    [kept] = await store.broadcasts.versions(sent.id)
    assert (kept.text, kept.file_id) == ("Bonjour", None)
    assert [row.id for row in await rows(store, t.broadcasts)] == [sent.id]


async def test_a_groups_link_goes_once_nothing_has_arrived_there_for_long(store, now):
    for number, lost in ((-1, now - 91 * DAY), (-2, now - 89 * DAY), (-3, None)):
        made = await collective(store, now, draft=str(number))
        await store.collectives.link_group(made.id, number, None, now - 99 * DAY)
        if lost is not None:
            await store.collectives.set_group_reach(number, "kicked", lost)
    await store.purging.purge("groups", KEEP.before("groups", now), 9)
    assert [row.chat_id for row in await rows(store, t.group_chats)] == [-2, -3]


async def test_of_an_old_vote_the_outcome_stays_and_of_a_draft_nothing(store, now):
    made = await collective(store, now)
    who = await member(store, now, made)
    held = {"collective_id": made.id, "author_id": who.person_id, "now": now}
    terms = Terms(question="?", method=Method.CHOICE, options=("un", "deux"))
    await store.proposals.add(draft="never shown", terms=terms, **held)
    vote = await store.proposals.add(draft="d", terms=terms, stage=Stage.OPEN, **held)
    await store.ballots.enrol(vote, [who])
    await store.ballots.put(vote, who.id, Ballot(choice="1", reason="Parce que"))
    await store.proposals.add_concern(vote.id, who.person_id, "Et le prix ?", key="k", now=now)
    outcome = Result(outcome=Outcome.ADOPTED, winner="1", counts={"1": 1})
    await store.proposals.close(vote.id, outcome, entitled=1, turnout=1, now=now)
    await store.aftermath.put_felt(After.VOTE, vote.id, who.id, Question.SAID, Felt.NO)
    gone = await purge_all(store, now + timedelta(days=KEEP.pages, seconds=1))
    assert (gone["pages"], gone["felt"]) == (1, 1)
    # That she has answered stays: nobody is counted twice.
    assert [row.value for row in await rows(store, t.felt)] == [None]
    assert [row.proposal_id for row in await rows(store, t.proposal_options)] == [vote.id] * 2
    assert (await purge_all(store, now + timedelta(days=KEEP.words, seconds=1)))["words"] == 2
    assert await store.ballots.of(vote, who.id) == Ballot(choice="1")
    assert (await purge_all(store, now + timedelta(days=KEEP.answers, seconds=1)))["answers"] == 3
    assert [await rows(store, table) for table in (t.ballots, t.entitled, t.felt)] == [[], [], []]
    kept = await store.proposals.get(vote.id)
    assert (kept.terms.question, kept.counts, kept.turnout) == ("?", {"1": 1}, 1)


async def test_of_an_old_activity_the_plan_and_the_totals_stay(store, now):
    made = await collective(store, now)
    who = await member(store, now, made)
    said = {"kind": ActivityKind.SALE, "day": now.date(), "at": time(9)}
    held, unfinished = [
        await store.activities.add(
            draft=title,
            collective_id=made.id,
            planned_by=who.person_id,
            details=Details(title=title, **said),
            starts_at=now,
            now=now,
        )
        for title in ("Zando", "Zando mosusu")
    ]
    for each in (held, unfinished):
        await store.activities.put_coming(each.id, who.id, Coming.YES, now)
        await store.activities.mark(each.id, who.id, present=True)
        await store.activities.put_learned(each.id, "Kosala elongo")
        photo = GivenFile(kind=FileKind.PHOTO, file_id="f")
        await store.activity_files.put(each.id, photo, who.person_id, now)
    await store.activities.finish(held.id, attended=1, members=1, now=now)
    assert (await purge_all(store, now + timedelta(days=KEEP.voices, seconds=1)))["voices"] == 2
    # Also of one that was never looked back on to the end.
    assert (await purge_all(store, now + timedelta(days=KEEP.words, seconds=1)))["words"] == 2
    assert [row.learned for row in await rows(store, t.activities)] == [None, None]
    assert (await purge_all(store, now + timedelta(days=KEEP.answers, seconds=1)))["answers"] == 4
    assert [await rows(store, table) for table in (t.activity_answers, t.attendance)] == [[], []]
    kept = await store.activities.get(held.id)
    assert (kept.details.title, kept.attended) == ("Zando", 1)
