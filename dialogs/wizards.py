"""Every dialog there is, built anew for each dispatcher."""

from collections.abc import Sequence

from dialogs import (
    accompanying,
    broadcast_list,
    broadcasts,
    concluding,
    crisis,
    entrusting,
    farewell,
    founding,
    grouping,
    handing_over,
    invites,
    joining,
    overseeing,
    pairing,
    phone,
    pins,
    planning,
    proposing,
    rhythms,
    saying,
    setbacks,
    summaries,
)
from dialogs.text import Wizard


def build() -> Sequence[Wizard]:
    """Return the dialogs; the order does not matter, each has states of its own."""
    rooms = (
        joining,
        farewell,
        founding,
        accompanying,
        overseeing,
        pairing,
        rhythms,
        grouping,
        invites,
        broadcasts,
        broadcast_list,
        summaries,
        phone,
        pins,
        proposing,
        saying,
        entrusting,
        concluding,
        planning,
        handing_over,
        setbacks,
        crisis,
    )
    return [each.build() for each in rooms]
