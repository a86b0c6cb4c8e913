"""What has to be fetched from Telegram: voices, files of broadcasts, photos of activities."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice, zip_longest

from collective.actions import own_words
from collective.activities import WaitingPiece
from collective.broadcasts import KEPT_BYTES, WaitingFile
from collective.forms import Form
from collective.own_words import VOICE_BYTES, Waiting, WaitingQuestion, next_try
from collective.ports import Store
from collective.setbacks import WaitingTelling

#: What waits to be fetched, and how many bytes of it are kept at most.
Due = Waiting | WaitingTelling | WaitingQuestion | WaitingFile | WaitingPiece
LIMITS: Mapping[type, int] = {
    Waiting: VOICE_BYTES,
    WaitingTelling: VOICE_BYTES,
    WaitingQuestion: VOICE_BYTES,
    WaitingFile: KEPT_BYTES,
    WaitingPiece: KEPT_BYTES,
}


async def to_fetch(store: Store, now: datetime, limit: int) -> Sequence[Due]:
    """Return what is to be fetched now, the kinds in turns: none waits for another to end."""
    kinds: list[Sequence[Due]] = [
        await store.own_words.to_fetch(now, limit),
        await store.setbacks.to_fetch(now, limit),
        await store.activity_files.to_fetch(now, limit),
        await store.broadcasts.to_fetch(now, limit),
        await store.questions.to_fetch(now, limit),
    ]
    in_turns = (due for turn in zip_longest(*kinds) for due in turn if due is not None)
    return list(islice(in_turns, limit))


async def fetched(
    store: Store, forms: Mapping[str, Form], due: Due, content: bytes, *, now: datetime
) -> None:
    """Keep what was fetched, unless something else was put in its place since."""
    match due:
        case Waiting():
            await own_words.fetched(store, forms, due, content, now=now)
        case WaitingTelling():
            await store.setbacks.keep_sound(due, content)
        case WaitingQuestion():
            await store.questions.keep_sound(due, content)
        case WaitingFile():
            await store.broadcasts.keep_content(due, content)
        case WaitingPiece():
            await store.activity_files.keep_content(due, content)


async def missed(store: Store, due: Due, *, for_good: bool, now: datetime) -> bool:
    """Plan the next try after a fetch that failed; tell whether there is one."""
    again = None if for_good else next_try(due.attempts + 1, now)
    match due:
        case Waiting():
            await store.own_words.miss(due, again)
        case WaitingTelling():
            await store.setbacks.miss(due, again)
        case WaitingQuestion():
            await store.questions.miss(due, again)
        case WaitingFile():
            await store.broadcasts.miss(due, again)
        case WaitingPiece():
            await store.activity_files.miss(due, again)
    return again is not None


def named(due: Due) -> tuple[str, int]:
    """Say for a log what it is and of which record: its words are nobody's business."""
    match due:
        case Waiting():
            return "voice", due.checkin_id
        case WaitingTelling():
            return "setback", due.setback_id
        case WaitingQuestion():
            return "question", due.proposal_id
        case WaitingFile():
            return "file", due.broadcast_id
        case WaitingPiece():
            return due.kind.value, due.activity_id
