"""After a decision: who does what, the day it comes up again, how it felt; what is left of her."""

from datetime import date

import pytest
from council import DAY, closed, opened, secret, terms, vote
from village import queued, rows

from collective import decision_figures
from collective.actions import (
    ballots,
    carrying_out,
    closing,
    erasing,
    leaving,
    proposals,
    roster,
    telling,
)
from collective.decisions import Carried, Meeting, NextStep, Outcome
from collective.errors import NotAllowed, Outdated, TextEmpty, VoteClosed
from collective.feelings import Felt, Question
from collective.people import Role
from collective.schedules import Bell
from storage import tables as t

#: A Friday, two weeks after the village's now.
REVIEW = date(2026, 12, 11)


@pytest.fixture
async def decision(village):
    """A vote of the first member that was adopted."""
    proposal = await opened(village)
    await vote(village, proposal, "yes", "yes", "yes", "no")
    return await closed(village, proposal)


def running(village):
    return {"by": village.members[0].person_id, "now": village.now + 3 * DAY}


async def task(village, decision, who, draft="t"):
    return await carrying_out.add_task(
        village.store,
        decision.id,
        "Acheter le fil",
        person_id=who and who.person_id,
        draft=draft,
        **running(village),
    )


async def rings(village, decision, due):
    await carrying_out.review(village.store, decision.id, due=due, now=due)


async def test_a_decision_comes_up_again_once_in_the_morning_of_its_day(village, decision):
    await carrying_out.conclude(
        village.store, decision.id, "On achète", review_on=REVIEW, **running(village)
    )
    bell = await village.store.schedules.of(Bell.REVIEW, decision.id)
    assert bell.next_due.isoformat() == "2026-12-11T07:00:00+00:00"  # nine in Lubumbashi
    await task(village, decision, village.members[1])
    await rings(village, decision, bell.next_due - DAY)
    assert await queued(village.store, telling.REVIEW) == []
    await rings(village, decision, bell.next_due)
    told = [row.person_id for row in await queued(village.store, telling.REVIEW)]
    assert told == [each.person_id for each in village.members[:2]]


async def test_what_was_judged_already_is_not_asked_again(village, decision):
    await carrying_out.conclude(
        village.store, decision.id, "On achète", review_on=REVIEW, **running(village)
    )
    await carrying_out.judge(village.store, decision.id, Carried.PARTLY, **running(village))
    bell = await village.store.schedules.of(Bell.REVIEW, decision.id)
    await rings(village, decision, bell.next_due)
    assert await queued(village.store, telling.REVIEW) == []


async def test_what_is_partly_done_comes_up_again_once_on_a_new_day(village, decision):
    say = {"store": village.store, "proposal_id": decision.id, "sentence": "On achète"}
    await carrying_out.conclude(**say, review_on=REVIEW, **running(village))
    await carrying_out.judge(village.store, decision.id, Carried.PARTLY, **running(village))
    for later in (21, 7):
        await carrying_out.conclude(**say, review_on=REVIEW + later * DAY, **running(village))
    first = (await village.store.schedules.of(Bell.REVIEW, decision.id)).next_due
    for days in (0, 7, 21):
        await rings(village, decision, first + days * DAY)
    [told] = await queued(village.store, telling.REVIEW)
    assert told.not_before == first + 7 * DAY


async def test_who_is_given_a_task_is_told_and_can_say_it_is_done(village, decision):
    given = await task(village, decision, village.members[1])
    assert await task(village, decision, village.members[1]) is None
    [told] = await queued(village.store, telling.TASK_GIVEN)
    member = village.members[1].person_id
    assert (told.person_id, told.ids) == (member, {"task": given.id, "person": member})
    hers = {"by": member, "now": village.now}
    await carrying_out.finish(village.store, given.id, **hers)
    [kept] = await carrying_out.tasks(village.store, decision.id, by=village.facilitator)
    assert (kept.name, kept.done) == ("Member 1", True)


