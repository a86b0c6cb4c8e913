"""A broadcast: what its author says to many, once in each language she writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import combinations

from collective.audiences import Audience
from collective.errors import TextEmpty, TextTooLong, TogetherTooLong
from collective.people import NAME_LIMIT

#: What Telegram takes, in characters: in a message, and under a file.
MESSAGE_ROOM, CAPTION_ROOM = 4096, 1024
#: What stands around the words of a version: a sign, its author's name, empty lines.
FRAME = NAME_LIMIT + 6
#: How long one version may be; the rest of the room is for what stands around it.
TEXT_LIMIT, CAPTION_LIMIT = 3500, 700
#: How long the name of a kind of file is kept, such as "application/pdf".
MIME_LIMIT = 100
#: The heaviest file that is kept here as well, in bytes. A heavier one is at Telegram only, and
#: another bot could not send it.
KEPT_BYTES = 5_000_000
#: How far ahead one may be planned: what is planned must not outlive what is kept.
AHEAD = timedelta(days=60)
#: How late it may leave when the bot was away at its moment. What has begun to leave, leaves.
GRACE = timedelta(hours=12)


class Kind(StrEnum):
    """What a version is."""

    TEXT = "text"
    PHOTO = "photo"
    VOICE = "voice"
    DOCUMENT = "document"


class Stage(StrEnum):
    """How far a broadcast has come."""

    DRAFT = "draft"
    #: It leaves later.
    WAITING = "waiting"
    #: Its rows lie in the outbox, or are being laid there.
    LEFT = "left"
    CANCELLED = "cancelled"


#: While it may still be changed.
UNSENT = (Stage.DRAFT, Stage.WAITING)


@dataclass(frozen=True, kw_only=True)
class Version:
    """What is said in one language: a text, or a file with perhaps a text under it."""

    language: str
    kind: Kind = Kind.TEXT
    text: str | None = None
    #: The file at Telegram, as this bot knows it.
    file_id: str | None = None
    file_name: str | None = None
    mime: str | None = None
    #: The file is not kept here, and will not be.
    only_there: bool = False


@dataclass(frozen=True, kw_only=True)
class WaitingFile:
    """The file of a version that has to be fetched."""

    broadcast_id: int
    language: str
    file_id: str
    #: How often fetching it has failed.
    attempts: int


@dataclass(frozen=True, kw_only=True)
class Broadcast:
    """What is sent, by whom, to whom. Its words are its versions."""

    id: int
    #: None: to several collectives.
    collective_id: int | None
    #: None when she has had everything about her erased.
    author_id: int | None
    #: The language its author wrote first.
    language: str
    audience: Audience
    #: Whether who gets it is asked to press that she has heard.
    asks_heard: bool = False
    created_at: datetime
    #: None: a draft.
    leaves_at: datetime | None = None
    #: The last collective whose chats lie in the outbox.
    reached: int | None = None
    #: Since when every chat's row lies there.
    queued_at: datetime | None = None
    cancelled_at: datetime | None = None
    #: How its rows ended, by the names of `Delivery`; None until the last one has.
    counted: Mapping[str, int] | None = None

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        if self.cancelled_at is not None:
            return Stage.CANCELLED
        if self.queued_at is not None or self.reached is not None:
            return Stage.LEFT
        return Stage.DRAFT if self.leaves_at is None else Stage.WAITING

    def leaving(self, now: datetime) -> bool:
        """Tell whether rows of it are to be laid in the outbox now."""
        due = self.leaves_at is not None and self.leaves_at <= now
        return due and self.queued_at is None and self.cancelled_at is None

    def late(self, now: datetime) -> bool:
        """Tell whether its moment was missed by so much that its author has to be asked."""
        return self.reached is None and self.leaves_at is not None and now - self.leaves_at > GRACE


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What somebody says back to a broadcast's author, or she to that."""

    id: int
    broadcast_id: int
    #: Who says it.
    person_id: int
    #: The reply that it answers; None: it is to the author of the broadcast.
    answers: int | None
    kind: Kind
    text: str | None
    #: The file at Telegram, as this bot knows it.
    file_id: str | None


def batch(broadcast_id: int) -> str:
    """Name the outbox rows of one broadcast."""
    return f"broadcast:{broadcast_id}"


def key(broadcast_id: int, chat_id: int, language: str | None = None) -> str:
    """Name the one row of a broadcast to a chat, by the number the chat had when it was laid.

    `language`: the row of one language, to a group that gets a message with each.
    """
    row = f"{batch(broadcast_id)}:{chat_id}"
    return f"{row}:{language}" if language else row


def fitting(
    versions: Sequence[Version], language: str | None, author_language: str
) -> Version | None:
    """Return the version for a reader: hers, else the author's, else the first there is."""
    by_language = {each.language: each for each in versions}
    first = versions[0] if versions else None
    return by_language.get(language or "") or by_language.get(author_language) or first


def clean_version(version: Version) -> Version:
    """Trim its text; raise TextEmpty or TextTooLong. Line breaks are the author's.

    What calls itself longer than any kind of file does keeps no kind: the bot only passes it on.
    """
    text = (version.text or "").strip()
    if version.kind is Kind.TEXT and not text:
        raise TextEmpty
    limit = TEXT_LIMIT if version.kind is Kind.TEXT else CAPTION_LIMIT
    if len(text) > limit:
        raise TextTooLong(limit=limit, length=len(text))
    mime = version.mime if len(version.mime or "") <= MIME_LIMIT else None
    return replace(version, text=text or None, mime=mime)


def apart(one: Version, other: Version) -> bool:
    """Tell whether two versions need a message each: there is room for one file in a message."""
    return Kind.TEXT not in (one.kind, other.kind) and one.file_id != other.file_id


def ensure_fit_together(versions: Sequence[Version]) -> None:
    """Raise TogetherTooLong unless any two fit into one message, as a group of both gets them.

    It holds for whatever audience: that can still change, and a group's language too.
    """
    for one, other in combinations(versions, 2):
        if apart(one, other):
            continue
        files = one.kind is not Kind.TEXT or other.kind is not Kind.TEXT
        limit = (CAPTION_ROOM if files else MESSAGE_ROOM) - 2 * FRAME
        length = len(one.text or "") + len(other.text or "")
        if length > limit:
            raise TogetherTooLong(limit=limit, length=length)
