"""The Store: every noun over one unit of work."""

from functools import cached_property

from storage.activities import SqlActivities
from storage.activity_files import SqlActivityFiles
from storage.aftermath import SqlAftermath
from storage.audiences import SqlAudiences
from storage.ballots import SqlBallots
from storage.broadcasts import SqlBroadcasts
from storage.checkins import SqlCheckIns
from storage.collectives import SqlCollectives
from storage.deliveries import SqlDeliveries
from storage.departures import SqlDepartures
from storage.follow_ups import SqlFollowUps
from storage.invites import SqlInvites
from storage.outbox import SqlOutbox
from storage.own_words import SqlOwnWords
from storage.pairings import SqlPairings
from storage.people import SqlPeople
from storage.proposals import SqlProposals
from storage.purging import SqlPurging
from storage.questions import SqlQuestions
from storage.records import SqlAudit, SqlConversation, SqlDeadUpdates, SqlShown
from storage.register import SqlRegister
from storage.replies import SqlReplies
from storage.requests import SqlRequests
from storage.rounds import SqlRounds
from storage.schedules import SqlSchedules
from storage.setbacks import SqlSetbacks
from storage.traces import SqlTraces
from storage.unit import Unit


class SqlStore:
    """One unit of work. Everything read and written in it happens together or not at all."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    @cached_property
    def people(self) -> SqlPeople:
        """Accounts, persons and the roles they hold."""
        return SqlPeople(self._unit)

    @cached_property
    def collectives(self) -> SqlCollectives:
        """Collectives, who accompanies them, who is in them, and their Telegram groups."""
        return SqlCollectives(self._unit)

    @cached_property
    def invites(self) -> SqlInvites:
        """Invitations by the hash of their token."""
        return SqlInvites(self._unit)

    @cached_property
    def departures(self) -> SqlDepartures:
        """Who left, and what she said about it."""
        return SqlDepartures(self._unit)

    @cached_property
    def traces(self) -> SqlTraces:
        """Everything that is kept about one person."""
        return SqlTraces(self._unit)

    @cached_property
    def requests(self) -> SqlRequests:
        """Who waits for a yes to come in."""
        return SqlRequests(self._unit)

    @cached_property
    def rounds(self) -> SqlRounds:
        """Rounds of check-ins."""
        return SqlRounds(self._unit)

    @cached_property
    def checkins(self) -> SqlCheckIns:
        """Check-ins and their answers."""
        return SqlCheckIns(self._unit)

    @cached_property
    def own_words(self) -> SqlOwnWords:
        """What members said in their own words."""
        return SqlOwnWords(self._unit)

    @cached_property
    def audiences(self) -> SqlAudiences:
        """Whom a broadcast is for, at this moment."""
        return SqlAudiences(self._unit)

    @cached_property
    def broadcasts(self) -> SqlBroadcasts:
        """Broadcasts and what became of them."""
        return SqlBroadcasts(self._unit)

    @cached_property
    def proposals(self) -> SqlProposals:
        """Proposals and what came of them."""
        return SqlProposals(self._unit)

    @cached_property
    def register(self) -> SqlRegister:
        """The proposals of collectives in their order."""
        return SqlRegister(self._unit)

    @cached_property
    def ballots(self) -> SqlBallots:
        """Who can vote, and the ballots."""
        return SqlBallots(self._unit)

    @cached_property
    def questions(self) -> SqlQuestions:
        """The sounds of questions asked by voice."""
        return SqlQuestions(self._unit)

    @cached_property
    def aftermath(self) -> SqlAftermath:
        """What follows decisions and meetings: tasks, and how it was."""
        return SqlAftermath(self._unit)

    @cached_property
    def activities(self) -> SqlActivities:
        """Activities, who comes and who was there."""
        return SqlActivities(self._unit)

    @cached_property
    def activity_files(self) -> SqlActivityFiles:
        """The voice notes and photos that activities leave."""
        return SqlActivityFiles(self._unit)

    @cached_property
    def setbacks(self) -> SqlSetbacks:
        """What struck collectives, and what was learned."""
        return SqlSetbacks(self._unit)

    @cached_property
    def pairings(self) -> SqlPairings:
        """Collectives that are to visit each other."""
        return SqlPairings(self._unit)

    @cached_property
    def follow_ups(self) -> SqlFollowUps:
        """Who is to be seen, called or visited."""
        return SqlFollowUps(self._unit)

    @cached_property
    def deliveries(self) -> SqlDeliveries:
        """What became of broadcasts, and who has heard them."""
        return SqlDeliveries(self._unit)

    @cached_property
    def replies(self) -> SqlReplies:
        """Replies to broadcasts, and to each other."""
        return SqlReplies(self._unit)

    @cached_property
    def schedules(self) -> SqlSchedules:
        """The timetable."""
        return SqlSchedules(self._unit)

    @cached_property
    def outbox(self) -> SqlOutbox:
        """What waits to leave, and what became of what left."""
        return SqlOutbox(self._unit)

    @cached_property
    def shown(self) -> SqlShown:
        """Which messages in which chats are cards."""
        return SqlShown(self._unit)

    @cached_property
    def purging(self) -> SqlPurging:
        """What has been kept long enough."""
        return SqlPurging(self._unit)

    @cached_property
    def audit(self) -> SqlAudit:
        """The append-only record of who did what to which record."""
        return SqlAudit(self._unit)

    @cached_property
    def dead_updates(self) -> SqlDeadUpdates:
        """Updates that failed every time."""
        return SqlDeadUpdates(self._unit)

    @cached_property
    def conversation(self) -> SqlConversation:
        """States and data of wizards and menus."""
        return SqlConversation(self._unit)
