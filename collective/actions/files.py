"""Files of broadcasts and spoken questions, fetched from Telegram for a change of bot."""

from datetime import datetime

from collective.broadcasts import WaitingFile
from collective.own_words import WaitingQuestion, next_try
from collective.ports import Store


async def fetched(store: Store, file: WaitingFile, content: bytes) -> None:
    """Keep what was fetched, unless its author has put something else in its place."""
    await store.broadcasts.keep_content(file, content)


async def missed(store: Store, file: WaitingFile, *, for_good: bool, now: datetime) -> bool:
    """Plan the next try after a fetch that failed; tell whether there is one."""
    again = None if for_good else next_try(file.attempts + 1, now)
    await store.broadcasts.miss(file, again)
    return again is not None


async def heard(store: Store, question: WaitingQuestion, sound: bytes) -> None:
    """Keep what was fetched of a question, unless its author has asked something else since."""
    await store.questions.keep_sound(question, sound)


async def unheard(
    store: Store, question: WaitingQuestion, *, for_good: bool, now: datetime
) -> bool:
    """Plan the next try for a question as `missed` does for a file."""
    again = None if for_good else next_try(question.attempts + 1, now)
    await store.questions.miss(question, again)
    return again is not None
