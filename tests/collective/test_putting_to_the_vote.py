"""Putting something to the others: drafts, changes, when a vote closes, withdrawing, concerns."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from council import DAY, by, opened, secret, terms, vote
from village import audited, queued, rows

from collective.actions import hours, leaving, proposals, register, telling
from collective.decisions import Method, Stage
from collective.errors import (
    BallotsCast,
    ClosingUnheard,
    NotAllowed,
    Outdated,
    VoteClosed,
)
from collective.events import Event
from collective.people import Role
from collective.proposals import Part
from storage import tables as t


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
