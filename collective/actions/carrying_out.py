"""After a decision: its sentence, who does what by when, a day to look at it again, how it felt."""

from datetime import date, datetime, time

from collective import access
from collective.actions import feelings, proposals, telling
from collective.calendar import local_day, local_moment
from collective.carrying_out import SENTENCE_LIMIT, TASK_LIMIT, Task
from collective.decisions import Carried, Meeting, Stage
from collective.errors import NotAllowed, Outdated, VoteClosed
from collective.events import Event
from collective.feelings import After, Feelings, Felt, Question
from collective.people import clean_text
from collective.ports import Store
from collective.proposals import Proposal
from collective.schedules import Bell

#: The local hour at which a decision comes up again on its day.
_MORNING = time(9)


async def meet(
    store: Store,
    proposal_id: int,
    meeting: Meeting,
    sentence: str | None = None,
    *,
    by: int,
    now: datetime,
) -> Proposal:
    """Keep what the meeting decided of a vote that decided nothing, in one sentence; tell it.

    Its author or a facilitator may, and may say it anew. What is put off needs no sentence and is
    told to nobody. Raises Outdated (this vote is no meeting's), NotAllowed, VoteClosed (still
    open), TextEmpty, TextTooLong.
    """
    proposal = await _closed(store, proposal_id, by)
    if not proposal.meets:
        raise Outdated
    put_off = meeting is Meeting.LATER
    kept = None if put_off else clean_text(sentence or "", limit=SENTENCE_LIMIT)
    if (proposal.meeting, proposal.sentence) == (meeting, kept):
        return proposal
    said = proposal.met_at if meeting is proposal.meeting else now
    await store.proposals.meet(proposal_id, meeting, kept, None if put_off else said)
    if not put_off:
        await telling.members(store, proposal, telling.MET, now=now, but=by)
        await telling.group(store, proposal, telling.GROUP_MET, now=now)
    await store.audit.append(Event.DECISION_MET, by=by, subject=proposal_id, now=now)
    return await store.proposals.get(proposal_id) or proposal


async def conclude(
    store: Store,
    proposal_id: int,
    sentence: str,
    *,
    review_on: date | None = None,
    by: int,
    now: datetime,
) -> Proposal:
    """Keep what was decided in one sentence, and on which local day it comes up again, once.

    Its author or a facilitator may, after the vote, also when it was taken to a meeting. Raises
    Outdated, NotAllowed, VoteClosed (still open), TextEmpty, TextTooLong.
    """
    proposal = await _closed(store, proposal_id, by)
    kept = clean_text(sentence, limit=SENTENCE_LIMIT)
    await store.proposals.conclude(proposal_id, kept, review_on)
    if review_on is not None:
        collective = await access.existing(store, proposal.collective_id)
        due = local_moment(review_on, _MORNING, collective.zone)
        await store.schedules.add(Bell.REVIEW, proposal_id, max(due, now))
    await store.audit.append(Event.DECISION_CONCLUDED, by=by, subject=proposal_id, now=now)
    return await store.proposals.get(proposal_id) or proposal


async def judge(
    store: Store, proposal_id: int, carried: Carried, *, by: int, now: datetime
) -> None:
    """Keep how far it was carried out; its author or a facilitator may, and may say it anew.

    It comes up again only on a new day, if one is chosen. Raises Outdated, NotAllowed, VoteClosed.
    """
    await _closed(store, proposal_id, by)
    await store.proposals.set_carried(proposal_id, carried)
    await store.audit.append(Event.DECISION_JUDGED, by=by, subject=proposal_id, now=now)


async def review(store: Store, proposal_id: int, *, due: datetime, now: datetime) -> None:
    """Ask how far it was carried out, on its day: its author and who still has something to do."""
    proposal = await store.proposals.get(proposal_id)
    if proposal is None:
        return
    collective = await access.existing(store, proposal.collective_id)
    if proposal.review_on != local_day(due, collective.zone):
        # It was judged before, or another day was chosen since; that one has a bell of its own.
        return
    tasks = await store.aftermath.tasks(proposal_id)
    busy = [task.person_id for task in tasks if task.person_id is not None and not task.done]
    told = dict.fromkeys([*await telling.runners(store, proposal), *busy])
    await telling.tell(store, proposal, [*told], telling.REVIEW, now)


async def add_task(
    store: Store,
    proposal_id: int,
    text: str,
    *,
    person_id: int | None = None,
    due_on: date | None = None,
    draft: str,
    by: int,
    now: datetime,
) -> Task | None:
    """Say who does what by when; she is told. None: this draft became a task before.

    Its author or a facilitator may. Raises Outdated, NotAllowed (also when the other does not
    belong to the collective), VoteClosed, TextEmpty, TextTooLong.
    """
    proposal = await _closed(store, proposal_id, by)
    await _ensure_one_of(store, proposal, person_id)
    kept = clean_text(text, limit=TASK_LIMIT)
    task = await store.aftermath.add_task(
        proposal_id, kept, draft=draft, person_id=person_id, due_on=due_on, now=now
    )
    if task is not None:
        await _tell_of(store, proposal, task, task.person_id, telling.TASK_GIVEN, by=by, now=now)
    return task