async def test_who_had_a_task_is_told_unless_she_gave_it_on_herself(village, decision):
    author, had, has = (each.person_id for each in village.members[:3])
    given = await task(village, decision, village.members[1])
    for person, by in ((has, author), (author, author), (None, author), (had, village.facilitator)):
        at = running(village) | {"by": by}
        await carrying_out.hand_over(village.store, given.id, person, **at)
    told = [row.person_id for row in await queued(village.store, telling.TASK_MOVED)]
    assert told == [had, has]


async def test_only_its_author_and_the_facilitator_carry_it_on(village, decision):
    other = {"by": village.members[1].person_id, "now": village.now}
    with pytest.raises(NotAllowed):
        await carrying_out.judge(village.store, decision.id, Carried.DONE, **other)
    with pytest.raises(NotAllowed):
        await carrying_out.conclude(village.store, decision.id, "Oui", **other)
    led = {"by": village.facilitator, "now": village.now}
    await carrying_out.judge(village.store, decision.id, Carried.DONE, **led)


async def test_nothing_is_carried_out_before_the_vote_has_closed(village):
    proposal = await opened(village)
    with pytest.raises(VoteClosed):
        await carrying_out.conclude(village.store, proposal.id, "Oui", **running(village))


async def test_who_leaves_hands_over_her_tasks(village, decision):
    given = await task(village, decision, village.members[1])
    gone = {"by": village.members[1].person_id, "now": village.now}
    await leaving.leave(village.store, Role.MEMBER, village.collective.id, **gone)
    told = {row.person_id for row in await queued(village.store, telling.TASK_FREE)}
    assert told == {village.members[0].person_id, village.facilitator}
    again = village.members[2].person_id
    kept = await carrying_out.hand_over(village.store, given.id, again, **running(village))
    assert (kept.person_id, kept.name) == (again, "Member 2")


async def test_who_is_taken_off_the_list_leaves_the_roll_and_hands_over_her_tasks(
    village, decision, forms
):
    led = {"by": village.facilitator, "now": village.now}
    mado = await roster.add(
        village.store, village.collective.id, "Mado", draft="m", agreed=True, **led
    )
    given = await task(village, decision, mado)
    running_now = await opened(village, draft="later")
    await ballots.cast_for(village.store, running_now.id, mado.id, "no", **led)
    await roster.take_off(village.store, forms, village.collective.id, mado.id, erase=False, **led)
    seen = await ballots.look(village.store, running_now.id, **led)
    assert (seen.entitled, seen.voted) == (6, 0)
    assert (await village.store.aftermath.task(given.id)).person_id is None
    assert len(await queued(village.store, telling.TASK_FREE)) == 2


async def test_how_it_felt_is_told_from_five_answers_on(village, decision):
    async def feel(place):
        await carrying_out.feel(
            village.store,
            decision.id,
            Question.HEARD,
            Felt.A_LITTLE,
            by=village.members[place].person_id,
            now=village.now,
        )

    for place in (0, 1, 2, 3, 3):
        await feel(place)
    told = await carrying_out.how_it_felt(village.store, decision.id, by=village.facilitator)
    assert told == {}
    await feel(4)
    told = await carrying_out.how_it_felt(village.store, decision.id, by=village.facilitator)
    assert told == {Question.HEARD: {Felt.A_LITTLE: 5}}


async def test_how_it_felt_is_told_anew_by_fives_and_outlives_who_said_it(village, forms):
    more = [await village.welcome(f"Member {number}", village.now) for number in range(6, 10)]
    people = [each.person_id for each in (*village.members, *more)]
    proposal = await opened(village)
    decided = await closed(village, proposal)

    async def told_after(felt, *places):
        for place in places:
            at = {"by": people[place], "now": village.now}
            await carrying_out.feel(village.store, decided.id, Question.SAID, felt, **at)
        return await carrying_out.how_it_felt(village.store, decided.id, by=village.facilitator)

    five = {Question.SAID: {Felt.YES: 5}}
    assert await told_after(Felt.YES, *range(5)) == five
    # Neither another answer nor a changed one can be read by difference.
    assert await told_after(Felt.NO, 5, 0, 6, 7, 8) == five
    ten = {Question.SAID: {Felt.YES: 5, Felt.NO: 5}}
    assert await told_after(Felt.NO, 9) == ten
    # Now nobody knows any more who said what, not even here.
    assert {row.value for row in await rows(village.store, t.felt)} == {None}
    await erasing.erase(village.store, forms, by=people[1], now=village.now)
    assert await told_after(Felt.YES, 2) == ten


