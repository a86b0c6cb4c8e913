"""Reading the register of decisions: members theirs, a coordinator what came out elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from collective import access
from collective.errors import NotAllowed
from collective.events import Event
from collective.ports import Store
from collective.proposals import Listed, Proposal


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of the register, from 0; where too high a one was asked for, the last."""

    lines: Sequence[Listed]
    number: int
    last: int


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """One page of what came out of a collective's votes, likewise."""

    decided: Sequence[Proposal]
    number: int
    last: int


async def page(store: Store, number: int, *, length: int, by: int, now: datetime) -> Page:
    """Return a page of what was put to the others in her collectives, and of her drafts.

    What waits for her vote comes first, then what is under way, then the rest, the newest first.
    Raises NotAllowed for who is in none and accompanies none.
    """
    standing = await store.people.standing(by)
    hers = standing.member_of | standing.facilitates
    if not hers:
        raise NotAllowed
    last = _last(await store.register.count(by, hers), length)
    number = min(number, last)
    lines = await store.register.page(by, hers, now=now, offset=number * length, limit=length)
    return Page(lines=lines, number=number, last=last)


async def decided(
    store: Store, collective_id: int, number: int, *, length: int, by: int, now: datetime
) -> Outcomes:
    """Return a page of what came out of a collective's votes, the newest first; audited.

    For coordinators and its facilitators. What the group was not told of is left out: who
    proposed it kept it among the members. Raises NotAllowed, Outdated.
    """
    await access.ensure_may_read(store, by, collective_id)
    await store.audit.append(Event.DECISIONS_READ, by=by, subject=collective_id, now=now)
    last = _last(await store.register.count_decided(collective_id), length)
    number = min(number, last)
    found = await store.register.decided(collective_id, offset=number * length, limit=length)
    return Outcomes(decided=found, number=number, last=last)


def _last(many: int, length: int) -> int:
    return max(0, (many - 1) // length)
