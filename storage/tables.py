"""All tables, for both databases. Every change here needs a migration."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.types import BigId, Json, Moment, Sealed, SealedBytes, key_of

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", BigId, primary_key=True, autoincrement=True)


def _ref(name: str, target: str, *, nullable: bool = False, key: bool = False) -> Column[int]:
    return Column(
        name, BigId, ForeignKey(f"{target}.id"), nullable=nullable, primary_key=key, index=not key
    )


accounts = Table(
    "accounts",
    metadata,
    _id(),
    Column("telegram_id", BigId, nullable=False, unique=True),
    Column("language", String(8)),
    Column("large_buttons", Boolean, nullable=False, server_default=text("false")),
    Column("unreachable", key_of()),
    Column("started_at", Moment, nullable=False),
    Column("discreet", Boolean, nullable=False, server_default=text("false")),
    # Until when somebody uses it who is none of its persons.
    Column("newcomer_until", Moment),
)

persons = Table(
    "persons",
    metadata,
    _id(),
    _ref("account_id", "accounts", nullable=True),
    Column("name", Sealed("persons.name"), nullable=False),
    # Until when she is the one who answers on an account of several, or has entered her code.
    Column("speaks_until", Moment),
    # What a facilitator's wizard made of her; NULL for who came in herself.
    Column("draft", String(64), unique=True),
    # Ten thousand codes are soon tried by who has the hash, so it is sealed as well.
    Column("pin_hash", Sealed("persons.pin_hash")),
    Column("pin_tries", Integer),
    Column("pin_waits_until", Moment),
    Column("created_at", Moment, nullable=False),
    # Until then the bot starts nothing with her; NULL once the pause was ended.
    Column("paused_until", Moment),
)

consents = Table(
    "consents",
    metadata,
    _ref("person_id", "persons", key=True),
    Column("consent", key_of(), primary_key=True),
    Column("text_version", Integer, nullable=False),
    Column("given_at", Moment, nullable=False),
)

coordinators = Table(
    "coordinators",
    metadata,
    _ref("person_id", "persons", key=True),
    Column("since", Moment, nullable=False),
)

collectives = Table(
    "collectives",
    metadata,
    _id(),
    Column("draft", String(64), nullable=False, unique=True),
    Column("name", String(60), nullable=False),
    Column("trade", key_of(), nullable=False),
    Column("place", String(60), nullable=False),
    Column("zone", String(40), nullable=False),
    Column("language", key_of(8), nullable=False),
    # How long a round takes answers, and from which to which local hour the bot may write.
    Column("window_hours", Integer, nullable=False, server_default="72"),
    Column("first_hour", Integer, nullable=False, server_default="7"),
    Column("last_hour", Integer, nullable=False, server_default="20"),
    _ref("created_by", "persons", nullable=True),
    Column("created_at", Moment, nullable=False),
)

feast_days = Table(
    "feast_days",
    metadata,
    _ref("collective_id", "collectives", key=True),
    # A local date of the collective.
    Column("day", Date, primary_key=True),
)

facilitators = Table(
    "facilitators",
    metadata,
    _ref("collective_id", "collectives", key=True),
    _ref("person_id", "persons", key=True),
    Column("since", Moment, nullable=False),
    Index("ix_facilitators_person_id", "person_id"),
)

members = Table(
    "members",
    metadata,
    _id(),
    _ref("collective_id", "collectives"),
    _ref("person_id", "persons"),
    Column("joined_at", Moment, nullable=False),
    # NULL while she is a member; who comes back is the same member again.
    Column("left_at", Moment),
    UniqueConstraint("collective_id", "person_id"),
)

departures = Table(
    "departures",
    metadata,
    _id(),
    _ref("member_id", "members"),
    Column("left_at", Moment, nullable=False),
    # Her own words, for whom `contact` names.
    Column("why", Sealed("departures.why")),
    Column("missed", Sealed("departures.missed")),
    Column("contact", key_of()),
    UniqueConstraint("member_id", "left_at"),
)

group_chats = Table(
    "group_chats",
    metadata,
    _ref("collective_id", "collectives", key=True),
    Column("chat_id", BigId, nullable=False, unique=True),
    _ref("linked_by", "persons", nullable=True),
    Column("linked_at", Moment, nullable=False),
    # Why messages do not arrive there, and since when; NULL while they do.
    Column("unreachable", key_of()),
    Column("unreachable_at", Moment),
)

invites = Table(
    "invites",
    metadata,
    _id(),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("role", key_of(), nullable=False),
    _ref("collective_id", "collectives", nullable=True),
    _ref("created_by", "persons", nullable=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("uses_left", Integer, nullable=False),
    Column("revoked_at", Moment),
    # The human code, as long as it lives.
    Column("code_hash", LargeBinary(32), unique=True),
    Column("code_expires_at", Moment),
    # Whose record it opens: somebody without Telegram whom her facilitator wrote down.
    _ref("person_id", "persons", nullable=True),
    CheckConstraint("uses_left >= 0", name="uses_left"),
)

join_requests = Table(
    "join_requests",
    metadata,
    _id(),
    Column("draft", String(64), nullable=False, unique=True),
    _ref("invite_id", "invites"),
    _ref("account_id", "accounts"),
    # Who is known; a stranger is nobody before a yes, and has only a name.
    _ref("person_id", "persons", nullable=True),
    Column("name", Sealed("join_requests.name")),
    Column("choices", String(40)),
    Column("expires_at", Moment, nullable=False),
    # An old card's yes must not let in whoever asks next: numbers are not used again.
    sqlite_autoincrement=True,
)

code_tries = Table(
    "code_tries",
    metadata,
    # Of the account, so that nobody can read it back: collective/codes.py.
    Column("who", LargeBinary(32), primary_key=True),
    Column("message_id", BigId, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
)

rounds = Table(
    "rounds",
    metadata,
    _id(),
    _ref("collective_id", "collectives"),
    Column("form", key_of(), nullable=False),
    Column("opens_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("closed_at", Moment),
    # Counted when it closes: what is erased later changes no summary.
    Column("expected", Integer),
    Column("answered", Integer),
    # Which of the form's rotating questions has its turn.
    Column("rotating", key_of()),
    # True once its answers were purged.
    Column("emptied", Boolean),
    UniqueConstraint("collective_id", "opens_at"),
    Index(
        "ix_rounds_full",
        "opens_at",
        sqlite_where=text("emptied IS NULL"),
        postgresql_where=text("emptied IS NULL"),
    ),
)

round_totals = Table(
    "round_totals",
    metadata,
    _ref("round_id", "rounds", key=True),
    Column("question", key_of(), primary_key=True),
    Column("value", key_of(), primary_key=True),
    Column("people", Integer, nullable=False),
)

checkins = Table(
    "checkins",
    metadata,
    _id(),
    _ref("round_id", "rounds"),
    _ref("member_id", "members"),
    Column("finished_at", Moment),
    # Since then she is not missed: she made a pause or left. Her answers count all the same.
    Column("excused_at", Moment),
    # The newest typed message that answered: one that comes again answers nothing.
    Column("typed_message", BigId),
    # She said stop: no reminder comes any more. It is stopped until she goes on.
    Column("stopped_at", Moment),
    Column("resumed_at", Moment),
    UniqueConstraint("round_id", "member_id"),
)

answers = Table(
    "answers",
    metadata,
    _ref("checkin_id", "checkins", key=True),
    Column("question", key_of(), primary_key=True),
    # The round stands here too, so that one covering index gives a collective's summary.
    Column("round_id", BigId, ForeignKey("rounds.id"), nullable=False),
    Column("value", String(200), nullable=False),
    Column("answered_at", Moment, nullable=False),
    # The facilitator who gave it on her behalf, NULL: she herself. Since when it may be corrected.
    Column("entered_by", BigId, ForeignKey("persons.id")),
    Column("entered_at", Moment),
    Index("ix_answers_summary", "round_id", "checkin_id", "question", "value"),
)

# What was said to a question of words: apart, so that the answers stay small to scan.
words = Table(
    "words",
    metadata,
    _ref("checkin_id", "checkins", key=True),
    Column("question", key_of(), primary_key=True),
    Column("text", Sealed("words.text"), nullable=False),
    Column("said_at", Moment, nullable=False, index=True),
)

voices = Table(
    "voices",
    metadata,
    _ref("checkin_id", "checkins", key=True),
    Column("question", key_of(), primary_key=True),
    Column("file_id", String(255), nullable=False),
    Column("seconds", Integer, nullable=False),
    # NULL until it was fetched.
    Column("sound", SealedBytes("voices.sound")),
    Column("attempts", Integer, nullable=False),
    # When to fetch it next, NULL: it was fetched or given up.
    Column("fetch_at", Moment, index=True),
    Column("said_at", Moment, nullable=False, index=True),
)

# A draft has no `leaves_at`; one that waits or is on its way has no `queued_at` yet.
broadcasts = Table(
    "broadcasts",
    metadata,
    _id(),
    Column("draft", String(64), nullable=False, unique=True),
    # NULL: to several collectives.
    _ref("collective_id", "collectives", nullable=True),
    _ref("author_id", "persons", nullable=True),
    # The language it was written in first, for whom there is none in hers.
    Column("language", key_of(8), nullable=False),
    # Whom it is for, as collective/audiences.py writes it.
    Column("audience", Json, nullable=False),
    # Whether who gets it is asked to press that she has heard.
    Column("asks_heard", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", Moment, nullable=False, index=True),
    Column("leaves_at", Moment),
    # The last collective whose chats lie in the outbox; since when all of them do.
    Column("reached", BigId),
    Column("queued_at", Moment),
    Column("cancelled_at", Moment),
    # How its rows ended, kept for when they are purged; NULL until the last one has.
    Column("counted", Json),
    Index("ix_broadcasts_mine", "author_id", "created_at"),
    Index(
        "ix_broadcasts_running",
        "id",
        sqlite_where=text("counted IS NULL AND leaves_at IS NOT NULL"),
        postgresql_where=text("counted IS NULL AND leaves_at IS NOT NULL"),
    ),
)

broadcast_versions = Table(
    "broadcast_versions",
    metadata,
    _ref("broadcast_id", "broadcasts", key=True),
    Column("language", key_of(8), primary_key=True),
    Column("kind", key_of(), nullable=False),
    # The text, or what stands under a file. It once stood in the table above.
    Column("text", Sealed("broadcasts.text")),
    Column("file_id", String(255)),
    Column("file_name", Sealed("broadcast_versions.file_name")),
    Column("mime", String(100)),
    # The file itself, for another bot; NULL until it was fetched, and where it is too heavy.
    Column("content", SealedBytes("broadcast_versions.content")),
    Column("attempts", Integer, nullable=False, server_default="0"),
    # When to fetch it next, NULL: there is nothing to fetch, it was fetched or given up.
    Column("fetch_at", Moment, index=True),
    Column("written_at", Moment, nullable=False, index=True),
)

# Who pressed that she has heard it.
broadcast_heard = Table(
    "broadcast_heard",
    metadata,
    _ref("broadcast_id", "broadcasts", key=True),
    _ref("person_id", "persons", key=True),
    Column("heard_at", Moment, nullable=False),
    Index("ix_broadcast_heard_person_id", "person_id"),
)

# What was written or said back to the author, and what she answered to that.
broadcast_replies = Table(
    "broadcast_replies",
    metadata,
    _id(),
    _ref("broadcast_id", "broadcasts"),
    _ref("person_id", "persons"),
    Column("kind", key_of(), nullable=False),
    Column("text", Sealed("broadcast_replies.text")),
    Column("file_id", String(255)),
    # The reply that this one answers; NULL: it answers the broadcast, or that one is erased.
    Column("answers", BigId, ForeignKey("broadcast_replies.id", ondelete="SET NULL"), index=True),
    Column("said_at", Moment, nullable=False, index=True),
    # "chat:message", so that a message which comes again is one reply.
    Column("key", String(48), nullable=False, unique=True),
)

# What is asked and decided stays as long as the collective does: its register.
proposals = Table(
    "proposals",
    metadata,
    _id(),
    Column("draft", String(80), nullable=False, unique=True),
    _ref("collective_id", "collectives"),
    _ref("author_id", "persons", nullable=True),
    Column("question", Sealed("proposals.question")),
    # Telegram's id of a voice note that asks it.
    Column("voice", String(255)),
    Column("voice_seconds", Integer),
    Column("method", key_of()),
    Column("concerned", Sealed("proposals.concerned")),
    Column("consulted", key_of()),
    Column("secrecy", key_of()),
    Column("quorum", Integer),
    Column("closes_at", Moment),
    Column("announced", key_of(), nullable=False),
    Column("stage", key_of(), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("opened_at", Moment),
    Column("reminds_at", Moment),
    # When its closing was worked through.
    Column("closed_at", Moment, index=True),
    Column("extended", Boolean, nullable=False),
    Column("outcome", key_of()),
    Column("winner", key_of()),
    # Counted when it closes: what is erased later changes no outcome.
    Column("counts", Json),
    Column("entitled", Integer),
    Column("turnout", Integer),
    Column("next_step", key_of()),
    Column("meeting", key_of()),
    # When that was written down; NULL also for what a meeting decided before this was kept.
    Column("met_at", Moment),
    Column("withdrawn_because", Sealed("proposals.withdrawn_because")),
    # The blocked proposal that it takes up again.
    Column("follows_id", BigId),
    Column("sentence", Sealed("proposals.sentence")),
    # A local date of the collective.
    Column("review_on", Date),
    Column("carried", key_of()),
    # How it was to decide, as it may be told: it moves by fives and outlives the answers.
    Column("felt", Json),
    Index(
        "ix_proposals_voice",
        "stage",
        sqlite_where=text("voice IS NOT NULL"),
        postgresql_where=text("voice IS NOT NULL"),
    ),
    # A number stands on buttons in chats: it is not used again.
    sqlite_autoincrement=True,
)

# What is heard of a question asked by voice, while or until it is fetched.
spoken_questions = Table(
    "spoken_questions",
    metadata,
    _ref("proposal_id", "proposals", key=True),
    # The note that was fetched; the proposal may ask by another one since.
    Column("file_id", String(255), nullable=False),
    # NULL until it was fetched.
    Column("sound", SealedBytes("spoken_questions.sound")),
    # The id under which another bot than the one that heard it has sent it.
    Column("sent_as", String(255)),
    Column("attempts", Integer, nullable=False),
    # When to fetch it next, NULL: it was fetched or given up.
    Column("fetch_at", Moment),
)

proposal_options = Table(
    "proposal_options",
    metadata,
    _ref("proposal_id", "proposals", key=True),
    # From 1; a ballot names it.
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("label", Sealed("proposal_options.label"), nullable=False),
)

concerns = Table(
    "concerns",
    metadata,
    _id(),
    _ref("proposal_id", "proposals"),
    _ref("person_id", "persons", nullable=True),
    Column("text", Sealed("concerns.text"), nullable=False),
    Column("said_at", Moment, nullable=False, index=True),
    # Which message said it: one that comes again says nothing new.
    Column("key", String(60), nullable=False, unique=True),
)

# The roll: who can vote, and whether she has. It holds no times, and of a secret vote it goes
# when that closes.
entitled = Table(
    "entitled",
    metadata,
    _ref("proposal_id", "proposals", key=True),
    _ref("member_id", "members", key=True),
    Column("voted", Boolean, nullable=False),
    Index("ix_entitled_member_id", "member_id"),
)

# Ballots of open votes: with their names, for good.
ballots = Table(
    "ballots",
    metadata,
    _ref("proposal_id", "proposals", key=True),
    _ref("member_id", "members", key=True),
    Column("choice", key_of(), nullable=False),
    Column("reason", Sealed("ballots.reason")),
    # Who cast it on her behalf, NULL: she herself.
    Column("entered_by", BigId, ForeignKey("persons.id")),
    Index("ix_ballots_member_id", "member_id"),
)

# Ballots of a secret vote while it is open: docs/decisions/0022.
ballots_secret = Table(
    "ballots_secret",
    metadata,
    _ref("proposal_id", "proposals", key=True),
    # The member under the proposal's secret.
    Column("voter", LargeBinary(32), primary_key=True),
    # Padded: its length tells nothing.
    Column("choice", SealedBytes("ballots_secret.choice"), nullable=False),
    sqlite_with_rowid=False,
)

proposal_secrets = Table(
    "proposal_secrets",
    metadata,
    _ref("proposal_id", "proposals", key=True),
    Column("secret", SealedBytes("proposal_secrets.secret"), nullable=False),
)

# What a secret vote leaves: choices under random keys, written in shuffled order.
ballots_closed = Table(
    "ballots_closed",
    metadata,
    Column("key", LargeBinary(16), primary_key=True),
    _ref("proposal_id", "proposals"),
    Column("choice", key_of(), nullable=False),
    sqlite_with_rowid=False,
)

# Secret votes that have closed, and whose deleted rows may still be in the database's files.
unscrubbed = Table("unscrubbed", metadata, _ref("proposal_id", "proposals", key=True))

tasks = Table(
    "tasks",
    metadata,
    _id(),
    Column("draft", String(64), nullable=False, unique=True),
    _ref("proposal_id", "proposals"),
    # NULL: nobody yet, or she left.
    _ref("person_id", "persons", nullable=True),
    Column("text", Sealed("tasks.text"), nullable=False),
    Column("due_on", Date),
    Column("done", Boolean, nullable=False),
    Column("given_at", Moment, nullable=False),
)

felt = Table(
    "felt",
    metadata,
    _ref("proposal_id", "proposals", key=True),
    _ref("member_id", "members", key=True),
    Column("question", key_of(), primary_key=True),
    # NULL once it was counted: that she answered is known, and no longer what.
    Column("value", key_of()),
    Index("ix_felt_member_id", "member_id"),
)

# What the collective does together. It stays as long as the collective does.
activities = Table(
    "activities",
    metadata,
    _id(),
    Column("draft", String(80), nullable=False, unique=True),
    _ref("collective_id", "collectives"),
    _ref("planned_by", "persons", nullable=True),
    # NULL: nobody yet, or she left.
    _ref("in_charge", "persons", nullable=True),
    Column("kind", key_of(), nullable=False),
    Column("title", Sealed("activities.title"), nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("place", Sealed("activities.place")),
    Column("open_to_others", Boolean, nullable=False),
    Column("with_whom", Sealed("activities.with_whom")),
    Column("repeats", key_of()),
    Column("planned_at", Moment, nullable=False),
    # When it was to begin before it was put off.
    Column("was_at", Moment),
    # The local day and hour ("09:30") at which its series has it, wherever it was put off to.
    Column("regular_day", Date, nullable=False),
    Column("regular_at", String(5), nullable=False),
    # The first activity of its series, also its own number; NULL: it never repeated.
    Column("series_id", BigId),
    Column("cancelled_at", Moment),
    # When its look-back was finished, and what was counted then.
    Column("finished_at", Moment),
    Column("attended", Integer),
    Column("members", Integer),
    Column("learned", Sealed("activities.learned")),
    # How a meeting was, as it may be told: it moves by fives and outlives the answers.
    Column("felt", Json),
    Index("ix_activities_agenda", "collective_id", "starts_at"),
    # A number stands on buttons in chats: it is not used again.
    sqlite_autoincrement=True,
)

activity_answers = Table(
    "activity_answers",
    metadata,
    _ref("activity_id", "activities", key=True),
    _ref("member_id", "members", key=True),
    Column("coming", key_of(), nullable=False),
    Column("said_at", Moment, nullable=False),
    Index("ix_activity_answers_member_id", "member_id"),
)

# Who was there.
attendance = Table(
    "attendance",
    metadata,
    _ref("activity_id", "activities", key=True),
    _ref("member_id", "members", key=True),
    Index("ix_attendance_member_id", "member_id"),
)

# A voice note of what was learned, and a photo.
activity_files = Table(
    "activity_files",
    metadata,
    _ref("activity_id", "activities", key=True),
    Column("kind", key_of(), primary_key=True),
    _ref("person_id", "persons", nullable=True),
    Column("file_id", String(255), nullable=False),
    Column("seconds", Integer),
    # NULL until it was fetched.
    Column("content", SealedBytes("activity_files.content")),
    Column("attempts", Integer, nullable=False),
    # When to fetch it next, NULL: it was fetched or given up.
    Column("fetch_at", Moment, index=True),
    Column("given_at", Moment, nullable=False, index=True),
)

activity_felt = Table(
    "activity_felt",
    metadata,
    _ref("activity_id", "activities", key=True),
    _ref("member_id", "members", key=True),
    Column("question", key_of(), primary_key=True),
    # NULL once it was counted, as in `felt`.
    Column("value", key_of()),
    Index("ix_activity_felt_member_id", "member_id"),
)

setbacks = Table(
    "setbacks",
    metadata,
    _id(),
    Column("draft", String(64), nullable=False, unique=True),
    _ref("collective_id", "collectives"),
    _ref("author_id", "persons", nullable=True),
    Column("kind", key_of(), nullable=False),
    Column("weight", Integer, nullable=False),
    # A local date of the collective.
    Column("happened_on", Date, nullable=False),
    Column("text", Sealed("setbacks.text")),
    # Telegram's id of a voice note that tells it.
    Column("voice", Sealed("setbacks.voice")),
    Column("voice_seconds", Integer),
    # The note itself, for another bot; NULL until it was fetched.
    Column("sound", SealedBytes("setbacks.sound")),
    Column("attempts", Integer, nullable=False, server_default="0"),
    # When to fetch it next, NULL: there is nothing to fetch, it was fetched or given up.
    Column("fetch_at", Moment, index=True),
    Column("told_at", Moment, nullable=False, index=True),
    # Since when those concerned have been asked what was learned: recovery was reached.
    Column("asked_at", Moment),
    # A number stands on buttons in chats: it is not used again.
    sqlite_autoincrement=True,
)

# What was learned stays as long as the collective does: it is shown at the next setback.
lessons = Table(
    "lessons",
    metadata,
    _id(),
    _ref("setback_id", "setbacks"),
    _ref("person_id", "persons", nullable=True),
    Column("text", Sealed("lessons.text"), nullable=False),
    Column("said_at", Moment, nullable=False),
    # Which message said it: one that comes again says nothing new.
    Column("key", String(60), nullable=False, unique=True),
)

# Two collectives that a coordinator has brought together; who did it stands in the audit trail.
pairings = Table(
    "pairings",
    metadata,
    _id(),
    Column("draft", String(64), nullable=False, unique=True),
    _ref("first_id", "collectives"),
    _ref("second_id", "collectives"),
    Column("paired_at", Moment, nullable=False),
    # A number stands on buttons in chats: it is not used again.
    sqlite_autoincrement=True,
)

# Whom her facilitator has to see, call or visit. One for a check-in in which she asked.
follow_ups = Table(
    "follow_ups",
    metadata,
    _id(),
    _ref("collective_id", "collectives"),
    _ref("person_id", "persons"),
    Column("checkin_id", BigId, ForeignKey("checkins.id"), nullable=False, unique=True),
    Column("reason", key_of(), nullable=False),
    Column("since", Moment, nullable=False, index=True),
    Column("state", key_of(), nullable=False),
    _ref("noted_by", "persons", nullable=True),
    Column("noted_at", Moment),
    # A number stands on buttons in chats: it is not used again.
    sqlite_autoincrement=True,
)

schedules = Table(
    "schedules",
    metadata,
    _id(),
    Column("bell", key_of(), nullable=False),
    Column("subject", BigId, nullable=False),
    Column("first_due", Moment, nullable=False),
    Column("rule", Json),
    # NULL: it has rung for the last time.
    Column("next_due", Moment, index=True),
    UniqueConstraint("bell", "subject", "first_due"),
)

occurrences = Table(
    "occurrences",
    metadata,
    _ref("schedule_id", "schedules", key=True),
    Column("due_at", Moment, primary_key=True),
    Column("state", key_of(), nullable=False),
    Column("dealt_at", Moment, nullable=False, index=True),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("key", String(80), unique=True),
    Column("chat_id", BigId, nullable=False),
    Column("kind", key_of(), nullable=False),
    Column("ids", Json, nullable=False),
    Column("lane", Integer, nullable=False),
    # Whose allowed hours bind it.
    Column("collective_id", BigId),
    _ref("person_id", "persons", nullable=True),
    Column("batch", String(40)),
    Column("not_before", Moment, nullable=False),
    Column("state", key_of(), nullable=False),
    Column("attempts", Integer, nullable=False),
    # It may have arrived when it was sent before: Telegram did not say, or the bot died.
    Column("doubtful", Boolean, nullable=False, server_default=text("false")),
    Column("reason", String(60)),
    Column("message_id", BigId),
    Column("queued_at", Moment, nullable=False),
    Column("settled_at", Moment, index=True),
    # How a batch stands: its rows are counted without looking at one.
    Index("ix_outbox_standing", "batch", "state", "reason"),
    # What is under way, which is little.
    Index(
        "ix_outbox_sending",
        "id",
        sqlite_where=text("state = 'sending'"),
        postgresql_where=text("state = 'sending'"),
    ),
    # What goes to groups, whose number may change.
    Index(
        "ix_outbox_groups",
        "batch",
        "chat_id",
        sqlite_where=text("chat_id < 0"),
        postgresql_where=text("chat_id < 0"),
    ),
    Index(
        "ix_outbox_waiting",
        "lane",
        "not_before",
        "id",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
    # Whose turn it is among batches.
    Index(
        "ix_outbox_turns",
        "lane",
        "batch",
        "not_before",
        "id",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
)

shown = Table(
    "shown",
    metadata,
    Column("chat_id", BigId, primary_key=True, autoincrement=False),
    Column("message_id", BigId, primary_key=True, autoincrement=False),
    Column("kind", key_of(), nullable=False),
    Column("ids", Json, nullable=False),
    # Whose card it is: a typed answer finds the newest of the person who types.
    _ref("person_id", "persons", nullable=True),
    # What it shows beside what its record says: a question once more, or which of the sheets.
    Column("asks", key_of()),
    # Whether it is the chat's last message: only then a tap edits it in place.
    Column("last", Boolean, nullable=False),
    Column("shown_at", Moment, nullable=False, index=True),
)

conversation = Table(
    "conversation",
    metadata,
    Column("key", String(120), primary_key=True),
    Column("state", String(80)),
    Column("data", Sealed("conversation.data")),
    Column("kept_at", Moment, index=True),
)

audit = Table(
    "audit",
    metadata,
    _id(),
    Column("at", Moment, nullable=False),
    Column("event", key_of(32), nullable=False),
    Column("by", BigId),
    Column("subject", BigId),
)

dead_updates = Table(
    "dead_updates",
    metadata,
    Column("update_id", BigId, primary_key=True, autoincrement=False),
    Column("kind", String(40), nullable=False),
    Column("error", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
