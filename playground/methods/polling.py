"""getUpdates."""

from typing import Any

from playground.params import Params
from playground.refusals import CONFLICT, RefusalError
from playground.world import World

LONGEST_POLL = 50  # seconds

HOOKED = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
CUT = "Conflict: terminated by setWebhook request"


async def get_updates(world: World, params: Params) -> list[dict[str, Any]]:
    """Update[]: waits for one when there is none; what lies below `offset` is confirmed."""
    queue = world.updates
    if world.webhook.active():
        raise RefusalError(409, HOOKED)
    remember_kinds(world, params)
    queue.poll += 1
    mine = queue.poll
    queue.confirm(params.integer("offset"))
    timeout = min(max(params.integer("timeout"), 0), LONGEST_POLL)
    await world.bell.until(lambda: bool(queue) or queue.poll != mine, timeout)
    if queue.poll != mine:
        raise RefusalError(409, CUT if world.webhook.active() else CONFLICT)
    limit = params.integer("limit", 100)
    return queue.take(min(max(limit, 1), 100))


def remember_kinds(world: World, params: Params) -> None:
    """Take in `allowed_updates`; unreadable lists are ignored and the former choice stays."""
    try:
        kinds = params.parsed("allowed_updates")
    except ValueError:
        return
    if isinstance(kinds, list):
        world.updates.allow(kind for kind in kinds if isinstance(kind, str))
