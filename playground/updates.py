"""The updates the bot has not confirmed yet, by the rules of getUpdates and of webhooks."""

from collections import deque
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from math import inf
from typing import Any

from playground.bell import Bell
from playground.clock import Clock
from playground.fault_kinds import Moment
from playground.faults import Faults

#: Seconds an update waits for the bot, by the playground's clock.
LIFETIME = {"callback_query": 150}
LIFETIME_OF_OTHERS = 24 * 60 * 60

#: How many can be queued a second time.
REMEMBERED = 1000

#: Sent only to bots that ask for them by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, kw_only=True)
class Pending:
    """One update on its way."""

    update_id: int
    expires: float
    #: The fields beside its id: a kind and its body, or whatever a test has pushed.
    fields: dict[str, Any]
    #: By webhook, one at a time of these: a chat's messages, a person's presses …
    queue: str

    def update(self) -> dict[str, Any]:
        """Give the Bot API's Update."""
        return {"update_id": self.update_id, **self.fields}


def queue_of(kind: str, body: Any, update_id: int) -> str:
    """Give the queue of an update; what belongs to none is one of its own.

    So a message and a press of the same person may overtake each other, and what becomes of
    the bot in a chat may be heard before or after what is said there.
    """
    if kind == "callback_query":
        place = _inside(body, "from", "id")
    elif kind == "chat_member":
        place = _inside(body, "new_chat_member", "user", "id")
    elif kind in {"poll", "poll_answer"}:
        place = _inside(body, "poll_id") or _inside(body, "id")
    else:
        place = _inside(body, "chat", "id")
    messages = kind.endswith(("message", "post"))
    return f"{'message' if messages else kind} {place}" if place else f"update {update_id}"


def _whose(fields: dict[str, Any]) -> Any:
    return _inside(next(iter(fields.values()), None), "from", "id")


def _inside(body: Any, *names: str) -> Any:
    for name in names:
        body = body.get(name) if isinstance(body, dict) else None
    return body


class Updates:
    """Updates in order; each stays, and is sent again, until an offset confirms it."""

    def __init__(self, clock: Clock, bell: Bell, faults: Faults, first_id: int) -> None:
        self._clock = clock
        self._bell = bell
        self._faults = faults
        self._pending: deque[Pending] = deque()
        #: The latest ones, confirmed or not.
        self._past: deque[Pending] = deque(maxlen=REMEMBERED)
        #: Queued a second time and not handed out since: no offset confirms these.
        self._again: set[int] = set()
        #: Waits until the same person does something else, which overtakes it.
        self._held: Pending | None = None
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
        return self.push_raw({kind: body}) if wanted else None

    def push_raw(self, fields: dict[str, Any]) -> int:
        """Queue an update of any form, wanted or not; a field update_id is what the bot is told."""
        fields = self._strange(fields)
        kind = next(iter(fields), "")
        update = Pending(
            update_id=self.next_id,
            expires=self._clock.seconds() + LIFETIME.get(kind, LIFETIME_OF_OTHERS),
            fields=fields,
            queue=queue_of(kind, fields.get(kind), self.next_id),
        )
        self.next_id += 1
        for each in self._in_order(update):
            self._past.append(each)
            self._pending.append(each)
            self._soonest = min(self._soonest, each.expires)
        self._bell.ring()
        return update.update_id

    def _strange(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Put in fields that a later Telegram may send, where a fault says so."""
        if not self._struck("unknown_fields", Moment.UPDATE, fields):
            return fields
        told = {
            name: {**body, "of_tomorrow": {"since": 1}} if isinstance(body, dict) else body
            for name, body in fields.items()
        }
        return {**told, "also_of_tomorrow": [1, "two", None]}

    def _in_order(self, update: Pending) -> list[Pending]:
        """Give what is queued now: nothing where a fault holds it, two where it is overtaken.

        Ids stay in order, or no offset could confirm them: who overtakes gets the earlier id.
        """
        held, self._held = self._held, None
        if held is None:
            if not self._struck("reordered", Moment.UPDATE, update.fields):
                return [update]
            self._held = update
            return []
        if _whose(held.fields) != _whose(update.fields):
            self._held = held
            return [update]
        return [
            replace(update, update_id=held.update_id),
            replace(held, update_id=update.update_id),
        ]

    def release(self) -> None:
        """Queue what still waits to be overtaken."""
        held, self._held = self._held, None
        if held is not None:
            self._past.append(held)
            self._pending.append(replace(held, update_id=self.next_id))
            self.next_id += 1
            self._bell.ring()

    def _struck(self, kind: str, moment: Moment, fields: dict[str, Any]) -> bool:
        body = next(iter(fields.values()), None)
        holder = _inside(body, "message") or body
        chat = _inside(holder, "chat", "id")
        return self._faults.strike(moment, None, chat, kind) is not None

    def push_again(self, update_id: int) -> bool:
        """Queue one a second time, confirmed or not; False when it is too long ago."""
        found = next((update for update in self._past if update.update_id == update_id), None)
        if found is None:
            return False
        self._pending.appendleft(found)
        self._again.add(update_id)
        self._soonest = -inf
        self._bell.ring()
        return True

    def allow(self, kinds: Iterable[str]) -> None:
        """Remember what the bot wants; an empty list means the default."""
        self.allowed = frozenset(kinds) or None

    def confirm(self, offset: int) -> None:
        """Forget what lies below a positive offset, all but the last -N at a negative one."""
        leaving: list[Pending] = []
        if offset < 0:
            leaving = list(self._pending)[:offset]
        elif offset <= self.next_id + 10:  # farther ahead is another life's offset: ignored
            leaving = [
                update
                for update in self._pending
                if update.update_id < offset and update.update_id not in self._again
            ]
        self._leave(leaving)

    def _leave(self, leaving: list[Pending]) -> None:
        """Forget what is confirmed; a fault lets that get lost, or sends one of it again."""
        if leaving and not self._struck("lost_ack", Moment.CONFIRM, leaving[0].fields):
            gone = {id(update) for update in leaving}
            self._pending = deque(each for each in self._pending if id(each) not in gone)
            for update in leaving:
                if self._struck("duplicate", Moment.CONFIRM, update.fields):
                    self.push_again(update.update_id)
        self._bell.ring()

    def waiting(self, update_id: int) -> bool:
        """Whether this update is neither confirmed nor expired."""
        self._expire()
        return any(update.update_id == update_id for update in self._pending)

    def take(self, limit: int) -> list[dict[str, Any]]:
        """Give the oldest ones, left in the queue."""
        self._expire()
        taken = [update for update, _ in zip(self._pending, range(limit), strict=False)]
        self._again.difference_update(update.update_id for update in taken)
        return [update.update() for update in taken]

    def queues(self) -> list[str]:
        """Give the queues that are not empty, the longest waiting first."""
        self._expire()
        return list(dict.fromkeys(update.queue for update in self._pending))

    def head(self, queue: str) -> Pending | None:
        """Give the oldest of a queue, left in it."""
        self._expire()
        return next((update for update in self._pending if update.queue == queue), None)

    def taken(self, update_id: int) -> None:
        """Forget one that a webhook took."""
        self._leave([each for each in self._pending if each.update_id == update_id][:1])

    def give_up(self, update_id: int) -> None:
        """Forget one that nobody will ever take."""
        self._pending = deque(each for each in self._pending if each.update_id != update_id)
        self._bell.ring()

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
