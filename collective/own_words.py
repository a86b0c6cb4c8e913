"""What a member says in her own words: a typed text or a voice note, and its limits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from collective.errors import TextEmpty, TextTooLong, VoiceTooLong

#: Longest text in characters, longest voice note in seconds, heaviest one in bytes.
TEXT_LIMIT = 1000
VOICE_SECONDS, VOICE_BYTES = 60, 1_000_000
#: How long to wait after each failed fetch of a voice note; after the last it is given up.
#: Telegram keeps a file much longer than that.
PATIENCE = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 720))


@dataclass(frozen=True, kw_only=True)
class VoiceNote:
    """A voice note as Telegram announces it; what is heard in it has still to be fetched."""

    file_id: str
    seconds: int
    #: In bytes, None where Telegram does not say.
    size: int | None = None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A voice note that has to be fetched."""

    checkin_id: int
    question: str
    file_id: str
    #: How often fetching it has failed.
    attempts: int


@dataclass(frozen=True, kw_only=True)
class WaitingQuestion:
    """A question that was asked by voice and has to be fetched."""

    proposal_id: int
    file_id: str
    #: How often fetching it has failed.
    attempts: int


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was said to one question: a text, or a voice note."""

    text: str | None = None
    #: OGG with Opus inside; None until it was fetched, and for a text.
    sound: bytes | None = None
    seconds: int = 0
    said_at: datetime


def clean_text(text: str) -> str:
    """Keep her lines as she wrote them; raise TextEmpty or TextTooLong."""
    kept = text.strip()
    if not kept:
        raise TextEmpty
    if len(kept) > TEXT_LIMIT:
        raise TextTooLong(limit=TEXT_LIMIT, length=len(kept))
    return kept


def ensure_short(note: VoiceNote) -> None:
    """Raise VoiceTooLong for a voice note that lasts too long or weighs too much."""
    if note.seconds > VOICE_SECONDS or (note.size or 0) > VOICE_BYTES:
        raise VoiceTooLong(limit=VOICE_SECONDS)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """Return when to fetch again after so many failures, None: it is given up."""
    return now + PATIENCE[attempts - 1] if attempts <= len(PATIENCE) else None
