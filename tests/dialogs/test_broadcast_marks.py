"""The list of what she has sent believes what was counted."""

from datetime import UTC, datetime

from collective.audiences import Audience
from collective.broadcasts import Broadcast
from dialogs.broadcast_list import _mark

NOON = datetime(2026, 11, 26, 10, tzinfo=UTC)


class Asked:
    """A store that keeps which batches of the outbox were asked about."""

    def __init__(self):
        self.outbox, self.batches = self, []

    async def batch_open(self, batch):
        self.batches.append(batch)
        return True


async def test_what_was_counted_is_done_without_asking_the_outbox():
    store, said = Asked(), {"author_id": 1, "language": "fr", "collective_id": 1}
    left = {"audience": Audience(), "created_at": NOON, "leaves_at": NOON, "queued_at": NOON}
    assert await _mark(Broadcast(id=1, counted={"sent": 3}, **said, **left), store) == "✅"
    assert await _mark(Broadcast(id=2, **said, **left), store) == "▶️"
    assert store.batches == ["broadcast:2"]
