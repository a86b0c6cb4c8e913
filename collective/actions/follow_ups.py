"""Follow-ups: they begin when somebody asks for her facilitator, who notes what came of it."""

from datetime import datetime

from collective import access
from collective.actions import wishes
from collective.checkins import CheckIn
from collective.errors import NotAllowed, Outdated
from collective.events import Event
from collective.follow_ups import NOTES, FollowUp, Reason, State
from collective.ports import Store

#: Which renderer makes the card with which a facilitator notes what came of one.
FOLLOW_UP = "follow_up"


async def follow(
    store: Store,
    checkin: CheckIn,
    reason: Reason | None,
    *,
    before: Reason | None,
    now: datetime,
    but: int | None = None,
) -> None:
    """Begin a follow-up when she asks for her facilitators, and tell them, all `but` one.

    One for each check-in, opened and told again when she asks again or for another reason than
    `before`. None: she does not ask for them (any more), and what nobody has begun to do is
    forgotten. Who is the only one is not put on her own list.
    """
    if reason is not None and reason is before:
        # The same press once more.
        return
    if reason is None or await wishes.is_hers_alone(store, checkin):
        await store.follow_ups.take_back(checkin.id)
        return
    made = await store.follow_ups.add(
        collective_id=checkin.collective_id,
        person_id=checkin.person_id,
        checkin_id=checkin.id,
        reason=reason,
        now=now,
    )
    if made is not None:
        ids, key = {"follow_up": made.id}, f"{FOLLOW_UP}:{made.id}:{now:%y%m%d%H%M%S}"
        await wishes.tell(store, checkin, FOLLOW_UP, ids, key=key, now=now, but=but)


async def waiting(store: Store, *, by: int, now: datetime) -> list[FollowUp]:
    """Return whom she has to see in her collectives, the longest waiting first. Audited.

    Raises NotAllowed for who accompanies none.
    """
    standing = await store.people.standing(by)
    if not standing.facilitates:
        raise NotAllowed
    for collective_id in sorted(standing.facilitates):
        await store.audit.append(Event.FOLLOW_UPS_READ, by=by, subject=collective_id, now=now)
    return await store.follow_ups.waiting(standing.facilitates)


async def look(store: Store, follow_up_id: int, *, by: int) -> FollowUp:
    """Return one for a facilitator of its collective; raise Outdated or NotAllowed."""
    found = await store.follow_ups.get(follow_up_id)
    if found is None:
        raise Outdated
    await access.ensure_facilitates(store, by, found.collective_id)
    return found


async def note(
    store: Store, follow_up_id: int, state: State, *, by: int, now: datetime
) -> FollowUp:
    """Keep what came of it; the last note counts, and who was not reached stays on the list.

    Raises what `look` raises.
    """
    found = await look(store, follow_up_id, by=by)
    if state not in NOTES:
        raise Outdated
    await store.follow_ups.note(follow_up_id, state, by, now)
    await store.audit.append(Event.FOLLOW_UP_NOTED, by=by, subject=follow_up_id, now=now)
    return await store.follow_ups.get(follow_up_id) or found
