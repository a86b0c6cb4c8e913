"""The webhook as the bot has set it: where updates go instead of waiting to be polled."""

import ipaddress
from dataclasses import asdict, dataclass
from typing import Any

from yarl import URL

CONNECTIONS = 40  # posts side by side, unless the bot says otherwise
MOST_CONNECTIONS = 100


@dataclass(frozen=True, kw_only=True)
class Target:
    """What setWebhook sets; the same again changes nothing."""

    url: str = ""
    secret: str = ""
    connections: int = CONNECTIONS


class Webhook:
    """The target, none at first, and the last trouble with it."""

    def __init__(self) -> None:
        self.target = Target()
        #: Grows with every change, so that whoever delivers to the old target stops.
        self.generation = 0
        #: Monotonic seconds before which it cannot be set again.
        self.settable_at = 0.0
        self._failed_at = 0
        self._failure = ""

    def active(self) -> bool:
        """Whether updates are sent anywhere."""
        return bool(self.target.url)

    def aim(self, target: Target) -> None:
        """Set another target, or with an empty one none."""
        self.target = target
        self.generation += 1
        self._failed_at, self._failure = 0, ""

    def fail(self, words: str, at: int) -> None:
        """Remember the last trouble, at that Unix time."""
        self._failed_at, self._failure = at, words

    def shown(self) -> dict[str, Any]:
        """Give the fields of WebhookInfo that are about the target."""
        info: dict[str, Any] = {"url": self.target.url, "has_custom_certificate": False}
        if not self.target.url:
            return info
        if address := _address(self.target.url):
            info["ip_address"] = address
        if self._failure:
            info |= {"last_error_date": self._failed_at, "last_error_message": self._failure}
        return {**info, "max_connections": self.target.connections}

    def dump(self) -> dict[str, Any]:
        """For keeping over a restart."""
        return asdict(self.target)

    def load(self, kept: dict[str, Any]) -> None:
        """Take back what `dump` gave."""
        self.aim(Target(**kept))


def _address(url: str) -> str | None:
    """Give the address of a host that is written as one."""
    try:
        return str(ipaddress.ip_address(URL(url).host or ""))
    except ValueError:
        return None
