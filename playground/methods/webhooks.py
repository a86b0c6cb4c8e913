"""setWebhook, deleteWebhook, getWebhookInfo."""

import re
import time
from typing import Any

from yarl import URL

from playground.methods.polling import remember_kinds
from playground.params import Params
from playground.refusals import Described, bad, flood
from playground.webhook import CONNECTIONS, MOST_CONNECTIONS, Target
from playground.world import World

LONGEST_SECRET = 256
BREATH_SECONDS = 1.0  # between two settings of a webhook


def set_webhook(world: World, params: Params) -> Described:
    """Send updates to `url` from now on; an open poll ends. Any port will do, and http.

    The real server takes https only, on four ports, unless it runs locally as this one does.
    """
    target = _target(params)
    if not target.url:
        return delete_webhook(world, params)
    _ensure_breath(world)
    drop = params.flag("drop_pending_updates")
    if target == world.webhook.target and not drop:
        remember_kinds(world, params)
        return Described("Webhook is already set")
    if drop:
        world.updates.drop()
    remember_kinds(world, params)
    world.updates.poll += 1
    world.webhook.aim(target)
    world.bell.ring()
    return Described("Webhook was set")


def delete_webhook(world: World, params: Params) -> Described:
    """Updates wait to be polled again."""
    drop, there = params.flag("drop_pending_updates"), world.webhook.active()
    if drop:
        world.updates.drop()
    if there:
        world.webhook.aim(Target())
        world.bell.ring()
    return Described("Webhook was deleted" if there else "Webhook is already deleted")


def get_webhook_info(world: World, _: Params) -> dict[str, Any]:
    """WebhookInfo: the target, its last trouble, and how much waits."""
    info = {**world.webhook.shown(), "pending_update_count": len(world.updates)}
    kinds = world.updates.allowed
    return {**info, "allowed_updates": sorted(kinds)} if kinds else info


def _target(params: Params) -> Target:
    url, secret = params.text("url"), params.text("secret_token")
    if url and not _readable(url):
        raise bad("invalid webhook URL specified")
    if len(secret) > LONGEST_SECRET:
        raise bad("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad("secret token contains unallowed characters")
    connections = params.integer("max_connections", CONNECTIONS)
    return Target(url=url, secret=secret, connections=min(max(connections, 1), MOST_CONNECTIONS))


def _readable(url: str) -> bool:
    try:
        parts = URL(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.host)


def _ensure_breath(world: World) -> None:
    now = time.monotonic()
    if now < world.webhook.settable_at:
        raise flood(1)
    world.webhook.settable_at = now + BREATH_SECONDS
