"""What a group lives beside its check-in, for summaries: acts, hard times, who waits."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from collective import figures
from collective.actions import setbacks
from collective.activities import LASTS, Activity
from collective.calendar import local_day, local_moment
from collective.collectives import Collective
from collective.figures import FollowUpFigures
from collective.openness import Openness, acts, openness, quarter, quarter_before
from collective.ports import Store
from collective.proposals import Proposal
from collective.rounds import Round
from collective.signals import TurnedInward, turned_inward
from collective.terms import Announced

#: How far back the first summary of a collective looks.
_FIRST = timedelta(days=7)
#: Of which time the share of follow-ups closed in two weeks is told.
_FOLLOWED = timedelta(weeks=13)


@dataclass(frozen=True, kw_only=True)
class Life:
    """What everybody in the group may read, without names."""

    #: Held, and decided, from the closing of the round before to that of this one; oldest first.
    held: tuple[Activity, ...] = ()
    decided: tuple[Proposal, ...] = ()
    #: What stands now: votes under way, the next activity.
    voting: tuple[Proposal, ...] = ()
    ahead: Activity | None = None


@dataclass(frozen=True, kw_only=True)
class Support:
    """What who accompanies the group, and a coordinator, read besides. No names either."""

    struck: tuple[setbacks.Struck, ...]
    follow_ups: FollowUpFigures
    #: Since this quarter began, and in the whole quarter before.
    openness: Openness
    before: Openness
    inward: TurnedInward | None


async def of_week(store: Store, round_: Round, *, now: datetime) -> Life:
    """Return what happened by the closing of a round, and what is ahead now.

    Of decisions those that the group was told of: their authors kept the others among the members.
    What a meeting settles later is told in that later week too.
    """
    place, until = round_.collective_id, round_.closes_at
    before = await store.rounds.last_closed(place, before=round_.opens_at)
    since = before.closes_at if before else round_.opens_at - _FIRST
    # An activity counts when it is over.
    held = await store.activities.between(place, since - LASTS, until - LASTS)
    ended = await store.register.ended(place, since, until)
    ahead = await store.activities.ahead(place, now, limit=1)
    return Life(
        held=tuple(each for each in held if each.cancelled_at is None),
        decided=tuple(each for each in ended if each.terms.announced is Announced.GROUP),
        voting=tuple(await store.register.running(place, now)),
        ahead=ahead[0] if ahead else None,
    )


async def support(store: Store, collective: Collective, *, now: datetime) -> Support:
    """Return what calls for somebody's attention; the caller has asked who reads."""
    today = local_day(now, collective.zone)
    this, last = (
        local_moment(day, time(), collective.zone)
        for day in (quarter(today), quarter_before(today))
    )
    # Over since then: it may have begun before.
    held = await store.activities.between(collective.id, last - LASTS, now)
    done = acts(held, await store.register.ended(collective.id, last, now), now)
    return Support(
        struck=tuple(await setbacks.recent(store, collective, now=now)),
        follow_ups=await _follow_ups(store, collective.id, now),
        openness=openness(done, this, now),
        before=openness(done, last, this),
        inward=turned_inward(done, now),
    )


async def _follow_ups(store: Store, collective_id: int, now: datetime) -> FollowUpFigures:
    """Count those of the last quarter, and older ones that still wait."""
    lately = await store.follow_ups.of(collective_id, now - _FOLLOWED)
    known = {each.id for each in lately}
    waiting = await store.follow_ups.waiting([collective_id])
    older = [each for each in waiting if each.id not in known]
    return figures.follow_up_figures([*older, *lately], now)
