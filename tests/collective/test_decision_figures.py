"""Decisions in numbers: turnout, who was consulted, what was carried out, who proposes."""

from datetime import UTC, datetime
from decimal import Decimal

from council import DAY, closed, opened, terms, vote
from hypothesis import given
from hypothesis import strategies as st

from collective.actions import carrying_out, proposals
from collective.decision_figures import DecisionFigures, count
from collective.decisions import Carried, Consulted, Meeting, Outcome, Stage
from collective.proposals import Proposal
from collective.terms import Terms

PROPOSALS = st.builds(
    Proposal,
    id=st.integers(1, 99),
    collective_id=st.just(1),
    author_id=st.none() | st.integers(1, 3),
    terms=st.builds(Terms, consulted=st.none() | st.sampled_from(Consulted)),
    stage=st.sampled_from(Stage),
    created_at=st.just(datetime(2026, 11, 26, tzinfo=UTC)),
    outcome=st.none() | st.sampled_from(Outcome),
    meeting=st.none() | st.sampled_from(Meeting),
    carried=st.none() | st.sampled_from(Carried),
    entitled=st.just(4),
    turnout=st.integers(0, 4),
    follows_id=st.none() | st.integers(1, 9),
)


async def test_decisions_of_a_collective_in_numbers(village):
    by, now = [each.person_id for each in village.members], village.now
    bought = await opened(village, terms(now, concerned="clientes", consulted=Consulted.YES))
    await vote(village, bought, "yes", "yes", "yes", "no")
    await closed(village, bought)
    await carrying_out.judge(village.store, bought.id, Carried.DONE, by=by[0], now=now + 3 * DAY)
    unasked = terms(now, method="consent", concerned="voisines", consulted=Consulted.NO)
    blocked = await opened(village, unasked, draft="b", by=by[1])
    await vote(village, blocked, "block", "agree", "agree")
    await closed(village, blocked)
    await opened(village, draft="still open")
    unseen = {"draft": "unseen", "by": by[2], "now": now}
    await proposals.draft(village.store, village.collective.id, terms(now), **unseen)
    span = {"first": now, "end": now + 9 * DAY}
    found = count(await village.store.register.between(village.collective.id, **span))
    assert (found.votes, found.entitled, found.turnout) == (2, 12, 7)
    assert found.turnout_share == Decimal(7) / 12
    assert found.consulted_share == Decimal("0.5")
    assert (found.adopted, found.carried_share) == (1, 1)
    # The blocked one that is talked about again is no second proposal.
    assert found.by_author == {by[0]: 2, by[1]: 1}


def test_of_nothing_there_is_no_share_and_of_four_no_turnout():
    none = DecisionFigures()
    assert (none.turnout_share, none.consulted_share, none.carried_share) == (None, None, None)
    assert DecisionFigures(votes=1, entitled=4, turnout=4).turnout_share is None


@given(st.lists(PROPOSALS, max_size=12))
def test_a_share_is_a_part_of_what_it_is_a_share_of(proposals_):
    found = count(proposals_)
    for share in (found.turnout_share, found.consulted_share, found.carried_share):
        assert share is None or 0 <= share <= 1
    ended = [each for each in proposals_ if each.stage is Stage.CLOSED]
    assert (found.votes, found.entitled) == (len(ended), 4 * len(ended))
    adopted = [each for each in ended if "adopted" in {each.outcome, each.meeting}]
    done = [each for each in adopted if each.carried == "done"]
    assert (found.adopted, found.carried.get(Carried.DONE, 0)) == (len(adopted), len(done))
    authors = [p.author_id for p in proposals_ if p.stage is not Stage.DRAFT and not p.follows_id]
    assert found.by_author == {each: authors.count(each) for each in {*authors} - {None}}
