"""Whom a broadcast is for: a rule that is read when it leaves, no list made before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from collective.collectives import Trade
from collective.people import Role


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Everyone whom all of it fits. Where nothing is named, anything fits."""

    collectives: frozenset[int] = frozenset()
    trades: frozenset[Trade] = frozenset()
    places: frozenset[str] = frozenset()
    #: What people, and groups, are spoken to in.
    languages: frozenset[str] = frozenset()
    #: Who in the collectives, in private; none: nobody, only the groups.
    roles: frozenset[Role] = frozenset({Role.MEMBER})
    #: Whether the collectives' group chats get it too.
    groups: bool = False
    #: Only members who have not finished the check-in that is open.
    unanswered: bool = False
    #: Only these people.
    persons: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a group chat where only some of its members are meant."""
        if self.groups and self.picks:
            raise ValueError("a group is everyone in it")

    @property
    def picks(self) -> bool:
        """Whether it names people one by one, by name or by what they did."""
        return self.unanswered or bool(self.persons)

    @property
    def one(self) -> int | None:
        """Return the collective, where it is for one only."""
        return next(iter(self.collectives)) if len(self.collectives) == 1 else None

    def written(self) -> dict[str, Any]:
        """Return it as small JSON."""
        lists = {name: sorted(getattr(self, name)) for name in _LISTS}
        return lists | {"groups": self.groups, "unanswered": self.unanswered}

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Self:
        """Return what `written` wrote."""
        lists: dict[str, Any] = {
            name: frozenset(map(make, written.get(name, ()))) for name, make in _LISTS.items()
        }
        return cls(
            **lists,
            groups=bool(written.get("groups")),
            unanswered=bool(written.get("unanswered")),
        )


#: What is written as a list, and what its entries are.
_LISTS: Mapping[str, type] = {
    "collectives": int,
    "trades": Trade,
    "places": str,
    "languages": str,
    "roles": Role,
    "persons": int,
}


def of_collectives(collectives: Iterable[int]) -> Audience:
    """Return the members of some collectives and their groups: what a facilitator starts with."""
    return Audience(collectives=frozenset(collectives), groups=True)


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """One chat that gets it, once, however many of its people are meant."""

    chat_id: int
    #: Whose allowed hours bind it; None: the installation's.
    collective: int | None
    #: The only one on that account who is meant; None for a group and where they are several.
    person: int | None = None

    @property
    def group(self) -> bool:
        """Whether it is the chat of a group."""
        return self.chat_id < 0


@dataclass(frozen=True, kw_only=True)
class Slice:
    """Some of the chats: those of the collectives up to one, None when there are no more."""

    recipients: tuple[Recipient, ...]
    reached: int | None


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many chats of one collective are reached; None stands for those of no collective."""

    collective: int | None
    people: int
    group: bool


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How many chats it would reach now, and when it would leave."""

    people: int
    groups: int
    leaves_at: datetime

    @property
    def anybody(self) -> bool:
        """Whether it reaches anybody at all."""
        return bool(self.people or self.groups)
