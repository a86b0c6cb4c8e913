"""Signals: something to look at, computed from records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from collective.openness import Act, openness

#: So long without contact with people outside is worth a word,
ALONE = timedelta(weeks=8)
#: where the collective did at least so much by itself meanwhile: something every two weeks.
BUSY = 4


@dataclass(frozen=True, kw_only=True)
class TurnedInward:
    """No outward act for ALONE, and so many inward ones meanwhile."""

    inward: int


def turned_inward(done: Sequence[Act], now: datetime) -> TurnedInward | None:
    """Tell whether a collective is busy by itself and meets nobody; `done` is oldest first.

    What has been on record for less than ALONE says nothing yet.
    """
    since = now - ALONE
    if not done or done[0].at > since:
        return None
    lately = openness(done, since, now)
    if lately.outward or lately.inward < BUSY:
        return None
    return TurnedInward(inward=lately.inward)
