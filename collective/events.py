"""What happened, in the past tense: the names under which the audit table keeps it."""

from enum import StrEnum


class Event(StrEnum):
    """A fact worth keeping: who did what to which record. Never what was said."""

    INVITED = "invited"
    JOINED = "joined"
    ADMITTED = "admitted"
    TURNED_AWAY = "turned_away"
    NAMING_ALLOWED = "naming_allowed"
    NAMING_TAKEN_BACK = "naming_taken_back"
    EXPORT_ALLOWED = "export_allowed"
    EXPORT_TAKEN_BACK = "export_taken_back"
    PAUSED = "paused"
    RESUMED = "resumed"
    #: A membership or another role was given back; the subject is the collective.
    LEFT = "left"
    DATA_EXPORTED = "data_exported"
    #: Everything about a person is gone; `by` is a number that leads nowhere.
    ERASED = "erased"
    DISCREET_ON = "discreet_on"
    DISCREET_OFF = "discreet_off"
    PIN_SET = "pin_set"
    PIN_REMOVED = "pin_removed"
    COLLECTIVE_CREATED = "collective_created"
    GROUP_LINKED = "group_linked"
    GROUP_UNLINKED = "group_unlinked"
    GROUP_LANGUAGE_SET = "group_language_set"
    BROADCAST_SENT = "broadcast_sent"
    BROADCAST_CANCELLED = "broadcast_cancelled"
    SUMMARY_READ = "summary_read"
    RHYTHM_CHANGED = "rhythm_changed"
    FEAST_DAYS_CHANGED = "feast_days_changed"
    PARTICIPATION_READ = "participation_read"
    REMINDED = "reminded"
    ANSWERS_ENTERED = "answers_entered"
    #: A facilitator wrote down a member without Telegram.
    WRITTEN_DOWN = "written_down"
    #: A facilitator took one off her list, at her wish; the subject is the person.
    TAKEN_OFF = "taken_off"
    ROUND_OPENED = "round_opened"
    ROUND_CLOSED = "round_closed"
    #: A proposal was put to the others, to discuss or to vote on. Who voted is no event.
    PROPOSAL_DISCUSSED = "proposal_discussed"
    PROPOSAL_AMENDED = "proposal_amended"
    PROPOSAL_WITHDRAWN = "proposal_withdrawn"
    VOTE_OPENED = "vote_opened"
    VOTE_CLOSED = "vote_closed"
    VOTE_EXTENDED = "vote_extended"
    #: A vote without quorum was taken to the meeting or dropped.
    VOTE_SETTLED = "vote_settled"
    #: In an open vote, on behalf of a member.
    BALLOT_ENTERED = "ballot_entered"
    #: What a meeting decided of it was written down.
    DECISION_MET = "decision_met"
    DECISIONS_READ = "decisions_read"
    DECISION_CONCLUDED = "decision_concluded"
    DECISION_JUDGED = "decision_judged"
    ACTIVITY_PLANNED = "activity_planned"
    #: Its day, its hour or its place.
    ACTIVITY_CHANGED = "activity_changed"
    ACTIVITY_CANCELLED = "activity_cancelled"
    SERIES_ENDED = "series_ended"
    LOOKED_BACK = "looked_back"
    #: A setback was told; what was learned from one was added. What was said is no event.
    SETBACK_TOLD = "setback_told"
    LESSON_NOTED = "lesson_noted"
    #: A crisis check-in was opened or ended early; the subject is the round.
    CRISIS_OPENED = "crisis_opened"
    CRISIS_ENDED = "crisis_ended"
    #: A facilitator read whom she has to see; the subject is the collective.
    FOLLOW_UPS_READ = "follow_ups_read"
    FOLLOW_UP_NOTED = "follow_up_noted"
    #: A coordinator paired two collectives; the subject is the pairing.
    COLLECTIVES_PAIRED = "collectives_paired"
