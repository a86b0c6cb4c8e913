"""One member, one ballot: who may vote, until when, on whose behalf, and what is told."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from council import DAY, closed, opened, secret, terms, vote
from village import audited, queued, rows

from collective.actions import ballots, closing, hours, leaving, proposals, register, telling
from collective.decisions import Method, NextStep, Outcome, Stage
from collective.errors import (
    AnsweredHerself,
    BallotsCast,
    ClosingUnheard,
    NotAllowed,
    NotAnAnswer,
    NotEntitled,
    OpenVotesOnly,
    Outdated,
    TooFewForSecret,
    VoteClosed,
)
from collective.events import Event
from collective.people import Role
from collective.proposals import Part
from storage import tables as t


def by(village, place=0):
    """Who acts, and when: the member of that place."""
    return {"by": village.members[place].person_id, "now": village.now}


async def test_everyone_who_is_a_member_gets_a_card_and_the_group_a_line(village):
    await village.store.collectives.link_group(village.collective.id, -5, None, village.now)
    proposal = await opened(village)
    told = Counter(row.kind for row in await queued(village.store))
    assert told[telling.VOTE_OPENED] == len(village.members)
    assert told[telling.GROUP_VOTE] == 1
    assert (Event.VOTE_OPENED, proposal.author_id, proposal.id) in await audited(village.store)


async def test_a_draft_pressed_twice_is_one_proposal_and_one_vote(village):
    first, second = await opened(village), await opened(village)
    assert first == second
    assert len(await rows(village.store, t.proposals)) == 1
    assert len(await queued(village.store, telling.VOTE_OPENED)) == len(village.members)


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


async def test_the_bell_of_an_earlier_closing_reminds_nobody(village):
    proposal = await opened(village)
    first = (await village.store.proposals.get(proposal.id)).reminds_at
    later = terms(village.now, closes_at=village.now + 5 * DAY)
    await proposals.amend(village.store, proposal.id, later, **by(village))
    await closing.remind(village.store, proposal.id, now=first)
    assert await queued(village.store, telling.VOTE_REMINDER) == []
    await closing.remind(village.store, proposal.id, now=first + 2 * DAY)
    assert len(await queued(village.store, telling.VOTE_REMINDER)) == 6


async def test_what_is_asked_changes_until_the_first_ballot(village):
    proposal = await opened(village)
    other = terms(village.now, question="On loue une machine ?")
    await proposals.amend(village.store, proposal.id, other, **by(village))
    assert len(await queued(village.store, telling.VOTE_AMENDED)) == 6
    await proposals.amend(village.store, proposal.id, other, **by(village))
    assert len(await queued(village.store, telling.VOTE_AMENDED)) == 6
    await vote(village, proposal, "yes")
    with pytest.raises(BallotsCast):
        await proposals.amend(village.store, proposal.id, terms(village.now), **by(village))


@pytest.mark.parametrize("days", [5, 3])
async def test_a_vote_closes_when_the_others_may_be_told_what_came_out(village, days):
    place, night = village.collective, village.now + 5 * DAY + timedelta(hours=7)
    await village.store.collectives.set_feast_day(place.id, date(2026, 11, 29), feast=True)
    at = {5: night, 3: village.now + 3 * DAY}[days]
    with pytest.raises(ClosingUnheard) as refused:
        await opened(village, terms(village.now, closes_at=at))
    assert (refused.value.first, refused.value.last) == ("07:00", "20:00")
    morning = await hours.closing_from(village.store, place, at, now=village.now)
    assert morning.isoformat() == {5: "2026-12-02", 3: "2026-11-30"}[days] + "T05:00:00+00:00"
    assert (await opened(village, terms(village.now, closes_at=morning), draft="again")).opened_at


async def test_who_opens_a_vote_at_night_leaves_an_hour_to_those_who_hear_of_it_in_the_morning(
    village,
):
    late = replace(village, now=village.now + timedelta(hours=7))
    morning = late.now + timedelta(hours=7)
    found = await hours.closing_from(village.store, village.collective, morning, now=late.now)
    assert found == morning + timedelta(hours=1)


async def test_a_vote_made_secret_before_the_first_ballot_is_secret(village):
    proposal = await opened(village)
    await proposals.amend(village.store, proposal.id, secret(village.now), **by(village))
    await vote(village, proposal, *["yes"] * 5)
    assert await rows(village.store, t.ballots) == []
    assert len(await rows(village.store, t.ballots_secret)) == 5


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


async def test_a_block_goes_back_to_discussion_and_the_vote_stays_in_the_ledger(village):
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


async def test_a_withdrawn_vote_says_why_and_leaves_no_ballot(village):
    proposal = await opened(village, secret(village.now))
    await vote(village, proposal, *["yes"] * 6)
    gone = await proposals.withdraw(village.store, proposal.id, "Plus besoin", **by(village))
    assert (gone.stage, gone.withdrawn_because) == (Stage.WITHDRAWN, "Plus besoin")
    assert len(await queued(village.store, telling.WITHDRAWN)) == 6
    assert await rows(village.store, t.ballots_secret) == []
    with pytest.raises(VoteClosed):
        await vote(village, proposal, "no")


async def test_who_heard_of_a_proposal_hears_that_it_was_withdrawn(village):
    await village.store.collectives.link_group(village.collective.id, -5, None, village.now)
    for place, stage in enumerate((Stage.DRAFT, Stage.DISCUSSION, Stage.OPEN)):
        said = {"draft": stage.value, **by(village)}
        collective = village.collective.id
        made = await proposals.draft(village.store, collective, terms(village.now), **said)
        if stage is Stage.DISCUSSION:
            await proposals.discuss(village.store, made.id, **by(village))
        elif stage is Stage.OPEN:
            await proposals.open_vote(village.store, made.id, **by(village))
        await proposals.withdraw(village.store, made.id, "Plus besoin", **by(village))
        assert len(await queued(village.store, telling.WITHDRAWN)) == (0, 5, 11)[place]
        assert len(await queued(village.store, telling.GROUP_WITHDRAWN)) == place


async def test_a_concern_is_told_to_the_author_and_kept_once(village):
    made = await proposals.draft(
        village.store, village.collective.id, terms(village.now), draft="d", **by(village)
    )
    await proposals.discuss(village.store, made.id, **by(village))
    for _ in range(2):
        await proposals.say(village.store, made.id, "Et le prix ?", key="1:7", **by(village, 1))
    [said] = await proposals.concerns(village.store, made.id, by=village.facilitator)
    assert (said.name, said.text) == ("Member 1", "Et le prix ?")
    [told] = await queued(village.store, telling.CONCERN)
    assert (told.person_id, told.ids) == (
        made.author_id,
        {"concern": said.id, "person": made.author_id},
    )


async def test_a_draft_is_its_authors_alone(village):
    made = await proposals.draft(
        village.store, village.collective.id, terms(village.now), draft="d", **by(village)
    )
    for act in (proposals.discuss, proposals.open_vote):
        with pytest.raises(NotAllowed):
            await act(village.store, made.id, **by(village, 1))
    with pytest.raises(NotAllowed):
        await proposals.readable(village.store, made.id, by=village.facilitator)
    led = {"by": village.facilitator, "now": village.now}
    assert (await register.page(village.store, 0, length=5, **led)).lines == []
    [hers] = (await register.page(village.store, 0, length=5, **by(village))).lines
    assert (hers.part, hers.proposal) == (Part.RUNNING, made)


async def test_a_draft_is_thrown_away_by_its_author_until_others_see_it(village):
    chosen = terms(village.now, method=Method.CHOICE, options=("Bukavu", "Goma"))
    made = [
        await proposals.draft(
            village.store, village.collective.id, chosen, draft=draft, **by(village)
        )
        for draft in ("thrown", "kept")
    ]
    for other in (village.members[1].person_id, village.facilitator):
        with pytest.raises(NotAllowed):
            await proposals.throw_away(village.store, made[0].id, by=other)
    author = village.members[0].person_id
    await proposals.throw_away(village.store, made[0].id, by=author)
    assert [row.id for row in await rows(village.store, t.proposals)] == [made[1].id]
    assert {row.proposal_id for row in await rows(village.store, t.proposal_options)} == {
        made[1].id
    }
    await proposals.discuss(village.store, made[1].id, **by(village))
    for gone in made:
        with pytest.raises(Outdated):
            await proposals.throw_away(village.store, gone.id, by=author)


async def test_when_its_author_has_left_a_facilitator_runs_it(village):
    proposal = await opened(village)
    await leaving.leave(village.store, Role.MEMBER, village.collective.id, **by(village))
    with pytest.raises(NotAllowed):
        await proposals.withdraw(village.store, proposal.id, "Non", **by(village))
    now = {"by": village.facilitator, "now": village.now}
    gone = await proposals.withdraw(village.store, proposal.id, "Elle est partie", **now)
    assert gone.stage is Stage.WITHDRAWN


async def test_open_votes_of_hers_are_listed_the_first_to_close_first(village):
    late = await opened(village, terms(village.now, closes_at=village.now + 9 * DAY))
    soon = await opened(village, draft="e")
    person = by(village)["by"]
    found = await village.store.register.waiting(person, village.now)
    assert [each.id for each in found] == [soon.id, late.id]
    after = await village.store.register.waiting(person, soon.terms.closes_at)
    assert [each.id for each in after] == [late.id]
