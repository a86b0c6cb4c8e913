"""Everything that can go wrong between the bot and Telegram, as a campaign goes through it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from delivery.sender import IN_FLIGHT

Fault = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where trouble strikes: chats of people who only listen, and their group."""

    crowd: Sequence[int]
    group: int
    seed: int


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One row of the table."""

    name: str
    faults: Callable[[Place], Sequence[Fault]]
    #: How many messages may come twice: those whose answer got lost.
    twice: int = 0
    #: How many of the broadcast end as refused, which its report says.
    refused: int = 0
    #: How many end as unclear, because it was unclear twice.
    unclear: int = 0
    #: Seconds after which it is over, however little it has struck.
    lasts: float | None = None


def _sometimes(kind: str, count: int, **fields: Any) -> Callable[[Place], Sequence[Fault]]:
    """Strike any call, one in fifty, so that nobody can tell which."""

    def faults(place: Place) -> Sequence[Fault]:
        odds = max(0.02, min(1.0, 4 * count / len(place.crowd)))
        return [{"kind": kind, "count": count, "probability": odds, "seed": place.seed, **fields}]

    return faults


def _to_some(kind: str, people: int, **fields: Any) -> Callable[[Place], Sequence[Fault]]:
    """Strike the message to each of so many people."""
    return lambda place: [
        {"kind": kind, "chat_id": chat, "method": "sendMessage", **fields}
        for chat in place.crowd[:people]
    ]


def _of_updates(kind: str, count: int) -> Callable[[Place], Sequence[Fault]]:
    return lambda place: [{"kind": kind, "count": count, "probability": 0.3, "seed": place.seed}]


def _refused(kind: str, words: str, reason: int = 5) -> Trouble:
    return Trouble(name=words, faults=_to_some(kind, reason), refused=reason)


def _unclear_once(kind: str, **fields: Any) -> Callable[[Place], Sequence[Fault]]:
    """Strike the message to some people, as many as are in flight, and some edits of cards."""

    def faults(place: Place) -> Sequence[Fault]:
        people = min(IN_FLIGHT, len(place.crowd) // 4)
        edits = {"method": "editMessageText", "count": 4, "probability": 0.3, "seed": place.seed}
        return [*_to_some(kind, people, **fields)(place), {"kind": kind, **edits, **fields}]

    return faults


def _before(kind: str, words: str, **fields: Any) -> Trouble:
    return Trouble(name=f"{words}, before the effect", faults=_unclear_once(kind, **fields))


def _after(kind: str, words: str, **fields: Any) -> Trouble:
    return Trouble(
        name=f"{words}, after the effect",
        faults=_unclear_once(kind, when="after", **fields),
        twice=IN_FLIGHT,
    )


TROUBLES = (
    Trouble(name="429, 1 s", faults=_sometimes("429", 20, retry_after=1)),
    Trouble(name="429, 8 s", faults=_sometimes("429", 4, retry_after=8)),
    Trouble(name="429 without a time", faults=_sometimes("429_bare", 6)),
    Trouble(name="401, for a while", faults=_sometimes("401", 3)),
    _refused("403_blocked", "blocked"),
    _refused("403_deactivated", "deactivated"),
    _refused("400_chat_not_found", "chat not found"),
    Trouble(
        name="the group moves",
        faults=lambda place: [{"kind": "migrate", "chat_id": place.group}],
    ),
    Trouble(
        name="a second poller",
        faults=lambda _: [{"kind": "409", "count": 3}],
    ),
    _before("500", "500"),
    _after("500", "500"),
    _before("500_restart", "500, restarting"),
    _before("502_html", "502, HTML"),
    _after("502_html", "502, HTML"),
    _after("504_empty", "504, empty"),
    _after("504_html", "504, HTML"),
    _before("413_html", "413, HTML"),
    _before("reset", "connection reset"),
    _after("reset", "connection reset"),
    _before("timeout", "time-out", seconds=1.0),
    _after("timeout", "time-out", seconds=1.0),
    _after("truncated", "half an answer"),
    Trouble(name="slow answers", faults=_sometimes("slow", 20, seconds=3.0)),
    Trouble(
        name="unclear twice, after the effect",
        faults=_to_some("502_html", 3, when="after", count=2),
        twice=3,
        unclear=3,
    ),
    Trouble(
        name="unclear twice, before the effect",
        faults=_to_some("reset", 3, count=2),
        unclear=3,
    ),
    Trouble(
        name="502 to everything for 6 s",
        faults=lambda _: [{"kind": "502_html", "count": 10**6, "method": "*"}],
        lasts=6.0,
    ),
    Trouble(name="updates twice", faults=_of_updates("duplicate", 50)),
    Trouble(name="lost confirmations", faults=_of_updates("lost_ack", 20)),
    Trouble(name="presses out of order", faults=_of_updates("reordered", 10)),
    Trouble(name="unknown fields", faults=_of_updates("unknown_fields", 100)),
)
