"""A pairing: a coordinator brings two collectives together for a visit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from collective.errors import PairedWithItself

#: The same two are not told again so soon.
FRESH = timedelta(weeks=4)


@dataclass(frozen=True, kw_only=True)
class Pairing:
    """Two collectives that are to visit each other."""

    id: int
    first_id: int
    second_id: int
    paired_at: datetime

    @property
    def both(self) -> tuple[int, int]:
        """The two, in the order in which they were named."""
        return (self.first_id, self.second_id)

    def other(self, collective_id: int) -> int:
        """Return the one that the collective is paired with."""
        return self.second_id if collective_id == self.first_id else self.first_id

    def fresh(self, now: datetime) -> bool:
        """Tell whether they were told not long ago."""
        return now - self.paired_at < FRESH


def ensure_two(first_id: int, second_id: int) -> None:
    """Raise PairedWithItself for one collective twice."""
    if first_id == second_id:
        raise PairedWithItself
