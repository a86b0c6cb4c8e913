"""Discreet mode: neutral notifications, and a chat that empties itself."""

from datetime import datetime

from collective.events import Event
from collective.people import Account
from collective.ports import Store


async def set_discreet(
    store: Store, account: Account, *, discreet: bool, by: int, now: datetime
) -> None:
    """Turn it on or off, for everyone on the phone."""
    if account.discreet == discreet:
        return
    await store.people.set_discreet(account.id, discreet=discreet)
    event = Event.DISCREET_ON if discreet else Event.DISCREET_OFF
    await store.audit.append(event, by=by, subject=None, now=now)
