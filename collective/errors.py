"""Refusals: a rule said no. They carry facts; the borders make the sentences.

They are no frozen dataclasses: Python writes the traceback into an exception on its way.
"""

from dataclasses import dataclass
from datetime import datetime


class Refusal(Exception):
    """Something that may not or can no longer be done."""


@dataclass(eq=False)
class NotAllowed(Refusal):
    """Whoever asks does not hold the role this needs."""


@dataclass(eq=False)
class Outdated(Refusal):
    """What the button or command speaks of no longer exists."""


@dataclass(eq=False)
class InviteUnknown(Refusal):
    """No invitation has this token."""


@dataclass(eq=False)
class InviteExpired(Refusal):
    """The invitation's time is over, or it was revoked."""


@dataclass(eq=False)
class InviteUsed(Refusal):
    """The invitation has already served as often as it may."""


@dataclass(eq=False)
class CodeUnknown(Refusal):
    """No invitation has this human code."""


@dataclass(eq=False)
class TooManyTries(Refusal):
    """The account has tried as many codes as it may; the next one in so many minutes."""

    minutes: int


@dataclass(eq=False)
class RequestOver(Refusal):
    """The request to come in was answered, taken back, or has waited too long."""


@dataclass(eq=False)
class AlreadyJoined(Refusal):
    """The person already has the role in the collective that the invitation gives."""

    collective: str | None


@dataclass(eq=False)
class ConsentMissing(Refusal):
    """Nothing is kept about a person who has not agreed to it."""


@dataclass(eq=False)
class TextEmpty(Refusal):
    """A text was asked for and none came."""


@dataclass(eq=False)
class TextTooLong(Refusal):
    """A text has more characters than its place can hold."""

    limit: int
    length: int


@dataclass(eq=False)
class TogetherTooLong(Refusal):
    """Two versions of a message have more characters than one message can hold."""

    limit: int
    length: int


@dataclass(eq=False)
class VoiceTooLong(Refusal):
    """A voice note lasts longer than `limit` seconds, or weighs as much as one that does."""

    limit: int


@dataclass(eq=False)
class ZoneUnknown(Refusal):
    """Not a time zone of the IANA list."""

    zone: str


@dataclass(eq=False)
class RhythmUnfit(Refusal):
    """A round would open outside the allowed hours, or still be open when the next one opens."""


@dataclass(eq=False)
class RoundClosed(Refusal):
    """The round no longer takes answers; `next_opens_at` is when the next one comes, if known."""

    next_opens_at: datetime | None


@dataclass(eq=False)
class CrisisOpen(Refusal):
    """Nobody is reminded of an ordinary check-in while a crisis check-in is open."""


@dataclass(eq=False)
class AnsweredHerself(Refusal):
    """She has answered herself: nobody answers for her, or reads what she said."""


@dataclass(eq=False)
class NotAnAnswer(Refusal):
    """The question does not have this choice."""

    question: str


@dataclass(eq=False)
class GroupTaken(Refusal):
    """The Telegram group already belongs to a collective."""

    collective: str


@dataclass(eq=False)
class HasLeft(Refusal):
    """The check-in belongs to a collective she has left."""

    collective: str


@dataclass(eq=False)
class ReturnTooLate(Refusal):
    """She left too long ago to come back without an invitation."""

    collective: str


@dataclass(eq=False)
class LastCoordinator(Refusal):
    """Without her nobody could create a collective or name a facilitator."""


@dataclass(eq=False)
class NobodyToTell(Refusal):
    """A broadcast would reach nobody."""


@dataclass(eq=False)
class NotReached(Refusal):
    """Whom she writes to takes no messages now."""

    name: str


@dataclass(eq=False)
class MomentUnclear(Refusal):
    """What she wrote is no day and no hour, or something in it was not understood."""


@dataclass(eq=False)
class DayUnclear(Refusal):
    """What she wrote is no day on which something happened."""


@dataclass(eq=False)
class MomentPast(Refusal):
    """That moment is over."""


@dataclass(eq=False)
class MomentTooFar(Refusal):
    """That moment lies further ahead than it may."""

    #: How far it may.
    days: int


@dataclass(eq=False)
class OwnMessage(Refusal):
    """She replies to what she has written herself: nobody else gets that."""


@dataclass(eq=False)
class PinNeeded(Refusal):
    """What is hers is closed: the person has to enter her code first."""

    person: int


@dataclass(eq=False)
class PinWrong(Refusal):
    """It is not her code."""


@dataclass(eq=False)
class PinWaits(Refusal):
    """After wrong tries no further one is taken for so many minutes."""

    minutes: int


@dataclass(eq=False)
class PinUnreadable(Refusal):
    """A code has four digits."""


@dataclass(eq=False)
class PinTooEasy(Refusal):
    """A code that anybody would try first."""


@dataclass(eq=False)
class ProposalIncomplete(Refusal):
    """A proposal cannot be put to the others yet: `missing` names what its author has not said."""

    missing: str


@dataclass(eq=False)
class OptionsUnfit(Refusal):
    """A choice is among so many different options."""

    least: int
    most: int


@dataclass(eq=False)
class ClosingUnfit(Refusal):
    """A vote lasts an hour at least and a month at most."""


@dataclass(eq=False)
class ClosingUnheard(Refusal):
    """What came out could not be told then: outside these local hours, or on a feast day."""

    #: As clocks show it: 07:00.
    first: str
    last: str


@dataclass(eq=False)
class QuorumUnfit(Refusal):
    """A quorum lies between these: a secret vote has a least one, nobody votes twice."""

    least: int
    most: int


@dataclass(eq=False)
class TooFewForSecret(Refusal):
    """Fewer can vote than it takes to keep a ballot secret."""

    least: int


@dataclass(eq=False)
class VoteClosed(Refusal):
    """The vote takes no ballots any more, or not yet."""


@dataclass(eq=False)
class NotEntitled(Refusal):
    """She is not on the roll: she came after the vote opened, or has left since."""


@dataclass(eq=False)
class BallotsCast(Refusal):
    """Somebody has voted: what is asked can no longer be changed."""


@dataclass(eq=False)
class OpenVotesOnly(Refusal):
    """In a secret vote nobody votes for another and no reason is taken."""


@dataclass(eq=False)
class HourMissing(Refusal):
    """The clocks change on that day and leave `at` out; `next_at` is the next time they show."""

    at: str
    next_at: str


@dataclass(eq=False)
class ActivityOver(Refusal):
    """The activity is over, was looked back on, or was cancelled."""


@dataclass(eq=False)
class ActivityAhead(Refusal):
    """The activity has not begun: there is nothing to look back on yet."""


@dataclass(eq=False)
class GoneSince(Refusal):
    """Whom it is about has left the collective since."""


@dataclass(eq=False)
class FileTooHeavy(Refusal):
    """A file weighs more than so many megabytes."""

    limit: int


@dataclass(eq=False)
class WeightUnfit(Refusal):
    """A setback weighs so much at least and so much at most."""

    least: int
    most: int


@dataclass(eq=False)
class DayUnfit(Refusal):
    """A setback lies on a day of the year that is past."""


@dataclass(eq=False)
class PairedWithItself(Refusal):
    """A collective is to be paired with another one."""


@dataclass(eq=False)
class NobodyThere(Refusal):
    """Nobody of a collective would hear of it: it has no facilitator and no member to reach."""

    collective: str


class FormInvalid(Exception):
    """A form file breaks a rule; `place` names the file and the question."""

    def __init__(self, place: str, fault: str) -> None:
        super().__init__(f"{place}: {fault}")
        self.place = place
        self.fault = fault
