"""One member, one ballot: who may vote, until when, on whose behalf, and what is told."""

from datetime import timedelta

import pytest
from council import DAY, by, closed, opened, secret, terms, vote
from village import queued, rows

from collective.actions import ballots, closing, crises, leaving, proposals, register, telling
from collective.decisions import NextStep, Outcome, Stage
from collective.errors import (
    AnsweredHerself,
    NotAnAnswer,
    NotEntitled,
    OpenVotesOnly,
    TooFewForSecret,
    VoteClosed,
)
from collective.people import Role
from collective.schedules import Bell
from storage import tables as t


async def test_the_last_of_her_ballots_counts_until_the_hour(village):
    proposal = await opened(village)
    await vote(village, proposal, "no", "yes", "yes")
    await vote(village, proposal, "yes")
    ended = await closed(village, proposal)
    assert (ended.outcome, ended.counts, ended.turnout) == (Outcome.ADOPTED, {"yes": 3}, 3)
    with pytest.raises(VoteClosed):
        await vote(village, proposal, "no")


async def test_the_hour_counts_and_not_the_bell(village):
    proposal = await opened(village)
    await vote(village, proposal, "yes", "yes", "no")
    late = proposal.terms.closes_at
    with pytest.raises(VoteClosed):
        await vote(village, proposal, "no", now=late)
    seen = await ballots.look(village.store, proposal.id, by=by(village)["by"], now=late)
    assert (seen.result.outcome, seen.may_vote) == (Outcome.ADOPTED, False)
    assert (await village.store.proposals.get(proposal.id)).stage is Stage.OPEN


async def test_while_it_is_open_turnout_is_seen_and_nothing_else(village):
    proposal = await opened(village)
    await vote(village, proposal, "yes", "no")
    seen = await ballots.look(village.store, proposal.id, **by(village, 1))
    assert (seen.entitled, seen.voted, seen.hers.choice, seen.result) == (6, 2, "no", None)
    assert await ballots.named(village.store, proposal.id, by=by(village)["by"]) == []


async def test_a_ballot_can_be_taken_back(village):
    proposal = await opened(village)
    await vote(village, proposal, "yes")
    await ballots.take_back(village.store, proposal.id, **by(village))
    seen = await ballots.look(village.store, proposal.id, **by(village))
    assert (seen.voted, seen.hers) == (0, None)


async def test_who_joins_after_the_opening_cannot_vote_and_who_left_neither(village):
    proposal = await opened(village)
    mado = await village.welcome("Mado")
    with pytest.raises(NotEntitled):
        await ballots.cast(village.store, proposal.id, "yes", by=mado.person_id, now=village.now)
    await leaving.leave(village.store, Role.MEMBER, village.collective.id, **by(village, 1))
    with pytest.raises(NotEntitled):
        await ballots.cast(village.store, proposal.id, "yes", **by(village, 1))
    [departure] = await village.store.departures.of(by(village, 1)["by"])
    await leaving.come_back(village.store, departure.id, **by(village, 1))
    with pytest.raises(NotEntitled):
        await ballots.cast(village.store, proposal.id, "yes", **by(village, 1))


@pytest.mark.parametrize("said", [terms, secret])
async def test_who_leaves_takes_her_ballot_with_her(village, said):
    proposal = await opened(village, said(village.now))
    await vote(village, proposal, "no", "yes", "yes", "yes", "yes", "yes")
    await leaving.leave(village.store, Role.MEMBER, village.collective.id, **by(village))
    ended = await closed(village, proposal)
    assert (ended.counts, ended.entitled, ended.turnout) == ({"yes": 5}, 5, 5)


async def test_a_secret_vote_in_which_fewer_than_five_are_left_finds_no_quorum(village):
    proposal = await opened(village, secret(village.now))
    await vote(village, proposal, *["yes"] * 6)
    for place in (0, 1):
        await leaving.leave(village.store, Role.MEMBER, village.collective.id, **by(village, place))
    ended = await closed(village, proposal)
    assert (ended.outcome, ended.counts, ended.entitled) == (Outcome.NO_QUORUM, None, 4)


async def test_four_cannot_vote_in_secret(village):
    for place in (4, 5):
        await leaving.leave(village.store, Role.MEMBER, village.collective.id, **by(village, place))
    with pytest.raises(TooFewForSecret):
        await opened(village, secret(village.now))