async def hand_over(
    store: Store, task_id: int, person_id: int | None, *, by: int, now: datetime
) -> Task:
    """Give a task to somebody else, or to nobody; raises as `add_task` does.

    She is told, and so is who had it: or she would do what another does.
    """
    task = await _task(store, task_id)
    proposal = await _closed(store, task.proposal_id, by)
    await _ensure_one_of(store, proposal, person_id)
    await store.aftermath.give_task(task_id, person_id)
    given = await _task(store, task_id)
    if person_id != task.person_id:
        hers, was_hers = telling.TASK_GIVEN, telling.TASK_MOVED
        await _tell_of(store, proposal, given, person_id, hers, by=by, now=now)
        await _tell_of(store, proposal, given, task.person_id, was_hers, by=by, now=now)
    return given


async def finish(store: Store, task_id: int, *, by: int, now: datetime) -> None:
    """Keep that a task is done; whose it is may say so, or who runs the decision.

    Raises Outdated, NotAllowed, VoteClosed.
    """
    task = await _task(store, task_id)
    if task.person_id != by:
        await _closed(store, task.proposal_id, by)
    await store.aftermath.set_done(task_id)


async def tasks(store: Store, proposal_id: int, *, by: int) -> list[Task]:
    """Return who does what; everyone who belongs to the collective may ask."""
    proposal = await proposals.readable(store, proposal_id, by=by)
    return await store.aftermath.tasks(proposal.id)


async def release(store: Store, person_id: int, collective_id: int, *, now: datetime) -> int:
    """Free the tasks of a member who leaves and return how many they were.

    Who runs the decision is told, and gives them on.
    """
    freed = await store.aftermath.tasks_of(person_id, collective_id)
    for task in freed:
        proposal = await store.proposals.get(task.proposal_id)
        await store.aftermath.give_task(task.id, None)
        if proposal is not None:
            led = await store.collectives.facilitators(collective_id)
            told = [*await telling.runners(store, proposal), *(each.person_id for each in led)]
            others = [each for each in dict.fromkeys(told) if each != person_id]
            ids = {"task": task.id}
            await telling.tell(store, proposal, others, telling.TASK_FREE, now, ids=ids)
    return len(freed)


async def feel(
    store: Store, proposal_id: int, question: Question, felt: Felt, *, by: int, now: datetime
) -> None:
    """Keep her answer to one of the two taps after a vote that she could take part in.

    She may change it until it is counted with four others; then nobody knows it any more.

    Raises Outdated, NotAllowed, VoteClosed (still open, or she came later).
    """
    await proposals.readable(store, proposal_id, by=by)
    # Held: two answers at once are counted one after the other.
    proposal = await proposals.held(store, proposal_id)
    member = await access.ensure_member(store, by, proposal.collective_id)
    opened_at = proposal.opened_at
    if proposal.stage is not Stage.CLOSED or opened_at is None or member.joined_at > opened_at:
        raise VoteClosed
    await feelings.keep(store, After.VOTE, proposal_id, member.id, question, felt)


async def how_it_felt(store: Store, proposal_id: int, *, by: int) -> Feelings:
    """Return the answers in numbers, by fives; a question that fewer answered is missing."""
    await proposals.readable(store, proposal_id, by=by)
    return await store.aftermath.told(After.VOTE, proposal_id)


async def _closed(store: Store, proposal_id: int, by: int) -> Proposal:
    """Return a proposal that was voted on, for its author or a facilitator."""
    proposal = await proposals.held(store, proposal_id)
    standing = await store.people.standing(by)
    author = by == proposal.author_id and proposal.collective_id in standing.member_of
    if not author and proposal.collective_id not in standing.facilitates:
        raise NotAllowed
    if proposal.stage is not Stage.CLOSED:
        raise VoteClosed
    return proposal


async def _ensure_one_of(store: Store, proposal: Proposal, person_id: int | None) -> None:
    if person_id is not None:
        await access.ensure_belongs(store, person_id, proposal.collective_id)


async def _tell_of(
    store: Store,
    proposal: Proposal,
    task: Task,
    person_id: int | None,
    kind: str,
    *,
    by: int,
    now: datetime,
) -> None:
    """Tell her of a task, unless she did it herself."""
    if person_id is not None and person_id != by:
        await telling.tell(store, proposal, [person_id], kind, now, ids={"task": task.id})


async def _task(store: Store, task_id: int) -> Task:
    task = await store.aftermath.task(task_id)
    if task is None:
        raise Outdated
    return task
