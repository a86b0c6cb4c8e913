"""The register in its order, a page at a time, on both engines."""

from datetime import timedelta

from ledger_rows import collective, member

from collective.decisions import Meeting, Method, Outcome, Result, Stage
from collective.proposals import Ballot, Part
from collective.terms import Announced, Terms

DAY = timedelta(days=1)


async def put(store, now, made, who, draft, *, stage=Stage.OPEN, days=3, roll=(), **terms):
    """A proposal that somebody made, of a stage, on whose roll these stand."""
    said = {"question": draft, "method": Method.MAJORITY, "closes_at": now + days * DAY} | terms
    proposal = await store.proposals.add(
        draft=draft,
        collective_id=made.id,
        author_id=who.person_id,
        terms=Terms(**said),
        stage=stage,
        now=now,
    )
    await store.ballots.enrol(proposal, roll)
    return proposal


async def ended(store, now, proposal):
    result = Result(outcome=Outcome.ADOPTED, counts={"yes": 1})
    await store.proposals.close(proposal.id, result, entitled=1, turnout=1, now=now)


async def test_what_waits_for_her_comes_first_then_what_runs_then_the_rest(store, now):
    made, other = await collective(store, now), await collective(store, now, draft="d2")
    aline, mado = [await member(store, now, made, chat=chat) for chat in (1, 2)]
    both, at = (aline, mado), (store, now, made)
    for draft in ("old", "older"):
        await ended(store, now, await put(*at, mado, draft))
    late = await put(*at, mado, "late", days=9, roll=both)
    await put(*at, mado, "soon", roll=both)
    voted = await put(*at, mado, "voted", roll=both)
    await store.ballots.put(voted, aline.id, Ballot(choice="yes"))
    await put(*at, aline, "hers", stage=Stage.DRAFT)
    await put(*at, mado, "of another", stage=Stage.DRAFT)
    await put(*at, mado, "its hour has come", days=0, roll=both)
    await put(store, now, other, mado, "elsewhere", roll=both)

    async def page(offset, limit):
        found = await store.register.page(
            aline.person_id, {made.id}, now=now, offset=offset, limit=limit
        )
        return [(each.part, each.proposal.terms.question) for each in found]

    listed = [(Part.TO_VOTE, "soon"), (Part.TO_VOTE, "late")]
    listed += [(Part.RUNNING, "hers"), (Part.RUNNING, "voted")]
    listed += [(Part.PAST, each) for each in ("its hour has come", "older", "old")]
    assert await page(0, 9) == listed
    assert await page(0, 3) + await page(3, 3) + await page(6, 3) == listed
    assert await store.register.count(aline.person_id, {made.id}) == len(listed)
    waiting = await store.register.waiting(aline.person_id, now + 4 * DAY)
    assert [each.id for each in waiting] == [late.id]


async def test_only_what_the_group_was_told_is_read_by_others(store, now):
    made = await collective(store, now)
    aline = await member(store, now, made)
    for draft, announced in (("told", Announced.GROUP), ("kept", Announced.MEMBERS)):
        await put(store, now, made, aline, f"{draft} runs", announced=announced)
        await ended(store, now, await put(store, now, made, aline, draft, announced=announced))
    assert [p.terms.question for p in await store.register.running(made.id, now)] == ["told runs"]
    assert [p.terms.question for p in await store.register.decided(made.id, limit=9)] == ["told"]
    assert await store.register.count_decided(made.id) == 1


async def test_what_a_meeting_decides_later_ended_in_both_weeks(store, now):
    made = await collective(store, now)
    tie = await put(store, now, made, await member(store, now, made), "tie")
    await ended(store, now, tie)
    await store.proposals.meet(tie.id, Meeting.ADOPTED, "On loue", now + 8 * DAY)
    weeks = [(now + start * DAY, now + (start + 7) * DAY) for start in (0, 7, 14)]
    found = [await store.register.ended(made.id, first, end) for first, end in weeks]
    assert [[each.id for each in week] for week in found] == [[tie.id], [tie.id], []]