async def test_a_reason_stays_with_its_choice_and_is_none_in_secret(village):
    proposal = await opened(village)
    cast = {"store": village.store, "proposal_id": proposal.id, **by(village)}
    await ballots.cast(choice="no", reason="Trop cher", **cast)
    assert (await ballots.cast(choice="no", **cast)).reason == "Trop cher"
    assert (await ballots.cast(choice="yes", **cast)).reason is None
    hidden = await opened(village, secret(village.now), draft="s")
    with pytest.raises(OpenVotesOnly):
        await ballots.cast(village.store, hidden.id, "no", reason="Non", **by(village))


async def test_a_facilitator_votes_for_an_absent_member_who_may_change_it(village):
    proposal = await opened(village)
    absent = village.members[2]
    entering = {"by": village.facilitator, "now": village.now}
    await ballots.cast_for(village.store, proposal.id, absent.id, "no", **entering)
    assert [row.chat_id for row in await queued(village.store, telling.BALLOT_ENTERED)] == [
        absent.chat_id
    ]
    seen = await ballots.look(village.store, proposal.id, **by(village, 2))
    assert seen.hers.entered_by == village.facilitator
    await ballots.cast(village.store, proposal.id, "yes", **by(village, 2))
    with pytest.raises(AnsweredHerself):
        await ballots.cast_for(village.store, proposal.id, absent.id, "no", **entering)
    waiting = await ballots.entitled(village.store, proposal.id, by=village.facilitator)
    assert absent not in waiting


async def test_nobody_votes_for_another_in_secret(village):
    proposal = await opened(village, secret(village.now))
    with pytest.raises(OpenVotesOnly):
        await ballots.cast_for(
            village.store,
            proposal.id,
            village.members[0].id,
            "yes",
            by=village.facilitator,
            now=village.now,
        )


async def test_in_an_open_vote_everyone_reads_afterwards_who_said_what(village):
    proposal = await opened(village)
    await vote(village, proposal, "yes", "no", "yes")
    await closed(village, proposal)
    said = await ballots.named(village.store, proposal.id, by=village.facilitator)
    assert [(each.name, each.ballot.choice) for each in said] == [
        ("Member 0", "yes"),
        ("Member 1", "no"),
        ("Member 2", "yes"),
    ]


async def test_only_those_who_have_not_voted_are_reminded_and_once(village):
    proposal = await opened(village)
    await vote(village, proposal, "yes", "", "no")
    for _ in range(2):
        await closing.remind(village.store, proposal.id, now=village.now + 2 * DAY)
    told = {row.person_id for row in await queued(village.store, telling.VOTE_REMINDER)}
    late = {village.members[place].person_id for place in (1, 3, 4, 5)}
    assert told == late
    assert len(await queued(village.store, telling.VOTE_REMINDER)) == 4


async def test_nobody_is_reminded_of_a_vote_in_a_crisis_but_when_it_has_closed(village):
    proposal, store, at = await opened(village), village.store, village.now + DAY
    place, leads = village.collective.id, village.facilitator
    crisis = await crises.open_crisis(store, place, by=leads, now=at - DAY / 24)
    await closing.remind(store, proposal.id, now=at)
    assert await queued(store, telling.VOTE_REMINDER) == []
    bells = [each for each in await rows(store, t.schedules) if each.bell == Bell.REMIND_VOTE]
    assert crisis.closes_at in {each.next_due for each in bells}


async def test_the_bell_of_an_earlier_closing_reminds_nobody(village):
    proposal = await opened(village)
    first = (await village.store.proposals.get(proposal.id)).reminds_at
    later = terms(village.now, closes_at=village.now + 5 * DAY)
    await proposals.amend(village.store, proposal.id, later, **by(village))
    await closing.remind(village.store, proposal.id, now=first)
    assert await queued(village.store, telling.VOTE_REMINDER) == []
    await closing.remind(village.store, proposal.id, now=first + 2 * DAY)
    assert len(await queued(village.store, telling.VOTE_REMINDER)) == 6


async def test_a_choice_of_another_kind_of_vote_is_none(village):
    proposal = await opened(village)
    with pytest.raises(NotAnAnswer):
        await vote(village, proposal, "block")


