"""The files of broadcasts, fetched from Telegram to be kept for a change of bot."""

from datetime import datetime

from collective.broadcasts import WaitingFile
from collective.own_words import next_try
from collective.ports import Store


async def fetched(store: Store, file: WaitingFile, content: bytes) -> None:
    """Keep what was fetched, unless its author has put something else in its place."""
    await store.broadcasts.keep_content(file, content)


async def missed(store: Store, file: WaitingFile, *, for_good: bool, now: datetime) -> bool:
    """Plan the next try after a fetch that failed; tell whether there is one."""
    again = None if for_good else next_try(file.attempts + 1, now)
    await store.broadcasts.miss(file, again)
    return again is not None
