"""What is told about proposals and votes: to whom, where, when. Nobody's choice is in it.

A parcel carries the number of a record and no more. In a secret vote nothing else may go into the
outbox, into `shown` or into a wizard's data either: they outlive the closing.
"""

from collections.abc import Collection
from datetime import datetime

from collective.actions import hours
from collective.outbox import Ids, Lane, Parcel
from collective.people import is_paused
from collective.ports import Store
from collective.proposals import Proposal
from collective.terms import Announced

#: Which renderers make the messages. Ids are {"proposal": n} where nothing else is said.
#: The card with which one votes; when the vote opens, when it was amended; the reminder.
VOTE = "vote"
VOTE_OPENED = "vote_opened"
VOTE_AMENDED = "vote_amended"
VOTE_REMINDER = "vote_reminder"
#: What came out, to each who could vote; her two taps are on it.
VOTE_RESULT = "vote_result"
#: A vote without quorum, to its author or who accompanies her: what becomes of it.
VOTE_UNDECIDED = "vote_undecided"
#: To the group: it is discussed, it is voted on, that has changed, it was withdrawn, what came out.
GROUP_DISCUSSION = "group_discussion"
GROUP_VOTE = "group_vote"
GROUP_AMENDED = "group_amended"
GROUP_WITHDRAWN = "group_withdrawn"
GROUP_RESULT = "group_result"
#: To each member: a proposal is discussed.
DISCUSSION = "discussion"
#: To the others and the group: what the meeting decided.
MET = "decision_met"
GROUP_MET = "group_met"
#: To its author: somebody has a concern ({"concern": n}); it was blocked and is discussed again.
CONCERN = "concern"
BACK_IN_DISCUSSION = "back_in_discussion"
#: To each who could vote, or who heard that it was discussed: it was withdrawn.
WITHDRAWN = "vote_withdrawn"
#: To her: a ballot was cast on her behalf.
BALLOT_ENTERED = "ballot_entered"
#: To her: a task is hers now, or no longer; to author and facilitators: who had it has left
#: ({"task": n}).
TASK_GIVEN = "task_given"
TASK_MOVED = "task_moved"
TASK_FREE = "task_free"
#: To the author and who has tasks: the day to look at a decision again has come.
REVIEW = "decision_review"

#: Every kind above.
KINDS = (
    *(VOTE, VOTE_OPENED, VOTE_AMENDED, VOTE_REMINDER, VOTE_RESULT, VOTE_UNDECIDED),
    *(GROUP_DISCUSSION, GROUP_VOTE, GROUP_AMENDED, GROUP_WITHDRAWN, GROUP_RESULT, GROUP_MET),
    *(DISCUSSION, CONCERN, BACK_IN_DISCUSSION, WITHDRAWN, BALLOT_ENTERED),
    *(MET, TASK_GIVEN, TASK_MOVED, TASK_FREE, REVIEW),
)


async def voters(
    store: Store, proposal: Proposal, kind: str, *, now: datetime, late: bool = False
) -> None:
    """Tell each who stands on the roll and makes no pause; `late`: who has not voted only."""
    roll = await store.ballots.roll(proposal.id)
    members = await store.collectives.members(proposal.collective_id)
    told = [each for each in members if each.id in roll and not (late and roll[each.id])]
    awake = [each.person_id for each in told if not is_paused(each, now)]
    await tell(store, proposal, awake, kind, now)


async def members(
    store: Store, proposal: Proposal, kind: str, *, now: datetime, but: int | None
) -> None:
    """Tell each member who makes no pause, but not who did it."""
    found = await store.collectives.members(proposal.collective_id)
    told = [m.person_id for m in found if not is_paused(m, now) and m.person_id != but]
    await tell(store, proposal, told, kind, now)


async def group(store: Store, proposal: Proposal, kind: str, *, now: datetime) -> None:
    """Tell the Telegram group, where it is to be told and there is one."""
    chat = await store.collectives.group(proposal.collective_id)
    if chat is None or proposal.terms.announced is not Announced.GROUP:
        return
    await _add(store, proposal, [(chat.chat_id, None)], kind, None, now)


async def runners(store: Store, proposal: Proposal) -> list[int]:
    """Return who is asked about a proposal: its author, or the facilitators once she is gone."""
    standing = await store.people.standing(proposal.author_id or 0)
    if proposal.collective_id in standing.member_of | standing.facilitates:
        return [standing.person_id]
    found = await store.collectives.facilitators(proposal.collective_id)
    return [each.person_id for each in found]


async def tell(
    store: Store,
    proposal: Proposal,
    persons: Collection[int],
    kind: str,
    now: datetime,
    *,
    ids: Ids | None = None,
) -> None:
    """Tell some persons, each in her own chat, once for each moment and record."""
    await _add(store, proposal, await reached(store, persons), kind, ids, now)


async def reached(store: Store, persons: Collection[int]) -> list[tuple[int, int | None]]:
    """Return the private chats of some persons, those of who has no Telegram left out."""
    return [
        (chat_id, person)
        for person in persons
        if (chat_id := await store.people.chat_of(person)) is not None
    ]


async def queue(
    store: Store,
    collective_id: int,
    to: Collection[tuple[int, int | None]],
    kind: str,
    ids: Ids,
    *,
    mark: str,
    now: datetime,
) -> None:
    """Queue what a collective's chats are told, when its hours allow; (a chat, whose it is there).

    `ids` begins with the number of one record; for that, `mark` and the chat it is told once.
    """
    collective = await store.collectives.get(collective_id)
    if collective is None or not to:
        return
    number, *_ = ids.values()
    leaves = await hours.leaves_at(store, collective, now=now)
    parcels = (
        Parcel(
            chat_id=chat_id,
            kind=kind,
            # On a phone of several, whose it is.
            ids={**ids, "person": person} if person is not None else ids,
            lane=Lane.REMINDER,
            not_before=leaves,
            collective=collective_id,
            person=person,
            key=f"{kind}:{number}:{chat_id}:{person or ''}:{mark}",
        )
        for chat_id, person in to
    )
    await store.outbox.add(parcels, now)


async def _add(
    store: Store,
    proposal: Proposal,
    to: Collection[tuple[int, int | None]],
    kind: str,
    ids: Ids | None,
    now: datetime,
) -> None:
    # However often a vote was amended, who has not voted is reminded once before it closes.
    moment = proposal.terms.closes_at or now if kind == VOTE_REMINDER else now
    said, mark = ids or {"proposal": proposal.id}, f"{moment:%y%m%d%H%M%S}"
    await queue(store, proposal.collective_id, to, kind, said, mark=mark, now=now)
