"""getUpdates and its neighbours; webhooks are not offered."""

from typing import Any

from playground.params import Params
from playground.refusals import RefusalError
from playground.world import World

LONGEST_POLL = 50  # seconds

CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


async def get_updates(world: World, params: Params) -> list[dict[str, Any]]:
    """Update[]: waits for one when there is none; what lies below `offset` is confirmed."""
    queue = world.updates
    _remember_kinds(world, params)
    queue.poll += 1
    mine = queue.poll
    queue.confirm(params.integer("offset"))
    timeout = min(max(params.integer("timeout"), 0), LONGEST_POLL)
    await world.bell.until(lambda: bool(queue) or queue.poll != mine, timeout)
    if queue.poll != mine:
        raise RefusalError(409, CONFLICT)
    limit = params.integer("limit", 100)
    return queue.take(min(max(limit, 1), 100))


def _remember_kinds(world: World, params: Params) -> None:
    """Unreadable lists are ignored and the former choice stays."""
    try:
        kinds = params.parsed("allowed_updates")
    except ValueError:
        return
    if isinstance(kinds, list):
        world.updates.allow(kind for kind in kinds if isinstance(kind, str))


def delete_webhook(world: World, params: Params) -> bool:
    """There never is one; may drop what waits."""
    if params.flag("drop_pending_updates"):
        world.updates.drop()
    return True


def get_webhook_info(world: World, _: Params) -> dict[str, Any]:
    """WebhookInfo: no webhook, and how much waits to be polled."""
    info: dict[str, Any] = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
    kinds = world.updates.allowed
    return {**info, "allowed_updates": sorted(kinds)} if kinds else info
