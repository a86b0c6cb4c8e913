"""What the domain needs from outside: one Store with nouns, and a Clock.

The nouns are in the modules here, by what they are about.
"""

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from collective.ports.activities import Activities, ActivityFiles, Pairings
from collective.ports.broadcasts import Audiences, Broadcasts, Deliveries, Replies
from collective.ports.checkins import CheckIns, OwnWords, Rounds
from collective.ports.collectives import Collectives
from collective.ports.deciding import Aftermath, Ballots, Proposals, Questions, Register
from collective.ports.hard_times import FollowUps, Setbacks
from collective.ports.leaving import Outbox, Schedules, Shown
from collective.ports.people import Departures, Invites, People, Requests, Traces
from collective.ports.records import Audit, DeadUpdates, Purging


class Clock(Protocol):
    """The calendar's time; it may be moved in a playground, never used for pace or time-outs."""

    def now(self) -> datetime:
        """Return the moment, aware, UTC."""
        ...


class Store(Protocol):
    """One unit of work. Everything read and written in it happens together or not at all."""

    @property
    def people(self) -> People:
        """Accounts, persons and the roles they hold."""
        ...

    @property
    def collectives(self) -> Collectives:
        """Collectives, their people and their groups."""
        ...

    @property
    def invites(self) -> Invites:
        """Invitations by the hash of their token."""
        ...

    @property
    def departures(self) -> Departures:
        """Who left, and what she said about it."""
        ...

    @property
    def traces(self) -> Traces:
        """Everything that is kept about one person."""
        ...

    @property
    def requests(self) -> Requests:
        """Who waits for a yes to come in."""
        ...

    @property
    def rounds(self) -> Rounds:
        """Rounds of check-ins."""
        ...

    @property
    def checkins(self) -> CheckIns:
        """Check-ins and their answers."""
        ...

    @property
    def own_words(self) -> OwnWords:
        """What members said in their own words."""
        ...

    @property
    def audiences(self) -> Audiences:
        """Whom a broadcast is for, at this moment."""
        ...

    @property
    def broadcasts(self) -> Broadcasts:
        """Broadcasts and what became of them."""
        ...

    @property
    def proposals(self) -> Proposals:
        """Proposals and what came of them."""
        ...

    @property
    def register(self) -> Register:
        """The proposals of collectives in their order."""
        ...

    @property
    def ballots(self) -> Ballots:
        """Who can vote, and the ballots."""
        ...

    @property
    def questions(self) -> Questions:
        """The sounds of questions asked by voice."""
        ...

    @property
    def aftermath(self) -> Aftermath:
        """What follows decisions and meetings."""
        ...

    @property
    def activities(self) -> Activities:
        """Activities, who comes and who was there."""
        ...

    @property
    def activity_files(self) -> ActivityFiles:
        """The voice notes and photos that activities leave."""
        ...

    @property
    def setbacks(self) -> Setbacks:
        """What struck collectives, and what was learned."""
        ...

    @property
    def pairings(self) -> Pairings:
        """Collectives that are to visit each other."""
        ...

    @property
    def follow_ups(self) -> FollowUps:
        """Who is to be seen, called or visited."""
        ...

    @property
    def deliveries(self) -> Deliveries:
        """What became of broadcasts, and who has heard them."""
        ...

    @property
    def replies(self) -> Replies:
        """Replies to broadcasts, and to each other."""
        ...

    @property
    def schedules(self) -> Schedules:
        """The timetable."""
        ...

    @property
    def outbox(self) -> Outbox:
        """What waits to leave, and what became of what left."""
        ...

    @property
    def shown(self) -> Shown:
        """Which messages are cards."""
        ...

    @property
    def purging(self) -> Purging:
        """What has been kept long enough."""
        ...

    @property
    def audit(self) -> Audit:
        """Who did what to which record."""
        ...

    @property
    def dead_updates(self) -> DeadUpdates:
        """Updates that failed every time."""
        ...


class Ledger(Protocol):
    """Where units of work come from; no network call may happen inside one. Raises `Away`."""

    def writing(self) -> AbstractAsyncContextManager[Store]:
        """One transaction, committed at the end of the block, undone by an exception."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Store]:
        """A view of one moment that never waits for writers."""
        ...

    async def scrub(self) -> None:
        """Take out of the database's files what secret votes deleted when they closed.

        Nothing to do is the rule. What could not be done now is done by a later call.
        """
        ...
