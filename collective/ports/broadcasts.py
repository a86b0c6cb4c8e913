"""Messages to many: for whom, what became of them, what came back."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from collective.audiences import Audience, Share, Slice
from collective.broadcasts import Broadcast, Reply, Version, WaitingFile
from collective.deliveries import Again, Delivery, Missed


class Audiences(Protocol):
    """Whom a broadcast is for, at this moment. Paused people and its author are left out."""

    async def slice(
        self, audience: Audience, *, author: int, after: int | None, now: datetime
    ) -> Slice:
        """Return the chats of the collectives that come next after one; None: of the first.

        A chat comes once in a slice, and again with a later collective of hers.
        """
        ...

    async def count(self, audience: Audience, *, author: int, now: datetime) -> tuple[int, int]:
        """Return how many private chats and how many groups it reaches, each once."""
        ...

    async def reaches(
        self, audience: Audience, chat_id: int, *, author: int, now: datetime
    ) -> bool:
        """Tell whether it reaches a private chat by any of the collectives of who is there."""
        ...

    async def shares(self, audience: Audience, *, author: int, now: datetime) -> list[Share]:
        """Return how many chats of each collective it reaches, those of no collective last."""
        ...

    async def zones(self, audience: Audience) -> list[int]:
        """Return one collective for each zone and each allowed hours among those it is for."""
        ...


class Broadcasts(Protocol):
    """Broadcasts and their versions."""

    async def add(
        self, *, draft: str, author_id: int, language: str, audience: Audience, now: datetime
    ) -> Broadcast:
        """Add a draft; the same draft is the same broadcast again."""
        ...

    async def get(self, broadcast_id: int) -> Broadcast | None:
        """Return a broadcast."""
        ...

    async def hold(self, broadcast_id: int) -> Broadcast | None:
        """Return a broadcast; other units that hold it wait until this one has ended."""
        ...

    async def by(self, author_id: int, limit: int) -> list[Broadcast]:
        """Return what she has sent or planned, the newest first; no drafts."""
        ...

    async def set_audience(self, broadcast_id: int, audience: Audience) -> None:
        """Keep whom it is for."""
        ...

    async def set_asks_heard(self, broadcast_id: int, *, asks: bool) -> None:
        """Keep whether who gets it is asked to press that she has heard."""
        ...

    async def plan(self, broadcast_id: int, leaves_at: datetime | None) -> None:
        """Keep when it leaves; None: it is a draft again."""
        ...

    async def reach(
        self, broadcast_id: int, reached: int | None, queued_at: datetime | None
    ) -> None:
        """Keep how far its rows lie in the outbox, and since when all of them do."""
        ...

    async def cancel(self, broadcast_id: int, now: datetime) -> None:
        """Keep that it was taken back; the first time counts."""
        ...

    async def discard(self, broadcast_id: int) -> None:
        """Forget one that was never sent."""
        ...

    async def discard_unsent(self, author_id: int) -> None:
        """Forget her drafts, and what she had planned."""
        ...

    async def leaving_of(self, author_id: int) -> list[int]:
        """Return those of hers of which not every row has ended."""
        ...

    async def keep_file_id(self, broadcast_id: int, language: str, old: str, new: str) -> None:
        """Keep under which id this bot sends the file of a version; `old` is another bot's."""
        ...

    async def put_version(
        self, broadcast_id: int, version: Version, fetch_at: datetime | None, now: datetime
    ) -> None:
        """Keep what is said in one language, in place of what was; when to fetch its file."""
        ...

    async def remove_version(self, broadcast_id: int, language: str) -> None:
        """Forget what is said in one language."""
        ...

    async def versions(self, broadcast_id: int) -> list[Version]:
        """Return what is said in each language, in a fixed order; without the files."""
        ...

    async def content(self, broadcast_id: int, language: str) -> bytes | None:
        """Return the file of one version, None where it is not kept here."""
        ...

    async def to_fetch(self, now: datetime, limit: int) -> list[WaitingFile]:
        """Return files whose turn to be fetched has come, the longest waiting first."""
        ...

    async def keep_content(self, file: WaitingFile, content: bytes) -> bool:
        """Keep what was fetched; False when its author has changed it since."""
        ...

    async def miss(self, file: WaitingFile, again: datetime | None) -> None:
        """Keep that fetching failed, and when it is tried again; None: never."""
        ...


class Deliveries(Protocol):
    """What became of broadcasts, and who has heard them."""

    async def running(self) -> list[int]:
        """Return the broadcasts of which not every row has ended, the oldest first."""
        ...

    async def of(self, broadcast_id: int) -> Delivery:
        """Return the counts: those that were kept, before that as the rows stand."""
        ...

    async def count(self, broadcast_id: int) -> Delivery:
        """Count the rows as they stand."""
        ...

    async def keep(self, broadcast_id: int, delivery: Delivery) -> None:
        """Keep the counts for good: rows are purged earlier than broadcasts."""
        ...

    async def cancel(self, broadcast_id: int, now: datetime) -> int:
        """Let queued rows stay here, some at once; return how many. What is being sent goes on.

        What may have arrived when it was tried before is unclear.
        """
        ...

    async def again(self, broadcast_id: int) -> Again:
        """Count what could be sent once more."""
        ...

    async def send_again(self, broadcast_id: int, now: datetime, *, unclear: bool) -> int:
        """Queue once more what failed, or what is unclear; return how many rows."""
        ...

    async def missed(self, broadcast_id: int, named: Collection[int]) -> list[Missed]:
        """Return what did not arrive: by name in collectives of `named`, else in sums."""
        ...

    async def went_to(self, broadcast_id: int, chat_id: int, *, group: int | None) -> bool:
        """Tell whether it left to a private chat, or to the group of a collective."""
        ...

    async def hear(self, broadcast_id: int, person_id: int, now: datetime) -> None:
        """Keep that she has heard it; the first time counts."""
        ...

    async def heard(self, broadcast_id: int) -> int:
        """Count who has heard it."""
        ...


class Replies(Protocol):
    """Replies to broadcasts, and to each other."""

    async def add(self, reply: Reply, key: str, now: datetime) -> Reply:
        """Keep a reply; the same key is the same reply again."""
        ...

    async def get(self, reply_id: int) -> Reply | None:
        """Return a reply."""
        ...