async def test_who_was_not_there_does_not_say_how_it_felt(village, decision):
    mado = await village.welcome("Mado", village.now + DAY)
    with pytest.raises(VoteClosed):
        await carrying_out.feel(
            village.store,
            decision.id,
            Question.SAID,
            Felt.YES,
            by=mado.person_id,
            now=village.now,
        )


async def test_erasing_in_the_middle_of_a_secret_vote_takes_the_ballot_with_it(village, forms):
    proposal = await opened(village, secret(village.now))
    await vote(village, proposal, "no", "yes", "yes", "yes", "yes", "yes")
    gone = {"by": village.members[0].person_id, "now": village.now}
    await erasing.erase(village.store, forms, **gone)
    assert len(await rows(village.store, t.ballots_secret)) == 5
    ended = await closed(village, proposal)
    assert (ended.counts, ended.entitled, ended.author_id) == ({"yes": 5}, 5, None)


async def test_erasing_changes_no_outcome_that_stands(village, forms, decision):
    unseen = await proposals.draft(
        village.store,
        village.collective.id,
        terms(village.now),
        draft="unseen",
        **running(village),
    )
    await erasing.erase(village.store, forms, **running(village))
    kept = await village.store.proposals.get(decision.id)
    assert (kept.counts, kept.turnout, kept.author_id) == ({"yes": 3, "no": 1}, 4, None)
    said = await ballots.named(village.store, decision.id, by=village.facilitator)
    assert [each.name for each in said] == ["Member 1", "Member 2", "Member 3"]
    assert await village.store.proposals.get(unseen.id) is None


async def taken_to_a_meeting(village):
    await village.store.collectives.link_group(village.collective.id, -5, None, village.now)
    proposal = await opened(village)
    await vote(village, proposal, "yes")
    await closed(village, proposal)
    at = {"by": village.members[0].person_id, "now": proposal.terms.closes_at}
    return await closing.settle(village.store, proposal.id, NextStep.MEETING, **at), at


async def test_what_a_meeting_decided_is_told_and_carried_out(village):
    proposal, at = await taken_to_a_meeting(village)
    put_off = await carrying_out.meet(village.store, proposal.id, Meeting.LATER, **at)
    assert (put_off.meeting, await queued(village.store, telling.MET)) == (Meeting.LATER, [])
    for _ in range(2):
        kept = await carrying_out.meet(village.store, proposal.id, Meeting.ADOPTED, "On loue", **at)
    assert (kept.adopted, kept.sentence) == (True, "On loue")
    told = {row.person_id for row in await queued(village.store, telling.MET)}
    assert told == {each.person_id for each in village.members[1:]}
    assert len(await queued(village.store, telling.GROUP_MET)) == 1
    assert decision_figures.count([kept]).adopted == 1


async def test_a_tie_is_decided_at_a_meeting_and_nothing_else_is(village, decision):
    proposal = await opened(village, draft="tie")
    await vote(village, proposal, "yes", "yes", "no", "no")
    tie = await closed(village, proposal)
    led = {"by": village.facilitator, "now": village.now}
    kept = await carrying_out.meet(village.store, tie.id, Meeting.NOT_ADOPTED, "Pas encore", **led)
    assert (kept.outcome, kept.meeting, kept.adopted) == (Outcome.TIE, Meeting.NOT_ADOPTED, False)
    with pytest.raises(Outdated):
        await carrying_out.meet(village.store, decision.id, Meeting.NOT_ADOPTED, "Non", **led)
    with pytest.raises(NotAllowed):
        await carrying_out.meet(
            village.store, tie.id, Meeting.ADOPTED, "Si", **led | {"by": kept.author_id + 1}
        )
    with pytest.raises(TextEmpty):
        await carrying_out.meet(village.store, tie.id, Meeting.ADOPTED, " ", **led)
