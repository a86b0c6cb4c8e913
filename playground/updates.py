"""The queue of updates the bot has not confirmed yet, by the rules of getUpdates."""

from collections import deque
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from math import inf
from typing import Any

from playground.bell import Bell
from playground.clock import Clock

#: Seconds an update waits for the bot, by the playground's clock.
LIFETIME = {"callback_query": 150}
LIFETIME_OF_OTHERS = 24 * 60 * 60

#: Sent only to bots that ask for them by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, kw_only=True)
class Pending:
    """One update on its way."""

    update_id: int
    expires: float
    kind: str
    body: dict[str, Any]

    def update(self) -> dict[str, Any]:
        """Give the Bot API's Update."""
        return {"update_id": self.update_id, self.kind: self.body}


class Updates:
    """Updates in order; each stays, and is sent again, until an offset confirms it."""

    def __init__(self, clock: Clock, bell: Bell, first_id: int) -> None:
        self._clock = clock
        self._bell = bell
        self._pending: deque[Pending] = deque()
        self._soonest = inf  # no pending update expires before this
        self.next_id = first_id
        #: None: everything but ON_REQUEST.
        self.allowed: frozenset[str] | None = None
        #: Grows with each poll, so that an older poll notices a newer one.
        self.poll = 0

    def __len__(self) -> int:
        self._expire()
        return len(self._pending)

    def push(self, kind: str, body: dict[str, Any]) -> int | None:
        """Queue one; None when the bot did not ask for this kind (decided now, not at fetch)."""
        wanted = kind not in ON_REQUEST if self.allowed is None else kind in self.allowed
        if not wanted:
            return None
        expires = self._clock.seconds() + LIFETIME.get(kind, LIFETIME_OF_OTHERS)
        update = Pending(update_id=self.next_id, expires=expires, kind=kind, body=body)
        self.next_id += 1
        self._pending.append(update)
        self._soonest = min(self._soonest, expires)
        self._bell.ring()
        return update.update_id

    def allow(self, kinds: Iterable[str]) -> None:
        """Remember what the bot wants; an empty list means the default."""
        self.allowed = frozenset(kinds) or None

    def confirm(self, offset: int) -> None:
        """Forget what lies below a positive offset, all but the last -N at a negative one."""
        if offset < 0:
            keep = len(self._pending) + offset
            for _ in range(keep):
                self._pending.popleft()
        elif offset <= self.next_id + 10:  # farther ahead is another life's offset: ignored
            while self._pending and self._pending[0].update_id < offset:
                self._pending.popleft()
        self._bell.ring()

    def waiting(self, update_id: int) -> bool:
        """Whether this update is neither confirmed nor expired."""
        self._expire()
        return any(update.update_id == update_id for update in self._pending)

    def take(self, limit: int) -> list[dict[str, Any]]:
        """Give the oldest ones, left in the queue."""
        self._expire()
        return [update.update() for update, _ in zip(self._pending, range(limit), strict=False)]

    def drop(self) -> None:
        """Forget all of them."""
        self._pending.clear()
        self._bell.ring()

    def _expire(self) -> None:
        now = self._clock.seconds()
        if now < self._soonest:
            return
        self._pending = deque(update for update in self._pending if update.expires > now)
        self._soonest = min((update.expires for update in self._pending), default=inf)

    def dump(self) -> dict[str, Any]:
        """For keeping over a restart."""
        return {
            "next_id": self.next_id,
            "pending": [asdict(update) for update in self._pending],
            "allowed": sorted(self.allowed) if self.allowed else None,
        }

    def load(self, kept: dict[str, Any]) -> None:
        """Take back what `dump` gave."""
        self.next_id = kept["next_id"]
        self._pending = deque(Pending(**update) for update in kept["pending"])
        self._soonest = -inf  # look at the next glance
        self.allowed = frozenset(kept["allowed"]) if kept["allowed"] else None