async def test_closing_twice_changes_and_tells_nothing(village):
    proposal = await opened(village, secret(village.now))
    await vote(village, proposal, *["yes"] * 5)
    first = await closed(village, proposal)
    told = await queued(village.store)
    assert await closing.close(village.store, proposal.id, now=village.now + 9 * DAY) is None
    assert await village.store.proposals.get(proposal.id) == first
    assert await queued(village.store) == told
    assert len(await rows(village.store, t.ballots_closed)) == 5


async def test_a_block_goes_back_to_discussion_and_the_vote_stays_in_the_register(village):
    proposal = await opened(village, terms(village.now, method="consent"))
    await vote(village, proposal, "agree", "agree", "block")
    ended = await closed(village, proposal)
    led = {"by": village.facilitator, "now": village.now}
    page = await register.page(village.store, 0, length=5, **led)
    assert ended.outcome is Outcome.BLOCKED
    shown = [each.proposal for each in page.lines]
    assert [(each.stage, each.follows_id) for each in shown] == [
        (Stage.DISCUSSION, proposal.id),
        (Stage.CLOSED, None),
    ]
    assert len(await queued(village.store, telling.BACK_IN_DISCUSSION)) == 1


@pytest.mark.parametrize("said", [terms, secret])
async def test_without_quorum_it_is_extended_once_and_the_ballots_count_on(village, said):
    proposal = await opened(village, said(village.now))
    await vote(village, proposal, "yes", "yes")
    ended = await closed(village, proposal)
    assert (ended.outcome, ended.turnout) == (Outcome.NO_QUORUM, 2)
    later = {"by": by(village)["by"], "now": ended.terms.closes_at + DAY}
    again = await closing.settle(village.store, proposal.id, NextStep.EXTEND, **later)
    assert again.takes_ballots(later["now"])
    await vote(village, proposal, "", "", "yes", "no", "no", now=later["now"])
    ended = await closed(village, again)
    assert (ended.outcome, ended.counts) == (Outcome.ADOPTED, {"yes": 3, "no": 2})
    with pytest.raises(VoteClosed):
        await closing.settle(village.store, proposal.id, NextStep.EXTEND, **later)


@pytest.mark.parametrize("said", [terms, secret])
async def test_a_vote_dropped_without_quorum_leaves_no_ballot(village, said):
    proposal = await opened(village, said(village.now))
    await vote(village, proposal, "yes", "yes")
    ended = await closed(village, proposal)
    at = ended.terms.closes_at + timedelta(days=3)
    await closing.drop(village.store, proposal.id, now=at - timedelta(seconds=1))
    assert (await village.store.proposals.get(proposal.id)).next_step is None
    await closing.drop(village.store, proposal.id, now=at)
    assert (await village.store.proposals.get(proposal.id)).next_step is NextStep.DROP
    for table in (t.ballots, t.ballots_secret, t.ballots_closed, t.proposal_secrets, t.entitled):
        assert await rows(village.store, table) == []


async def test_a_second_time_without_quorum_is_the_last(village):
    proposal = await opened(village, secret(village.now))
    await vote(village, proposal, "yes")
    ended = await closed(village, proposal)
    later = {"by": by(village)["by"], "now": ended.terms.closes_at}
    again = await closing.settle(village.store, proposal.id, NextStep.EXTEND, **later)
    ended = await closed(village, again)
    assert (ended.outcome, ended.turnout) == (Outcome.NO_QUORUM, 1)
    assert await rows(village.store, t.ballots_secret) == []
    last = {"by": later["by"], "now": ended.terms.closes_at}
    taken = await closing.settle(village.store, proposal.id, NextStep.MEETING, **last)
    assert taken.next_step is NextStep.MEETING


async def test_open_votes_of_hers_are_listed_the_first_to_close_first(village):
    late = await opened(village, terms(village.now, closes_at=village.now + 9 * DAY))
    soon = await opened(village, draft="e")
    person = by(village)["by"]
    found = await village.store.register.waiting(person, village.now)
    assert [each.id for each in found] == [soon.id, late.id]
    after = await village.store.register.waiting(person, soon.terms.closes_at)
    assert [each.id for each in after] == [late.id]
